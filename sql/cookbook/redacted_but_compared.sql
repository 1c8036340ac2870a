-- What can still be said of figures that were hidden? (隐去的数据还能看出什么)
select
    organisation,
    year,
    indicator,
    status,
    prev_status,
    value,
    prev_value,
    unit,
    direction,
    stated_change_pct,
    reason,
from yoy
where reason in ('redacted', 'redacted_previous') and direction is not null
order by organisation, year, indicator, change_basis nulls first, mention_id, subject_no
