-- grain: one row per source with lines of bare figures, as pasted tables leave them
-- tested: core.source_texts
-- canary: update core.source_texts set text = E'项目\t2023年\t2024年\n投资\t12.5\t13.6\n收入\t3.4\t3.9\n税收\t2.2\t2.4\n' where source_id = 's1'
with lines as (
    select t.source_id, unnest(string_split(t.text, chr(10))) as line
    from core.source_texts as t
),

bare as (
    select l.source_id, l.line,
        len(regexp_extract_all(l.line, '(?:^|[\t |｜　])-?[0-9][0-9,]*(?:\.[0-9]+)?%?(?:$|[\t |｜　])')) as cells,
        len(regexp_extract_all(l.line, '[0-9]')) as digits,
    from lines as l
    where length(l.line) < 200
),

counted as (
    select b.source_id, count(*) as n, min(b.line) as example
    from bare as b
    where b.cells >= 1 and regexp_matches(b.line, '[\t |｜　]') and (b.digits * 3 >= length(b.line) or regexp_matches(b.line, '\t.*[0-9].*\t'))
    group by b.source_id
)

select x.source_id as row_key, left(x.example, 80) as value,
    s.path || ' has ' || x.n || ' lines of figures without words or units, as a pasted table leaves them: '
        || 'hand the file in as .docx or .html with its table, or write the figures as sentences with their units' as detail,
    s.path || ' 有 ' || x.n || ' 行只有数字、没有文字和单位，像是粘贴的表格：请提交带表格的 .docx 或 .html，或把数据写成带单位的句子' as detail_zh,
from counted as x
left join core.sources as s on s.source_id = x.source_id
where x.n >= 3
