-- grain: one row per yearly change below -100 % or above 1000 %
-- tested: core.observations where unit = '%' and change_basis = 'yoy' and value is not null
-- canary: update core.observations set value = -160, value_low = -160, value_high = -160, change_direction = 'down' where mention_id = 'm2'
select o.mention_id || '#' || o.subject_no as row_key, o.written_value || coalesce(o.written_unit, '') as value,
    o.indicator_name || ' changed by ' || o.written_value || '% in a year: nothing can fall by more than 100%, and a rise of this size needs a second look' as detail,
    o.indicator_name || '同比变动' || o.written_value || '%：降幅不可能超过100%，过大的增幅也请核对' as detail_zh,
from core.observations as o
where o.unit = '%' and o.change_basis = 'yoy' and o.kind = 'percentage' and (o.value < -100 or o.value > 1000)
