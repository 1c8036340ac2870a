-- grain: one row per report whose organisation is not known
-- tested: core.documents where report_type <> 'other'
-- canary: update core.documents set organisation_id = null where document_id = 'd1'
select d.document_id as row_key, d.title as value,
    s.path || ': no organisation could be read from “' || coalesce(d.title, 'the report without title')
        || '”. Write it into the title or set it in raw/manifest.csv' as detail,
    s.path || '：“' || coalesce(d.title, '无标题的报告') || '”看不出是哪个单位的报告。请在标题中写明单位，或在 raw/manifest.csv 中填写' as detail_zh,
from core.documents as d
left join core.sources as s on s.source_id = d.source_id
where d.report_type <> 'other' and d.organisation_id is null
