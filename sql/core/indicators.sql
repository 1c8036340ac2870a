-- grain: one row per indicator: the catalogue, and one derived from each other name that the reports use
with named as (
    select
        indicator_id,
        arg_min(indicator_name, (length(indicator_name), indicator_name)) as name_zh,
        mode(kind) as kind,
        mode(unit) filter (where change_basis is null) as unit,
    from core.observations
    where indicator_id not in (select c.indicator_id from frame_catalogue as c)
    group by indicator_id
)

select
    indicator_id, name_zh, name_en, kind, unit, dimension, sector, aliases, definition, flow_or_stock, price_basis, lower_bound,
    upper_bound, better, origin,
from frame_catalogue
union all by name
select
    n.indicator_id, n.name_zh, n.kind, n.unit, u.dimension, 'derived' as origin,
from named as n
left join core.units as u on u.unit = n.unit
