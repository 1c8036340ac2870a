"""Names in one form: what does not change what is measured is cut away, what does is kept."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.lexicon import any_of
from tongbi.resolve.catalogue import names


def _longest_first(words: list[str]) -> list[str]:
    return sorted(set(words), key=lambda w: (-len(w), w))


@cache
def _edges() -> tuple[str, str]:
    """The patterns of what may stand before and after a name."""
    data = names()
    return f"^(?:{any_of(_longest_first(data['leading']))})+", f"(?:{any_of(_longest_first(data['trailing']))})+$"


def squeezed(name: pl.Expr) -> pl.Expr:
    """A name without marks and spaces, Latin letters as capitals, full-width forms half-width."""
    wide = {chr(c): chr(c - 0xFEE0) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0E, 0xFF0F)}
    return name.str.replace_many(list(wide), list(wide.values())).str.replace_all(names()["marks"], "").str.to_uppercase()


def bare(name: pl.Expr, region: pl.Expr | None = None) -> pl.Expr:
    """A squeezed name without the words around it, without its own region (全市, 上海市) and with at least `least` characters.

    The region of the whole above (全省 in a county's report) stays: it is another figure.
    """
    before, after = _edges()
    least = names()["least"]
    if region is not None:
        own = pl.concat_str(pl.lit("全"), region.str.slice(-1)).fill_null("\x00")
        for prefix in (region.fill_null("\x00"), own):
            cut = name.str.strip_prefix(prefix)
            name = pl.when(cut.str.len_chars() >= 2).then(cut).otherwise(name)
    cut = name.str.replace(r"^X+[省市区县州旗盟乡镇]", "")
    name = pl.when(cut.str.len_chars() >= 2).then(cut).otherwise(name)
    for pattern in (before, after):
        cut = name.str.replace(pattern, "")
        name = pl.when(cut.str.len_chars() >= least).then(cut).otherwise(name)
    return name


def skeleton(name: pl.Expr) -> pl.Expr:
    """A bare name without harmless words: what two names that may be one have in common."""
    return name.str.replace_all(any_of(_longest_first(names()["harmless"])), "")


def telling(name: pl.Expr) -> pl.Expr:
    """The words of a name that tell it from names alike, as one text."""
    return name.str.extract_all(any_of(_longest_first(names()["telling"]))).list.sort().list.join("|")
