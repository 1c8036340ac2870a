"""Periods that hold for one figure only."""

from __future__ import annotations

import polars as pl

from tongbi.extract.context import GROWN, SINCE, STREAK, carried, start
from tongbi.extract.few import change, few, without
from tongbi.extract.lexicon import cue

FROM = "(?:由|从)(?:每[人月年户学]|[^，,由从]){0,8}$"


def since(leads: pl.DataFrame) -> pl.DataFrame:
    """Adds what clauses say of when: `_from` (由…), `_last` (去年), `_streak`, `_dated` (由2016年的…); and `_fair`: words speak of a fair."""
    clause, lead = pl.col("clause"), pl.col("lead")
    leads = few(leads, clause.str.contains("由|从"), ["clause"], _from=clause.str.contains(FROM), _last=clause.str.contains("去年|上年"))
    fair = lead.str.contains(cue("cues", "fairs")) | lead.str.contains("(?:参加|举办|组织)[^，。；]{0,30}活动")
    hinted = lead.str.contains(f"{cue('cues', 'fairs')}|活动")
    leads = few(leads, hinted, ["lead"], _fair=pl.when(fair).then(True))
    before = clause.str.contains("(?:比|较|与|同|和)(?:去年|上年)(?:同期)?的?$")  # 立案2457起，较上年同期2378起上升3%
    leads = few(leads, clause.str.contains("[去上]年"), ["clause"], _year_before=before)
    return leads.with_columns(_streak=clause.str.contains(STREAK, literal=True), _dated=clause.str.contains(SINCE, literal=True))


def spans(rows: pl.DataFrame) -> pl.DataFrame:
    """Mends `p_type, p_span, p_year` for 连续五年, 由2016年的…, 由…提高到 (whose start has no year), for what a fair sold and
    what the years of the paragraph brought; adds `_was` (the start of a development). In: also what `since` adds."""
    era = pl.col("era").is_not_null()
    rows = few(_events(rows), pl.col("_from"), ["after"], _grown=pl.col("after").str.contains(GROWN))
    rows = rows.with_columns(_streak=pl.col("_streak") | (pl.col("rule") == "streak"))
    # 近三年淘汰钢铁9000万吨、水泥2亿吨; 新增公路60万公里，其中高速公路3万公里
    own = pl.col("_streak", "_brought").fill_null(False)
    near = (
        carried(pl.when(pl.col("_streak") | pl.col("_brought")).then(True), pl.col("start"))
        & pl.col("follows")
        & pl.col("p_type").is_null()
    )
    joined = (~pl.col("lead").str.contains("[，,]") | pl.col("_of_which")) & ~pl.col("clause").str.contains("里程|达到?|总[量额数]")
    joined = joined & ~pl.col("rule").str.starts_with("ranking")
    rows = few(rows, near, ["lead", "clause", "rule", "_of_which"], _joined=joined)
    joined = pl.col("_joined").fill_null(False)
    rows = rows.with_columns(own | (pl.when(~joined).then(own).forward_fill() & joined))
    rows = rows.with_columns(
        _was=pl.col("_grown").fill_null(False) & ~pl.col("_dated"),
    )
    brought, sold = pl.col("_brought").fill_null(False), pl.col("_sold").fill_null(False)
    plan = pl.col("section_type") == "plan"
    to_come = pl.col("p_type").is_null() & era & plan
    unknown = (
        pl.when(plan).then("report_year")
        .when(pl.col("_last").fill_null(False)).then(pl.col("this_year") - 1)
        .when(era).then(pl.coalesce("era_start", pl.col("era") - 5))
        .otherwise(0)
    )  # fmt: skip
    # what a half-year report says is of that half
    span = pl.when((pl.col("section_type") != "plan") & pl.col("p_year").is_null()).then("report_span")
    low, high = span.str.extract("^(1)", 1).fill_null("0"), span.str.extract("([0-9]+)月", 1).fill_null("0")
    short = pl.col("p_type").is_null() & pl.col("report_span").is_not_null()
    # 主要任务是：…；…。 goes on over semicolons
    rows = _called(rows).with_columns(_tasked=carried(pl.when("_tasks").then(True), start(pl.col("full"))).fill_null(False))
    # 1-5月…，占全年任务40亿元的32%: a goal is one of the year
    goal = pl.col("_called") & (pl.col("unit_kind") != "percentage").fill_null(True) | pl.col("_tasked")
    goal = goal & (pl.col("section_type") != "plan")
    goal = goal & (pl.col("p_type").is_in(["months", "half", "quarter"]) | short)
    lasting = pl.col("_streak") | brought | (to_come & (pl.col("era") > pl.col("this_year")))
    alone = pl.col("_streak") | pl.col("_dated") | pl.col("_was")
    past = pl.col("_year_before").fill_null(False) & (pl.col("unit_kind") != "percentage")
    seen = ["p_type", "p_span", "p_year", "base_year", "era", "era_start", "section_type", "report_year", "this_year", "_streak", "_dated", "_was",
            "_last", "_sold", "_brought", "report_span"]  # fmt: skip
    rows = change(
        rows, alone | brought | sold | to_come | short | goal | past, [*seen, "_called", "_tasked", "unit_kind", "_year_before"],
        p_type=pl.when(goal).then(pl.lit("year")).when(lasting).then(pl.lit("multi_year")).when(sold).then(pl.lit("event"))
        .when(pl.col("_dated") | pl.col("_was")).then(pl.lit("year")).when(pl.col("p_type").is_not_null()).then("p_type")
        .when(span == "上半年").then(pl.lit("half")).when(span.str.contains("前|月")).then(pl.lit("months")).when(span.is_not_null()).then(pl.lit("quarter")),
        p_span=pl.when(alone | goal).then(None).when(pl.col("p_type").is_null()).then(pl.concat_str(low, pl.lit(","), high, pl.lit(","), span)).otherwise("p_span"),
        p_year=pl.when("_dated").then("base_year").when("_was").then(unknown).when(brought | to_come).then("era")
        .when(past).then(pl.coalesce("p_year", "this_year") - 1).otherwise("p_year"),
    )  # fmt: skip
    return without(rows, "_from", "_grown", "_last", "_sold", "_brought", "_streak", "_dated", "_joined", "_year_before")


def _called(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_called`: the words before call the figure a goal (全年任务40亿元的32%, （考核任务为21微克）)."""
    clause = pl.col("clause")
    bare = ~pl.col("unit").is_in(["项", "个", "件", "条", "%", "个百分点"]).fill_null(False)
    bare = bare & (~clause.str.contains("完成|达到|实现|超|落实|承担") | pl.col("after").str.starts_with("的"))
    rows = few(rows, pl.col("_goal_set"), ["clause", "unit", "after"], _called=bare)
    return without(rows.with_columns(_called=pl.col("_called").fill_null(False) | pl.col("_goal_told")), "_goal_set", "_goal_told")


def _events(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_sold` (a figure of a fair) and `_brought` (of several years, not of their end)."""
    untold, words = pl.col("p_type").is_null(), pl.concat_str("clause", "tail")
    fair = pl.when(untold).then("_fair")  # that of a figure with a period holds for it alone
    counted = (pl.col("unit_kind") != "percentage").fill_null(True)
    rows = few(rows, untold & counted & carried(fair, pl.col("start")), ["clause", "tail"], _sold=words.str.contains(cue("cues", "sold")))
    level = pl.col("clause").str.contains("建成区|投入强度|[扩增提升][大加高长至]到?$")
    fell = pl.col("clause").str.contains("(?:下降|减少|降低)(?:了|约|近|超过?|分别)*$")
    brought = ~level & (fell | words.str.contains(cue("cues", "brought")) | pl.col("clause").str.contains("年均", literal=True))
    return without(few(rows, untold & pl.col("era").is_not_null(), ["clause", "tail"], _brought=brought), "_fair")
