"""Text -> candidate numerals with the text before and after each: the cut that everything else works on."""

from __future__ import annotations

import polars as pl

from tongbi.extract.grammar import mention
from tongbi.extract.normalise import normalise


def cut(texts: pl.DataFrame) -> pl.DataFrame:
    """`source_id, text` -> one row per candidate numeral, in order.

    Columns out: `source_id`, `char_start`, `char_end` (code points), `surface` (normalised), `gap` (the text since the
    candidate before), `after` (the text up to the next one).
    """
    pieces = (
        texts.select("source_id", text=normalise(texts["text"]))
        .lazy()
        .with_columns(pl.col("text").str.replace_all(mention(), "\x01$0\x01").str.split("\x01"))
        .explode("text", empty_as_null=False)
        .collect()
    )
    length = pieces["text"].str.len_chars().cast(pl.Int64)
    first = pieces["source_id"] != pieces["source_id"].shift(1)
    first = first.fill_null(True)
    end = length.cum_sum()
    base = (pl.select(pl.when(first).then(end - length)).to_series()).forward_fill()
    pieces = pieces.with_columns(char_end=end - base, char_start=end - base - length)
    odd = pieces.with_columns(
        gap=pl.col("text").shift(1), after=pl.col("text").shift(-1), odd=pl.int_range(pl.len()).over("source_id") % 2 == 1
    )
    return odd.filter("odd").select("source_id", "char_start", "char_end", surface="text", gap="gap", after="after")
