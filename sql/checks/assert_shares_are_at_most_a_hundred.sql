-- grain: one row per share or rate above 100 %
-- tested: core.observations where unit = '%' and change_basis is null and value is not null and regexp_matches(indicator_name, '占比|比重|覆盖率|普及率|优良率|合格率|满意度|知晓率|化率$')
-- canary: update core.observations set indicator_name = '自来水普及率', change_basis = null, change_direction = null, value = 120, value_low = 120, value_high = 120 where mention_id = 'm2'
select o.mention_id || '#' || o.subject_no as row_key, o.written_value || coalesce(o.written_unit, '') as value,
    o.indicator_name || ' is ' || o.written_value || coalesce(o.written_unit, '') || ', but a share cannot exceed 100%' as detail,
    o.indicator_name || '为' || o.written_value || coalesce(o.written_unit, '') || '，比率不应超过100%' as detail_zh,
from core.observations as o
where o.unit = '%' and o.change_basis is null and regexp_matches(o.indicator_name, '占比|比重|覆盖率|普及率|优良率|合格率|满意度|知晓率|化率$')
    and not regexp_matches(o.indicator_name, '完成|增') and o.value > 100
