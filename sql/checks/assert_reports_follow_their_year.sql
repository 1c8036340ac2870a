-- grain: one row per report delivered before the year it reviews had half passed, or years after
-- tested: core.documents where delivered_on is not null and report_year is not null
-- canary: update core.documents set delivered_on = date '2019-03-01' where document_id = 'd1'
select d.document_id as row_key, d.delivered_on::varchar as value,
    s.path || ': dated ' || d.delivered_on || ' but reviews ' || d.report_year || ': one of the two is wrong' as detail,
    s.path || '：落款日期为' || d.delivered_on || '，却总结' || d.report_year || '年，请核对' as detail_zh,
from core.documents as d
left join core.sources as s on s.source_id = d.source_id
where d.delivered_on < make_date(d.report_year, 5, 1) or d.delivered_on > make_date(d.report_year + 2, 12, 31)
