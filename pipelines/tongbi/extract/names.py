"""What a figure measures: the noun phrase a statistician would put in the left column.

Three places are asked in turn: the noun after the number (新增12家企业), the phrase before it (企业达到12家), the
name before in the sentence (出口…，同比增长…). What would be ambiguous alone (开工率, 参保) is completed from there too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import polars as pl

from tongbi.extract.changes import SHARE_DONE, TASK
from tongbi.extract.context import BASE, GREW, GROWN, SIGNS
from tongbi.extract.few import few, mend, mend_part, once, without
from tongbi.extract.lexicon import cue, words
from tongbi.extract.nouns import right
from tongbi.extract.phrases import strip_back, strip_end, strip_front, strip_start, verbs
from tongbi.extract.topics import carry, complete, lost, verbs_over_lists

CAUSE = "^(?:受|因|由于)[^，,]*(?:影响|拖累|带动|因素)[下后]?"  # 受强降雨影响同比下降
# names of places that rank among others, no names of what is ranked
COMMON = r"^(?:[0-9x]+个|省会|大中|全[国省市区县州]|县级市|街道|乡镇|中|（|）|各|同类|设区|的|市|县|区|州|盟|旗|城市|地区|省份|中西部|西部|中部|东部|东北|沿海|前列|系统|行业|直辖|自治|副省级|计划单列|及|和|、)+$"
SUMMED = "^[两三四五六七八九十]大?(?:类|方面|领域|板块|大类)$"  # 五大类80项城建工程
TASKED = f"(?:^[（(]|(?:完成|占)了?){TASK}[为是]?[（(]?$"
ANYTHING = "[^，,]{0,14}"
# what is no more asked for once the name beside a figure is chosen
DONE = ["surface", "_left", "_separate", "_shared", "_noun_after", "_listing", "_relative", "_open", "_right", "_verb", "_use_right",
        "_part", "_special", "_odd", "_target", "_was", "measure", "lead_no"]  # fmt: skip


@cache
def _compared() -> str:
    """A comparison and all behind it: 比上年增长, 完成年度目标的, 按可比价格计算增长."""
    plan = f"(?:完成|占|为|达到?|实现|超额?)?了?(?:全年|年度|年|预期|任务|目标|计划|预算|考核)+(?:任务|目标|值|数|的)|{SHARE_DONE}的?"
    over = "(?:超|超出|超过)了?[^，,]{0,4}(?:计划|目标|任务|预期|[时序]{2}进度)(?:任务|值|数)?$"
    gap = "恢复(?:到|至)[^，,]*的$|(?:比|较)[^，,例重率值赛]{2,18}(?:分别|再)?(?:高|低|多|少|快|慢)(?:出|于|完成|收|支)?(?:了|约|近)*$"
    multiple = "(?:是|为|相当于)[^，,]*的$"
    return rf"(?:(?:{cue('names', 'compared')}|[比较与同]?{BASE}|{plan})[^，,]*$|{gap}|{multiple}|{over})"


def names(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `indicator_name` and `rule_name` to the figures.

    In: `clause, lead, tail, after, gap, new, follows, kind, form, basis, unit, heading`, in order of place.
    """
    return carry(complete(verbs_over_lists(lost(_chosen(right(_left(rows)))))))


def _chosen(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_own`, the name that stands beside a figure, and `rule_name`."""
    told = (pl.col("kind") == "percentage") & pl.col("_bare") & pl.col("direction").is_null() & (pl.col("tail") != "")
    rows = few(rows, told, ["tail", "form", "basis"], _part=_counted())
    special = pl.col("_share") | (pl.col("rule") == "streak") | pl.col("_part").is_not_null() | pl.col("_use_right")
    special = special | pl.col("_target").is_not_null()
    seen = [
        "rule",
        "after",
        "surface",
        "_share",
        "_shared",
        "_target",
        "_part",
        "_right",
        "_verb",
        "_left",
        "_listing",
        "_separate",
        "_relative",
        "_bare",
    ]
    rows = few(rows, special, seen, _special=_special()).with_columns(_odd=special)
    own = pl.when("_odd").then("_special").otherwise(pl.when(~pl.col("_bare")).then("_left"))
    rule = (
        pl.when("_share").then(pl.lit("share"))
        .when("_use_right").then(pl.lit("noun_after"))
        .when(~pl.col("_bare")).then(pl.lit("phrase_before"))
        .otherwise(pl.lit("carried"))
    )  # fmt: skip
    return without(rows.with_columns(_own=own, rule_name=rule), *DONE)


@cache
def _counted() -> pl.Expr:
    """What a percentage without a phrase before it is a part of: 95%的村, 九成家庭."""
    tail = pl.col("tail")
    han = (pl.col("form") == "han") & pl.col("basis").is_null()
    return pl.coalesce(
        tail.str.extract("^的([^的]{2,20}?)(?:均.*|都.*|全部.*|已.*)?$", 1),
        pl.when(han).then(tail.str.extract(r"^(\p{Han}{3,16}?)(?:来自|成为|获|实现|纳入|达到|由|在|集中|以上|$)", 1)),
    )


@cache
def _special() -> pl.Expr:
    """Names of figures that are no phrase before the number as it stands."""
    light = (pl.col("_verb").str.len_chars() < 2) | pl.col("_verb").is_in(list(words("names", "light_verbs")))
    verb = pl.when(~pl.col("_listing") & ~light & ~pl.col("_separate")).then("_verb").fill_null("")
    verb = pl.when(pl.col("_relative") & ~pl.col("_bare")).then("_left").otherwise(verb)
    times = pl.col("after").str.extract("^连(.)", 1).fill_null(pl.col("surface").str.extract("连(.)$", 1))
    return (
        pl.when("_share").then("_shared")
        .when(pl.col("_target").str.len_chars() > 1).then("_target")
        .when(pl.col("_target").is_not_null()).then(pl.lit("经济"))
        .when(pl.col("rule") == "streak").then(pl.concat_str("_left", pl.lit("连"), times))
        .when(pl.col("_part").is_not_null()).then(pl.concat_str("_part", pl.lit("占比")))
        .otherwise(pl.concat_str(verb, "_right"))
    )  # fmt: skip


def _left(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_left`, the phrase before the number without the light words at its ends, `_bare` (there is none), `_separate` (a list mark
    stands before) and `_share`, `_shared` of figures that are a part of something (占全省的)."""
    kind = pl.col("kind")
    # the words before and these facts say all
    key = pl.col("lead_no").cast(pl.Int64)
    for fact in (
        kind == "ranking",
        kind == "percentage",
        pl.col("basis").is_not_null(),
        pl.col("measure"),
        pl.col("_was"),
        pl.col("follows"),
    ):
        key = key * 2 + fact.fill_null(False)
    rows = once(rows, key, ["clause", "kind", "basis", "measure", "_was", "follows"], _phrase)
    left, clause = pl.col("_left"), pl.col("clause")
    # before 的 stands a relative clause: 区政府下达的12项任务
    noun = pl.col("tail").str.contains("^[\u4e00-\u9fff“]") & ~pl.col("tail").str.contains(GROWN)
    told = noun & (left.str.contains("、") | (left.str.len_chars() > 9))
    rows = few(rows, clause.str.ends_with("的") & (kind == "count"), ["_left", "tail"], _clausal=told)
    # right after a list mark a number has no phrase before it: 11公里污水管网、16公里雨水管网
    none = (pl.col("_separate") & pl.col("follows")) | pl.col("_clausal").fill_null(False)
    rows = mend(rows, none, ["_left"], _left=pl.lit(""))
    bare = (left.str.len_chars() < 2) | left.is_in(list(words("names", "nothing"))) | left.str.contains(SUMMED)
    return without(rows.with_columns(_bare=bare), "_clausal")


def _phrase(rows: pl.DataFrame) -> pl.DataFrame:
    """The phrase before the number: `_left`, `_separate`, `_share`, `_shared`."""
    rows = rows.with_columns(_clause="clause", _separate=pl.col("clause").str.contains("[、和及与]$"))
    opening = "^(?:连[丰增冠升涨快优]”?[、，]?|[和及与、]|“?十[一二三四五六七]五”?(?:时期|期间|以来|规划期|末)?前?|(?:[十百千万亿]+元?)?(?:台阶|大关|关口)[、，]?)"
    rows = mend(rows, pl.col("clause").str.contains(opening), ["clause"], _clause=pl.col("clause").str.replace(opening, ""))
    changed = pl.col("basis").is_not_null() | pl.col("measure")
    changed = changed | pl.col("_clause").str.contains(
        "(?:高于|低于|超出|多于|少于)(?:全|平均)[^，,]*$|比全[国省市区县州][^，,]*[高低多少]$"
    )
    # （考核任务为21微克）, 占全年任务40亿元的32%
    rows = _edit(rows, pl.col("_clause").str.contains(TASKED), lambda c: c.str.replace(TASKED, ""))
    rows = _edit(rows, pl.col("_clause").str.contains("至少", literal=True), lambda c: c.str.replace("至少", "", literal=True))
    signed = pl.col("_clause").str.contains(f"[{SIGNS}]")
    rows = _edit(rows, changed, lambda c: c.str.replace(_compared(), "").str.replace(CAUSE, ""))
    rows = _edit(
        rows,
        signed,
        lambda c: c.str.replace_all(rf"(?:连续|近|过去|[由从自到至截止在于])*[{SIGNS}](?:{cue('names', 'dated')}|、[{SIGNS}])*", ""),
    )
    rows = mend_part(rows, pl.col("kind") == "ranking", ["_clause"], _without_rank)
    rows = _edit(rows, pl.col("_was"), lambda c: c.str.replace("(?:由|从)[^由从]{0,8}$", ""))
    grown = f"^(?:又|已|将)?{GREW}(?:了|约|近|超过?)?$"
    brief = pl.col("_clause").str.len_bytes().is_between(6, 18)
    rows = _edit(rows, pl.col("follows") & brief, lambda c: pl.when(c.str.contains(grown)).then(pl.lit("")))
    rows = _shares(rows)
    rows = _own_words(strip_start(strip_end(rows.with_columns(_left="_clause"), "_left"), "_left"))
    return rows[["_left", "_separate", "_share", "_shared"]]


def _own_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Mends `_left` where it is more than a name."""
    left, clause = pl.col("_left"), pl.col("clause")
    class_ = "[高中初同平甲乙丙均优对何]等"  # 高等教育: no 等 that ends a list
    change = pl.col("basis").is_not_null() & (pl.col("kind") == "percentage")
    rows = few(rows, left == "投资", ["clause"], _invested=clause.str.contains("完成投资", literal=True))
    changed = left.str.replace(rf"^{cue('names', 'change_verbs')}+", "")
    rows = mend(rows, (change, left.str.contains(rf"^{cue('names', 'change_verbs')}")), ["_left"], _left=changed)
    rows = mend(rows, pl.col("_invested"), ["_left"], _left=pl.lit("完成投资"))
    long = pl.when(left.str.len_chars() > 14).then(left.str.extract("等([^等级同式量待候于]{2,3})$", 1))
    brief = pl.concat_str(left.str.extract(rf"^({verbs()}).{{2,}}等", 1), left.str.extract("等([^等级同式量待候于]{2})$", 1))
    long = pl.when(~long.is_in(["销售", "消费", "投资", "支出", "出口", "进口", "产值", "产量", "就业", "增收"])).then(long)
    listed = pl.coalesce(brief, left.str.extract("等([^等级同式量待候于][^等]{3,})$", 1), long)
    new = left.str.extract("^(新增|净增)", 1).fill_null("")
    # 加大扶持力度、举办招聘会70场
    second = rf"^[^、]{{4,}}、({cue('names', 'second_deeds')}.{{2,}})$"
    rows = mend(rows, left.str.contains(second), ["_left"], _left=left.str.replace(second, "$1"))
    ends = left.str.contains("等", literal=True)
    return mend(rows, (ends, ~left.str.contains(class_)), ["_left"], _left=pl.concat_str(new, listed))


def _edit(rows: pl.DataFrame, where: pl.Expr, change: Callable[[pl.Expr], pl.Expr]) -> pl.DataFrame:
    """`_clause` changed in the rows of a condition only: they are few, and the patterns are long."""
    return mend(rows, where, ["_clause"], _clause=change(pl.col("_clause")))


def _without_rank(rows: pl.DataFrame) -> pl.DataFrame:
    """What is ranked, as `_clause`: 出口总额排名全市 -> 出口总额."""
    clause, ranked = pl.col("_clause"), pl.col("_ranked")
    place = rf"(?:均|都|稳|继续|连续|综合|并列)*(?:排名|位次|位居|居|位列|名列|列|稳居|跃居|跃升|升至|提升|上升|进入|跻身|成为){ANYTHING}$"
    listed = rf"(?:排(?:[全在第名列位居前省市国世]{ANYTHING})?|成)$"
    won = rf"(?:蝉联|保持|获得?|荣获|取得|夺得|摘得){ANYTHING}$"
    scope = rf"{cue('cues', 'rank_scope')}(?:城市|地区|同类|县级市|设区市|各?(?:[市区县]|街道|乡镇))?$"
    rows = rows.with_columns(_ranked=clause.str.replace(place, ""))
    unplaced = ranked.str.len_bytes() == clause.str.len_bytes()
    rows = mend(rows, unplaced, ["_ranked"], _ranked=ranked.str.replace(listed, "").str.replace(won, ""))
    rows = rows.with_columns(_ranked=ranked.str.replace(scope, "").str.replace("^(?:经济)?总量$", ""))
    rows = mend_part(rows, ranked.str.ends_with("中"), ["_ranked"], _among)
    rows = mend(rows, ranked.str.contains(COMMON), ["_ranked"], _ranked=pl.lit(""))
    # nothing before the verb: what stands behind it (跃居全国先进制造业百强市第22位)
    behind = clause.str.extract(rf"(?:居|列|获得?|荣获|取得|夺得|摘得|入选)(?:{cue('cues', 'rank_scope')})?([^，,]{{4,}})$", 1)
    behind = pl.when(~behind.str.contains(COMMON)).then(behind)
    rows = strip_start(rows.with_columns(_named=ranked), "_named")
    return mend(rows, pl.col("_named").str.len_chars() < 2, ["_clause"], _ranked=behind).select(_clause=ranked)


def _among(rows: pl.DataFrame) -> pl.DataFrame:
    """What is ranked among others: 竞争力在百强县中."""
    ranked = pl.col("_ranked")
    measure = ranked.str.extract("^(.{2,}(?:[量额值率数度绩分力]|收入|规模|面积|里程|水平|竞争力))在.{2,}中$", 1)
    inside = ranked.str.extract("^.{0,8}?在(.{4,})中$", 1)
    inside = pl.when(inside.str.contains(COMMON)).then(pl.lit("")).otherwise(inside)
    return rows.select(_ranked=pl.coalesce(measure, inside, ranked).str.replace("^(?:经济)?总量$", ""))


def _shares(rows: pl.DataFrame) -> pl.DataFrame:
    """Shares: `_shared` is the name if the subject stands before 占, else begins with 占 and wants its subject."""
    mine = (pl.col("kind") == "percentage") & pl.col("basis").is_null() & pl.col("_clause").str.contains("占", literal=True)
    sides = pl.col("_clause").str.splitn("占", 2).struct
    who = strip_front(sides.field("field_0").str.replace("(?:仅|约|已|只|就|也|分别|均|共)+$", ""))
    whole = strip_back(sides.field("field_1").str.replace("^[到了据]", "")).str.replace(r"的?(?:比重|比例|比率|份额|比)$", "")
    part = pl.when(whole == "").then(pl.lit("比")).otherwise(pl.lit("比重"))
    shared = pl.concat_str(who.str.replace(rf"^{cue('names', 'change_verbs')}+", ""), pl.lit("占"), whole, part)
    return few(rows, mine, ["_clause"], _shared=shared).with_columns(_share=pl.col("_shared").is_not_null())
