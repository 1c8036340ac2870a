-- grain: one row per source that is loaded without a text, or has a text without being loaded
-- tested: core.sources
-- canary: delete from core.source_texts where source_id = 's1'
select coalesce(s.source_id, t.source_id) as row_key, s.path as value,
    'a loaded file must have a text, and no other may' as detail,
    '已载入的文件须有文本，其他文件不得有' as detail_zh,
from (select * from core.sources where status = 'loaded') as s
full join core.source_texts as t on t.source_id = s.source_id
where s.source_id is null or t.source_id is null
