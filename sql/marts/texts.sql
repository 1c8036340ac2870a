-- One row per loaded source: the text that views cut sentences from.
-- Of two sides of a join DuckDB holds the one that has fewer rows, however long they are, and reports are few and long. The second branch has no
-- rows and is taken for many: so the figures asked for are held and the texts stream past them.
select source_id, text,
from core.source_texts
union all
select mention_id as source_id, surface as text,
from core.observations
where char_end < char_start
