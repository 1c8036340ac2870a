-- One row per sentence with a rate or with a part of a total.
-- table
-- joins as written: the texts stream past the figures
with placed as (
    select d.source_id, o.document_id, o.char_start, o.char_end, o.surface,
    from core.observations as o
    join core.documents as d on d.document_id = o.document_id
    where
        o.part_of_mention_id is not null
        or (o.kind = 'percentage' and o.change_basis is null and o.value is not null and regexp_matches(o.indicator_name, '率$|占比$|比重$'))
),
cut as (
    select
        p.document_id,
        p.char_start,
        p.surface,
        regexp_extract(substr(t.text, (greatest(p.char_start - 600, 0) + 1)::bigint, least(p.char_start, 600)::bigint), '[^。！？\n]*$') as before,
        regexp_extract(substr(t.text, (p.char_end + 1)::bigint, 600), '^[^。！？\n]*[。！？]?') as behind,
    from core.source_texts as t
    join placed as p on p.source_id = t.source_id
)
select
    document_id,
    char_start - length(before) as sentence_start,
    any_value(before || surface || behind) as sentence,
from cut
group by document_id, char_start - length(before)
