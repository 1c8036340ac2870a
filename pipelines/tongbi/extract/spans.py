"""Periods that hold for one figure only."""

from __future__ import annotations

import polars as pl

from tongbi.extract.context import GROWN, SINCE, STREAK, carried
from tongbi.extract.few import few
from tongbi.extract.lexicon import cue

FROM = "(?:由|从)(?:每[人月年户学]|[^，,由从]){0,8}$"


def spans(rows: pl.DataFrame) -> pl.DataFrame:
    """Mends `p_type, p_span, p_year` for 连续五年, 由2016年的…, 由…提高到 (whose start has no year), for what a fair sold and
    what the years of the paragraph brought; adds `_was` (the start of a development)."""
    clause, era = pl.col("clause"), pl.col("era").is_not_null()
    rows = few(rows, clause.str.contains("由|从"), ["clause", "after"], _from=clause.str.contains(FROM) & pl.col("after").str.contains(GROWN),
               _last=clause.str.contains("去年|上年"))  # fmt: skip
    rows = _events(rows)
    streak = clause.str.contains(STREAK, literal=True) | (pl.col("rule") == "streak")
    dated = clause.str.contains(SINCE, literal=True)
    grown = pl.col("_from").fill_null(False) & ~dated
    plan = pl.col("section_type") == "plan"
    unknown = (
        pl.when(plan).then("report_year")
        .when(pl.col("_last").fill_null(False)).then(pl.col("this_year") - 1)
        .when(era).then(pl.coalesce("era_start", pl.col("era") - 5))
        .otherwise(0)
    )  # fmt: skip
    brought = pl.col("_brought").fill_null(False)
    # what a half-year report says is of that half
    part = pl.when((pl.col("section_type") != "plan") & pl.col("p_year").is_null()).then("report_span")
    to_come = pl.col("p_type").is_null() & era & plan
    return rows.with_columns(
        p_type=pl.when(streak | brought | (to_come & (pl.col("era") > pl.col("this_year")))).then(pl.lit("multi_year")).when(pl.col("_sold").fill_null(False)).then(pl.lit("event"))
        .when(dated | grown).then(pl.lit("year")).when(pl.col("p_type").is_not_null()).then("p_type")
        .when(part == "上半年").then(pl.lit("half")).when(part.str.contains("前|一")).then(pl.lit("months")).when(part.is_not_null()).then(pl.lit("quarter")),
        p_span=pl.when(streak | dated | grown).then(None).when(pl.col("p_type").is_null()).then(pl.concat_str(pl.lit("0,0,"), part)).otherwise("p_span"),
        p_year=pl.when(dated).then("base_year").when(grown).then(unknown)
        .when(brought | to_come).then("era").otherwise("p_year"),
        _was=grown,
    ).drop("_from", "_last", "_sold", "_brought")  # fmt: skip


def _events(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_sold` (a figure of a fair) and `_brought` (of several years, not of their end)."""
    untold, words = pl.col("p_type").is_null(), pl.concat_str("clause", "tail")
    fair = carried(
        pl.when(pl.col("lead").str.contains(rf"{cue('cues', 'fairs')}|(?:参加|举办|组织)[^，。；]{{0,30}}活动")).then(pl.lit("y")),
        pl.col("new"),
    ).is_not_null()
    rows = few(rows.with_columns(_fair=fair), untold & pl.col("_fair"), ["clause", "tail"], _sold=words.str.contains(cue("cues", "sold")))
    level = pl.col("clause").str.contains("建成区|[扩增提升][大加高长至]到?$")
    fell = pl.col("clause").str.contains("(?:下降|减少|降低)(?:了|约|近|超过?|分别)*$")
    brought = ~level & (fell | words.str.contains(cue("cues", "brought")))
    return few(rows, untold & pl.col("era").is_not_null(), ["clause", "tail"], _brought=brought).drop("_fair")
