-- grain: one row per observation whose indicator is not in the catalogue
-- tested: core.observations
-- canary: update core.observations set indicator_id = 'nowhere' where mention_id = 'm1'
select o.mention_id || '#' || o.subject_no as row_key, o.indicator_id as value,
    'its indicator is not in core.indicators' as detail,
    '其指标不在 core.indicators 中' as detail_zh,
from core.observations as o
left join core.indicators as i on i.indicator_id = o.indicator_id
where i.indicator_id is null
