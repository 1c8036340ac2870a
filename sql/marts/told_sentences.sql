-- One row per sentence with a rate or with a part of a total.
-- table
with placed as (
    select
        o.document_id,
        o.char_start,
        o.surface,
        least(o.char_start, 600)::bigint as head,
        o.char_end - o.char_start as span,
        substr(x.text, (greatest(o.char_start - 600, 0) + 1)::bigint, (least(o.char_start, 600) + o.char_end - o.char_start + 600)::bigint) as slice,
    from core.observations as o
    join core.documents as d on d.document_id = o.document_id
    join core.source_texts as t on t.source_id = d.source_id
    join steps.texts as x on x.text_row = t.rowid
    where
        o.part_of_mention_id is not null
        or (o.kind = 'percentage' and o.change_basis is null and o.value is not null and regexp_matches(o.indicator_name, '率$|占比$|比重$'))
),
cut as (
    select
        document_id,
        char_start,
        surface,
        regexp_extract(substr(slice, 1, head), '[^。！？\n]*$') as before,
        regexp_extract(substr(slice, head + span + 1), '^[^。！？\n]*[。！？]?') as behind,
    from placed
)
select
    document_id,
    char_start - length(before) as sentence_start,
    any_value(before || surface || behind) as sentence,
from cut
group by document_id, char_start - length(before)
