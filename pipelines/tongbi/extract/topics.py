"""Names from elsewhere in the sentence: carried to bare changes and ranks, put in front of names that say nothing alone."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.context import HERE, SIGNS, carried, carrier, start
from tongbi.extract.few import change, few, mend, without
from tongbi.extract.lexicon import any_of, cue, words
from tongbi.extract.phrases import paired, strip_front, strip_phrase, verbs

# what is no more asked for once a name is complete
DONE = [
    "_own",
    "_chained",
    "_does",
    "_over",
    "_starts",
    "_joined",
    "_weak",
    "_topic_told",
    "_topic",
    "_from",
    "_ahead",
    "_done",
    "_spent",
    "tail",
    "after",
]


def verbs_over_lists(rows: pl.DataFrame) -> pl.DataFrame:
    """`新增A 12家、B 7家`: the verb speaks of B too; of a part (`新增A 12家，其中B 7家`) what is new does."""
    part = pl.col("_of_which") & ~pl.col("_own").is_in(["城镇", "农村", "城市"])
    # 新增4个基地、8家公司
    chain = (pl.col("rule_name") == "noun_after") & (pl.col("rule_name").shift(1) == "noun_after")
    rows = few(rows, chain & pl.col("follows"), ["lead"], _chained=pl.col("lead").str.contains("^[^，,：:、]{2,24}[、和及与]$"))
    pair = paired(pl.col("_own").str.extract("^([\u4e00-\u9fff]{2}[和及或、](?:改扩建|[\u4e00-\u9fff]{2}))", 1))
    joined = pl.col("follows") & (pl.col("_joins") | part | pl.col("_chained").fill_null(False))
    rows = rows.with_columns(_joined=joined)
    rows = few(
        rows,
        pl.col("_joined") | pl.col("_joined").shift(-1) | pl.col("_joined").shift(-2),
        ["_own"],
        _starts=pl.when(~pl.col("_own").str.contains(rf"^{cue('names', 'verb_like')}")).then(
            pl.coalesce(pair, pl.col("_own").str.extract(rf"^{verbs()}", 0))
        ),
    )
    # 接待游客12万人次、实现旅游收入8亿元
    rows = few(rows, pl.col("_joined"), ["clause"], _does=pl.col("clause").str.contains("^[、和及与](?:实现|实施|完成|开展)"))
    verb = (
        pl.when(~pl.col("_joined") & pl.col("_own").is_not_null())
        .then(pl.coalesce("_starts", pl.lit("-")))
        .otherwise("_starts")
        .forward_fill()
    )
    rows = rows.with_columns(_over=verb)
    add = (
        pl.col("_joined") & pl.col("_starts").is_null() & (pl.col("_over") != "-") & pl.col("_own").is_not_null()
        & pl.col("basis").is_null() & pl.col("kind").is_in(["count", "amount"]) & ~pl.col("_own").str.ends_with("面积")
        & ~pl.col("_own").str.ends_with(pl.col("_over")) & ~pl.col("_own").str.starts_with(pl.col("_over")) & ~pl.col("_does").fill_null(False)
        & ~pl.col("_own").is_in(list(words("names", "deeds")))
    )  # fmt: skip
    own, new = pl.col("_own"), ~part | pl.col("_over").str.contains("^(?:新|净增)")
    return mend(rows, (add, new), ["_own", "_over"], _own=pl.when(~own.str.contains("^[可共总已]")).then(pl.concat_str("_over", own)))


@cache
def _weak() -> str:
    """Names that say nothing alone: general nouns, rates of nothing, deeds without their object."""
    deed = any_of(words("names", "deeds"))
    return rf"^(?:{cue('names', 'generic')}|(?:国家|省|市|县|区|州|镇|村|部)级(?:以上)?|[A-DＡ-Ｄ]级|(?:已|现已|全部|基本|按期|按时|提前|新|再|共|总)*{deed}(?:{deed})?[率数量额]?|(?:综合|总|提前|按时|按期)?{cue('names', 'rates')}率)$"


@cache
def _stem_ends() -> tuple[str, str]:
    """What is taken off a name before it stands in front of another: the deed before, the measure or deed after."""
    deed = any_of(words("names", "deeds"))
    measure = "(?:播种|种植)?(?:余额|面积|销售量|交易额|接待量|饲养量|出栏量|总?产量|个数|数量|总数|数|时长|次数|收入|总?产值|销售额|人数|单价|均价|价格|销量|额|率|达标|现场成交|意向成交)"
    return rf"^(?:{cue('names', 'before_stem')})+", rf"(?:(?:全面|全部|顺利|基本|正式|已|现场|成功)*{deed}|{measure})+$"


def _stem(name: pl.Expr) -> pl.Expr:
    before, behind = _stem_ends()
    stem = name.str.replace(before, "").str.replace(behind, "")
    return pl.when(stem.str.len_chars() > 1).then(stem)


@cache
def _predicate() -> str:
    """A clause cut before what it says of its subject."""
    return rf"^(.{{2,}}?){cue('names', 'predicates')}[^，,：:]*$"


def _subject(clause: pl.Expr) -> pl.Expr:
    """What a clause speaks of: 粮食总产量再上新台阶 -> 粮食总产量."""
    phrase = strip_phrase(clause)
    return pl.coalesce(phrase.str.extract(_predicate(), 1), phrase)


def lost(rows: pl.DataFrame) -> pl.DataFrame:
    """The first figure of a sentence with no name beside it has the clause before: 进出口，全年增长5%."""
    before = _subject(pl.col("lead").str.replace_all(f"[{SIGNS}]", "").str.extract("([^，,：:]+)[，,：:][^，,：:]*$", 1))
    return mend(rows, pl.col("new") & pl.col("_own").is_null(), ["lead"], _own=pl.when(before.str.len_chars() > 1).then(before))


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_topic_told`: what the clauses before a weak name speak of."""
    told, doing = pl.col("_told"), rf"(?:{cue('names', 'doing')})([^，,：:]{{3,}})$"
    clauses = pl.col("lead").str.replace("[^，,：:]*$", "").str.strip_chars_end("，,：: ")
    rows = few(rows, pl.col("_weak"), ["lead"], _told=clauses)
    first = pl.coalesce(told.str.extract(doing, 1), told.str.extract("^([^，,：:]{3,})", 1))
    later = pl.coalesce(told.str.extract("[，,：:]([^，,：:]{3,})$", 1), told.str.extract("^([^，,：:]{8,})$", 1))
    topic = pl.when("new").then(first).otherwise(later).str.replace(f"连续[{SIGNS}].*$", "").str.replace_all(f"[{SIGNS}]", "")
    topic = strip_front(topic)
    topic = pl.coalesce(topic.str.extract(_predicate(), 1), topic)
    topic = _stem(pl.coalesce(topic.str.extract(doing, 1), topic).str.head(20))
    return without(few(rows, told.str.len_bytes() > 0, ["_told", "new"], _topic_told=topic), "_told")


def complete(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_full`: weak names with the topic of their sentence in front (新建项目开工率, 城镇居民养老保险参保)."""
    # 投资增长5% is told of the place; 投资5亿元 of the work before it
    told_of_all = pl.col("basis").is_not_null() & (pl.col("kind") == "percentage") & pl.col("_own").is_in(["投资", "收入", "税收", "利润"])
    weak = pl.col("_own").str.contains(_weak()) & ~pl.col("_share") & ~told_of_all
    rows = _told(rows.with_columns(_weak=weak.fill_null(False)))
    # a topic is asked for in few sentences
    asked = rows["sentence"].filter(rows["_weak"]).unique()
    names_it = pl.col("sentence").is_in(asked.implode()) & ~pl.col("_weak") & ~pl.col("_share")
    before, behind = _stem_ends()
    own = pl.col("_own")
    stem = pl.when(own.str.contains(before) | own.str.contains(behind)).then(_stem(own)).otherwise(own)
    rows = few(rows, (names_it, ~pl.col("clause").str.contains("^(?:其中|（)")), ["_own"], _topic=stem)
    rows = mend(rows, pl.col("_weak"), ["_topic_told"], _topic=pl.col("_topic_told"))
    rows = rows.with_columns(
        _from=carrier(pl.col("_topic"), pl.col("start")),
        _ahead=pl.when(~pl.col("new").shift(-1) & ~pl.col("_weak").shift(-1)).then(HERE + 1),
    )
    # 投资15亿元实施了安居工程
    done = pl.col("tail").str.extract(rf"^(?:用于|对|{verbs()})了?([^，,、]{{2,20}})$", 1)
    spent = pl.col("after").str.extract(rf"^[，,](?:用于|对|{verbs()})了?([^，,、。；]{{2,20}}?)(?:进行.*)?(?:[，,、。；]|$)", 1)
    rows = few(rows, (pl.col("_weak"), own.str.contains("投资|资金|投入|筹资")), ["tail", "after"], _done=done, _spent=spent)
    topics, owns = pl.lit(rows["_topic"]), pl.lit(rows["_own"])
    front = pl.coalesce("_done", topics.gather("_from"), pl.when(own.str.contains("投资|资金|投入")).then(owns.gather("_ahead")), "_spent")
    front = (
        pl.when(front.str.len_chars() > 16)
        .then(
            pl.coalesce(
                pl.col("_done").str.extract("^([^“”，、和及与]{4,16})[和及与、]", 1),
                front.str.extract("([^“”，、]{2,16})$", 1),
                front.str.tail(16),
            )
        )
        .otherwise(front)
    )
    rows = rows.with_columns(_full="_own")
    told = ["_own", "_from", "_ahead", "_done", "_spent"]
    return without(mend(rows, pl.col("_weak"), told, _full=pl.concat_str(front, "_own")), *DONE)


def carry(rows: pl.DataFrame) -> pl.DataFrame:
    """Names carried inside the sentence to bare changes, ranks and shares; else the clause before, else the heading."""
    full = pl.col("_full")
    wants = pl.col("_share") & full.str.starts_with("占")
    rows = rows.with_columns(_wants=wants.fill_null(False))
    rows = rows.with_columns(_named=carrier(pl.when(~pl.col("_wants")).then(full), pl.col("start")))
    subject = pl.lit(rows["_full"]).gather("_named").str.replace(rf"^{cue('names', 'before_stem')}", "")
    rows = change(rows, pl.col("_wants"), ["_named", "_full"], _full=pl.concat_str(subject, full))
    # what stands in brackets is no subject of what follows (（含外省案件52起），同比增长5%), nor is a share of growth told behind it
    # (产值66亿元，占规上总产值68%，同比增长24%)
    grown = (pl.col("basis").is_not_null() & (pl.col("unit") == "%")) | pl.col("clause").str.contains("增速|增幅")
    grown = (pl.col("_bare") & grown & pl.col("_share").shift(1)).fill_null(False)
    aside = pl.col("clause").str.contains("^[（(]").fill_null(False) | (pl.col("_share") & grown.shift(-1)).fill_null(False)
    subject = carried(pl.when(~aside).then(full), pl.col("start"))
    # …，同比增长5%；预计1-3月完成20亿元: what stands before the semicolon, if nothing else does
    last = carrier(pl.when(~aside).then(full), start(pl.col("full")))
    rows = rows.with_columns(indicator_name=pl.coalesce(pl.when(aside).then(full), subject), _last=last)
    names = pl.lit(rows["_full"])
    return _tidy(without(mend(rows, pl.col("indicator_name").is_null(), ["_last"], indicator_name=names.gather("_last")), "_last"))


def _tidy(rows: pl.DataFrame) -> pl.DataFrame:
    """No stray punctuation, at most 40 characters, the last part of a long enumeration."""
    name, heading = pl.col("indicator_name"), pl.coalesce("heading", pl.lit("未名"))
    rows = mend(rows, name.is_null() | (name == ""), ["heading"], indicator_name=heading)
    stray = rf"[\s#{SIGNS}]+|^[”）)、》]+|(?:[（(“《、]|和|及|以及|与|的|等|分别(?:完成|实现)?)+$"
    rows = mend(rows, name.str.contains(stray), ["indicator_name"], indicator_name=name.str.replace_all(stray, ""))
    rows = mend(rows, name == "", ["heading"], indicator_name=heading)
    last = name.str.extract(r"[^、]*$", 0)
    rows = mend(rows, name.str.len_chars() > 30, ["indicator_name"], indicator_name=pl.when(last.str.len_chars() > 3).then(last))
    rows = mend(
        rows, name.str.contains("[（(][^）)]{4,}[）)]"), ["indicator_name"], indicator_name=name.str.replace_all("[（(][^）)]{4,}[）)]", "")
    )
    return mend(rows, name.str.len_chars() > 40, ["indicator_name"], indicator_name=name.str.tail(40))
