-- grain: one row per figure whose name is missing or one character
-- tested: core.observations
-- canary: update core.observations set indicator_name = null where mention_id = 'm1'
select o.mention_id || '#' || o.subject_no as row_key, o.indicator_name as value,
    'what this figure measures could not be read from its sentence' as detail,
    '未能从句中读出该数字所指的指标' as detail_zh,
from core.observations as o
where o.indicator_name is null or length(o.indicator_name) < 2
