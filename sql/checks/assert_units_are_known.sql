-- grain: one row per observation whose unit is not in core.units
-- tested: core.observations where unit is not null and unit <> '位'
-- canary: update core.observations set unit = '闪' where mention_id = 'm1'
select o.mention_id || '#' || o.subject_no as row_key, o.unit as value,
    'the unit ' || o.unit || ' is not in core.units: figures in it cannot be converted' as detail,
    '单位“' || o.unit || '”不在单位表中，无法换算' as detail_zh,
from core.observations as o
left join core.units as u on u.unit = o.unit
where o.unit is not null and o.unit <> '位' and u.unit is null
