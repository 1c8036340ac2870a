-- grain: one row per loaded source
select t.source_id, t.text,
from read_parquet(getvariable('texts')) as t
join core.sources as s on s.source_id = t.source_id
where s.status = 'loaded'
