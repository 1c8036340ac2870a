-- grain: one row per figure outside the plausible bounds of its indicator
-- tested: core.observations as o join core.indicators as i on i.indicator_id = o.indicator_id where o.value is not null and (i.lower_bound is not null or i.upper_bound is not null) and o.change_basis is null and o.kind = i.kind and o.unit is not distinct from i.unit
-- canary: update core.observations set value = -5 where mention_id = 'm1'
select o.mention_id || '#' || o.subject_no as row_key, o.written_value || coalesce(o.written_unit, '') as value,
    o.indicator_name || ' of ' || o.written_value || coalesce(o.written_unit, '') || ' lies outside what is plausible: see whether the unit (元, 万元, 亿元) is right' as detail,
    o.indicator_name || ' ' || o.written_value || coalesce(o.written_unit, '') || ' 超出合理范围：请核对单位（元、万元、亿元）' as detail_zh,
from core.observations as o
join core.indicators as i on i.indicator_id = o.indicator_id
where o.value is not null and o.change_basis is null and o.kind = i.kind and o.unit is not distinct from i.unit
    and (o.value < i.lower_bound or o.value > i.upper_bound)
