-- One row per loaded source: the text that views cut sentences from, by its row in core.source_texts.
-- Joined by row, a whole number, DuckDB reads the texts of the figures asked for and no other; of names it knows only roughly which are asked for.
-- Of two sides of a join DuckDB holds the one that has fewer rows, however long they are, and reports are few and long. The second branch has no
-- rows and is taken for many: so the figures asked for are held and the texts stream past them.
select rowid as text_row, text,
from core.source_texts
union all
select char_end as text_row, surface as text,
from core.observations
where char_end < char_start
