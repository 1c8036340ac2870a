-- One row per mention: the sentence it stands in.
-- table
with pieces as (
    select
        source_id,
        unnest(regexp_extract_all(text, '[^。！？\n]*[。！？\n]?')) as sentence,
        generate_subscripts(regexp_extract_all(text, '[^。！？\n]*[。！？\n]?'), 1) as place,
    from core.source_texts
),
placed as (
    select
        source_id,
        sentence,
        place,
        sum(length(sentence)) over (partition by source_id order by place) - length(sentence) as char_start,
    from pieces
    where sentence <> ''
),
mentions as (
    select m.mention_id, m.char_start, d.source_id
    from core.mentions as m
    join core.documents as d on d.document_id = m.document_id
)
select
    m.mention_id,
    trim(p.sentence, E' \n\t　') as sentence,
    p.place as sentence_no,
    (p.char_start + length(p.sentence) - length(ltrim(p.sentence, E' \n\t　')))::bigint as sentence_start,
from mentions as m
asof join placed as p on p.source_id = m.source_id and m.char_start >= p.char_start
