"""What stands around a figure: its period, what it is compared with, whether it happened, how exact it is.

Columns are made once for the whole frame of mentions; what carries inside a sentence is a sentinel at each new sentence
and a forward fill.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.lexicon import any_of, cue, words

STOP = "。！？；;\n"
COMMA = "，,：:"
EMPTY = "-"  # sentinel: nothing carried


def sentences(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `new` (first mention of a sentence), `lead` (the sentence's text before the mention, back to the last
    figure), `clause` (its last clause) and `tail` (what follows, up to the next figure). In: `source_id, gap, after`."""
    first = (pl.col("source_id") != pl.col("source_id").shift(1)).fill_null(True)
    return rows.with_columns(
        new=first | pl.col("gap").str.contains(f"[{STOP}]"),
        lead=pl.col("gap").str.extract(f"([^{STOP}]*)$", 1),
        clause=pl.col("gap").str.extract(f"([^{STOP}{COMMA}]*)$", 1),
        tail=pl.col("after").str.extract(f"^([^{STOP}{COMMA}、（(]*)", 1),
    )


def carried(own: pl.Expr, new: pl.Expr) -> pl.Expr:
    """A state that lives until the sentence ends: `own` where it is set, else the last one set in this sentence."""
    state = pl.when(own.is_not_null()).then(own).when(new).then(pl.lit(EMPTY)).forward_fill()
    return pl.when(state != EMPTY).then(state)


def last_cue(text: pl.Expr, name: str) -> pl.Expr:
    """The last cue of a list in a text."""
    return text.str.extract(rf"({cue('cues', name)})[^{STOP}]*$", 1)


# --- period ---------------------------------------------------------------------------------------------------------


def _months(surface: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """First and last month of `1-9月`."""
    low = surface.str.extract(r"([0-9]{1,2})月?(?:份)?(?:-|—|–|~|～|至|到|——)", 1).cast(pl.Int64, strict=False)
    high = surface.str.extract(r"(?:-|—|–|~|～|至|到)([0-9]{1,2})月", 1).cast(pl.Int64, strict=False)
    return low, high


def periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `p_type, p_year, p_low, p_high, p_quarter, p_written` as carried to each mention.

    In: `surface, disposition, lead, clause, tail, new, report_year, plan_year, section_type`.
    """
    is_period = (pl.col("disposition") == "period") | (pl.col("rule") == "quoted_plan")
    base = pl.col("gap").str.contains(r"(?:比|较|对比|相比|相对于|相较|同|与|是|为|相当于|超过|高于|低于|达到)$") & pl.col(
        "after"
    ).str.contains(r"^(?:的|末|底|同期|全年|年末|翻|增|减|下降|提|上升|高|低|多|少|净|累计|增长|$|实际|水平|同期水平)")
    s = pl.col("surface")
    year = s.str.extract(r"(?:^|[-—–~～至到])((?:19|20)[0-9]{2})年?度?(?:$|上|下|[年]?底|末|初|前?[一二三四1-4])", 1).cast(pl.Int64, strict=False)
    both = s.str.contains(r"^[0-9]{4}年?度?(?:-|—|–|~|～|至|到)")
    five = pl.col("rule") == "quoted_plan"
    kind = (
        pl.when(both).then(pl.lit("multi_year"))
        .when(five & pl.col("after").str.contains(r"^”?(?:时期|期间|以来|五年|末)")).then(pl.lit("multi_year"))
        .when(five).then(None)
        .when(s.str.contains("上半年|下半年")).then(pl.lit("half"))
        .when(s.str.contains("季度") & s.str.contains("前")).then(pl.lit("months"))
        .when(s.str.contains("季度")).then(pl.lit("quarter"))
        .when(s.str.contains(r"[0-9x]月?份?(?:-|—|–|~|～|至|到)[0-9x]{1,2}月")).then(pl.lit("months"))
        .when(s.str.contains(r"[日号]$") | s.str.contains("[底末初]$")).then(pl.lit("point"))
        .when(s.str.contains("月")).then(pl.lit("month"))
        .when(s.str.contains(r"^(?:[一两二三四五六七八九十]|[0-9x]{1,2})(?:年|个月)") & pl.col("after").str.contains(r"^(?:来|时间|累计|间|以来|共)")).then(pl.lit("multi_year"))
        .when(s.str.contains(r"^[一两二三四五六七八九十]{1,2}年(?:来|以来|间)$")).then(pl.lit("multi_year"))
        .when(year.is_not_null()).then(pl.lit("year"))
    )  # fmt: skip
    until = pl.col("clause").str.contains(r"(?:截至|截止|截止到|截至到|到|至)[^，,]{0,4}$")
    kind = pl.when(is_period & ~base).then(
        pl.when(kind.is_in(["point", "month"]) & (until | pl.col("lead").str.contains("截[至止]"))).then(pl.lit("to_date"))
        .when((kind == "multi_year") & (s.str.contains("^一年"))).then(pl.lit("year"))
        .otherwise(kind)
    )  # fmt: skip
    word_cue = pl.col("lead").str.extract(
        rf"({any_of([*words('cues', 'to_date'), '上半年', '下半年', '年末', '年底', '全年', '今年', '去年', '上年', '明年', '春节期间', '国庆期间', '假期', '期间'])})[^{STOP}]*$", 1
    )
    # 同期, 比上年, 较去年 compare; they do not say when
    word_cue = pl.when(pl.col("lead").str.contains(rf"(?:比|较|与|同)(?:去年|上年|今年)[^{COMMA}]*$")).then(None).otherwise(word_cue)
    cue_kind = (
        pl.when(word_cue.is_in(list(words("cues", "to_date")))).then(pl.lit("to_date"))
        .when(word_cue.is_in(["上半年", "下半年"])).then(pl.lit("half"))
        .when(word_cue.is_in(["年末", "年底"])).then(pl.lit("point"))
        .when(word_cue.is_in(["春节期间", "国庆期间", "假期"])).then(pl.lit("event"))
        .when(word_cue.is_in(["全年", "今年", "去年", "上年", "明年"])).then(pl.lit("year"))
    )  # fmt: skip
    cue_year = (
        pl.when(word_cue.is_in(["去年", "上年"])).then(pl.col("delivered_year") - 1)
        .when(word_cue.is_in(["今年", "全年"])).then(pl.col("this_year"))
        .when(word_cue == "明年").then(pl.col("delivered_year") + 1)
    )  # fmt: skip
    hidden = s.str.contains(r"^(?:[0-9]{0,3}x{1,4})年")  # xxxx年: the year is hidden, not this year
    own_year = pl.when(is_period & ~base & hidden).then(pl.lit(0)).when(is_period & ~base).then(pl.coalesce(year, cue_year)).otherwise(cue_year)
    own_kind = pl.coalesce(kind, cue_kind)
    low, high = _months(s)
    month = s.str.extract(r"^([0-9]{1,2})月", 1).cast(pl.Int64, strict=False)
    span = pl.when(kind.is_not_null()).then(
        pl.concat_str(
            pl.coalesce(low, month, pl.lit(0)), pl.lit(","), pl.coalesce(high, month, pl.lit(0)), pl.lit(","), s, separator=""
        )
    ).when(cue_kind.is_not_null()).then(pl.concat_str(pl.lit("0,0,"), word_cue))  # fmt: skip
    new = pl.col("new")
    return rows.with_columns(
        is_base=is_period & base,
        base_year=pl.when(is_period & base).then(year),
        p_type=carried(own_kind, new),
        p_span=carried(span, new),
        p_year=carried(own_year.cast(pl.String), new).cast(pl.Int64),
    )


# --- change, bounds, scenario ---------------------------------------------------------------------------------------


@cache
def _change_pattern(name: str) -> str:
    """A change word right before the figure, with nothing but filling words between."""
    fill = "(?:了|约|近|超过|超|达|为|达到|不低于|不超过|突破|至少|逾|高达|分别|均|都|速度|率|仅|控制在|保持在|保持|稳定在|[（(]|、|和)*"
    return rf"({cue('cues', name)}){fill}$"


def changes(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `direction` and `basis` of the words before each figure (not yet carried over lists).

    A verb followed by 到 or 至 gives a level, not a change: 提高到63%.
    """
    clause, lead = pl.col("clause"), pl.col("lead")
    up, down = clause.str.extract(_change_pattern("up"), 1), clause.str.extract(_change_pattern("down"), 1)
    measure = pl.col("unit").is_in(["%", "个百分点", "倍", "番", "‰"])
    named = clause.str.contains(r"(?:增速|增幅|增长率|涨幅|降幅)(?:[^，,]{0,6})$") & measure
    word = pl.coalesce(down, up)
    counted = ~measure & clause.str.contains(r"(?:新增|净增|增|涨|降|减|扩大|提升|压缩|精简|削减)(?:了|约|近|超过|超|达|至少|逾)*$")
    direction = (
        pl.when(counted & ~clause.str.contains(r"(?:同比|比上年|较上年|人均)[^，,]*$")).then(None)
        .when(pl.col("negative") & measure).then(pl.lit("down"))
        .when(down.is_not_null()).then(pl.lit("down"))
        .when(up.is_not_null()).then(pl.lit("up"))
        .when(named).then(pl.when(clause.str.contains("降幅")).then(pl.lit("down")).otherwise(pl.lit("up")))
    )  # fmt: skip
    average = lead.str.contains(cue("cues", "annual_average"))
    plan = clause.str.contains(cue("cues", "plan")) & (pl.col("kind") == "percentage")
    basis = (
        pl.when(plan).then(pl.lit("plan"))
        .when(direction.is_null()).then(None)
        .when(average).then(pl.lit("annual_average"))
        .when(lead.str.contains(cue("cues", "mom"))).then(pl.lit("mom"))
        .when(lead.str.contains(cue("cues", "since"))).then(pl.lit("since"))
        .when(pl.col("prev_base").fill_null(False)).then(pl.lit("since"))
        .when(lead.str.contains(cue("cues", "yoy"))).then(pl.lit("yoy"))
        .when(word.is_in(list(words("cues", "yearly"))) | named).then(pl.lit("yoy"))
        .otherwise(pl.lit("since"))
    )  # fmt: skip
    multiple = pl.col("prev_base").fill_null(False) & (pl.col("unit") == "倍") & direction.is_null()
    return rows.with_columns(
        direction=direction, basis=pl.when(multiple).then(pl.lit("since")).otherwise(basis), change_word=word
    )


def bounds(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `approximation`: exact, about, at_least, at_most, range."""
    clause = pl.col("clause")

    def ends(name: str) -> pl.Expr:
        return clause.str.contains(rf"{cue('cues', name)}$")

    value = (
        pl.when("is_range").then(pl.lit("range"))
        .when(pl.col("bound").is_in(["左右", "上下"])).then(pl.lit("about"))
        .when(ends("at_most") | pl.col("bound").is_in(["以内", "之内", "以下"])).then(pl.lit("at_most"))
        .when((pl.col("bound") == "以上") | pl.col("more")).then(pl.lit("at_least"))
        .when(ends("about")).then(pl.lit("about"))
        .when(ends("at_least")).then(pl.lit("at_least"))
        .otherwise(pl.lit("exact"))
    )  # fmt: skip
    return rows.with_columns(approximation=pl.when("vague").then(pl.lit("at_least")).otherwise(value))


def scenarios(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `scenario` and `target_force`: words first, section second."""
    new, lead = pl.col("new"), pl.col("lead")
    expected = carried(pl.when(lead.str.contains(cue("cues", "expected"))).then(pl.lit("y")), new).is_not_null()
    asked = lead.str.contains(cue("cues", "planned")) & ~lead.str.contains("确保了|拟定|模拟")
    settled = lead.str.contains(rf"{cue('cues', 'settled')}[^{STOP}]*$") & ~lead.str.contains(rf"{cue('cues', 'planned')}[^{STOP}{COMMA}]*$")
    planned = carried(pl.when(asked & ~settled).then(pl.lit("y")).when(settled).then(pl.lit(EMPTY)), new).is_not_null()
    only_here = lead.str.contains("拟") & ~asked.shift(1).fill_null(False)
    planned = planned & (~carried(pl.when(asked).then(pl.when(only_here).then(pl.lit("拟")).otherwise(pl.lit("y"))), new).eq("拟").fill_null(False) | asked)
    goal = pl.col("after").str.contains(r"^的?(?:年度)?(?:考核|预期|奋斗)?(?:目标|任务)(?:$|[，。；、”]|任务)") & (pl.col("kind") == "percentage")
    goal = goal & (pl.col("basis") != "plan").fill_null(True)
    in_plan = pl.col("section_type") == "plan"
    past = (pl.col("p_year") < pl.col("plan_year")).fill_null(False) & (pl.col("plan_year") != pl.col("report_year"))
    scenario = (
        pl.when(in_plan & past).then(pl.lit("actual"))
        .when(in_plan).then(pl.lit("planned"))
        .when(goal).then(pl.lit("planned"))
        .when(planned).then(pl.lit("planned"))
        .when(expected).then(pl.lit("expected"))
        .otherwise(pl.lit("actual"))
    )  # fmt: skip
    force = (
        pl.when(lead.str.contains(cue("cues", "binding"))).then(pl.lit("binding"))
        .when(lead.str.contains(cue("cues", "strive"))).then(pl.lit("strive"))
        .when(lead.str.contains(cue("cues", "anticipated"))).then(pl.lit("anticipated"))
    )  # fmt: skip
    force = carried(force, new).fill_null("plain")
    return rows.with_columns(scenario=scenario).with_columns(
        target_force=pl.when(pl.col("scenario") == "planned").then(force)
    )
