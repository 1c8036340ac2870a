-- grain: one row per file that could not be read
-- tested: core.sources
-- canary: update core.sources set status = 'quarantined', error = 'the file is cut short: send it again' where source_id = 's1'
select s.source_id as row_key, s.path as value,
    s.path || ': ' || s.error as detail,
    s.path || ' 未能读取：' || s.error as detail_zh,
from core.sources as s
where s.status = 'quarantined'
