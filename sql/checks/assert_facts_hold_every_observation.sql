-- grain: one row per observation that main.facts lacks
-- tested: core.observations
-- canary: insert into main.facts by name select 'm1' as mention_id, 1 as subject_no
select o.mention_id || '#' || o.subject_no as row_key, o.indicator_name as value,
    'main.facts does not show it exactly once' as detail,
    'main.facts 未恰好显示一次' as detail_zh,
from core.observations as o
left join main.facts as f on f.mention_id = o.mention_id and f.subject_no = o.subject_no
group by o.mention_id, o.subject_no, o.indicator_name
having count(f.mention_id) <> 1
