-- grain: one row per redacted observation that main.redactions lacks
-- tested: core.observations where is_redacted
-- canary: delete from main.redactions where mention_id = 'm7'
select o.mention_id || '#' || o.subject_no as row_key, o.mask as value,
    'main.redactions does not list it' as detail,
    'main.redactions 未列出' as detail_zh,
from core.observations as o
left join main.redactions as r on r.mention_id = o.mention_id and r.subject_no = o.subject_no
where o.is_redacted and r.mention_id is null
