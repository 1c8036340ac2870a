-- grain: one row per section that has a parent but does not lie inside it
-- tested: core.sections where parent_id is not null
-- canary: update core.sections set char_end = char_end + 99 where section_id = 'd1-2'
select x.section_id as row_key, x.parent_id as value,
    'it does not lie inside its parent' as detail,
    '不在其上级章节之内' as detail_zh,
from core.sections as x
left join core.sections as p on p.section_id = x.parent_id and p.document_id = x.document_id
where x.parent_id is not null
    and (p.section_id is null or x.char_start < p.char_start or x.char_end > p.char_end)
