-- grain: one row per figure whose status does not say what its scenario says
-- tested: core.observations
-- canary: update core.observations set obs_status = 'A' where mention_id = 'm8'
select o.mention_id || '#' || o.subject_no as row_key, o.obs_status || ' ' || o.scenario as value,
    'F is for planned and E for expected figures, unless redacted or unreadable' as detail,
    '除隐去或不可读外，计划数状态为 F，预计数为 E' as detail_zh,
from core.observations as o
where o.obs_status not in ('Q', 'L') and ((o.scenario = 'planned') <> (o.obs_status = 'F') or (o.scenario = 'expected') <> (o.obs_status = 'E'))
