"""What a figure is compared with, and how exact it is."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.context import BASE, STREAK
from tongbi.extract.few import change, few, mend, part, without
from tongbi.extract.lexicon import any_of, cue, words

FILL = "(?:了|约|近|超过|超|达|为|达到|不低于|不超过|突破|至少|逾|高达|分别|均|都|速度|率|仅|控制在|保持在|保持|稳定在|[（(]|、|和)*"
GAPPED = r"(?:同比|(?:^|[^占对])(?:比|较|与)[^，,不]+)(多|少|高|低|快|慢)(?:出|于|完成|收|支)?了?(?:约|近|超过?)?$"
BY_PLAN = r"(?:比|较)[^，,去上]{0,6}(?:计划|目标|预期|预算)[^，,]*$"
OVER_PLAN = (
    "(?:超|超出|超过|高出|高于|低于|优于|好于|快于|慢于|落后)(?:了)?[^，,]{0,4}(?:计划|目标|任务|预期|[时序]{2}进度)(?:任务|值|数)?$"
)
# how much of a plan is done: 完成年度任务的120%, 占年度投资计划50%, 完成全年任务（40亿元）的32%
TASK = "(?:年初?|调整|度|全年|预期|国家|[省市县区][级局]?|下达|[省市县区]?定|投资|控制|考核|目标|任务|计划|预算)*(?:目标|任务|计划|预算|指标)(?:任务|目标|总?数|总?额|值)?"
SHARE_DONE = f"(?:(?:完成|占)了?(?:全年|年度|年初|当年)[^，,]{{0,8}}|(?:完成|占|为)了?){TASK}"
OF_PLAN = f"(?:{TASK}完成率?|{SHARE_DONE}[的（(]?|达到?{TASK}的){FILL}$"
PLANS = ["目标", "任务", "计划", "预算", "指标", "超额完成"]
BEHIND = ["的", "）的", ")的"]
TIMES = f"同比|年|月|期|季|计划|目标|预算|以往|此前|之前|{BASE}|{STREAK}"
COUNTED = "(?:新增|净增|增|涨|(?:^|[^下])降|减|扩大|提升|压缩|精简|削减)(?:了|约|近|超过|超|达|至少|逾)*$"
GAPS = {"多": "up", "高": "up", "快": "up", "少": "down", "低": "down", "慢": "down"}
DEEDS = ["压减", "精简", "压缩", "削减", "缩减", "调减", "核减"]


@cache
def _turns() -> dict[str, str]:
    """Every change word -> `up` or `down`."""
    return {**dict.fromkeys(words("cues", "up"), "up"), **dict.fromkeys(words("cues", "down"), "down")}


def turns(leads: pl.DataFrame) -> pl.DataFrame:
    """Adds what clauses say of a change: `change_word`, `_gap` (多, 高, ...: of what was or of others), `_over_time`, `_named`, `_fall`, `_over`, `_above`.

    A verb followed by 到 or 至 gives a level, not a change: 提高到63%.
    """
    clause, turn = pl.col("clause"), any_of(sorted(_turns(), key=lambda w: (-len(w), w)))
    leads = leads.with_columns(
        change_word=clause.str.extract(rf"({turn}){FILL}$", 1),
        _named=clause.str.contains("(?:增速|增幅|增长率|涨幅|降幅)[^，,]{0,6}$") & ~clause.str.contains("[高低快慢优好]于(?:全|平均)"),
        _fall=clause.str.contains("降幅", literal=True),
        _over=clause.str.contains(OVER_PLAN),
    )
    # 高于全国平均增速1.2个百分点 is no change
    rate = pl.col("change_word").is_in(["增速", "增幅", "涨幅", "降幅"])
    leads = few(
        leads, rate | pl.col("change_word").is_in(DEEDS), ["clause"], _beside=clause.str.contains("[高低快慢优好]于(?:全|平均)|减率")
    )
    leads = without(change(leads, pl.col("_beside"), ["change_word"], change_word=pl.lit(None, pl.String)), "_beside")
    leads = few(leads, pl.col("_over"), ["clause"], _above=clause.str.contains("[高低优好快慢]于|落后"))
    leads = few(
        leads, clause.str.contains("[多少高低快慢](?:[出于收支]|完成)?了?(?:约|近|超过?)?$"), ["clause"], _gap=clause.str.extract(GAPPED, 1)
    )
    # 比上年多12家 is a change; 比全国高1.2个百分点 is none
    return few(leads, pl.col("_gap").is_not_null(), ["clause"], _over_time=clause.str.contains(TIMES))


def changes(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `direction` and `basis` of the words before each figure (not yet carried over lists). In: also what `turns` adds."""
    clause, word, measure = pl.col("clause"), pl.col("change_word"), pl.col("measure")
    rows = rows.with_columns(measure=pl.col("unit").is_in(["%", "个百分点", "倍", "番", "‰"]).fill_null(False))
    # 确定5%左右的增长目标
    target = pl.col("tail").str.extract("^的([^，,]{0,14}?)的?(?:增长|增速)(?:预期|预定)?目标", 1)
    rows = few(rows, (measure & word.is_null(), pl.col("tail").str.starts_with("的")), ["tail"], _target=target)
    over_plan = measure & pl.col("_over") & ((pl.col("unit") == "个百分点") | ~pl.col("_above"))
    rows = rows.with_columns(_over_plan=over_plan.fill_null(False))
    amount = clause.str.contains(COUNTED) & ~clause.str.contains("(?:同比|比上年|较上年|较年初|比年初|较期初|较去年|比去年|人均)[^，,]*$")
    verb = clause.str.contains("^(?:再|又|将|要|拟|共)*(?:增加|减少|提高|扩大)(?:了|约|近)?$") & pl.col("tail").str.contains(
        "^[\u4e00-\u9fff]{2}"
    )
    saved = pl.col("unit").is_in(["天", "小时", "分钟", "个工作日"]) & clause.str.contains("压缩|缩短|压减|减少")
    rows = few(rows, ~measure & word.is_not_null(), ["clause", "tail", "unit"], _counted=(amount | verb) & ~saved)
    aim = pl.col("_target").is_not_null() | (measure & word.is_null() & pl.col("tail").is_in(["增长", "的增长", "增速", "的增速", "增幅"]))
    named = (measure & pl.col("_named")) | aim
    direction = (
        pl.when(pl.col("rule") == "flat").then(pl.lit("flat"))
        .when(pl.col("_counted").fill_null(False)).then(None)
        .when(pl.col("negative") & measure).then(pl.lit("down"))
        .when(word.is_not_null()).then(word.replace_strict(_turns(), default=None, return_dtype=pl.String))
        .when(pl.col("_over_plan") & clause.str.contains("[低慢]于|落后")).then(pl.lit("down"))
        .when((pl.col("unit") == "番") | pl.col("_over_plan")).then(pl.lit("up"))
        .when(pl.col("_gap").is_not_null())
        .then(pl.when("_over_time").then(pl.col("_gap").replace_strict(GAPS, default=None, return_dtype=pl.String)))
        .when("named").then(pl.when("_fall").then(pl.lit("down")).otherwise(pl.lit("up")))
    )  # fmt: skip
    rows = rows.with_columns(named=named)
    turned = word.is_not_null() | (pl.col("rule") == "flat") | pl.col("negative") | (pl.col("unit") == "番") | pl.col("_gap").is_not_null()
    seen = [
        "rule",
        "_counted",
        "negative",
        "measure",
        "change_word",
        "unit",
        "_gap",
        "_over_time",
        "named",
        "_fall",
        "_over_plan",
        "clause",
    ]
    rows = few(rows, turned | pl.col("named") | pl.col("_over_plan"), seen, direction=direction)
    return without(_alone(_based(rows)), "_gap", "_over_time", "_named", "_fall", "_counted", "_over", "_above", "_over_plan")


def _based(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `basis`: a stated base, else the year before where statistics are told by the year; `_told` (a base is stated)."""
    clause = pl.col("clause")
    percent, behind = pl.col("kind") == "percentage", pl.col("follows") & pl.col("lead").is_in(BEHIND)
    rows = rows.with_columns(_task=pl.when(percent & behind).then(clause.shift(1)).otherwise("clause"))
    rows = few(
        rows,
        (percent, pl.col("_task").str.contains_any(PLANS)),
        ["_task"],
        _of_plan=pl.col("_task").str.contains(f"{OF_PLAN}|{cue('cues', 'plan')}"),
    )
    to_plan = pl.col("_over_plan") | clause.str.contains(BY_PLAN)
    rows = few(rows, pl.col("_gap").is_not_null() | pl.col("_over_plan"), ["clause", "_over_plan"], _to_plan=to_plan)
    # 恢复到去年同期的85%
    rows = few(rows, (percent, clause.str.ends_with("的")), ["clause"], _restored=clause.str.contains("恢复[到至]"))
    seen = ["clause", "lead", "change_word", "era", "p_type", "kind", "unit", "direction", "_gap", "named", "measure", "rule"]
    rows = part(rows, pl.col("direction").is_not_null() | (pl.col("unit") == "倍") | pl.col("_restored").fill_null(False), seen, _base)
    planned = pl.col("_of_plan").fill_null(False) | pl.col("_to_plan").fill_null(False)
    return without(mend(rows, planned, ["_of_plan"], basis=pl.lit("plan")), "_task", "_of_plan", "_to_plan", "_restored")


def _base(rows: pl.DataFrame) -> pl.DataFrame:
    """`basis` and `_told` of changes."""
    clause, lead, word = pl.col("clause"), pl.col("lead"), pl.col("change_word")
    average = rf"{cue('cues', 'annual_average')}|{STREAK}(?:来)?平均"
    mom, since = cue("cues", "mom"), rf"{cue('cues', 'since')}|{BASE}"
    stated = pl.when(lead.str.contains(average)).then(pl.lit("annual_average")).when(lead.str.contains(mom)).then(pl.lit("mom"))
    said = lead.str.replace("年均(?:浓度|值|气温)", "")  # PM2.5年均浓度下降
    rows = few(
        rows.with_columns(lead=said), said.str.contains(f"{average}|{mom}|{since}"), ["lead"], _stated=stated.otherwise(pl.lit("since"))
    )
    yearly = word.is_in(list(words("cues", "yearly"))) | (pl.col("named") & pl.col("measure")) | (pl.col("unit") == "个百分点")
    yearly = yearly | lead.str.contains(cue("cues", "yoy")) | (pl.col("rule") == "flat")
    rows = rows.with_columns(_yearly=yearly.fill_null(False))
    one_era = pl.col("era").is_null() & (pl.col("p_type") != "multi_year").fill_null(True)
    measured = clause.str.contains(cue("cues", "statistics")) & ~word.is_in(DEEDS).fill_null(False) & one_era
    by_head = (pl.col("kind") == "amount") & clause.str.contains("人均|每|月均|户均")
    unsaid = ["clause", "change_word", "era", "p_type", "kind"]
    rows = few(rows, ~pl.col("_yearly") & pl.col("_stated").is_null(), unsaid, _by_year=measured | by_head)
    times_over = (pl.col("unit") == "倍") & pl.col("era").is_not_null() & ~lead.str.contains(cue("cues", "yoy"))  # 五年…增长1.7倍
    told = pl.when((pl.col("_yearly") & ~times_over) | pl.col("_by_year")).then(pl.lit("yoy")).otherwise(pl.lit("since"))
    rows = rows.with_columns(basis=pl.coalesce("_stated", told))
    apart = pl.col("_gap").is_not_null() & clause.str.contains("(?:比|较|与|高于|低于)全|平均")
    times = (pl.col("unit").is_in(["倍", "%"])) & pl.col("direction").is_null()
    multiple = (
        pl.when(lead.str.contains(BASE, literal=True))
        .then(pl.lit("since"))
        .when(clause.str.contains("[是为达于到至](?:去年|上年)"))
        .then(pl.lit("yoy"))
    )
    rows = change(rows, times | pl.col("_gap").is_not_null(), ["lead", "clause", "unit", "direction", "_gap", "basis"],
                  basis=pl.when(times).then(multiple).when(~apart).then("basis"))  # fmt: skip
    return rows.select("basis", _told=pl.col("_stated").is_not_null())


def _alone(rows: pl.DataFrame) -> pl.DataFrame:
    """同比减少245件，下降11.6%: a change alone in its clause is measured against what the one before was."""
    turn = any_of(sorted(_turns(), key=lambda w: (-len(w), w)))
    alone = pl.col("clause").str.contains(rf"^{FILL}{turn}{FILL}$")
    rows = few(rows, pl.col("follows") & pl.col("change_word").is_not_null() & ~pl.col("_told").fill_null(False), ["clause"], _alone=alone)
    amount = pl.col("direction").shift(1).is_not_null() & (pl.col("kind").shift(1) != "percentage")
    before = pl.coalesce(pl.when(amount).then(pl.col("basis").shift(1)), pl.lit("yoy"))
    take = pl.col("_alone").fill_null(False) & pl.col("basis").is_not_null()
    return without(rows.with_columns(basis=pl.when(take).then(before).otherwise("basis")), "_alone", "_told")


@cache
def _bound_words() -> dict[str, str]:
    """Words right before a figure -> the bound they state; the longest word is found first."""
    lists = {"about": "about", "at_least": "at_least", "at_most": "at_most", "at_most_not": "floor"}
    return {word: bound for name, bound in lists.items() for word in words("cues", name)}


def limits(leads: pl.DataFrame) -> pl.DataFrame:
    """Adds the bound that the end of a clause states: `_said`, `_past` (过)."""
    clause = pl.col("clause")
    known = any_of(sorted(_bound_words(), key=lambda w: (-len(w), w)))
    found = clause.str.extract(rf"{known}$", 0).replace_strict(_bound_words(), default=None, return_dtype=pl.String)
    # 签约23万人, 线上19场
    inside = clause.str.contains("(?:[签履节预续违邀特条公合契]约|[以线网之路会场掌车身海陆岸水]上|[附临邻]近|商超)$")
    leads = few(leads, clause.str.contains(rf"{known}$"), ["clause"], _said=pl.when(~inside).then(found))
    leads = mend(leads, clause.str.contains("约占[^，,]+的$"), ["clause"], _said=pl.lit("about"))
    leads = mend(leads, clause.str.contains("至少[^，,]{2,4}$"), ["clause"], _said=pl.lit("at_least"))  # 至少完成投资5亿元
    return few(leads, clause.str.ends_with("过") & pl.col("_said").is_null(), ["clause"], _past=clause.str.contains("[^通经超]过$"))


def bounds(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `approximation`: exact, about, at_least, at_most, range. In: also what `limits` adds."""
    clause, said = pl.col("clause"), pl.col("_said")
    rows = few(rows, pl.col("rule") == "flat", ["clause"], _nearly=clause.str.contains("(?:基本|大体|大致|总体)$"))
    value = (
        pl.when("vague").then(pl.lit("at_least"))
        .when("is_range").then(pl.lit("range"))
        .when(pl.col("_nearly").fill_null(False) | pl.col("bound").is_in(["左右", "上下"])).then(pl.lit("about"))
        .when(said == "floor").then(pl.lit("at_least"))
        .when((said == "at_most") | pl.col("bound").is_in(["以内", "之内", "以下"])).then(pl.lit("at_most"))
        .when((pl.col("bound") == "以上") | pl.col("more")).then(pl.lit("at_least"))
        .when(said == "about").then(pl.lit("about"))
        .when((said == "at_least") | pl.col("_past").fill_null(False)).then(pl.lit("at_least"))
        .when(pl.col("rule") == "ranking_front").then(pl.lit("at_most"))
        .otherwise(pl.lit("exact"))
    )  # fmt: skip
    noted = pl.any_horizontal("is_range", "vague", "more", "_past", "_nearly") | said.is_not_null() | pl.col("bound").is_not_null()
    noted = noted | (pl.col("rule") == "ranking_front")
    seen = ["is_range", "vague", "more", "_past", "_nearly", "_said", "bound", "rule"]
    return without(mend(rows.with_columns(approximation=pl.lit("exact")), noted, seen, approximation=value), "_said", "_past", "_nearly")
