-- grain: one row per report of an organisation, type and year that has another one, not linked as its copy
-- tested: core.documents where report_type <> 'other' and organisation_id is not null and report_year is not null
-- canary: update core.documents set report_year = 2024 where document_id = 'd1'
with numbered as (
    select d.document_id, d.title, d.source_id, d.report_year,
        count(*) over (partition by d.organisation_id, d.report_type, d.report_year) as n,
    from core.documents as d
    where d.report_type <> 'other' and d.organisation_id is not null and d.report_year is not null and d.same_report_as is null
)

select x.document_id as row_key, x.title as value,
    s.path || ': “' || coalesce(x.title, x.document_id) || '” is one of ' || x.n || ' different reports of the same organisation for '
        || x.report_year || ': keep the final one, or mend the year in its title' as detail,
    s.path || '：同一单位' || x.report_year || '年有 ' || x.n || ' 篇不同的报告，请只保留定稿，或更正标题中的年份' as detail_zh,
from numbered as x
left join core.sources as s on s.source_id = x.source_id
where x.n > 1
