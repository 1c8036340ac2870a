"""The run of years that a paragraph, or a part of a report, speaks of: 五年来，…。…; “十五五”时期的目标."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.few import few, without

PLAN_YEARS = {f"十{c}": 2010 + 5 * i for i, c in enumerate("一二三四五六七")}  # “十五五” ends in 2030
PLAN = "(十[一二三四五六七])个?五"
# what is no more asked for
DONE = ["_paragraph", "_now", "_dated", "_part", "_anew", "part_no", "type_no", "headed", "in_plan"]
ENDED = -1  # a paragraph that speaks of its years no more


def spoken_of(plan_end: pl.Expr) -> pl.Expr:
    """Whether the last year of a five-year plan is what its figures are of: a review speaks of years that are over."""
    return (pl.col("section_type") == "plan") | (plan_end <= pl.col("report_year"))


def headed() -> pl.Expr:
    """The last year of those that the heading of a part names (“十五五”时期…, 过去五年…). In: `part, section_type, report_year`."""
    part, plan = pl.col("part"), pl.col("section_type") == "plan"
    end = part.str.extract(PLAN, 1).replace_strict(PLAN_YEARS, default=None, return_dtype=pl.Int64)
    end = pl.when(~part.str.contains("(?:19|20)[0-9]{2}年") & spoken_of(end)).then(end)
    past = pl.when(~plan & part.str.contains("过去的?五年|五年(?:来|工作|发展)?的?(?:回顾|总结)")).then("report_year")
    return pl.coalesce(end, past)


@cache
def era_own() -> pl.Expr:
    """A run of years that opens a sentence speaks of its whole paragraph (五年来，…。…); a year there ends that."""
    opens = pl.col("gap").str.contains(r"(?:^|[。；;！\n）：:，,—])(?:过去|今后|未来|这|刚刚过去的|[^，,。；;]{0,2})[“]?$")
    # a five-year plan inside a sentence holds for that sentence
    opens = opens & ((pl.col("rule") != "quoted_plan") | ~pl.col("gap").str.contains("，[^，。；\n]{0,2}“?$"))
    over = pl.col("gap").str.contains("(?:过去|这|刚刚过去的)$")
    year = pl.coalesce("m_year", pl.when(over).then("report_year"), "this_year")
    anew = opens & ~pl.col("gap").str.contains(r"[：:，,][^，,。；;]{0,4}$")
    return (
        pl.when(opens & ((pl.col("m_kind") == "multi_year") | (over & (pl.col("m_kind") == "year") & (pl.col("section_type") == "plan"))))
        .then(year)
        .when(anew & (pl.col("m_kind") == "year") & (pl.coalesce("m_year", "this_year") <= pl.col("this_year")))
        .then(ENDED)
    )


def era_here(rows: pl.DataFrame) -> pl.DataFrame:
    """The last of the years a paragraph speaks of: said where it begins, else by the heading of its part (“十五五”时期…); in a
    plan, years to come are spoken of until this year is. In: `era` as said, `gap, document, part_no, type_no, headed, in_plan, this_year`."""
    era, plan = pl.col("era"), pl.col("in_plan")
    document = pl.col("document") != pl.col("document").shift(1)
    rows = rows.with_columns(
        _paragraph=pl.col("gap").str.contains("\n", literal=True) | document.fill_null(True),
        _part=(pl.col("part_no") != pl.col("part_no").shift(1)).fill_null(True),
        _anew=(pl.col("type_no") != pl.col("type_no").shift(1)).fill_null(True),
    )
    rows = few(rows, plan, ["gap"], _now=pl.col("gap").str.contains("今年", literal=True)).with_columns(pl.col("_now").fill_null(False))
    # a paragraph of that part that begins with a year ends what its heading says
    rows = few(rows, era == ENDED, ["gap"], _dated=pl.col("gap").str.contains("\n[^。\n]{0,12}$"))
    named = pl.coalesce(pl.when("_dated").then(False), pl.when("_part").then(True)).forward_fill()
    far = pl.when(plan & (era > pl.col("this_year"))).then(era)
    over = pl.col("_anew") | (era == ENDED).fill_null(False) | pl.col("_now")
    lasting = pl.coalesce(far, pl.when(over).then(ENDED)).forward_fill()
    start = pl.coalesce(pl.when(named).then("headed"), pl.when(plan).then(lasting), ENDED)
    said = pl.coalesce(era, pl.when(plan & pl.col("_now")).then(ENDED), pl.when("_paragraph").then(start)).forward_fill()
    return without(rows.with_columns(era=pl.when(said != ENDED).then(said)), *DONE)
