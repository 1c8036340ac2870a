-- grain: one row per canonical unit
select unit, kind, dimension, factor, aliases,
from frame_units
order by unit
