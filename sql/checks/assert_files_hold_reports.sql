-- grain: one row per loaded file in which no report was found
-- tested: core.sources where status = 'loaded'
-- canary: update core.documents set report_type = 'other' where document_id = 'd1'
with reports as (
    select d.source_id, count(*) filter (where d.report_type <> 'other') as n
    from core.documents as d
    group by d.source_id
)

select s.source_id as row_key, s.path as value,
    s.path || ' holds no report that could be recognised: check that it is one, and that its title stands at the top' as detail,
    s.path || ' 中没有识别出报告：请确认它是一篇报告，且标题在开头' as detail_zh,
from core.sources as s
left join reports as r on r.source_id = s.source_id
where s.status = 'loaded' and coalesce(r.n, 0) = 0
