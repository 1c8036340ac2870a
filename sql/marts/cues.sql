-- One row per growth check that disagrees and has words around it that may say why.
-- table
-- joins as written: the texts stream past the figures
with doubted as (
    select c.observation_row, o.char_start, d.source_id,
    from core.documents as d
    join core.observations as o on o.document_id = d.document_id
    join steps.growth_checks as c on c.observation_row = o.rowid
    where c.gap > 1e-6
),
told as (
    select
        y.observation_row,
        regexp_extract(substr(x.text, (greatest(y.char_start - 120, 0) + 1)::bigint, 240), '同口径|可比口径|剔除|扣除|修订|普查|基数|可比价|不变价|实际增长') as cue,
    from core.source_texts as x
    join doubted as y on y.source_id = x.source_id
)
select observation_row, cue
from told
where cue <> ''
