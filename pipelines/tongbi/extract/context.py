"""What stands around a figure: its period, what it is compared with, whether it happened, how exact it is.

Columns are made once for the whole frame of mentions; what carries inside a sentence is a sentinel at each new sentence
and a forward fill.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.few import few
from tongbi.extract.lexicon import any_of, cue, words

STOP = "。！？；;\n"
COMMA = "，,：:"
EMPTY = "-"  # sentinel: nothing carried
# one private-use sign each for what stood between two figures: a period, one compared with (比2020年), one that a
# development starts from (由2020年的…), a list marker, a number of years (连续五年),
# a figure
PERIOD, BASE, SINCE, LISTED, STREAK, FIGURE = "\ue0f8", "\ue0f9", "\ue0fa", "\ue0fb", "\ue0fc", "\ue0fd"
# a development told from its start: 由120元提高到200元
GREW = "(?:增加|提高|增长|提升|上升|扩大|下降|减少|降低|调整|压缩|缩短|缩减|优化|上涨|拓展|发展|扩展|跃升|攀升|回落|收窄|降|升|增)(?:到|至|为)"
GROWN = "^[^，,。；;、]{0,8}" + GREW
SIGNS = PERIOD + BASE + SINCE + STREAK


def sentences(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `lead` (the sentence's text before the figure, back to the figure before), `clause` (its last clause) and
    `tail` (what follows, up to the next figure or mark). In: `gap, after`."""
    rows = rows.with_columns(lead=pl.col("gap").str.extract(f"[^{STOP}]*$", 0))
    return rows.with_columns(
        clause=pl.col("lead").str.extract(f"[^{COMMA}]*$", 0),
        tail=pl.col("after").str.extract(f"^(?:[^{STOP}{COMMA}{SIGNS}、（(]|（[^）]{{1,6}}）)*", 0),
    )


def carried(own: pl.Expr, new: pl.Expr) -> pl.Expr:
    """A state that lives until the sentence ends: `own` where it is set, else the last one set in this sentence."""
    return pl.coalesce(own, pl.when(new).then(pl.lit(EMPTY))).forward_fill().replace(EMPTY, None)


def last_cue(text: pl.Expr, name: str) -> pl.Expr:
    """The last cue of a list in a text."""
    return text.str.extract(rf"({cue('cues', name)})[^{STOP}]*$", 1)


# --- period ---------------------------------------------------------------------------------------------------------


TO = "(?:-|—|–|~|～|至|到)"
NAMED_SPANS = ["黄金周", "小长假", "长假", "节假日", "春节假期", "节日期间", "上半年", "下半年", "年末", "年底", "全年", "今年", "去年", "上年", "明年", "春节期间", "国庆期间", "假期"]
SPAN_KINDS = {"黄金周": "event", "小长假": "event", "长假": "event", "节假日": "event", "春节假期": "event", "节日期间": "event",
              "上半年": "half", "下半年": "half", "年末": "point", "年底": "point", "春节期间": "event", "国庆期间": "event", "假期": "event",
              "全年": "year", "今年": "year", "去年": "year", "上年": "year", "明年": "year"}  # fmt: skip
BASE_BEFORE = r"(?:比|较|对比|相比|相对于|相较|同|与|是|为|相当于|超过|高于|低于|达到)$"
LENGTHS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {str(i): i for i in range(3, 10)}
STARTS = r"^(?:年?[末底初])?的?[^，,。；]{0,8}$"
BASE_AFTER = r"^(?:不变价|可比价|的|末|底|同期|全年|年末|翻|增|减|下降|提|上升|高|低|多|少|净|累计|增长|$|实际|水平|同期水平)"


def _written(surfaces: pl.Series) -> pl.DataFrame:
    """Distinct period surfaces -> what each says: `s_year`, `s_kind`, `s_low`, `s_high` (months); year 0 is a hidden one."""
    s = pl.col("surface")
    month = s.str.extract(r"^([0-9]{1,2})月", 1).cast(pl.Int64, strict=False)
    return pl.DataFrame({"surface": surfaces.unique()}).with_columns(
        s_year=pl.when(s.str.contains(r"^[0-9]{0,3}x{1,4}年")).then(pl.lit(0, pl.Int64)).otherwise(
            s.str.extract(r"(?:^|[-—–~～至到])((?:19|20)[0-9]{2})年?度?(?:$|上|下|[年]?底|末|初|前?[一二三四1-4])", 1).cast(pl.Int64, strict=False)
        ),
        s_kind=pl.when(s.str.contains(rf"^[0-9]{{4}}年?度?{TO}")).then(pl.lit("multi_year"))
        .when(s.str.contains("上半年|下半年")).then(pl.lit("half"))
        .when(s.str.contains("季度") & s.str.contains("前")).then(pl.lit("months"))
        .when(s.str.contains("季度")).then(pl.lit("quarter"))
        .when(s.str.contains(rf"[0-9x]月?份?{TO}[0-9x]{{1,2}}月")).then(pl.lit("months"))
        .when(s.str.contains(r"[日号]$") | s.str.contains("[底末初]$")).then(pl.lit("point"))
        .when(s.str.contains("月") & ~s.str.contains("个月")).then(pl.lit("month"))
        .when(s.str.contains(r"^一年(?:来|以来|间)$")).then(pl.lit("year"))
        .when(s.str.contains(r"^[一两二三四五六七八九十]{1,2}年(?:来|以来|间)$")).then(pl.lit("multi_year"))
        .when(s.str.contains(r"^(?:[一两二三四五六七八九十]{1,2}|[0-9x]{1,2})(?:年|个月)$")).then(pl.lit("duration"))
        .when(s.str.contains(r"^(?:19|20)[0-9]{2}|年")).then(pl.lit("year")),
        s_low=pl.coalesce(s.str.extract(rf"([0-9]{{1,2}})月?(?:份)?{TO}", 1).cast(pl.Int64, strict=False), month),
        s_high=pl.coalesce(s.str.extract(rf"{TO}([0-9]{{1,2}})月", 1).cast(pl.Int64, strict=False), month),
    )  # fmt: skip


def _own_periods(rows: pl.DataFrame) -> pl.DataFrame:
    """The period mentions: adds `row, is_base, base_year, m_kind, m_year, m_span`."""
    named = pl.col("rule") == "quoted_plan"
    mine = rows.filter((pl.col("disposition") == "period") | named)
    mine = mine.join(_written(mine["surface"]), on="surface", how="left")
    five = pl.when(pl.col("after").str.contains(r"^”?(?:时期|期间|以来|五年|末)")).then(pl.lit("multi_year"))
    streak = pl.col("gap").str.contains("(?:连续|近|两年|过去|最近)$") | pl.col("after").str.contains("^(?:平均|来平均|累计|共)")
    past = pl.col("gap").str.contains("(?:过去|这|刚刚过去的)$") | pl.col("after").str.contains(r"^(?:来|时间|累计|间|以来|共)")
    future = pl.col("gap").str.contains("(?:今后|未来|下一个|后)$")
    lasting = pl.when(past | future).then(pl.lit("multi_year"))
    years = pl.col("surface").str.extract("^([一二三四五六七八九十3-9])年", 1).replace_strict(LENGTHS, default=None, return_dtype=pl.Int64)
    ahead = pl.when(future & (pl.col("s_kind") == "duration")).then(pl.col("plan_year") + years - 1)
    kind = pl.when(named).then(five).when(pl.col("s_kind") == "duration").then(lasting).otherwise("s_kind")
    base = pl.col("gap").str.contains(BASE_BEFORE) & pl.col("after").str.contains(BASE_AFTER)
    start = pl.col("gap").str.contains("(?:由|从)$") & pl.col("after").str.contains(STARTS)
    until = pl.col("lead").str.contains(r"截[至止]|(?:到|至)[^，,]{0,4}$")
    mine = mine.with_columns(kind_=kind, is_streak=streak & (pl.col("s_kind") == "duration"), is_base=base, is_from=start & ~base, until=until).with_columns(
        m_kind=pl.when(~pl.col("is_base") & ~pl.col("is_from") & ~(pl.col("surface").str.contains("[日号]$") & ~pl.col("until"))).then(
            pl.when(pl.col("kind_").is_in(["point", "month"]) & pl.col("until")).then(pl.lit("to_date")).otherwise("kind_")
        ),
        m_year=pl.when(~pl.col("is_base") & ~pl.col("is_from")).then(pl.coalesce("s_year", ahead)),
        base_year=pl.when(pl.col("is_base") | pl.col("is_from")).then("s_year"),
    )
    span = pl.concat_str(pl.col("s_low").fill_null(0), pl.lit(","), pl.col("s_high").fill_null(0), pl.lit(","), "surface")
    return mine.with_columns(m_span=pl.when(pl.col("m_kind").is_not_null()).then(span)).select(
        "row", "is_base", "is_from", "is_streak", "base_year", "m_kind", "m_year", "m_span", era_=_era_own(), era_start=pl.col("this_year") - years
    )


def _era_own() -> pl.Expr:
    """A run of years that opens a sentence speaks of its whole paragraph (五年来，…。…); a year there ends that."""
    opens = pl.col("gap").str.contains(r"(?:^|[。；;！\n）：:，])(?:过去|今后|未来|这|刚刚过去的|[^，,。；;]{0,2})[“]?$")
    year = pl.coalesce("m_year", "this_year").cast(pl.String)
    anew = opens & ~pl.col("gap").str.contains(r"[：:，,][^，,。；;]{0,4}$")
    return pl.when(opens & (pl.col("m_kind") == "multi_year")).then(year).when(anew & (pl.col("m_kind") == "year")).then(pl.lit(EMPTY))


def _named_periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Words that say when without a numeral (今年以来, 上半年): adds `row, c_kind, c_year, c_span`."""
    dated = words("cues", "to_date")
    every = any_of(sorted([*dated, *NAMED_SPANS], key=len, reverse=True))
    mine = rows.filter(pl.col("lead").str.contains(every))
    mine = mine.with_columns(lead=pl.col("lead").str.replace_all(rf"(?:比|较|与|同|为|超过|高于|低于|相当于|由|从)(?:去年|上年|今年|年初|上年末|去年末|上年底)[^{COMMA}]*", ""))
    mine = mine.filter(pl.col("lead").str.contains(every))
    mine = mine.with_columns(word=pl.col("lead").str.extract_all(every).list.last())
    word = pl.col("word")
    return mine.select(
        "row",
        c_kind=pl.when(word.is_in(list(dated))).then(pl.lit("to_date")).otherwise(word.replace_strict(SPAN_KINDS, default=None, return_dtype=pl.String)),
        c_year=pl.when(word.is_in(["去年", "上年"])).then(pl.col("delivered_year") - 1)
        .when(word.is_in(["今年", "全年"])).then("this_year")
        .when(word == "明年").then(pl.col("delivered_year") + 1),
        c_span=pl.concat_str(pl.lit("0,0,"), word),
    )  # fmt: skip


def periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `p_type, p_year, p_span` and `base_year` (of the last period compared with) as carried to each mention, and
    `era`, the last year of the years a paragraph speaks of (`era_start` their first), and
    which periods are only compared with (`is_base`), started from (`is_from`) or a number of years (`is_streak`).

    In: `row, surface, disposition, rule, gap, after, lead, new, this_year, delivered_year`.
    """
    paragraph = pl.col("gap").str.contains("\n", literal=True) | (pl.col("document_id") != pl.col("document_id").shift(1)).fill_null(True)
    rows = rows.join(_own_periods(rows), on="row", how="left", maintain_order="left").join(
        _named_periods(rows), on="row", how="left", maintain_order="left"
    )
    new = pl.col("new")
    return rows.with_columns(
        is_base=pl.col("is_base").fill_null(False),
        is_from=pl.col("is_from").fill_null(False),
        is_streak=pl.col("is_streak").fill_null(False),
        base_year=carried(pl.col("base_year").cast(pl.String), new).cast(pl.Int64),
        era=carried(pl.col("era_"), paragraph).cast(pl.Int64),
        era_start=pl.col("era_start").forward_fill(),
        p_type=carried(pl.coalesce("m_kind", "c_kind"), new),
        p_span=carried(pl.coalesce("m_span", "c_span"), new),
        p_year=carried(pl.coalesce("m_year", "c_year").cast(pl.String), new).cast(pl.Int64),
    ).drop("m_kind", "m_year", "m_span", "c_kind", "c_year", "c_span", "era_")


# --- change, bounds, scenario ---------------------------------------------------------------------------------------

FILL = "(?:了|约|近|超过|超|达|为|达到|不低于|不超过|突破|至少|逾|高达|分别|均|都|速度|率|仅|控制在|保持在|保持|稳定在|[（(]|、|和)*"
GAPPED = r"(?:^|[^占对])(?:比|较|与)[^，,不]+(多|少|高|低|快|慢)(?:出|于)?了?(?:约|近|超过?)?$"
BY_PLAN = r"(?:比|较)[^，,]{0,6}(?:计划|目标|预期|预算)[^，,]*$"
COUNTED = "(?:新增|净增|增|涨|降|减|扩大|提升|压缩|精简|削减)(?:了|约|近|超过|超|达|至少|逾)*$"
GAPS = {"多": "up", "高": "up", "快": "up", "少": "down", "低": "down", "慢": "down"}
DEEDS = ["压减", "精简", "压缩", "削减", "缩减", "调减", "核减"]


@cache
def _turns() -> dict[str, str]:
    """Every change word -> `up` or `down`."""
    return {**dict.fromkeys(words("cues", "up"), "up"), **dict.fromkeys(words("cues", "down"), "down")}


def changes(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `direction` and `basis` of the words before each figure (not yet carried over lists).

    A verb followed by 到 or 至 gives a level, not a change: 提高到63%.
    """
    clause, word, measure = pl.col("clause"), pl.col("change_word"), pl.col("measure")
    turn = any_of(sorted(_turns(), key=lambda w: (-len(w), w)))
    rows = rows.with_columns(
        change_word=clause.str.extract(rf"({turn}){FILL}$", 1),
        measure=pl.col("unit").is_in(["%", "个百分点", "倍", "番", "‰"]).fill_null(False),
    )
    rows = few(rows, clause.str.contains("[多少高低快慢][出于]?了?(?:约|近|超过?)?$"), ["clause"], _gap=clause.str.extract(GAPPED, 1))
    rows = few(rows, measure, ["clause"], _named=clause.str.contains("(?:增速|增幅|增长率|涨幅|降幅)[^，,]{0,6}$"), _fall=clause.str.contains("降幅"))
    amount = clause.str.contains(COUNTED) & ~clause.str.contains("(?:同比|比上年|较上年|人均)[^，,]*$")
    rows = few(rows, ~measure & word.is_not_null(), ["clause"], _counted=amount)
    named = pl.col("_named").fill_null(False)
    direction = (
        pl.when(pl.col("rule") == "flat").then(pl.lit("flat"))
        .when(pl.col("_counted").fill_null(False)).then(None)
        .when(pl.col("negative") & measure).then(pl.lit("down"))
        .when(word.is_not_null()).then(word.replace_strict(_turns(), default=None, return_dtype=pl.String))
        .when(pl.col("unit") == "番").then(pl.lit("up"))
        .when(pl.col("_gap").is_not_null()).then(pl.col("_gap").replace_strict(GAPS, default=None, return_dtype=pl.String))
        .when(named).then(pl.when("_fall").then(pl.lit("down")).otherwise(pl.lit("up")))
    )  # fmt: skip
    rows = rows.with_columns(direction=direction, named=named)
    return _alone(_based(rows)).drop("_gap", "_named", "_fall", "_counted")


def _based(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `basis`: a stated base, else the year before where statistics are told by the year; `_told` (a base is stated)."""
    clause, lead, word = pl.col("clause"), pl.col("lead"), pl.col("change_word")
    rows = few(rows, pl.col("kind") == "percentage", ["clause"], _of_plan=clause.str.contains(cue("cues", "plan")))
    rows = few(rows, pl.col("_gap").is_not_null(), ["clause"], _to_plan=clause.str.contains(BY_PLAN))
    one_era = pl.col("era").is_null() & (pl.col("p_type") != "multi_year").fill_null(True)
    measured = clause.str.contains(cue("cues", "statistics")) & ~word.is_in(DEEDS).fill_null(False) & one_era
    by_head = (pl.col("kind") == "amount") & clause.str.contains("人均|每|月均|户均")
    average = lead.str.contains(rf"{cue('cues', 'annual_average')}|{STREAK}(?:来)?平均")
    mom, since = lead.str.contains(cue("cues", "mom")), lead.str.contains(cue("cues", "since")) | lead.str.contains(BASE, literal=True)
    basis = (
        pl.when((pl.col("unit") == "倍") & pl.col("direction").is_null()).then(pl.when(lead.str.contains(BASE, literal=True)).then(pl.lit("since")))
        .when(pl.col("_gap").is_not_null() & clause.str.contains("(?:比|较|与|高于|低于)全|平均")).then(None)
        .when(average).then(pl.lit("annual_average"))
        .when(mom).then(pl.lit("mom"))
        .when(since).then(pl.lit("since"))
        .when(lead.str.contains(cue("cues", "yoy"))).then(pl.lit("yoy"))
        .when(word.is_in(list(words("cues", "yearly"))) | (pl.col("named") & pl.col("measure"))).then(pl.lit("yoy"))
        .when((pl.col("unit") == "个百分点") | measured | by_head | (pl.col("rule") == "flat")).then(pl.lit("yoy"))
        .otherwise(pl.lit("since"))
    )  # fmt: skip
    seen = ["clause", "lead", "change_word", "era", "p_type", "kind", "unit", "direction", "_gap", "named", "measure", "rule"]
    rows = few(rows, pl.col("direction").is_not_null() | (pl.col("unit") == "倍"), seen, basis=basis, _told=average | mom | since)
    planned = pl.col("_of_plan").fill_null(False) | pl.col("_to_plan").fill_null(False)
    return rows.with_columns(basis=pl.when(planned).then(pl.lit("plan")).otherwise("basis")).drop("_of_plan", "_to_plan")


def _alone(rows: pl.DataFrame) -> pl.DataFrame:
    """同比减少245件，下降11.6%: a change alone in its clause is measured against what the one before was."""
    turn = any_of(sorted(_turns(), key=lambda w: (-len(w), w)))
    alone = pl.col("clause").str.contains(rf"^{FILL}{turn}{FILL}$")
    rows = few(rows, pl.col("follows") & pl.col("change_word").is_not_null() & ~pl.col("_told").fill_null(False), ["clause"], _alone=alone)
    amount = pl.col("direction").shift(1).is_not_null() & (pl.col("kind").shift(1) != "percentage")
    before = pl.coalesce(pl.when(amount).then(pl.col("basis").shift(1)), pl.lit("yoy"))
    take = pl.col("_alone").fill_null(False) & pl.col("basis").is_not_null()
    return rows.with_columns(basis=pl.when(take).then(before).otherwise("basis")).drop("_alone", "_told")


@cache
def _bound_words() -> dict[str, str]:
    """Words right before a figure -> the bound they state; the longest word is found first."""
    lists = {"about": "about", "at_least": "at_least", "at_most": "at_most", "at_most_not": "floor"}
    return {word: bound for name, bound in lists.items() for word in words("cues", name)}


def bounds(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `approximation`: exact, about, at_least, at_most, range."""
    clause, said = pl.col("clause"), pl.col("_said")
    known = any_of(sorted(_bound_words(), key=lambda w: (-len(w), w)))
    rows = rows.with_columns(_said=clause.str.extract(rf"{known}$", 0).replace_strict(_bound_words(), default=None, return_dtype=pl.String))
    rows = few(rows, clause.str.ends_with("过") & said.is_null(), ["clause"], _past=clause.str.contains("[^通经超]过$"))
    rows = few(rows, pl.col("rule") == "flat", ["clause"], _nearly=clause.str.contains("(?:基本|大体|大致|总体)$"))
    value = (
        pl.when("is_range").then(pl.lit("range"))
        .when(pl.col("_nearly").fill_null(False) | pl.col("bound").is_in(["左右", "上下"])).then(pl.lit("about"))
        .when(said == "floor").then(pl.lit("at_least"))
        .when((said == "at_most") | pl.col("bound").is_in(["以内", "之内", "以下"])).then(pl.lit("at_most"))
        .when((pl.col("bound") == "以上") | pl.col("more")).then(pl.lit("at_least"))
        .when(said == "about").then(pl.lit("about"))
        .when((said == "at_least") | pl.col("_past").fill_null(False)).then(pl.lit("at_least"))
        .when(pl.col("rule") == "ranking_front").then(pl.lit("at_most"))
        .otherwise(pl.lit("exact"))
    )  # fmt: skip
    return rows.with_columns(approximation=pl.when("vague").then(pl.lit("at_least")).otherwise(value)).drop("_said", "_past", "_nearly")


@cache
def _forces() -> dict[str, str]:
    return {word: force for force in ("anticipated", "strive", "binding") for word in words("cues", force)}


def _said(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds what the words since the figure before say of its scenario; most figures have none of them."""
    lead, clause = pl.col("lead"), pl.col("clause")
    every = [*words("cues", "expected"), *words("cues", "planned"), *words("cues", "settled"), *_forces(), "拟", "计划"]
    rows = rows.with_columns(_speaks=lead.str.contains_any(every))
    forces = any_of(sorted(_forces(), key=len, reverse=True))
    rows = few(
        rows, pl.col("_speaks"), ["lead", "clause"],
        _expected=lead.str.contains(cue("cues", "expected")) & ~lead.str.contains("(?:未达|超|好于|高于|低于|符合|不及|达到)预期"),
        _asked=lead.str.contains(cue("cues", "planned")) & ~lead.str.contains("确保了|拟定|模拟"),
        _asked_here=clause.str.contains(cue("cues", "planned")),
        _settled=lead.str.contains(cue("cues", "settled")),
        _draft=lead.str.contains("拟|计划(?:总|年度|完成)?投资|规划总投资"),
        _urge=lead.str.extract(rf"^.*({forces})", 1).replace_strict(_forces(), default=None, return_dtype=pl.String),
    )  # fmt: skip
    goal = pl.col("after").str.contains("^的?(?:年度)?(?:考核|预期|奋斗)?(?:目标|任务)(?:$|[，。；、”]|任务)")
    rows = few(rows, (pl.col("kind") == "percentage") & (pl.col("basis") != "plan").fill_null(True), ["after"], _goal=goal)
    given = clause.str.contains("(?:利用|依托|发挥|立足|坐拥)[^，,]{0,10}$") & (pl.col("kind") == "amount")
    return few(rows, pl.col("section_type") == "plan", ["clause", "kind"], _given=given | clause.str.contains("[选定出]了$"))


def scenarios(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `scenario` and `target_force`: words first, section second."""
    new = pl.col("new")
    told = ["_expected", "_asked", "_asked_here", "_settled", "_draft", "_goal", "_given"]
    rows = _said(rows).with_columns(pl.col(told).fill_null(False))
    settled = pl.col("_settled") & ~pl.col("_asked_here")
    # 拟 and 计划投资 speak of their own clause only, other words of the rest of the sentence
    state = pl.when(settled).then(pl.lit(EMPTY)).when(pl.col("_asked") & ~pl.col("_draft")).then(pl.lit("y"))
    planned = carried(state, new).is_not_null() | (pl.col("_asked") & pl.col("_draft") & ~settled)
    expected = carried(pl.when("_expected").then(pl.lit("y")), new).is_not_null()
    in_plan = pl.col("section_type") == "plan"
    past = (pl.col("p_year") < pl.col("plan_year")) & (pl.col("p_year") > 0) & (pl.col("plan_year") != pl.col("report_year"))
    scenario = (
        pl.when(in_plan & (past | pl.col("_was")).fill_null(False)).then(pl.lit("actual"))
        .when(in_plan & pl.col("_given")).then(pl.lit("actual"))
        .when(in_plan | pl.col("_goal") | planned).then(pl.lit("planned"))
        .when(expected).then(pl.lit("expected"))
        .otherwise(pl.lit("actual"))
    )  # fmt: skip
    rows = rows.with_columns(scenario=scenario, _force=carried(pl.col("_urge"), new).fill_null("plain"))
    return rows.with_columns(target_force=pl.when(pl.col("scenario") == "planned").then("_force")).drop(*told, "_urge", "_force", "_speaks")
