-- grain: one row per file under raw/
select
    source_id, path, batch, sha256, bytes, format, encoding, status, error, duplicate_of, source_url, first_seen_at, loaded_at,
from frame_sources
order by path
