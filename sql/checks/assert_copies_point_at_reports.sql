-- grain: one row per redacted copy whose unredacted report is unknown or itself a copy
-- tested: core.documents where same_report_as is not null
-- canary: update core.documents set same_report_as = 'nowhere' where document_id = 'd3'
select d.document_id as row_key, d.same_report_as as value,
    'the report it copies is unknown or itself a copy' as detail,
    '所指的原报告不存在或本身也是副本' as detail_zh,
from core.documents as d
left join core.documents as o on o.document_id = d.same_report_as
where d.same_report_as is not null and (o.document_id is null or o.same_report_as is not null or o.document_id = d.document_id)
