-- grain: one row per observation whose base or total is no observation of its report
-- tested: core.observations where base_mention_id is not null or part_of_mention_id is not null
-- canary: update core.observations set base_mention_id = 'nowhere' where mention_id = 'm2'
with places as (
    select distinct o.mention_id, o.document_id
    from core.observations as o
)

select o.mention_id || '#' || o.subject_no as row_key, coalesce(o.base_mention_id, o.part_of_mention_id) as value,
    'the level or total it belongs to is not in its report' as detail,
    '所依数值或合计不在本报告中' as detail_zh,
from core.observations as o
left join places as b on b.mention_id = o.base_mention_id and b.document_id = o.document_id
left join places as t on t.mention_id = o.part_of_mention_id and t.document_id = o.document_id
where (o.base_mention_id is not null and b.mention_id is null) or (o.part_of_mention_id is not null and t.mention_id is null)
