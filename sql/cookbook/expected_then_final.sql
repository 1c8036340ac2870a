-- Which figures given as 预计 stand in for a final one? (以预计数代替的指标)
select
    organisation,
    period_year,
    indicator,
    value,
    unit,
    scenario,
    report_year,
    n_mentions,
    choice_reason,
from series
where scenario = 'expected'
order by organisation, period_year, indicator, kind, change_basis nulls first, mention_id, subject_no
