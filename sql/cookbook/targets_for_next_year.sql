-- What is planned for next year, against this year's result? (明年目标与今年实绩)
select
    p.organisation,
    p.period_year as plan_year,
    p.indicator,
    p.approximation,
    p.target_force,
    p.value as target,
    p.value_low as target_low,
    p.value_high as target_high,
    r.value as this_year,
    p.unit,
    p.value - r.value as more,
from series as p
join series as r
    on r.organisation_id = p.organisation_id and r.indicator_id = p.indicator_id and r.kind = p.kind and r.unit = p.unit
    and r.change_basis is not distinct from p.change_basis and r.period_window = p.period_window and r.period_year = p.period_year - 1
    and r.scenario_group = 'result'
where p.scenario_group = 'plan' and p.report_year = p.period_year - 1 and p.kind <> 'ranking' and p.period_year = 2025
order by p.organisation, p.indicator, p.change_basis nulls first, p.mention_id, p.subject_no
