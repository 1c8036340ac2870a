-- One row per organisation × indicator × kind (not ranking) × change_basis × period × level: its figure among the organisations of the same level.
-- table
-- The first place is the best where the catalogue says which way is better, else the highest. Organisations that give no number have no place.
with results as (
    select
        s.organisation_id,
        s.organisation,
        s.region,
        s.level,
        s.indicator_id,
        s.indicator,
        s.kind,
        s.change_basis,
        s.period_code,
        s.period_year as year,
        coalesce(u.dimension, s.unit) as dimension,
        s.unit,
        coalesce(u.factor, 1) as factor,
        s.value,
        s.obs_status,
        s.scenario,
        i.better,
        s.mention_id,
        s.subject_no,
    from main.series as s
    left join core.units as u on u.unit = s.unit
    left join core.indicators as i on i.indicator_id = s.indicator_id
    where s.scenario_group = 'result' and s.kind <> 'ranking' and s.period_code is not null and s.level is not null
),
groups as (
    select
        indicator_id, kind, change_basis, period_code, level, dimension,
        mode(unit) as unit,
        count(value) as n,
        count(*) as n_all,
        median(value * factor) as median_base,
        avg((obs_status = 'Q')::int) as share_redacted,
    from results
    group by indicator_id, kind, change_basis, period_code, level, dimension
)
select
    r.organisation_id,
    r.organisation,
    r.region,
    r.level,
    r.indicator_id,
    r.indicator,
    r.kind,
    r.change_basis,
    r.period_code,
    r.year,
    r.unit,
    r.value,
    case
        when r.value is not null then rank() over (
            partition by r.indicator_id, r.kind, r.change_basis, r.period_code, r.level, r.dimension
            order by (case when r.better = 'down' then -r.value else r.value end) * r.factor desc nulls last
        )
    end as rank_among,
    g.n,
    (g.median_base / r.factor)::decimal(38, 6) as median,
    g.share_redacted::decimal(38, 6) as share_redacted,
    r.obs_status,
    r.scenario,
    r.mention_id,
    r.subject_no,
from results as r
join groups as g
    on g.indicator_id = r.indicator_id and g.kind = r.kind and g.change_basis is not distinct from r.change_basis
    and g.period_code = r.period_code and g.level = r.level and g.dimension is not distinct from r.dimension
