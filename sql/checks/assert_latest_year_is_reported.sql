-- grain: one row per organisation of a batch whose last report is two years or more behind the others
-- tested: core.documents where report_type <> 'other' and organisation_id is not null and report_year is not null
-- canary: insert into core.documents by name select 'd' || year as document_id, 's2' as source_id, 'o9' as organisation_id, '旧局' as organisation, 'work_summary' as report_type, year as report_year, 0 as char_start, 0 as char_end from range(2018, 2020) as t(year)
with last_years as (
    select s.batch, d.organisation_id, any_value(d.organisation) as organisation, max(d.report_year) as last_year,
        max(max(d.report_year)) over (partition by s.batch) as latest,
    from core.documents as d
    join core.sources as s on s.source_id = d.source_id
    where d.report_type <> 'other' and d.organisation_id is not null and d.report_year is not null
    group by s.batch, d.organisation_id
    having count(distinct d.report_year) > 1
)

select x.organisation_id as row_key, x.last_year::varchar as value,
    coalesce(x.organisation, x.organisation_id) || ' in ' || x.batch || ' ends with ' || x.last_year || ' while others go to ' || x.latest || ': add its newer reports' as detail,
    x.batch || '中' || coalesce(x.organisation, x.organisation_id) || '的报告只到' || x.last_year || '年，其他单位已到' || x.latest || '年，请补充' as detail_zh,
from last_years as x
where x.last_year <= x.latest - 2
