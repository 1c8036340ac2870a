"""Text -> candidate numerals with the text before and after each: the cut that everything else works on."""

from __future__ import annotations

import polars as pl

from tongbi.extract.few import mend
from tongbi.extract.grammar import BOUND, NOT_COUNTED, SHORT, core, suffix
from tongbi.extract.lexicon import words
from tongbi.extract.normalise import normalise, reveal, veiled

COUNTERS = "家项条件台处户场门种类款座份块口起篇队组次位名道张票根幅封"


def cut(texts: pl.DataFrame) -> pl.DataFrame:
    """`source_id, text` -> one row per candidate numeral, in order.

    Columns out: `source_id`, `char_start`, `char_end` (code points), `surface` (normalised), `gap` (the text since the
    candidate before), `after` (the text up to the next one).
    """
    return pieces(texts.with_columns(text=normalise(texts["text"])))


def pieces(texts: pl.DataFrame) -> pl.DataFrame:
    """The same for texts that are normalised."""
    cuts = texts["text"].str.replace_all(core(), "\x01$0\x01").str.split("\x01")
    count = cuts.list.len()
    frame = pl.DataFrame({"no": pl.int_range(texts.height, dtype=pl.UInt32, eager=True), "text": cuts})
    del cuts
    frame = frame.explode("text", empty_as_null=False)
    text, no = frame["text"], frame["no"]
    length = text.str.len_chars().cast(pl.Int64)
    end = length.cum_sum()
    base = (end - length).gather(count.cum_sum() - count)  # where each text begins
    # a text has an odd number of pieces, and its numerals are every other one
    odd = frame.select((pl.int_range(pl.len(), dtype=pl.UInt32) + pl.col("no")) % 2 == 1).to_series().arg_true()
    mine = no.gather(odd)
    end = end.gather(odd) - base.gather(mine)
    rows = pl.DataFrame(
        {
            "char_start": end - length.gather(odd),
            "char_end": end,
            "surface": text.gather(odd),
            "after": text.gather(odd + 1),
        }
    )
    rows = _with_units(rows)
    new = rows.select(new=(mine != mine.shift(1)).fill_null(True)).to_series().arg_true()
    gap = rows["after"].shift(1).scatter(new, text.gather(odd.gather(new) - 1))
    return rows.select(texts["source_id"].gather(mine), "char_start", "char_end", "surface", gap.alias("gap"), "after")


def _ends(rows: pl.DataFrame) -> pl.Series:
    """The unit and the bound that begin `after`. Weak units are none behind short numerals, none are behind dates."""
    dated, short = (rows["surface"].str.contains(pattern) for pattern in (NOT_COUNTED, SHORT))
    end = pl.repeat("", rows.height, eager=True)
    for mask, pattern in ((dated, rf"^{BOUND}"), (short & ~dated, suffix(weak=False)), (~short & ~dated, suffix(weak=True))):
        end = end.scatter(mask.arg_true(), rows["after"].filter(mask).str.extract(pattern, 0).fill_null(""))
    return end


def _before_noun() -> pl.Expr:
    """What of a noun is a unit after all: behind digits a measure word is one whatever follows (5家|电商企业, 28项|目标任务); behind a
    mask it may begin a name."""
    surface, end = pl.col("surface"), pl.col("end")
    counted = surface.str.contains("^[0-9]") & ~surface.str.contains("^(?:19|20)[0-9]{2}$") & end.str.contains(f"^[{COUNTERS}]")
    counted = counted | end.is_in(list(words("words", "rarely"))) | pl.col("after").str.starts_with("项目标")
    return pl.when(counted).then(end.str.head(1)).otherwise(pl.lit(""))


def _with_units(rows: pl.DataFrame) -> pl.DataFrame:
    """Moves the unit and the bound that begin `after` to the surface."""
    rows = rows.with_columns(end=_ends(rows))
    noun = rows.select(pl.col("end").is_in(list(words("words", "nouns")))).to_series()
    if noun.any():
        short = rows.select("surface", "end", "after").filter(noun).select(_before_noun()).to_series()
        rows = rows.with_columns(end=rows["end"].scatter(noun.arg_true(), short))
    end = pl.col("end")
    rows = rows.with_columns(char_end=pl.col("char_end") + end.str.len_chars(), after=pl.col("after").str.strip_prefix(end))
    rows = mend(rows, veiled(end), ["end"], end=reveal(end))
    return rows.with_columns(surface=pl.concat_str("surface", "end")).drop("end")
