"""Where a report closes: its last salutation, its appeal, the name and the day below it."""

from __future__ import annotations

import polars as pl

from tongbi.segment.lines import table, where
from tongbi.segment.nesting import event
from tongbi.segment.section_types import cue


def closings(plain: pl.DataFrame, marks: pl.DataFrame, docs: pl.DataFrame) -> pl.DataFrame:
    """The closing of a report: its last salutation if little follows it, or a last paragraph of appeal."""
    appendix = marks.filter(pl.col("heading").str.contains(cue("paragraph", "appendix")) & (pl.col("kind") == "part"))
    limit = appendix.group_by("doc").agg(limit=pl.col("start").min())
    if limit.height:
        before = pl.col("limit").is_null() | (pl.col("start") < pl.col("limit"))
        marks, plain = (frame.join(limit, on="doc", how="left", maintain_order="left").filter(before) for frame in (marks, plain))
    lasts = marks.group_by("doc").agg(last=pl.col("start").max())
    tail = plain.select("doc", "start", "head").join(lasts, on="doc", how="inner", maintain_order="left")
    tail = tail.filter(pl.col("start") > pl.col("last"))
    tail = tail.with_columns(left=pl.int_range(pl.len(), 0, -1).over("doc")).filter(pl.col("left") <= 4)
    words = pl.col("head")
    greets = words.str.contains(table("titles.toml")["salute_any"])
    appeals = words.str.slice(0, 400).str.contains(cue("paragraph", "closing")) & (pl.col("left") <= 2)
    told = tail.with_columns(pl.when(test).then("start").alias(name) for name, test in (("greeting", greets), ("appeal", appeals)))
    told = told.group_by("doc").agg(start=pl.min_horizontal(pl.col("greeting").max(), pl.col("appeal").max())).drop_nulls()
    both = pl.concat([told, _signatures(tail)]).group_by("doc").agg(start=pl.col("start").min())
    return both.select(event("closing", pl.lit(1), pl.lit("closing")))


def _signatures(tail: pl.DataFrame) -> pl.DataFrame:
    """Where a report ends with the name of who reports and the day, each on a line of its own."""
    day = r"^(?:(?:19|20)\d\d|[二一][○〇零一二三四五六七八九]{3})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月(?:\s?[\d一二三四五六七八九十]{1,3}\s?日)?$"
    tail = tail.with_columns(
        dated=where(tail, (pl.col("left") <= 2) & pl.col("head").str.contains("日$|月$"), pl.col("head").str.contains(day))
    )
    if not tail["dated"].any():
        return tail.clear().select("doc", "start")
    named = (pl.col("head").str.len_chars() <= 30) & ~pl.col("head").str.contains("[。；：，]")
    before = (pl.col("doc") == pl.col("doc").shift(1)) & named.shift(1)
    dated = tail.with_columns(at=pl.when(before).then(pl.col("start").shift(1)).otherwise("start")).filter("dated")
    return dated.group_by("doc").agg(start=pl.col("at").min())
