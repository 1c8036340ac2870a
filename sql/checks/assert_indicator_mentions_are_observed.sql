-- grain: one row per indicator mention that says nothing
-- tested: core.mentions where disposition = 'indicator'
-- canary: delete from core.observations where mention_id = 'm1'
select m.mention_id as row_key, m.surface as value,
    'an indicator without an observation' as detail,
    '指标类数字没有观测值' as detail_zh,
from core.mentions as m
left join core.observations as o on o.mention_id = m.mention_id
where m.disposition = 'indicator' and o.mention_id is null
