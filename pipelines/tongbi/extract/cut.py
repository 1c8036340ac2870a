"""Text -> candidate numerals with the text before and after each: the cut that everything else works on."""

from __future__ import annotations

import polars as pl

from tongbi.extract.grammar import BOUND, NOT_COUNTED, SHORT, core, suffix
from tongbi.extract.lexicon import words
from tongbi.extract.normalise import normalise, reveal

COUNTERS = "家项条件台处户场门种类款座份块口起篇队组次位名道张票根幅封"


def cut(texts: pl.DataFrame) -> pl.DataFrame:
    """`source_id, text` -> one row per candidate numeral, in order.

    Columns out: `source_id`, `char_start`, `char_end` (code points), `surface` (normalised), `gap` (the text since the
    candidate before), `after` (the text up to the next one).
    """
    pieces = (
        texts.select("source_id", text=normalise(texts["text"]))
        .lazy()
        .with_columns(pl.col("text").str.replace_all(core(), "\x01$0\x01").str.split("\x01"))
        .explode("text", empty_as_null=False)
        .collect()
    )
    length = pieces["text"].str.len_chars().cast(pl.Int64)
    first = (pieces["source_id"] != pieces["source_id"].shift(1)).fill_null(True)
    end = length.cum_sum()
    base = (pl.select(pl.when(first).then(end - length)).to_series()).forward_fill()
    pieces = pieces.with_columns(char_end=end - base, char_start=end - base - length, odd=pl.int_range(pl.len()).over("source_id") % 2 == 1)
    rows = pieces.with_columns(gap=pl.col("text").shift(1), after=pl.col("text").shift(-1)).filter("odd")
    return _with_units(rows.select("source_id", "char_start", "char_end", "gap", "after", surface="text"))


def _ends(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `end`: the unit and the bound that begin `after`. Weak units are none behind short numerals, none are behind dates."""
    surface, after = pl.col("surface"), pl.col("after")
    uncounted, short = surface.str.contains(NOT_COUNTED), surface.str.contains(SHORT)
    rows = rows.with_row_index("k").with_columns(kind=pl.when(uncounted).then(0).when(short).then(1).otherwise(2))
    found = [rf"^{BOUND}", suffix(weak=False), suffix(weak=True)]
    sorts = [rows.filter(pl.col("kind") == kind).with_columns(end=after.str.extract(pattern, 0)) for kind, pattern in enumerate(found)]
    rows = pl.concat(sorts).with_columns(pl.col("end").fill_null("")).sort("k")
    noun = pl.col("end").is_in(list(words("words", "nouns")))
    nouns = rows.filter(noun).select("k", short=_before_noun())
    rows = rows.join(nouns, on="k", how="left", maintain_order="left")
    return rows.with_columns(end=pl.coalesce("short", reveal(pl.col("end")))).drop("k", "kind", "short")


def _before_noun() -> pl.Expr:
    """What of a noun is a unit after all: behind digits a measure word is one whatever follows (5家|电商企业, 28项|目标任务); behind a
    mask it may begin a name."""
    surface, end = pl.col("surface"), pl.col("end")
    counted = surface.str.contains("^[0-9]") & ~surface.str.contains("^(?:19|20)[0-9]{2}$") & end.str.contains(f"^[{COUNTERS}]")
    counted = counted | end.is_in(list(words("words", "rarely"))) | pl.col("after").str.starts_with("项目标")
    return pl.when(counted).then(end.str.head(1)).otherwise(pl.lit(""))


def _with_units(rows: pl.DataFrame) -> pl.DataFrame:
    """Moves the unit and the bound that begin `after` to the surface."""
    rows = _ends(rows)
    count = pl.col("end").str.len_chars().cast(pl.Int64)
    rows = rows.with_columns(
        surface=pl.concat_str("surface", "end"),
        char_end=pl.col("char_end") + count,
        after=pl.when(count > 0).then(pl.col("after").str.slice(count)).otherwise("after"),
    )
    same = (pl.col("source_id") == pl.col("source_id").shift(1)).fill_null(False)
    return rows.with_columns(gap=pl.when(same).then(pl.col("after").shift(1)).otherwise("gap")).select(
        "source_id", "char_start", "char_end", "surface", "gap", "after"
    )
