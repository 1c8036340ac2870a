-- grain: one row per indicator: the catalogue, and one derived from each other name that the reports use
with written as (
    select
        indicator_id,
        arg_min(indicator_name, (length(indicator_name), indicator_name)) as indicator_name,
        kind,
        unit,
        count(*) as figures,
        count(*) filter (where change_basis is null) as levels,
    from core.observations
    where indicator_id not in (select c.indicator_id from frame_catalogue as c)
    group by indicator_id, kind, unit
),

kinds as (
    select indicator_id, kind, sum(figures) as figures,
    from written
    group by indicator_id, kind
),

-- the most frequent, and of several the first
named as (
    select
        indicator_id,
        arg_min(indicator_name, (length(indicator_name), indicator_name)) as name_zh,
        arg_min(unit, (-levels, unit)) filter (where levels > 0 and unit is not null) as unit,
    from written
    group by indicator_id
),

usual as (
    select indicator_id, arg_min(kind, (-figures, kind)) as kind,
    from kinds
    group by indicator_id
)

select
    indicator_id, name_zh, name_en, kind, unit, dimension, sector, aliases, definition, flow_or_stock, price_basis, lower_bound,
    upper_bound, better, origin,
from frame_catalogue
union all by name
select
    n.indicator_id, n.name_zh, k.kind, n.unit, u.dimension, 'derived' as origin,
from named as n
join usual as k on k.indicator_id = n.indicator_id
left join core.units as u on u.unit = n.unit
