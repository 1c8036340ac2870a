-- One row per mention: the sentence it stands in, up to 。！？ or a line break, at most 600 characters on either side.
-- Read from the text when asked for: a table of them would be as large as the texts.
with placed as (
    select
        m.mention_id,
        m.document_id,
        m.char_start,
        regexp_extract(substr(t.text, (greatest(m.char_start - 600, 0) + 1)::bigint, least(m.char_start, 600)::bigint), '[^。！？\n]*$') as before,
        m.surface,
        regexp_extract(substr(t.text, (m.char_end + 1)::bigint, 600), '^[^。！？\n]*[。！？]?') as behind,
    from core.mentions as m
    join core.documents as d on d.document_id = m.document_id
    join core.source_texts as t on t.source_id = d.source_id
)
select
    mention_id,
    ltrim(before, E' \t　') || surface || rtrim(behind, E' \t　') as sentence,
    (char_start - length(ltrim(before, E' \t　')))::bigint as sentence_start,
from placed
