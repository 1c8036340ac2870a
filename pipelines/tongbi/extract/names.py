"""What a figure measures: the noun phrase a statistician would put in the left column."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.context import EMPTY, carried
from tongbi.extract.lexicon import any_of, cue, words

ANYTHING = "[^，,]{0,14}"


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

    In: `clause, lead, tail, new, kind, form, disposition, heading`, in order of place. A phrase before the
    number, else the noun after it, else the name carried inside the sentence.
    """
    rows = _phrases(rows)
    figure = pl.col("disposition") == "indicator"
    listing = pl.col("clause").str.contains(r"等(?:共|共计|首批|方面|领域|地|多个|各类|一批)*$") | ((pl.col("form") == "han") & pl.col("_left").str.contains("、"))
    unbroken = ~pl.col("lead").str.contains("[，,：:、（）()]") & ~pl.col("new") & (pl.col("disposition").shift(1) == "indicator")
    wants = pl.col("_noun_after") & (pl.col("_bare") | pl.col("_verb").is_not_null() | listing | unbroken.fill_null(False))
    rows = rows.with_columns(_use_right=wants.fill_null(False))
    light = (pl.col("_verb").str.len_chars() < 2) | pl.col("_verb").is_in(list(words("names", "light_verbs")))
    verb = pl.when(~listing & ~light).then(pl.col("_verb")).otherwise(pl.lit(""))
    after = pl.concat_str(pl.coalesce(verb, pl.lit("")), "_right")
    own = pl.when(~figure).then(None).when("_use_right").then(after).when(~pl.col("_bare")).then(pl.col("_left"))
    rule = (
        pl.when(~figure).then(None)
        .when("_use_right").then(pl.lit("noun_after"))
        .when(~pl.col("_bare")).then(pl.lit("phrase_before"))
        .otherwise(pl.lit("carried"))
    )  # fmt: skip
    return _carry(_verbs_over_lists(rows.with_columns(_own=own, rule_name=rule)))


def _phrases(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_left` and `_right`, the phrases on both sides; `_verb`, the verb that ends the left; `_noun_after`."""
    clause = pl.col("clause").str.replace(r"^[和及与、](?:和谐|和平|和美)?", "")
    rank = pl.col("kind") == "ranking"
    place = rf"(?:均|都|稳|继续|连续|综合|并列)*(?:排名|位次|位居|居|位列|名列|列|稳居|跃居|跃升|升至|提升|上升|进入|跻身|保持|获得?|荣获|取得|排|夺得|摘得){ANYTHING}$"
    clause = pl.when(rank).then(clause.str.replace(place, "").str.replace(rf"{cue('cues', 'rank_scope')}(?:城市|地区|同类|各?[市区县])?$", "")).otherwise(clause)
    left = strip_phrase(clause)
    change = pl.col("basis").is_not_null() & (pl.col("kind") == "percentage")
    left = pl.when(change).then(left.str.replace(rf"^{cue('names', 'change_verbs')}+", "")).otherwise(left)
    left = pl.when(pl.col("clause").str.contains("完成投资(?:额)?(?:约|达|近|超过|超|为|共)*$") & (left == "投资")).then(pl.lit("完成投资")).otherwise(left)
    rest = left.str.extract(r"等([^等]{4,})$", 1)
    right = pl.col("tail").str.replace(r"^的", "")
    cut = right.str.extract(rf"^(.{{2,}}?){cue('names', 'cut_right')}", 1)
    counted = pl.col("kind").is_in(["count", "amount"]) & (pl.col("disposition") == "indicator")
    noun = pl.col("tail").str.contains(r"^[\p{Han}“A-Za-z0-9]") & ~pl.col("tail").str.contains(rf"^{cue('names', 'not_noun')}")
    left = pl.coalesce(rest, left)
    long_verbs = any_of([v for v in words("names", "verbs") if len(v) > 1])
    short_verbs = any_of([v for v in words("names", "verbs") if len(v) == 1])
    verb = pl.coalesce(left.str.extract(rf"({long_verbs})$", 1), left.str.extract(rf"^({short_verbs})$", 1))
    return rows.with_columns(
        _left=left,
        _right=pl.coalesce(pl.when(right.str.len_chars() > 8).then(cut), right),
        _verb=verb,
        _bare=left.str.len_chars() < 2,
        _noun_after=counted & noun,
    )


def _verbs_over_lists(rows: pl.DataFrame) -> pl.DataFrame:
    """`新增A 12家、B 7家`: the verb speaks of B too."""
    starts = pl.col("_own").str.extract(rf"^({any_of([v for v in words('names', 'verbs') if len(v) > 1])})", 1)
    rows = rows.with_columns(_starts=starts)
    listed = pl.col("gap").str.contains(r"^[、和及]") & ~pl.col("new")
    verb = pl.when(~listed).then(pl.coalesce("_starts", pl.lit(EMPTY))).forward_fill()
    add = listed & pl.col("_starts").is_null() & (verb != EMPTY) & pl.col("_own").is_not_null() & (pl.col("basis").is_null())
    return rows.with_columns(_own=pl.when(add.fill_null(False)).then(pl.concat_str(verb, "_own")).otherwise("_own"))


def _carry(rows: pl.DataFrame) -> pl.DataFrame:
    """Names carried inside the sentence: to bare changes, ranks and shares, and in front of general ones."""
    generic = pl.col("_own").is_in(list(words("names", "generic"))).fill_null(False)
    subject = pl.when(pl.col("_own").is_not_null() & ~generic).then(pl.col("_own"))
    rows = rows.with_columns(_subject=carried(subject, pl.col("new")), _generic=generic)
    measure = r"(?:播种|种植)?(?:面积|总?产量|个数|数量|时长|次数|收入|总?产值|销售额|人数|额|率)$"
    before = pl.col("_subject").shift(1).str.replace(measure, "")
    ahead = pl.when(~pl.col("new").shift(-1) & ~generic.shift(-1)).then(pl.col("_own").shift(-1))
    full = (
        pl.when(pl.col("_generic") & ~pl.col("new") & before.is_not_null()).then(pl.concat_str(before, "_own"))
        .when(pl.col("_generic") & ahead.is_not_null() & pl.col("_own").str.contains("投资|资金|投入")).then(pl.concat_str(ahead, "_own"))
        .otherwise(pl.col("_own"))
    )  # fmt: skip
    rows = rows.with_columns(_full=full)
    last = carried(pl.col("_full"), pl.col("new"))
    previous_clause = strip_phrase(pl.col("lead").str.extract(r"([^，,：:]+)[，,：:][^，,：:]*$", 1))
    name = pl.coalesce(last, pl.when(previous_clause.str.len_chars() > 1).then(previous_clause), "heading", pl.lit("未名"))
    return rows.with_columns(indicator_name=_tidy(name))


def _tidy(name: pl.Expr) -> pl.Expr:
    """No stray punctuation, at most 40 characters, the last part of a long enumeration."""
    name = name.str.replace_all(r"[\s#]+", "").str.replace(r"^[”）)、》]+", "").str.replace(r"(?:[（(“《、]|和|及|以及|与|的|等)+$", "")
    short = name.str.extract(r"([^、]*)$", 1)
    name = pl.when((name.str.len_chars() > 24) & (short.str.len_chars() > 3)).then(short).otherwise(name)
    return name.str.tail(40)


__all__ = ["EMPTY", "names", "strip_phrase"]
