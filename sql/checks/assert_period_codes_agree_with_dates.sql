-- grain: one row per figure whose period code begins in another year than its dates
-- tested: core.observations where period_code is not null and period_start is not null
-- canary: update core.observations set period_start = date '1999-01-01' where mention_id = 'm1'
select o.mention_id || '#' || o.subject_no as row_key, o.period_code as value,
    'its period code and its dates disagree' as detail,
    '时期代码与起止日期不一致' as detail_zh,
from core.observations as o
where o.period_code is not null
    and (
        (o.period_type <> 'point' and left(o.period_code, 4) <> year(o.period_start)::varchar)
        or o.period_end < o.period_start
    )
