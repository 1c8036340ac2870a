-- One row per row of `series` that stands among others: its place in its group of one indicator, kind, change_basis, period, level and dimension.
-- table
with results as (
    select
        s.rowid as series_row,
        s.indicator_id,
        hash(s.kind, s.change_basis, s.period_code, s.level, coalesce(u.dimension, s.unit)) as rest,
        s.value::double * coalesce(u.factor, 1)::double as value,
        case when i.better = 'down' then 1 else -1 end as direction,
        coalesce(u.factor, 1)::double as factor,
        s.obs_status = 'Q' as is_redacted,
    from main.series as s
    left join core.units as u on u.unit = s.unit
    left join core.indicators as i on i.indicator_id = s.indicator_id
    where s.scenario_group = 'result' and s.kind <> 'ranking' and s.period_code is not null and s.level is not null
),
groups as (
    select
        indicator_id,
        rest,
        count(value) as n,
        median(value) as median,
        avg(is_redacted::int) as share_redacted,
    from results
    group by indicator_id, rest
)
select
    r.series_row,
    case when r.value is not null then rank() over (partition by r.indicator_id, r.rest order by r.direction * r.value nulls last) end as rank_among,
    g.n,
    g.median / r.factor as median,
    g.share_redacted,
from results as r
join groups as g on g.indicator_id = r.indicator_id and g.rest = r.rest
