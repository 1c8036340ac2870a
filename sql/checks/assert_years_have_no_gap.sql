-- grain: one row per organisation and missing year between two of its reports
-- tested: core.documents where report_type <> 'other' and organisation_id is not null and report_year is not null
-- canary: update core.documents set report_year = 2020 where document_id = 'd1'; update core.documents set report_year = 2022 where document_id = 'd2'; update core.documents set organisation_id = 'alone' where document_id in ('d1', 'd2')
with years as (
    select distinct d.organisation_id, d.report_year
    from core.documents as d
    where d.report_type <> 'other' and d.organisation_id is not null and d.report_year is not null
),

following as (
    select y.organisation_id, y.report_year, lead(y.report_year) over (partition by y.organisation_id order by y.report_year) as next_year
    from years as y
),

names as (
    select d.organisation_id, any_value(d.organisation) as organisation
    from core.documents as d
    group by d.organisation_id
)

select f.organisation_id || ' ' || (f.report_year + 1) as row_key, (f.report_year + 1)::varchar as value,
    coalesce(n.organisation, f.organisation_id) || ' has reports of ' || f.report_year || ' and ' || f.next_year
        || ' but none between them: figures of those years cannot be compared. Add the missing report to raw/' as detail,
    coalesce(n.organisation, f.organisation_id) || '有' || f.report_year || '年和' || f.next_year || '年的报告，中间年份缺失，无法同比。请把缺的报告放入 raw/' as detail_zh,
from following as f
left join names as n on n.organisation_id = f.organisation_id
where f.next_year > f.report_year + 1
