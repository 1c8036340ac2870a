-- grain: one row per masked figure that became a number
-- tested: core.observations as o join core.mentions as m on m.mention_id = o.mention_id where regexp_matches(m.surface, '[xXｘＸ＊●]')
-- canary: update core.observations set value = 10000 where mention_id = 'm7'
select o.mention_id || '#' || o.subject_no as row_key, m.surface as value,
    'a masked figure must have no number, and status Q' as detail,
    '隐去的数字不得有数值，状态须为 Q' as detail_zh,
from core.observations as o
join core.mentions as m on m.mention_id = o.mention_id
where regexp_matches(m.surface, '[xXｘＸ＊●]')
    and (o.value is not null or o.value_low is not null or o.value_high is not null or o.obs_status <> 'Q' or not o.is_redacted)
