-- grain: one row per section
select
    x.section_id, x.document_id, x.parent_id, x.level, x.marker, x.heading, x.path, x.section_type, x.char_start, x.char_end,
from read_parquet(getvariable('sections')) as x
join core.documents as d on d.document_id = x.document_id
