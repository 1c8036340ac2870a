-- grain: one row per numeral whose section has parts of its own
-- tested: core.mentions
-- canary: update core.mentions set section_id = 'd1-1' where mention_id = 'm1'
with parents as (
    select distinct x.parent_id as section_id
    from core.sections as x
    where x.parent_id is not null
)

select m.mention_id as row_key, m.section_id as value,
    'its section is not a leaf of the outline' as detail,
    '所标章节不是提纲的末级' as detail_zh,
from core.mentions as m
join parents as p on p.section_id = m.section_id
