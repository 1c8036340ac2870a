"""What stands around a figure: the sentence's text before it, its clause, what follows; what carries inside a sentence.

Columns are made once for the whole frame of figures; what carries is the place of the row it comes from, filled forward.
"""

from __future__ import annotations

import polars as pl

from tongbi.extract.few import mend

STOP = "。！？；;\n"
COMMA = "，,：:"
# one private-use sign each for what stood between two figures: a period, one compared with (比2020年), one that a
# development starts from (由2020年的…), a number of years (连续五年)
PERIOD, BASE, SINCE, STREAK = "\ue0f8", "\ue0f9", "\ue0fa", "\ue0fc"
# a development told from its start: 由120元提高到200元
GREW = (
    "(?:增加|提高|增长|提升|上升|扩大|下降|减少|降低|调整|压缩|缩短|缩减|优化|上涨|拓展|发展|扩展|跃升|攀升|回落|收窄|降|升|增)(?:到|至|为)"
)
GROWN = "^[^，,。；;、]{0,8}" + GREW
# what calls a figure a goal
AIM = "(?:目标|任务|(?:年初?|度|全年|下达|控制|考核|投资)+(?:计划|预算|指标))(?:任务|目标|总?数|总?额|值)?"
SIGNS = PERIOD + BASE + SINCE + STREAK


def sentences(rows: pl.DataFrame, new: str | None = None) -> pl.DataFrame:
    """Adds `lead` (the sentence's text before the figure, back to the figure before) and `tail` (what follows, up to the next figure or mark).
    In: `gap, after`; `new` names the column that tells in which gaps a sentence begins."""
    lead, tail = f"[^{STOP}]*$", f"^(?:“[^”，。{SIGNS}]{{1,24}}”|[^{STOP}{COMMA}{SIGNS}、（(]|（[^）]{{1,6}}）)*"
    begins = pl.col(new) if new else pl.col("gap").str.contains(f"[{STOP}]")
    rows = mend(rows.with_columns(lead="gap"), begins, ["gap"], lead=pl.col("gap").str.extract(lead, 0))
    rows = rows.with_columns(tail=pl.lit(""))
    # most figures end their clause
    goes_on = ~pl.col("after").str.head(1).is_in(["", *STOP, *COMMA, *SIGNS, "、", "("])
    after = pl.col("after").str.replace("^（不?含[^）]{2,16}）", "")  # 24个（含亿元以上）项目
    return mend(rows, goes_on, ["after"], tail=after.str.extract(tail, 0))


def clauses(leads: pl.DataFrame) -> pl.DataFrame:
    """Adds `clause`, the last clause of each `lead`."""
    growing = "^的?(?:增长|增速|增幅)、"
    leads = leads.with_columns(clause=pl.col("lead").str.extract(f"[^{COMMA}]*$", 0))
    return mend(leads, pl.col("clause").str.contains(growing), ["clause"], clause=pl.col("clause").str.replace(growing, ""))


def of(places: pl.DataFrame, *columns: str) -> list[pl.Expr]:
    """Facts of the place of each row, which `place` numbers."""
    return [pl.lit(places[c]).gather(pl.col("place")).alias(c) for c in columns]


HERE = pl.int_range(pl.len(), dtype=pl.Int32)  # the place of each row


def start(new: pl.Expr) -> pl.Expr:
    """The place of the row that the sentence (or whatever `new` begins) of each row starts with."""
    return pl.when(new).then(HERE).forward_fill()


def carrier(own: pl.Expr, start: pl.Expr) -> pl.Expr:
    """The place of the last row since `start` where `own` is set, this one included."""
    last = pl.when(own.is_not_null()).then(HERE).forward_fill()
    return pl.when(last >= start).then(last)


def carried(own: pl.Expr, start: pl.Expr) -> pl.Expr:
    """A state that lives until the sentence ends: `own` where it is set, else the last one set since `start`."""
    return own.gather(carrier(own, start))
