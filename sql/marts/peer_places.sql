-- One row per row of `series`, by its observation, that stands among others: its place in its group of one indicator, kind, change_basis, period, level and dimension.
-- table
with results as (
    select
        s.observation_row,
        hash(s.indicator_id, s.kind, s.change_basis, s.period_code, s.level, coalesce(u.dimension, s.unit)) as peers,
        s.value::double * coalesce(u.factor, 1)::double as value,
        case when i.better = 'down' then 1 else -1 end as direction,
        coalesce(u.factor, 1)::double as factor,
        s.obs_status = 'Q' as is_redacted,
    from steps.cells as s
    left join core.units as u on u.unit = s.unit
    left join core.indicators as i on i.indicator_id = s.indicator_id
    where s.scenario_group = 'result' and s.kind <> 'ranking' and s.period_code is not null and s.level is not null
),
groups as (
    select
        peers,
        count(value) as n,
        median(value) as median,
        avg(is_redacted::int) as share_redacted,
    from results
    group by peers
)
select
    r.observation_row,
    case when r.value is not null then rank() over (partition by r.peers order by r.direction * r.value nulls last) end as rank_among,
    g.n,
    g.median / r.factor as median,
    g.share_redacted,
from results as r
join groups as g on g.peers = r.peers
