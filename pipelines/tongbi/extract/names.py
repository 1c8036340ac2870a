"""What a figure measures: the noun phrase a statistician would put in the left column."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.context import EMPTY, carried
from tongbi.extract.lexicon import any_of, cue, words

BRACKETS = r"[“”\"'‘’（）()《》\s\[\]【】#*—-]"


@cache
def _trailing() -> str:
    return rf"(?:{cue('names', 'trailing')}|[、\s：:，,（(]|[+－-])+$"


@cache
def _leading() -> str:
    return rf"^(?:{cue('names', 'leading')}|[、\s。）)”：:，,]|一是|二是|三是|四是|五是)+"


def strip_phrase(phrase: pl.Expr) -> pl.Expr:
    """A phrase before a number without the light words at its ends."""
    return phrase.str.replace(_trailing(), "").str.replace(_leading(), "")


def names(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `indicator_name` and `rule_name` to the figures.

    In: `clause, lead, tail, new, kind, direction, unit, disposition, heading`, in order of place. A phrase before the
    number, else the noun after it, else the name carried inside the sentence.
    """
    figure = pl.col("disposition") == "indicator"
    left = strip_phrase(pl.col("clause"))
    verb = left.str.contains(rf"^(?:.*[、，])?(?:.{{0,6}})?{cue('names', 'verbs')}$")
    bare = left.str.len_chars() < 2
    counted = pl.col("kind").is_in(["count", "amount"])
    noun_after = (
        counted & pl.col("tail").str.contains(r"^[\p{Han}“”A-Za-z]{1}") & ~pl.col("tail").str.contains(rf"^{cue('names', 'not_noun')}")
    )
    right = pl.col("tail").str.replace(r"^的", "")
    rows = rows.with_columns(_left=left, _right=right, _verb=verb, _bare=bare, _noun_after=noun_after)
    use_right = noun_after & (bare | verb)
    verb_word = pl.col("_left").str.extract(rf"({any_of([v for v in words('names', 'verbs') if len(v) > 1])})$", 1)
    own = (
        pl.when(~figure).then(None)
        .when(use_right).then(pl.concat_str(pl.coalesce(pl.when("_verb").then(verb_word), pl.lit("")), "_right"))
        .when(~bare).then(pl.col("_left"))
    )  # fmt: skip
    rule = (
        pl.when(~figure).then(None)
        .when(use_right).then(pl.lit("noun_after"))
        .when(~bare).then(pl.lit("phrase_before"))
        .otherwise(pl.lit("carried"))
    )  # fmt: skip
    rows = rows.with_columns(_own=own, rule_name=rule)
    return _carry(rows)


def _carry(rows: pl.DataFrame) -> pl.DataFrame:
    """Names carried inside the sentence: to bare changes, ranks and shares, and in front of general ones."""
    generic = pl.col("_own").is_in(list(words("names", "generic")))
    subject = pl.when(pl.col("_own").is_not_null() & ~generic).then(pl.col("_own"))
    rows = rows.with_columns(_subject=carried(subject, pl.col("new")), _generic=generic.fill_null(False))
    before = pl.col("_subject").shift(1)
    own = (
        pl.when(pl.col("_generic") & ~pl.col("new") & before.is_not_null()).then(pl.concat_str(before, "_own"))
        .otherwise(pl.col("_own"))
    )  # fmt: skip
    rows = rows.with_columns(_full=own)
    last = carried(pl.col("_full"), pl.col("new"))
    previous_clause = strip_phrase(pl.col("lead").str.extract(r"([^，,：:]+)[，,：:][^，,：:]*$", 1))
    name = pl.coalesce(last, pl.when(previous_clause.str.len_chars() > 1).then(previous_clause), "heading", pl.lit("未名"))
    return rows.with_columns(indicator_name=_tidy(name), _from_carry=pl.col("_full").is_null())


def _tidy(name: pl.Expr) -> pl.Expr:
    """No stray punctuation, at most 40 characters, the last part of a long enumeration."""
    name = name.str.replace_all(r"[\s#]+", "").str.replace(r"^[”）)、》]+", "").str.replace(r"[（(“《、]+$", "")
    short = name.str.extract(r"([^、]*)$", 1)
    name = pl.when((name.str.len_chars() > 24) & (short.str.len_chars() > 3)).then(short).otherwise(name)
    return name.str.tail(40)


__all__ = ["EMPTY", "names", "strip_phrase"]
