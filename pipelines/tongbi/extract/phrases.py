"""Patterns of the words around a name: light words at its ends, verbs before it."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.few import put
from tongbi.extract.lexicon import any_of, cue, words


@cache
def _trailing() -> tuple[str, str]:
    """Light words that end a phrase before a number: with a word before them that is kept (签约, 许可 end in a light one), and alone."""
    light = rf"(?:{cue('names', 'trailing')}|[、\s：:，,（(]|[+－-])"
    return rf"({cue('names', 'kept_ends')}){light}*$", rf"{light}+$"


@cache
def _leading() -> tuple[str, str]:
    """Light words that begin a phrase: with a word behind them that is kept (使用, 达标 begin with a light one), and alone."""
    light = rf"(?:{cue('names', 'leading')}|[的了、\s。）)”：:，,])"
    return rf"^{light}*({cue('names', 'kept_starts')})", rf"^{light}+"


@cache
def verbs(short: bool = False) -> str:
    """Verbs after which the thing counted follows the number, those of two characters or more, or the `short` ones."""
    return any_of([v for v in words("names", "verbs") if (len(v) == 1) == short])


def paired(pair: pl.Expr) -> pl.Expr:
    """Two verbs with a word between (取消和下放), where both are verbs."""
    known = list(words("names", "verbs"))
    return pl.when(pair.str.head(2).is_in(known) & pair.str.slice(3).is_in(known)).then(pair)


def _without(rows: pl.DataFrame, column: str, kept: str, light: str, either: str) -> pl.DataFrame:
    """Patterns with groups are slow: the word kept is asked for, by `either`, in the few rows that have one."""
    phrase = rows[column]
    touched = phrase.str.contains(light).arg_true()
    light_ones = phrase.gather(touched)
    keeping = light_ones.str.contains(kept).arg_true()
    bare = light_ones.str.replace(light, "").scatter(keeping, light_ones.gather(keeping).str.replace(either, "$1"))
    return put(rows, [phrase.clone().scatter(touched, bare)])


def strip_end(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """A phrase without the light words at its end."""
    kept, light = _trailing()
    return _without(rows, column, kept, light, f"{kept}|{light}")


def strip_start(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """A phrase without the light words at its start."""
    kept, light = _leading()
    return _without(rows, column, kept, light, kept)


def strip_phrase(phrase: pl.Expr) -> pl.Expr:
    """A phrase before a number without the light words at its ends; for few rows."""
    return strip_front(strip_back(phrase))


def strip_back(phrase: pl.Expr) -> pl.Expr:
    """A phrase without the light words at its end; for few rows."""
    return phrase.str.replace("|".join(_trailing()), "$1")


def strip_front(phrase: pl.Expr) -> pl.Expr:
    """A phrase without the light words at its start; for few rows."""
    return phrase.str.replace("|".join(_leading()), "$1")
