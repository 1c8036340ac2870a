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
    return f"^(?:{any_of(_longest_first(data['leading']))})", f"(?:{any_of(_longest_first(data['trailing']))})$"


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
    for _ in range(2):
        if region is not None:
            name = _without_region(name, region)
        name = _cut(name, before, least)
    return _cut(name, after, least)


def _cut(name: pl.Expr, pattern: str, least: int) -> pl.Expr:
    """A name without all of the words at one end of it, else without one of them, as far as enough of it stays."""
    many = pattern[:-1] + "+$" if pattern.endswith("$") else pattern + "+"
    all_of = name.str.replace(many, "")
    one = name.str.replace(pattern, "")
    return pl.when(all_of.str.len_chars() >= least).then(all_of).when(one.str.len_chars() >= least).then(one).otherwise(name)


def _without_region(name: pl.Expr, region: pl.Expr) -> pl.Expr:
    """The name without its own region before it: 上海市, 全市, 上海地区, or a masked one."""
    region = region.fill_null("\x00")
    prefixes = (region, pl.concat_str(pl.lit("全"), region.str.slice(-1)), pl.concat_str(region.str.head(-1), pl.lit("地区")))
    cut = name
    for prefix in prefixes:
        cut = cut.str.strip_prefix(prefix)
    cut = cut.str.replace(r"^X+[省市区县州旗盟乡镇]", "")
    return pl.when(cut.str.len_chars() >= 2).then(cut).otherwise(name)


def skeleton(name: pl.Expr) -> pl.Expr:
    """A bare name without harmless words: what two names that may be one have in common."""
    return name.str.replace_all(any_of(_longest_first(names()["harmless"])), "")


def telling(name: pl.Expr) -> pl.Expr:
    """The words of a name that tell it from names alike, as one text."""
    return name.str.extract_all(any_of(_longest_first(names()["telling"]))).list.sort().list.join("|")
