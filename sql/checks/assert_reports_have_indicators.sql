-- grain: one row per report that states no figure
-- tested: core.documents where report_type <> 'other'
-- canary: delete from core.observations where document_id = 'd1'
with stated as (
    select distinct o.document_id
    from core.observations as o
)

select d.document_id as row_key, d.title as value,
    s.path || ': no figure was found in “' || coalesce(d.title, d.document_id) || '”: see whether its text is complete' as detail,
    s.path || '：“' || coalesce(d.title, d.document_id) || '”中没有找到任何指标数据，请核对正文是否完整' as detail_zh,
from core.documents as d
left join core.sources as s on s.source_id = d.source_id
left join stated as o on o.document_id = d.document_id
where d.report_type <> 'other' and o.document_id is null
