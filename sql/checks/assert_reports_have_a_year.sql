-- grain: one row per report whose year is not known
-- tested: core.documents where report_type <> 'other'
-- canary: update core.documents set report_year = null where document_id = 'd1'
select d.document_id as row_key, d.title as value,
    s.path || ': no year could be read from “' || coalesce(d.title, 'the report without title') || '”. '
        || 'Write it into the title (2024年工作总结) or set report_year in raw/manifest.csv' as detail,
    s.path || '：“' || coalesce(d.title, '无标题的报告') || '”看不出是哪一年的报告。请在标题中写明年份（如2024年工作总结），或在 raw/manifest.csv 中填写 report_year' as detail_zh,
from core.documents as d
left join core.sources as s on s.source_id = d.source_id
where d.report_type <> 'other' and d.report_year is null
