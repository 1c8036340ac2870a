-- One row per sentence with a rate or with a part of a total.
-- table
select
    o.document_id,
    s.sentence_start,
    any_value(s.sentence) as sentence,
from core.observations as o
join steps.sentences as s on s.mention_id = o.mention_id
where
    o.part_of_mention_id is not null
    or (o.kind = 'percentage' and o.change_basis is null and o.value is not null and regexp_matches(o.indicator_name, '率$|占比$|比重$'))
group by o.document_id, s.sentence_start
