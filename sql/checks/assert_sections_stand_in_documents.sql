-- grain: one row per section whose report is unknown
-- tested: core.sections
-- canary: update core.sections set document_id = 'nowhere' where section_id = 'd1-1'
select x.section_id as row_key, x.document_id as value,
    'its report is not in core.documents' as detail,
    '其报告不在 core.documents 中' as detail_zh,
from core.sections as x
left join core.documents as d on d.document_id = x.document_id
where d.document_id is null
