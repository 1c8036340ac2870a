-- One row per mention: the sentence it stands in, up to 。！？ or a line break, at most 600 characters on either side.
-- Read from the text when asked for: a table of them would be as large as the texts.
with placed as (
    select
        m.mention_id,
        m.document_id,
        m.char_start,
        least(m.char_start, 600)::bigint as head,
        m.char_end - m.char_start as span,
        m.surface,
        substr(x.text, (greatest(m.char_start - 600, 0) + 1)::bigint, (least(m.char_start, 600) + m.char_end - m.char_start + 600)::bigint) as slice,
    from core.mentions as m
    join core.documents as d on d.document_id = m.document_id
    join core.source_texts as t on t.source_id = d.source_id
    join steps.texts as x on x.text_row = t.rowid
)
select
    mention_id,
    ltrim(regexp_extract(substr(slice, 1, head), '[^。！？\n]*$') || surface || regexp_extract(substr(slice, head + span + 1), '^[^。！？\n]*[。！？]?'), E' \t　')
        as sentence,
    (char_start - length(ltrim(regexp_extract(substr(slice, 1, head), '[^。！？\n]*$'), E' \t　')))::bigint as sentence_start,
from placed
