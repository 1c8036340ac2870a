"""The noun after a number (新增12家企业, 打造8处食堂) and whether it names the figure better than the phrase before."""

from __future__ import annotations

import polars as pl

from tongbi.extract.context import GROWN
from tongbi.extract.few import few, mend, part, without
from tongbi.extract.lexicon import cue
from tongbi.extract.phrases import paired, strip_front, verbs

BREAK = "[，,：:、（）()]"


def right(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_right`, the noun after the number, `_verb`, the verb before it, and `_use_right`."""
    tail, clause = pl.col("tail"), pl.col("clause")
    noun = (
        tail.str.contains("^[\u4e00-\u9fff“A-Za-z0-9]")
        & ~tail.str.contains(GROWN)
        & (~tail.str.contains(rf"^{cue('names', 'not_noun')}") | tail.str.contains(rf"^{cue('names', 'noun_anyway')}"))
    )
    noun = noun & ~tail.str.contains(rf"^(?:{verbs()}了|的$)") & ~((pl.col("rule") == "count_more") & (tail.str.len_chars() == 1))
    # 3人获评劳动模范
    honoured = (pl.col("kind") == "count") & tail.str.contains("^(?:在[^，,]{2,16})?(?:获[评奖得国省市]|荣[获登]|入选|当选|被评)[^，,]{2}")
    # 向13690户困难群众|发放补贴: what was given
    given = clause.str.contains("[向为给对]$") & tail.str.contains(rf"^(?:{cue('names', 'giving')})了?[^，,]{{2}}")
    counts = pl.col("kind").is_in(["count", "amount"]) & ~pl.col("_share")
    rows = few(
        rows,
        counts & (tail != ""),
        ["tail", "clause", "kind", "rule"],
        _noun_after=noun | honoured | given | (pl.col("rule") == "policy_times"),
    )
    listing = clause.str.contains("等(?:共|共计|首批|方面|领域|地|多个|各类|一批)*$")
    listing = listing | ((pl.col("form") == "han") & pl.col("_left").str.contains("、", literal=True))
    rows = few(
        rows, pl.col("kind").is_in(["count", "amount"]), ["clause", "form", "_left"], _listing=listing, _relative=clause.str.ends_with("的")
    )
    rows = rows.with_columns(
        pl.col("_noun_after", "_listing", "_relative").fill_null(False),
        # the tail that runs into the next figure belongs to that one in part
        _open=tail.str.len_bytes() == pl.col("after").str.len_bytes(),
    )
    rows = part(rows, pl.col("_noun_after"), ["clause", "tail", "after", "_listing", "_open", "unit"], _noun)
    return _choose(_after_noun(_shared_nouns(rows)))


def _noun(rows: pl.DataFrame) -> pl.DataFrame:
    """The noun after the number: with its predicate where it begins its clause, else cut before a verb."""
    right, clause = pl.col("_right"), pl.col("clause")
    rows = rows.with_columns(_right=pl.col("tail").str.replace("^的", ""))
    listed = pl.col("after").str.extract(
        "^(?:[\u4e00-\u9fff]{1,8}、[\u4e00-\u9fff、]{1,16}等[^，,。；、（0-9x]{2,14}|[\u4e00-\u9fff]{2}、[\u4e00-\u9fff]{3,10}(?:[，,。；]|进行|提供|发放)|[国省市县]、[省市县区][^，,。；、（0-9x]{2,14})",
        0,
    )
    listed = listed.str.replace("(?:[，,。；]|进行|提供|发放)$", "")
    rows = mend(rows, pl.col("after").str.contains("^[\u4e00-\u9fff]{1,8}、[\u4e00-\u9fff]"), ["after"], _right=listed)
    rows = mend(rows, (pl.col("unit") == "人") & right.str.starts_with("口"), ["_right"], _right=right.str.replace("^口", "人口"))
    rows = rows.with_columns(_whole="_right")
    # 在12个行政村打造了8处食堂: the verb before the next figure is that one's
    next_verb = right.str.extract(rf"^([\u4e00-\u9fff]{{2,}}?){verbs()}了?$", 1)
    rows = few(rows, pl.col("_open"), ["_right"], _next=next_verb)
    due = right.str.extract("^(.{2,}?)(?:中除|因为?|由于)[^，,]{4,}$", 1)
    # 24个项目中尚未开工的有7个; 15个项目进资率仅有32.5%
    due = pl.coalesce(
        due,
        pl.when("_open").then(
            right.str.extract(
                "^(.{2,}?)(?:中(?:尚|已|仍|还|未)|(?:综合|总|年)?(?:[^、]{2}率|产值|比例|进度|规模|收入|销售额|交易额)(?:仅[为有]|[仅为有均超]|达到?)*$)",
                1,
            )
        ),
    )
    rows = few(
        rows,
        pl.col("_next").is_null() & right.str.contains("中除|因|由于|中[尚已仍还未]|率|产值|比例|进度|规模|收入|[售易]额"),
        ["_right", "_open"],
        _due=due,
    )
    rows = rows.with_columns(_right=pl.coalesce("_next", "_due", "_right"))
    free = clause.str.contains(rf"^(?:{cue('names', 'openers')}|[、\s])*$") | (pl.col("_listing") & clause.str.ends_with("等"))
    whole = free & ~pl.col("_open") & (right.str.len_chars() <= 22)
    rows = rows.with_columns(_free=whole)
    cut = pl.col("_whole").str.extract(rf"^(.{{2,}}?)(?:{cue('names', 'cut_right')})", 1)
    plain = right.str.replace_all(rf"(.)(?:{cue('names', 'adverbs')})", "$1")
    rows = few(rows, pl.col("_free"), ["_right"], _plain=plain)
    rows = few(rows, ~pl.col("_free") & (right.str.len_chars() > 8), ["_whole"], _cut=cut)
    deed = right.str.extract("^(?:召开|开展|组织|举行|举办)(.{2,})$", 1)
    rows = few(rows, pl.col("unit").is_in(["次", "场", "场次"]), ["_right"], _deed=deed)
    noun = pl.coalesce("_deed", "_plain", "_cut", "_right")
    noun = noun.str.replace("^(.{2,})实现了?(.{2,})$", "$1$2")  # 主次干道实现通车
    return rows.select(
        _right=noun.str.replace("([设会统审]计|[高甲平]等)?(?:共|共计|计|等|等共|约|达|超|近|已|均|已全部|获评?|荣获|入选|获得)*$", "$1")
    )


def _shared_nouns(rows: pl.DataFrame) -> pl.DataFrame:
    """Nouns told once for several figures: 7个省级、32个州级示范点; 12类44项实事."""
    level = pl.col("_right").str.contains("^(?:国家|省|市|州|县|区|乡|镇|村|自治区|行业|区域|[A0-9]{1,2})级[和及与]?$").fill_null(False)
    noun_next = pl.col("_right").shift(-1).str.extract("^.{1,3}级(.+)$", 1)
    bare = pl.col("_right").str.replace("[和及与]$", "")
    rows = rows.with_columns(_right=pl.when(level).then(pl.concat_str(bare, noun_next.fill_null(""))).otherwise("_right"))
    shared = (pl.col("after") == "") & (pl.col("kind") == "count") & pl.col("_noun_after").shift(-1) & ~pl.col("new").shift(-1)
    acts = pl.col("_left").str.contains(rf"{verbs()}$|^[^，,]{{0,6}}[向为给对]$") | (pl.col("_left") == "")
    brief = (pl.col("unit") == "类") & (pl.col("_left").str.len_chars() < 3)  # 优化安排12类45件民生实事
    rows = few(rows, shared, ["_left", "unit"], _acts=acts | brief)
    rows = rows.with_columns(
        _right=pl.when(pl.col("_acts").is_not_null()).then(pl.col("_right").shift(-1)).otherwise("_right"),
        _noun_after=pl.col("_noun_after") | pl.col("_acts").fill_null(False),
    )
    return without(rows, "_acts")


def _choose(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_verb` and `_use_right`: whether the noun after a number names it better than the phrase before."""
    left, clause, tail = pl.col("_left"), pl.col("clause"), pl.col("tail")
    brief = pl.when((left.str.len_chars() == 2) & ~pl.col("_bare")).then(left)
    pair = paired(left.str.extract("([\u4e00-\u9fff]{2}[和及或、][\u4e00-\u9fff]{2,3})$", 1))  # 取消和下放12项审批事项
    verb = pl.coalesce(pair, left.str.extract(rf"{verbs()}$", 0), left.str.extract(rf"^{verbs(short=True)}$", 0), brief)
    # a phrase that begins with a verb or is long is no name where a noun follows the measure word
    clausal = (pl.col("kind") == "count") & (left.str.contains(rf"^{verbs()}") | (left.str.len_chars() > 10))
    deed = pl.col("tail").str.contains(rf"^{cue('names', 'deeds')}")
    level = ~pl.col("_bare") & clause.str.contains(
        "(?:增至|扩大至|扩大到|增加到|提高到|达到?|升至|拓展[到至]|扩展[到至]|减少到|降至)(?:了|约|近|超过?)?$"
    )
    unbroken = pl.col("follows") & ~pl.col("lead").str.contains(BREAK)
    open_ = pl.col("_bare") | pl.col("_listing") | unbroken | pl.col("_separate") | pl.col("_relative")
    # 主城区20项融合项目; 中央财政安排10亿元专项资金
    acts = tail.str.contains(rf"^{verbs()}")
    place = (
        left.str.contains("(?:层面|城区|地区|[县市省州乡镇路街内]|园区|景区|流域|沿线|谷地|地带|片区|组团)$")
        & (left.str.len_chars() < 9)
        & ~acts
        & ~deed
    )
    given = clause.str.contains("(?:安排|下达|落实|筹集|争取|拨付)了?(?:约|近|超过?)?$") & ~acts
    spent = (pl.col("unit") == "元") & acts & (tail.str.len_chars() > 4)  # 投入50万元实施8个改造项目
    open_ = open_ | clause.str.contains("[向为给对]$")
    use = (open_ | verb.is_not_null() | (clausal & ~deed) | place | given) & ~level & ~spent
    giver = pl.when(given & verb.is_null() & (left.str.len_chars() > 2) & (left.str.len_chars() < 9)).then(left)
    seen = ["_left", "clause", "tail", "kind", "unit", "_bare", "_listing", "follows", "lead", "_separate", "_relative"]
    rows = few(rows, pl.col("_noun_after"), seen, _verb=pl.coalesce(verb, giver), _use_right=use)
    # 优化营商环境58条改革举措: what stands before says whose
    owned = (pl.col("kind") == "count") & pl.col("_noun_after") & ~pl.col("_use_right") & (left.str.len_chars() < 17)
    headed = tail.str.contains(rf"^[\u4e00-\u9fff]{{0,12}}{cue('names', 'heads')}") & ~acts & ~level & ~clause.str.contains("[有达到为是]$")
    rows = few(rows, owned, ["_left", "clause", "tail", "_bare"], _headed=headed)
    rows = mend(rows, pl.col("_headed"), ["_left"], _verb=left, _use_right=pl.lit(True))
    return without(rows.with_columns(pl.col("_use_right").fill_null(False)), "_headed")


def _after_noun(rows: pl.DataFrame) -> pl.DataFrame:
    """`x个行政村打造了xx处食堂`: the noun of the figure before is no part of the phrase before this one."""
    ahead = pl.col("_right").shift(1)
    size = ahead.str.len_chars()
    measure = pl.col("_left").str.contains("(?:率|比例|产值|规模|收入|进度|[售易]额)$")  # 28个基地总产值88亿元
    mine = pl.col("follows") & pl.col("_left").str.starts_with(ahead) & (pl.col("_left").str.len_chars() > size + 1) & ~measure
    listed = pl.col("lead").str.slice(pl.col("_size")).str.starts_with("、")  # 12.3万名参保人、共济金额3.2亿元
    rows = few(rows.with_columns(_size=size), mine, ["lead", "_size"], _unbroken=~pl.col("lead").str.contains(BREAK) | listed)
    return without(
        mend(rows, pl.col("_unbroken"), ["_left", "_size"], _left=strip_front(pl.col("_left").str.slice(pl.col("_size")))),
        "_size",
        "_unbroken",
    )
