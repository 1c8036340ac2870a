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


def _with_units(rows: pl.DataFrame) -> pl.DataFrame:
    """Moves the unit and the bound that begin `after` to the surface."""
    surface, after = pl.col("surface"), pl.col("after")
    end = (
        pl.when(surface.str.contains(NOT_COUNTED)).then(after.str.extract(rf"^{BOUND}", 0))
        .when(surface.str.contains(SHORT)).then(after.str.extract(suffix(weak=False), 0))
        .otherwise(after.str.extract(suffix(weak=True), 0))
    )  # fmt: skip
    rows = rows.with_columns(end=end.fill_null(""))
    # behind digits a measure word is one whatever follows (5家|电商企业, 28项|目标任务); behind a mask it may begin a name
    counted = surface.str.contains("^[0-9]") & ~surface.str.contains("^(?:19|20)[0-9]{2}$") & pl.col("end").str.contains(f"^[{COUNTERS}]")
    counted = counted | pl.col("end").is_in(list(words("words", "rarely")))
    noun = pl.col("end").is_in(list(words("words", "nouns"))) & ~after.str.starts_with("项目标")
    short: pl.Expr = pl.when(noun & counted).then(pl.col("end").str.head(1)).when(noun).then(pl.lit(""))
    short = pl.when(after.str.starts_with("项目标") & (pl.col("end") == "项目")).then(pl.lit("项")).otherwise(short)
    rows = rows.with_columns(end=pl.coalesce(short, reveal(pl.col("end"))))
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
