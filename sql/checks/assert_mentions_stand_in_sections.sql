-- grain: one row per numeral that does not lie inside its section and report
-- tested: core.mentions
-- canary: update core.mentions set section_id = 'd2-1' where mention_id = 'm1'
select m.mention_id as row_key, m.section_id as value,
    'it does not lie inside the section and report it names' as detail,
    '不在所标章节和报告之内' as detail_zh,
from core.mentions as m
left join core.sections as x on x.section_id = m.section_id and x.document_id = m.document_id
where x.section_id is null or m.char_start < x.char_start or m.char_end > x.char_end
