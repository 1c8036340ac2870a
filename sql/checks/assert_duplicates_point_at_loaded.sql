-- grain: one row per duplicate whose original is not loaded
-- tested: core.sources where status = 'duplicate'
-- canary: update core.sources set duplicate_of = 'nowhere' where source_id = 's4'
select s.source_id as row_key, s.duplicate_of as value,
    'the file ' || s.path || ' is left out as a copy, but its original is not loaded' as detail,
    '文件 ' || s.path || ' 因重复未载入，但其原件也未载入' as detail_zh,
from core.sources as s
left join core.sources as o on o.source_id = s.duplicate_of and o.status = 'loaded'
where s.status = 'duplicate' and o.source_id is null
