"""What stands inside what: 篇, 章 and 节 and headings without number above the numbering of GB/T 9704."""

from __future__ import annotations

import polars as pl

LEAF = 9  # where pieces stand that nothing is inside of
TOPS = ["part", "chapter", "article"]
EVENT = ["doc", "start", "deep", "kind", "marker", "num", "heading", "said"]  # the columns of what begins a section


def event(kind: str, deep: pl.Expr, said: pl.Expr, heading: pl.Expr | None = None, start: str = "start") -> list[pl.Expr]:
    """The columns of an event (EVENT) that no marker begins."""
    return [
        pl.col("doc"),
        pl.col(start).alias("start"),
        deep.cast(pl.Int64).alias("deep"),
        pl.lit(kind).alias("kind"),
        pl.lit(None, dtype=pl.Utf8).alias("marker"),
        pl.lit(None, dtype=pl.Int64).alias("num"),
        (heading if heading is not None else pl.lit(None, dtype=pl.Utf8)).alias("heading"),
        said.cast(pl.Utf8).alias("said"),
    ]


def nested(marks: pl.DataFrame) -> pl.DataFrame:
    """Move numbered sections below the parts, chapters and articles of their document.

    In: events with `doc`, `start`, `deep` (1 to 5), `kind`, `marker`, `num`. Out: the same with `deep` as nested (1 to 8). A document
    has parts if two are numbered (第一部分), or if two have headings without number and 一、 starts again in each.
    """
    kind, numbered = pl.col("kind"), pl.col("marker").is_not_null()
    if not marks.select(kind.is_in(TOPS).any()).item():
        return marks

    def several(what: pl.Expr) -> pl.Expr:
        return (what.sum() >= 2).cast(pl.Int64)

    tops = marks.group_by("doc").agg(
        volumes=several((kind == "part") & numbered), chapters=several(kind == "chapter"), articles=several(kind == "article")
    )
    tops = tops.join(_headed(marks), on="doc", how="left").with_columns(
        shift=pl.when(pl.col("volumes") + pl.col("chapters") + pl.col("articles") > 0)
        .then(pl.col("volumes") + pl.col("chapters") + pl.col("articles"))
        .otherwise(pl.col("headed").fill_null(0))
    )
    frame = marks.join(tops, on="doc", how="left", maintain_order="left")
    deep = (
        pl.when(kind == "chapter")
        .then(1 + pl.col("volumes"))
        .when(kind == "article")
        .then(1 + pl.col("volumes") + pl.col("chapters"))
        .when(numbered & (kind != "part"))
        .then(pl.col("deep") + pl.col("shift"))
        .otherwise("deep")
    )
    return frame.with_columns(deep=deep).select(marks.columns)


def _headed(marks: pl.DataFrame) -> pl.DataFrame:
    """Documents (`doc`, `headed` = 1) with two headings without number or more, in each of which 一、 starts again, if it is used."""
    parts = marks.filter((pl.col("kind") == "part") & pl.col("marker").is_null()).select("doc", "start", part="start")
    several = parts.group_by("doc").len().filter(pl.col("len") >= 2).select("doc")
    firsts = marks.filter(pl.col("kind") == "first").join(several, on="doc", how="semi").sort("doc", "start")
    firsts = firsts.join_asof(parts.sort("doc", "start"), on="start", by="doc", check_sortedness=False)
    runs = firsts.group_by("doc", "part").agg(first=pl.col("num").first())
    return (
        runs.group_by("doc")
        .agg(headed=(pl.col("part").is_not_null().all() & (pl.col("first") == 1).all()).cast(pl.Int64))
        .select("doc", headed=pl.col("headed"))
    )
