-- grain: one row per mention whose subjects are not numbered 1, 2, 3 …
-- tested: core.observations
-- canary: update core.observations set subject_no = 2 where mention_id = 'm1'
select o.mention_id as row_key, max(o.subject_no)::varchar as value,
    'its subjects are not numbered from 1 without gap' as detail,
    '主体序号未从 1 起连续编号' as detail_zh,
from core.observations as o
group by o.mention_id
having min(o.subject_no) <> 1 or max(o.subject_no) <> count(*)
