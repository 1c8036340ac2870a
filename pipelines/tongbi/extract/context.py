"""What stands around a figure: the sentence's text before it, its clause, what follows; what carries inside a sentence.

Columns are made once for the whole frame of figures; what carries is a sentinel at each new sentence and a forward fill.
"""

from __future__ import annotations

import polars as pl

STOP = "。！？；;\n"
COMMA = "，,：:"
EMPTY = "-"  # sentinel: nothing carried
# one private-use sign each for what stood between two figures: a period, one compared with (比2020年), one that a
# development starts from (由2020年的…), a list marker, a number of years (连续五年),
# a figure
PERIOD, BASE, SINCE, LISTED, STREAK, FIGURE = "\ue0f8", "\ue0f9", "\ue0fa", "\ue0fb", "\ue0fc", "\ue0fd"
# a development told from its start: 由120元提高到200元
GREW = (
    "(?:增加|提高|增长|提升|上升|扩大|下降|减少|降低|调整|压缩|缩短|缩减|优化|上涨|拓展|发展|扩展|跃升|攀升|回落|收窄|降|升|增)(?:到|至|为)"
)
GROWN = "^[^，,。；;、]{0,8}" + GREW
SIGNS = PERIOD + BASE + SINCE + STREAK


def sentences(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `lead` (the sentence's text before the figure, back to the figure before), `clause` (its last clause) and
    `tail` (what follows, up to the next figure or mark). In: `gap, after`."""
    rows = rows.with_columns(lead=pl.col("gap").str.extract(f"[^{STOP}]*$", 0))
    return rows.with_columns(
        clause=pl.col("lead").str.extract(f"[^{COMMA}]*$", 0).str.replace("^的?(?:增长|增速|增幅)、", ""),
        tail=pl.col("after").str.extract(f"^(?:“[^”，。{SIGNS}]{{1,24}}”|[^{STOP}{COMMA}{SIGNS}、（(]|（[^）]{{1,6}}）)*", 0),
    )


def carried(own: pl.Expr, new: pl.Expr) -> pl.Expr:
    """A state that lives until the sentence ends: `own` where it is set, else the last one set in this sentence."""
    return pl.coalesce(own, pl.when(new).then(pl.lit(EMPTY))).forward_fill().replace(EMPTY, None)
