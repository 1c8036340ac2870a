"""Patterns of the words around a name: light words at its ends, verbs before it."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.lexicon import any_of, cue, words


@cache
def trailing() -> str:
    """Light words that end a phrase before a number, to be replaced with `$1`: 签约, 许可 end in one and are kept."""
    light = rf"(?:{cue('names', 'trailing')}|[、\s：:，,（(]|[+－-])"
    return rf"(?:({cue('names', 'kept_ends')}){light}*|{light}+)$"


@cache
def leading() -> str:
    """Light words that begin a phrase, to be replaced with `$1`: 使用, 达标 begin with one and are kept."""
    light = rf"(?:{cue('names', 'leading')}|[的了、\s。）)”：:，,])"
    return rf"^(?:{light}*({cue('names', 'kept_starts')})|{light}+)"


@cache
def verbs(short: bool = False) -> str:
    """Verbs after which the thing counted follows the number, those of two characters or more, or the `short` ones."""
    return any_of([v for v in words("names", "verbs") if (len(v) == 1) == short])


def strip_phrase(phrase: pl.Expr) -> pl.Expr:
    """A phrase before a number without the light words at its ends."""
    return phrase.str.replace(trailing(), "$1").str.replace(leading(), "$1")
