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


def bare(frame: pl.DataFrame) -> pl.DataFrame:
    """Frame (squeezed, region) -> the same with `bare`: the name without the words around it and without its own region (全市, 上海市).

    The region of the whole above (全省 in a county's report) stays: it is another figure. Enough characters (`least`) always stay.
    One step at a time, each a column: as one expression the choices between cut and whole would multiply.
    """
    before, after = _edges()
    region = squeezed(pl.col("region")).fill_null("\x00\x00")
    frame = frame.with_columns(bare="squeezed", _region=region)
    for _ in range(2):
        frame = _cut(_without_region(frame), before)
    return _cut(frame, after).drop("_region")


def _cut(frame: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """`bare` without all of the words at one end of it, else without one of them, as far as enough of it stays."""
    least = names()["least"]
    many = pattern[:-1] + "+$" if pattern.endswith("$") else pattern + "+"
    frame = frame.with_columns(_all=pl.col("bare").str.replace(many, ""), _one=pl.col("bare").str.replace(pattern, ""))
    enough = pl.when(pl.col("_all").str.len_chars() >= least).then("_all").when(pl.col("_one").str.len_chars() >= least).then("_one")
    return frame.with_columns(bare=enough.otherwise("bare")).drop("_all", "_one")


def _without_region(frame: pl.DataFrame) -> pl.DataFrame:
    """`bare` without its own region before it: 上海市, 全市, 上海地区, or a masked one."""
    region = pl.col("_region")
    cut = pl.col("bare")
    for prefix in (region, pl.concat_str(pl.lit("全"), region.str.slice(-1)), pl.concat_str(region.str.head(-1), pl.lit("地区"))):
        cut = cut.str.strip_prefix(prefix)
    frame = frame.with_columns(_cut=cut.str.replace(r"^X+[省市区县州旗盟乡镇]", ""))
    return frame.with_columns(bare=pl.when(pl.col("_cut").str.len_chars() >= 2).then("_cut").otherwise("bare")).drop("_cut")


def skeleton(name: pl.Expr) -> pl.Expr:
    """A bare name without harmless words: what two names that may be one have in common."""
    return name.str.replace_all(any_of(_longest_first(names()["harmless"])), "")


def telling(name: pl.Expr) -> pl.Expr:
    """The words of a name that tell it from names alike, as one text."""
    return name.str.extract_all(any_of(_longest_first(names()["telling"]))).list.sort().list.join("|")
