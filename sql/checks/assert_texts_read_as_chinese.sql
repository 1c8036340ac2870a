-- grain: one row per text that looks decoded with a wrong encoding
-- tested: core.source_texts where length(text) >= 100
-- canary: update core.source_texts set text = repeat('宸ヤ綔鎬荤粨锛屽叏骞村畬鎴愭姇璧勩€傗€', 9) where source_id = 's1'
with heads as (
    select t.source_id, left(t.text, 4000) as text
    from core.source_texts as t
    where length(t.text) >= 100
),

looked_at as (
    select h.source_id, length(h.text) as chars,
        len(regexp_extract_all(h.text, '[锛銆鈥鐨鍦涓鎴鏄悗璁閮鍜骞宸鎬鍏锟斤拷\x{FFFD}ÃÂåäæçèé]')) as odd,
        len(regexp_extract_all(h.text, '[的年和工作全中一大发展人民政府建设]')) as usual,
        len(regexp_extract_all(h.text, '\x{FFFD}')) as lost,
    from heads as h
)

select x.source_id as row_key, s.path as value,
    s.path || ' reads as garbled characters: open it in the program it was written with and save it as UTF-8' as detail,
    s.path || ' 内容为乱码：请用原来的软件打开，另存为 UTF-8 编码' as detail_zh,
from looked_at as x
left join core.sources as s on s.source_id = x.source_id
where x.lost > 0 or (x.odd * 20 > x.chars and x.odd > 2 * x.usual)
