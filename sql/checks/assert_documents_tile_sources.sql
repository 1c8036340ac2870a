-- grain: one row per loaded source that its reports do not cover from end to end
-- tested: core.source_texts
-- canary: update core.documents set char_end = char_end - 1 where document_id = 'd1'
with covered as (
    select d.source_id, min(d.char_start) as first, max(d.char_end) as last, sum(d.char_end - d.char_start) as total
    from core.documents as d
    group by d.source_id
)

select t.source_id as row_key, s.path as value,
    'its reports do not cover it from end to end' as detail,
    '报告未能完整覆盖该文件' as detail_zh,
from core.source_texts as t
left join core.sources as s on s.source_id = t.source_id
left join covered as c on c.source_id = t.source_id
where length(t.text) > 0
    and (c.source_id is null or c.first <> 0 or c.last <> length(t.text) or c.total <> length(t.text))
