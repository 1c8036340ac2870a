"""When a figure is of: the periods written in a text and the words that say when without a numeral."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.changes import TASK
from tongbi.extract.context import BASE, COMMA, PERIOD, SINCE, STOP, STREAK, carried, of, start
from tongbi.extract.eras import PLAN, PLAN_YEARS, era_here, era_own, spoken_of
from tongbi.extract.few import few, spread, take, without
from tongbi.extract.lexicon import any_of, words

TO = "(?:-|—|–|~|～|至|到)"
NAMED_SPANS = [
    "黄金周",
    "小长假",
    "长假",
    "节假日",
    "春节假期",
    "节日期间",
    "上半年",
    "下半年",
    "年末",
    "年底",
    "全年",
    "去年末",
    "去年底",
    "上年末",
    "上年底",
    "今年末",
    "今年底",
    "今年",
    "去年",
    "上年",
    "明年",
    "春节期间",
    "国庆期间",
    "行动期间",
    "活动期间",
    "降雨期间",
    "赛事期间",
    "展会期间",
    "假期",
]
SPAN_KINDS = {"黄金周": "event", "小长假": "event", "长假": "event", "节假日": "event", "春节假期": "event", "节日期间": "event",
              "上半年": "half", "下半年": "half", "年末": "point", "年底": "point",
              "去年末": "point", "去年底": "point", "上年末": "point", "上年底": "point", "今年末": "point", "今年底": "point", "春节期间": "event", "行动期间": "event", "活动期间": "event", "降雨期间": "event", "赛事期间": "event", "展会期间": "event", "国庆期间": "event", "假期": "event",
              "全年": "year", "今年": "year", "去年": "year", "上年": "year", "明年": "year"}  # fmt: skip
BASE_BEFORE = r"(?:恢复[至到]|比|较|对比|相比|相对于|相较|同|与|是|为|相当于|超过|高于|低于|达到)“?[前近]?$"
LENGTHS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {str(i): i for i in range(3, 10)}
COUNTS = LENGTHS | {"两": 2, "2": 2, "十": 10, "10": 10, "十一": 11, "11": 11}  # months of the year so far: 前11个月
STARTS = r"^(?:年?[末底初])?的?[^，,。；]{0,8}$"
BASE_AFTER = r"^(?:”?(?:期?[末底]|时期|期间)|分别|均|大幅|明显|显著|平均|约|又|已|共|总体|整体|实现|改善|压减|扩大|不变价|可比价|的|同期|全年|年末|翻|增|减|下降|提|上升|高|低|多|少|净|累计|$|实际|水平)"
LEAD = pl.col("gap").str.extract(f"[^{STOP}]*$", 0)  # the sentence's text since the mention before


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
        .when(s.str.contains("季度|个月$") & s.str.contains("前")).then(pl.lit("months"))
        .when(s.str.contains("季度")).then(pl.lit("quarter"))
        .when(s.str.contains(rf"[0-9x]月?份?{TO}[0-9x]{{1,2}}月")).then(pl.lit("months"))
        .when(s.str.contains(r"[日号]$") | s.str.contains("[底末初]$")).then(pl.lit("point"))
        .when(s.str.contains("月") & ~s.str.contains("个月")).then(pl.lit("month"))
        .when(s.str.contains(r"^一年(?:来|以来|间)$")).then(pl.lit("year"))
        .when(s.str.contains(r"^[一两二三四五六七八九十]{1,2}年(?:来|以来|间)$")).then(pl.lit("multi_year"))
        .when(s.str.contains(r"^(?:[一两二三四五六七八九十]{1,2}|[0-9x]{1,2})(?:年|个月)$")).then(pl.lit("duration"))
        .when(s.str.contains(r"^(?:19|20)[0-9]{2}|年")).then(pl.lit("year")),
        s_low=pl.coalesce(pl.when(s.str.contains("^前.*个月$")).then(pl.lit(1, pl.Int64)), s.str.extract(rf"([0-9]{{1,2}})月?(?:份)?{TO}", 1).cast(pl.Int64, strict=False), month),
        s_high=pl.coalesce(s.str.extract("^前(.+)个月$", 1).replace_strict(COUNTS, default=None, return_dtype=pl.Int64), s.str.extract(rf"{TO}([0-9]{{1,2}})月", 1).cast(pl.Int64, strict=False), month),
    )  # fmt: skip


def _own_periods(rows: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The period mentions: `row, sign, base_year, m_kind, m_year, m_span, era, era_start`; `sign` is what stands for one in the text
    between figures: a period only compared with, one started from, a number of years, or one that speaks of figures."""
    named = pl.col("rule") == "quoted_plan"
    # a year in a document's title (《规划纲要（2021—2035年）》) governs nothing
    governs = rows.select(((pl.col("disposition") == "period") & ~pl.col("titled")) | named).to_series()
    mine = take(rows, governs.arg_true())
    mine = mine.with_columns(*of(places, "section_type", "report_year", "plan_year"), lead=LEAD)
    mine = mine.with_columns(pl.col("surface").str.replace_all(" ", "", literal=True))
    half = pl.col("surface").str.starts_with("半年")
    mine = mine.with_columns(
        surface=pl.when(half & pl.col("gap").str.contains("[上下]$"))
        .then(pl.concat_str(pl.col("gap").str.tail(1), "surface"))
        .otherwise("surface")
    )
    mine = mine.join(_written(mine["surface"]), on="surface", how="left")
    years = pl.col("surface").str.extract("^([一二三四五六七八九十3-9])年", 1).replace_strict(LENGTHS, default=None, return_dtype=pl.Int64)
    mine = mine.with_columns(years=years)
    mine = few(mine, pl.col("s_kind") == "duration", ["surface", "gap", "after", "section_type"], **_lengths())
    five = pl.when(pl.col("after").str.contains(r"^”?(?:时期|期间|以来|五年|末)")).then(pl.lit("multi_year"))
    plan_end = pl.col("surface").str.extract(PLAN, 1).replace_strict(PLAN_YEARS, default=None, return_dtype=pl.Int64)
    ahead = pl.coalesce(
        pl.when("_future").then(pl.col("plan_year") + pl.col("years") - 1),
        pl.when("_one").then("report_year"),
        pl.when(named & five.is_not_null() & spoken_of(plan_end)).then(plan_end),
    )
    kind = (
        pl.when(named)
        .then(five)
        .when("_one")
        .then(pl.lit("year"))
        .when(pl.col("s_kind") == "duration")
        .then("_lasting")
        .otherwise("s_kind")
    )
    gap, after = pl.col("gap"), pl.col("after")
    mine = few(mine, (gap.str.contains(BASE_BEFORE), after.str.contains(BASE_AFTER)), ["gap"], _base=pl.lit(True))
    mine = few(mine, (gap.str.contains("(?:由|从)$"), after.str.contains(STARTS)), ["gap"], _start=pl.lit(True))
    base, start = pl.col("_base").fill_null(False), pl.col("_start").fill_null(False)
    # 创近六年来新高, 自2019年以来首次: of no figure behind it
    record = after.str.contains("^(?:来|以来)?的?(?:[^，,。；、]{0,4}新[高低]|最[高低好快大多少]|首次|同期最|历史)")
    record = record & (~pl.col("surface").str.contains("^(?:19|20)[0-9x]{2}") | after.str.starts_with("以来"))
    # 持续推进2023年棚改480户, in a plan
    object_ = gap.str.contains("(?:推进|建成|完成|实施|启动|开工|续建|抓好|加快)$") & after.str.contains(
        "^[^，,、。；的底末前以第上下全年内]"
    )
    record = record | ((pl.col("section_type") == "plan") & object_).fill_null(False)
    until = pl.col("lead").str.contains(r"截[至止]|(?:到|至)[^，,]{0,4}$")
    until = until | ((pl.col("gap") == "") & until.shift(1)).fill_null(False)  # 截至2020年|10月
    mine = mine.with_columns(
        kind_=kind, is_streak=pl.col("_streak").fill_null(False), is_base=base, is_from=start & ~base, until=until
    ).with_columns(
        m_kind=pl.when(
            ~pl.col("is_base") & ~pl.col("is_from") & ~record & ~(pl.col("surface").str.contains("[日号]$") & ~pl.col("until"))
        ).then(pl.when(pl.col("kind_").is_in(["point", "month"]) & pl.col("until")).then(pl.lit("to_date")).otherwise("kind_")),
        m_year=pl.when(~pl.col("is_base") & ~pl.col("is_from") & ~record).then(pl.coalesce("s_year", ahead)),
        base_year=pl.when(pl.col("is_base") | pl.col("is_from")).then(pl.coalesce("s_year", plan_end)),
    )
    span = pl.concat_str(pl.col("s_low").fill_null(0), pl.lit(","), pl.col("s_high").fill_null(0), pl.lit(","), "surface")
    sign = (
        pl.when("is_base").then(pl.lit(BASE))
        .when(pl.col("disposition") != "period").then(None)
        .when("is_from").then(pl.lit(SINCE))
        .when("is_streak").then(pl.lit(STREAK))
        .otherwise(pl.lit(PERIOD))
    )  # fmt: skip
    return mine.select(
        "row", "base_year", "m_kind", "m_year", sign=sign, m_span=pl.when(pl.col("m_kind").is_not_null()).then(span), era=era_own(),
        era_start=pl.col("this_year") - pl.col("years"),
    )  # fmt: skip


@cache
def _lengths() -> dict[str, pl.Expr]:
    """Of a number of years: whether it runs without a break, is to come, lasts (and is no age)."""
    gap, after = pl.col("gap"), pl.col("after")
    streak = gap.str.contains("(?:连续|近|两年|过去|最近)$") | after.str.contains("^(?:平均|来平均|累计|共)")
    past = gap.str.contains("(?:过去|这|刚刚过去的)$") | after.str.contains(r"^(?:来|时间|累计|间|以来|共)")
    one = pl.col("surface").is_in(["一年", "1年"]) & past  # 过去一年 is a year
    plan = pl.col("section_type") == "plan"
    spent = gap.str.contains("(?:用|花|力争|争取|通过|经过)$") & after.str.contains("^(?:左右)?(?:的?时间)") & plan
    future = gap.str.contains("(?:今后|未来|下一个|后|今明)$") | spent
    return {"_streak": streak & ~one, "_one": one, "_future": future, "_lasting": pl.when(past | future).then(pl.lit("multi_year"))}


def _named_periods(rows: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Words that say when without a numeral (今年以来, 上半年): `row, c_kind, c_year, c_span`."""
    dated = words("cues", "to_date")
    every = any_of(sorted([*dated, *NAMED_SPANS], key=len, reverse=True))
    seen = take(rows[["row", "gap", "place", "this_year"]], rows["gap"].str.contains(every).arg_true())
    seen = seen.with_columns(gap=pl.col("gap").str.replace_all("项目前", "项目"))  # 项目前期 is no 目前
    mine = seen.with_columns(*of(places, "delivered_year"), lead=LEAD).filter(pl.col("lead").str.contains(every))
    mine = mine.with_columns(
        lead=pl.col("lead").str.replace_all(
            rf"(?:恢复[到至]|比|较|与|同|为|超过|高于|低于|相当于|由|从|是|达)(?:去年|上年|今年|年初|上年末|去年末|上年底)[^{COMMA}]*", ""
        )
    )
    # the task of the year is no figure of the year: 占全年任务的15%
    mine = mine.with_columns(lead=pl.col("lead").str.replace_all(f"全年[^，,]{{0,8}}{TASK}", "")).filter(pl.col("lead").str.contains(every))
    mine = mine.with_columns(word=pl.col("lead").str.extract_all(every).list.last())
    word = pl.col("word")
    return mine.select(
        "row",
        c_kind=pl.when(word.is_in(list(dated))).then(pl.lit("to_date")).otherwise(word.replace_strict(SPAN_KINDS, default=None, return_dtype=pl.String)),
        c_year=pl.when(word.str.contains("^[去上]年")).then(pl.col("delivered_year") - 1)
        .when(word.str.contains("^(?:今年|全年)")).then("this_year")
        .when(word == "明年").then(pl.col("delivered_year") + 1),
        c_span=pl.concat_str(pl.lit("0,0,"), word),
    )  # fmt: skip


def periods(rows: pl.DataFrame, places: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Adds `told`, the place of the last period before each mention, its `sign`, and `era`, the last of the years that the paragraph
    speaks of; and as a table of its own the periods, with what holds from each on.

    In: `row, place, sentence, surface, disposition, rule, gap, after, titled, document, this_year` and what `era_here` reads. The table:
    `sentence, p_type, p_year, p_span, base_year` (of the last one compared with) as `held` tells them, and `era_start`, the first
    of the years spoken of.
    """
    told = _own_periods(rows, places).join(_named_periods(rows, places), on="row", how="full", coalesce=True).sort("row")
    at = told["row"]
    told = told.with_columns(rows["sentence"].gather(at))
    sentence = start((pl.col("sentence") != pl.col("sentence").shift(1)).fill_null(True))
    states = told.select(
        "sentence",
        base_year=carried(pl.col("base_year"), sentence),
        era_start=pl.col("era_start").forward_fill(),
        p_type=carried(pl.coalesce("m_kind", "c_kind"), sentence),
        p_span=carried(pl.coalesce("m_span", "c_span"), sentence),
        p_year=carried(pl.coalesce("m_year", "c_year"), sentence),
    )
    # the table begins with a row of nothing, for mentions before all periods
    states = pl.concat([states.clear(1), states])
    order = pl.int_range(1, at.len() + 1, dtype=pl.UInt32, eager=True)
    rows = rows.with_columns(spread(at, rows.height, told.select("sign", "era", told=order)))
    return era_here(rows.with_columns(pl.col("told").forward_fill().fill_null(0))), states


def held(rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Adds the columns of the table of periods that hold for each mention: those of the last before it in its sentence, `era_start` of
    the last of all."""
    state = take(told, rows["told"]).rename({"sentence": "_here"})
    own = pl.when(pl.col("_here") == pl.col("sentence")).then(pl.col("base_year", "p_type", "p_span", "p_year"))
    return without(rows.hstack(state.get_columns()).with_columns(own), "_here")
