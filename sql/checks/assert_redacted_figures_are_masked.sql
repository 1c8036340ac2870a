-- grain: one row per figure called redacted whose text shows no mask
-- tested: core.observations where is_redacted
-- canary: update core.mentions set surface = '12.3%' where mention_id = 'm7'
select o.mention_id || '#' || o.subject_no as row_key, m.surface as value,
    'called redacted, but its text shows no mask' as detail,
    '标为隐去，但原文没有掩码' as detail_zh,
from core.observations as o
join core.mentions as m on m.mention_id = o.mention_id
where o.is_redacted and not regexp_matches(m.surface, '[xXｘＸ×＊*●○]')
