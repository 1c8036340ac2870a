-- grain: one row per numeral
select
    m.mention_id, m.document_id, m.section_id, m.char_start, m.char_end, m.surface, m.disposition, m.rule,
from read_parquet(getvariable('mentions')) as m
join core.documents as d on d.document_id = m.document_id
