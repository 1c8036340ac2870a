-- Which series rose longest without a break? (连续增长最长的指标)
with steps as (
    select
        organisation_id, organisation, indicator_id, indicator, unit, year, value, change, change_basis, kind,
        sum((not coalesce(change > 0, false))::int) over (
            partition by organisation_id, indicator_id, kind, change_basis, period_window order by year
        ) as breaks,
    from yoy
    where change_basis is null and period_window = 'year'
)
select
    organisation,
    indicator,
    unit,
    min(year) as first_year,
    max(year) as last_year,
    count(*) as rises,
    arg_max(value, year) as last_value,
from steps
where change > 0
group by organisation, indicator, unit, organisation_id, indicator_id, kind, breaks
having count(*) >= 2
order by rises desc, organisation, indicator, unit, first_year, organisation_id, indicator_id, kind
