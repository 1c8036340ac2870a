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

    In: `clause, lead, tail, gap, new, follows, kind, form, basis, heading`, in order of place. A phrase before the
    number, else the noun after it, else the name carried inside the sentence.
    """
    rows = _phrases(rows)
    listing = pl.col("clause").str.contains(r"等(?:共|共计|首批|方面|领域|地|多个|各类|一批)*$") | ((pl.col("form") == "han") & pl.col("_left").str.contains("、"))
    unbroken = pl.col("follows") & ~pl.col("lead").str.contains("[，,：:、（）()]")
    rows = rows.with_columns(_listing=listing, _unbroken=unbroken)
    wants = pl.col("_noun_after") & (pl.col("_bare") | pl.col("_verb").is_not_null() | pl.col("_listing") | pl.col("_unbroken"))
    rows = rows.with_columns(_use_right=wants.fill_null(False))
    light = (pl.col("_verb").str.len_chars() < 2) | pl.col("_verb").is_in(list(words("names", "light_verbs")))
    verb = pl.when(~pl.col("_listing") & ~light).then("_verb").fill_null("")
    own = pl.when("_use_right").then(pl.concat_str(verb, "_right")).when(~pl.col("_bare")).then("_left")
    rule = (
        pl.when("_use_right").then(pl.lit("noun_after"))
        .when(~pl.col("_bare")).then(pl.lit("phrase_before"))
        .otherwise(pl.lit("carried"))
    )  # fmt: skip
    return _carry(_verbs_over_lists(rows.with_columns(_own=own, rule_name=rule)))


def _left(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_left`, the phrase before the number without the light words at its ends."""
    place = rf"(?:均|都|稳|继续|连续|综合|并列)*(?:排名|位次|位居|居|位列|名列|列|稳居|跃居|跃升|升至|提升|上升|进入|跻身|保持|获得?|荣获|取得|排|夺得|摘得){ANYTHING}$"
    scope = rf"{cue('cues', 'rank_scope')}(?:城市|地区|同类|各?[市区县])?$"
    clause = pl.col("clause")
    rows = rows.with_columns(_clause=clause.str.replace(r"^[和及与、](?:和谐|和平|和美)?", ""), _rank=pl.col("kind") == "ranking")
    ranks = rows.filter("_rank").select("row", _ranked=pl.col("_clause").str.replace(place, "").str.replace(scope, ""))
    rows = rows.join(ranks, on="row", how="left", maintain_order="left").with_columns(_clause=pl.coalesce("_ranked", "_clause"))
    rows = rows.with_columns(_left=pl.col("_clause").str.replace(_trailing(), ""))
    rows = rows.with_columns(_left=pl.col("_left").str.replace(_leading(), ""))
    invested = (pl.col("_left") == "投资") & clause.str.contains("完成投资")
    change = pl.col("basis").is_not_null() & (pl.col("kind") == "percentage")
    return rows.with_columns(
        _left=pl.when(invested).then(pl.lit("完成投资"))
        .when(change).then(pl.col("_left").str.replace(rf"^{cue('names', 'change_verbs')}+", ""))
        .otherwise("_left")
    ).with_columns(_left=pl.coalesce(pl.col("_left").str.extract(r"等([^等]{4,})$", 1), "_left"))


def _phrases(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_left` and `_right`, the phrases on both sides; `_verb`, the verb that ends the left; `_noun_after`."""
    rows = _left(rows).with_columns(_right=pl.col("tail").str.replace(r"^的", ""))
    noun = pl.col("tail").str.contains(r"^[\p{Han}“A-Za-z0-9]") & ~pl.col("tail").str.contains(rf"^{cue('names', 'not_noun')}")
    long_verbs = any_of([v for v in words("names", "verbs") if len(v) > 1])
    short_verbs = any_of([v for v in words("names", "verbs") if len(v) == 1])
    cut = pl.col("_right").str.extract(rf"^(.{{2,}}?){cue('names', 'cut_right')}", 1)
    return rows.with_columns(
        _right=pl.coalesce(pl.when(pl.col("_right").str.len_chars() > 8).then(cut), "_right"),
        _verb=pl.coalesce(pl.col("_left").str.extract(rf"{long_verbs}$", 0), pl.col("_left").str.extract(rf"^{short_verbs}$", 0)),
        _bare=pl.col("_left").str.len_chars() < 2,
        _noun_after=pl.col("kind").is_in(["count", "amount"]) & noun,
    )


def _verbs_over_lists(rows: pl.DataFrame) -> pl.DataFrame:
    """`新增A 12家、B 7家`: the verb speaks of B too."""
    long_verbs = any_of([v for v in words("names", "verbs") if len(v) > 1])
    rows = rows.with_columns(
        _starts=pl.col("_own").str.extract(rf"^{long_verbs}", 0), _joined=pl.col("follows") & pl.col("gap").str.contains(r"^[、和及]")
    )
    verb = pl.when(~pl.col("_joined")).then(pl.coalesce("_starts", pl.lit(EMPTY))).forward_fill()
    rows = rows.with_columns(_over=verb)
    add = pl.col("_joined") & pl.col("_starts").is_null() & (pl.col("_over") != EMPTY) & pl.col("_own").is_not_null() & pl.col("basis").is_null()
    return rows.with_columns(_own=pl.when(add.fill_null(False)).then(pl.concat_str("_over", "_own")).otherwise("_own"))


def _carry(rows: pl.DataFrame) -> pl.DataFrame:
    """Names carried inside the sentence: to bare changes, ranks and shares, and in front of general ones."""
    rows = rows.with_columns(_generic=pl.col("_own").is_in(list(words("names", "generic"))).fill_null(False))
    subject = pl.when(~pl.col("_generic")).then("_own")
    rows = rows.with_columns(_subject=carried(subject, pl.col("new")).shift(1))
    measure = r"(?:播种|种植)?(?:面积|总?产量|个数|数量|时长|次数|收入|总?产值|销售额|人数|额|率)$"
    ahead = pl.when(~pl.col("new").shift(-1) & ~pl.col("_generic").shift(-1)).then(pl.col("_own").shift(-1))
    wanting = rows.filter("_generic" ).select("row")
    rows = rows.with_columns(_ahead=ahead)
    alone = (
        rows.join(wanting, on="row", how="semi")
        .with_columns(_before=pl.when(~pl.col("new")).then(pl.col("_subject").str.replace(measure, "")))
        .select(
            "row",
            _whole=pl.when(pl.col("_before").is_not_null()).then(pl.concat_str("_before", "_own"))
            .when(pl.col("_ahead").is_not_null() & pl.col("_own").str.contains("投资|资金|投入")).then(pl.concat_str("_ahead", "_own")),
        )
    )  # fmt: skip
    rows = rows.join(alone, on="row", how="left", maintain_order="left").with_columns(_full=pl.coalesce("_whole", "_own"))
    rows = rows.with_columns(_name=carried(pl.col("_full"), pl.col("new")))
    lost = rows.filter(pl.col("_name").is_null()).select(
        "row", _lost=strip_phrase(pl.col("lead").str.extract(r"([^，,：:]+)[，,：:][^，,：:]*$", 1))
    )
    rows = rows.join(lost, on="row", how="left", maintain_order="left")
    lost_name = pl.when(pl.col("_lost").str.len_chars() > 1).then("_lost")
    return _tidy(rows.with_columns(indicator_name=pl.coalesce("_name", lost_name, "heading", pl.lit("未名"))))


def _tidy(rows: pl.DataFrame) -> pl.DataFrame:
    """No stray punctuation, at most 40 characters, the last part of a long enumeration."""
    name = pl.col("indicator_name")
    rows = rows.with_columns(
        indicator_name=name.str.replace_all(r"[\s#]+|^[”）)、》]+|(?:[（(“《、]|和|及|以及|与|的|等)+$", "")
    ).with_columns(_short=pl.when(name.str.len_chars() > 24).then(name.str.extract(r"[^、]*$", 0)))
    short = pl.when(pl.col("_short").str.len_chars() > 3).then("_short")
    return rows.with_columns(indicator_name=pl.coalesce(short, name).str.tail(40))


__all__ = ["EMPTY", "names", "strip_phrase"]
