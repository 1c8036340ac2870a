-- grain: one row per report whose top headings start again at 一、 within its review or within its plan
-- tested: core.documents where report_type <> 'other'
-- canary: insert into core.sections by name select 'd1-9' as section_id, document_id, null as parent_id, 1 as level, '一、' as marker, section_type, char_start, char_end from core.sections where section_id = 'd1-1'
with starts as (
    select x.document_id, x.section_type = 'plan' as planned, count(*) as n
    from core.sections as x
    where x.level = 1 and regexp_matches(x.marker, '^(一|第一部分|第一)[、．. 　]?$') and x.section_type <> 'chrome'
    group by all
)

select d.document_id as row_key, d.title as value,
    s.path || ': the headings start again at 一、 inside “' || coalesce(d.title, d.document_id) || '”. '
        || 'If two reports were pasted together, put the title of the second on a line of its own, or in a file of its own' as detail,
    s.path || '：“' || coalesce(d.title, d.document_id) || '”中的一级标题重新从“一、”开始。若是两篇报告粘在一起，请让后一篇标题单独成行，或另存为一个文件' as detail_zh,
from starts as x
join core.documents as d on d.document_id = x.document_id
left join core.sources as s on s.source_id = d.source_id
where x.n > 1
