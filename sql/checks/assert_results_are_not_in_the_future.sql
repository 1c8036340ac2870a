-- grain: one row per figure called a result of a year after its report
-- tested: core.observations where scenario = 'actual' and period_year is not null and report_year is not null
-- canary: update core.observations set period_year = 2031 where mention_id = 'm1'
select o.mention_id || '#' || o.subject_no as row_key, o.period_year::varchar as value,
    o.indicator_name || ' of ' || o.period_year || ' is given as a result in a report on ' || o.report_year || ': see whether the year is right' as detail,
    o.indicator_name || '：' || o.report_year || '年的报告把' || o.period_year || '年的数写成已实现，请核对年份' as detail_zh,
from core.observations as o
join core.documents as d on d.document_id = o.document_id
where o.scenario = 'actual' and o.period_year > greatest(o.report_year, coalesce(d.plan_year, o.report_year), coalesce(year(d.delivered_on), o.report_year))
