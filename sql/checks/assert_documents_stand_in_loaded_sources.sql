-- grain: one row per report whose source is unknown or not loaded
-- tested: core.documents
-- canary: update core.documents set source_id = 'nowhere' where document_id = 'd1'
select d.document_id as row_key, d.source_id as value,
    'its source is not among the loaded files' as detail,
    '其来源不在已载入文件之列' as detail_zh,
from core.documents as d
left join core.sources as s on s.source_id = d.source_id and s.status = 'loaded'
where s.source_id is null
