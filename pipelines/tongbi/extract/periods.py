"""When a figure is of: the periods written in a text and the words that say when without a numeral."""

from __future__ import annotations

import polars as pl

from tongbi.extract.context import COMMA, EMPTY, carried
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
BASE_BEFORE = r"(?:比|较|对比|相比|相对于|相较|同|与|是|为|相当于|超过|高于|低于|达到)“?$"
PLAN_YEARS = {f"十{c}": 2010 + 5 * i for i, c in enumerate("一二三四五六七")}  # “十五五” ends in 2030
PLAN = "(十[一二三四五六七])个?五"
LENGTHS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {str(i): i for i in range(3, 10)}
STARTS = r"^(?:年?[末底初])?的?[^，,。；]{0,8}$"
BASE_AFTER = r"^(?:”?(?:期?[末底]|时期|期间)|分别|均|大幅|明显|显著|平均|约|又|已|共|总体|整体|实现|改善|压减|扩大|不变价|可比价|的|同期|全年|年末|翻|增|减|下降|提|上升|高|低|多|少|净|累计|$|实际|水平)"


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
    # a year in a document's title (《规划纲要（2021—2035年）》) governs nothing
    mine = rows.filter(((pl.col("disposition") == "period") & ~pl.col("titled")) | named)
    half = pl.col("surface").str.starts_with("半年")
    mine = mine.with_columns(
        surface=pl.when(half & pl.col("gap").str.contains("[上下]$"))
        .then(pl.concat_str(pl.col("gap").str.tail(1), "surface"))
        .otherwise("surface")
    )
    mine = mine.join(_written(mine["surface"]), on="surface", how="left")
    five = pl.when(pl.col("after").str.contains(r"^”?(?:时期|期间|以来|五年|末)")).then(pl.lit("multi_year"))
    streak = pl.col("gap").str.contains("(?:连续|近|两年|过去|最近)$") | pl.col("after").str.contains("^(?:平均|来平均|累计|共)")
    past = pl.col("gap").str.contains("(?:过去|这|刚刚过去的)$") | pl.col("after").str.contains(r"^(?:来|时间|累计|间|以来|共)")
    one = pl.col("surface").is_in(["一年", "1年"]) & past  # 过去一年 is a year
    spent = (
        pl.col("gap").str.contains("(?:用|花|力争|争取|通过|经过)$")
        & pl.col("after").str.contains("^(?:左右)?(?:的?时间)")
        & (pl.col("section_type") == "plan")
    )
    future = pl.col("gap").str.contains("(?:今后|未来|下一个|后|今明)$") | spent
    lasting = pl.when(past | future).then(pl.lit("multi_year"))
    years = pl.col("surface").str.extract("^([一二三四五六七八九十3-9])年", 1).replace_strict(LENGTHS, default=None, return_dtype=pl.Int64)
    plan_end = pl.col("surface").str.extract(PLAN, 1).replace_strict(PLAN_YEARS, default=None, return_dtype=pl.Int64)
    ahead = pl.coalesce(
        pl.when(future & (pl.col("s_kind") == "duration")).then(pl.col("plan_year") + years - 1),
        pl.when(one).then("report_year"),
        pl.when(named & five.is_not_null() & _spoken_of(plan_end)).then(plan_end),
    )
    kind = pl.when(named).then(five).when(one).then(pl.lit("year")).when(pl.col("s_kind") == "duration").then(lasting).otherwise("s_kind")
    base = pl.col("gap").str.contains(BASE_BEFORE) & pl.col("after").str.contains(BASE_AFTER)
    start = pl.col("gap").str.contains("(?:由|从)$") & pl.col("after").str.contains(STARTS)
    until = pl.col("lead").str.contains(r"截[至止]|(?:到|至)[^，,]{0,4}$")
    mine = mine.with_columns(
        kind_=kind, is_streak=streak & (pl.col("s_kind") == "duration") & ~one, is_base=base, is_from=start & ~base, until=until
    ).with_columns(
        m_kind=pl.when(~pl.col("is_base") & ~pl.col("is_from") & ~(pl.col("surface").str.contains("[日号]$") & ~pl.col("until"))).then(
            pl.when(pl.col("kind_").is_in(["point", "month"]) & pl.col("until")).then(pl.lit("to_date")).otherwise("kind_")
        ),
        m_year=pl.when(~pl.col("is_base") & ~pl.col("is_from")).then(pl.coalesce("s_year", ahead)),
        base_year=pl.when(pl.col("is_base") | pl.col("is_from")).then(pl.coalesce("s_year", plan_end)),
    )
    span = pl.concat_str(pl.col("s_low").fill_null(0), pl.lit(","), pl.col("s_high").fill_null(0), pl.lit(","), "surface")
    return mine.with_columns(m_span=pl.when(pl.col("m_kind").is_not_null()).then(span)).select(
        "row",
        "is_base",
        "is_from",
        "is_streak",
        "base_year",
        "m_kind",
        "m_year",
        "m_span",
        era_=_era_own(),
        era_start=pl.col("this_year") - years,
    )


def _spoken_of(plan_end: pl.Expr) -> pl.Expr:
    """Whether the last year of a five-year plan is what its figures are of: a review speaks of years that are over."""
    return (pl.col("section_type") == "plan") | (plan_end <= pl.col("report_year"))


def _era_own() -> pl.Expr:
    """A run of years that opens a sentence speaks of its whole paragraph (五年来，…。…); a year there ends that."""
    opens = pl.col("gap").str.contains(r"(?:^|[。；;！\n）：:，])(?:过去|今后|未来|这|刚刚过去的|[^，,。；;]{0,2})[“]?$")
    # a five-year plan inside a sentence holds for that sentence
    opens = opens & ((pl.col("rule") != "quoted_plan") | ~pl.col("gap").str.contains("，[^，。；\n]{0,2}“?$"))
    over = pl.col("gap").str.contains("(?:过去|这|刚刚过去的)$")
    year = pl.coalesce("m_year", pl.when(over).then("report_year"), "this_year").cast(pl.String)
    anew = opens & ~pl.col("gap").str.contains(r"[：:，,][^，,。；;]{0,4}$")
    return (
        pl.when(opens & ((pl.col("m_kind") == "multi_year") | (over & (pl.col("m_kind") == "year") & (pl.col("section_type") == "plan"))))
        .then(year)
        .when(anew & (pl.col("m_kind") == "year") & (pl.coalesce("m_year", "this_year") <= pl.col("this_year")))
        .then(pl.lit(EMPTY))
    )


def _named_periods(rows: pl.DataFrame) -> pl.DataFrame:
    """Words that say when without a numeral (今年以来, 上半年): adds `row, c_kind, c_year, c_span`."""
    dated = words("cues", "to_date")
    every = any_of(sorted([*dated, *NAMED_SPANS], key=len, reverse=True))
    mine = rows.filter(pl.col("lead").str.contains(every))
    mine = mine.with_columns(
        lead=pl.col("lead").str.replace_all(
            rf"(?:比|较|与|同|为|超过|高于|低于|相当于|由|从|是|达)(?:去年|上年|今年|年初|上年末|去年末|上年底)[^{COMMA}]*", ""
        )
    )
    mine = mine.filter(pl.col("lead").str.contains(every))
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


def _headed() -> pl.Expr:
    """The last year of those that the heading of a part names (“十五五”时期…, 过去五年…), until a paragraph begins with a year."""
    part, plan = pl.col("part"), pl.col("section_type") == "plan"
    end = part.str.extract(PLAN, 1).replace_strict(PLAN_YEARS, default=None, return_dtype=pl.Int64)
    end = pl.when(~part.str.contains("(?:19|20)[0-9]{2}年") & _spoken_of(end)).then(end)
    past = pl.when(~plan & part.str.contains("过去的?五年|五年(?:来|工作|发展)?的?(?:回顾|总结)")).then("report_year")
    anew = _turns("part") | _turns("document_id")
    dated = (pl.col("era_") == EMPTY) & pl.col("gap").str.contains("\n[^。\n]{0,12}$")
    holds = pl.coalesce(pl.when(dated).then(False), pl.when(anew).then(True)).forward_fill()
    return pl.when(holds).then(pl.coalesce(end, past))


def _turns(column: str) -> pl.Expr:
    return (pl.col(column) != pl.col(column).shift(1)).fill_null(True)


def _era(paragraph: pl.Expr) -> pl.Expr:
    """The last of the years a paragraph speaks of: said where it begins, else by the heading of its part; in a plan, years to
    come are spoken of until this year is."""
    plan, none = pl.col("section_type") == "plan", pl.lit(EMPTY)
    now = pl.col("gap").str.contains("今年", literal=True)
    to_come = pl.when(plan & (pl.col("era_").replace(EMPTY, None).cast(pl.Int64) > pl.col("this_year"))).then("era_")
    over = _turns("section_type") | _turns("document_id") | (pl.col("era_") == EMPTY) | now
    lasting = pl.coalesce(to_come, pl.when(over).then(none)).forward_fill()
    start = pl.coalesce(_headed().cast(pl.String), pl.when(plan).then(lasting), none)
    said = pl.coalesce("era_", pl.when(plan & now).then(none), pl.when(paragraph).then(start))
    return said.forward_fill().replace(EMPTY, None).cast(pl.Int64)


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
        era=_era(paragraph),
        era_start=pl.col("era_start").forward_fill(),
        p_type=carried(pl.coalesce("m_kind", "c_kind"), new),
        p_span=carried(pl.coalesce("m_span", "c_span"), new),
        p_year=carried(pl.coalesce("m_year", "c_year").cast(pl.String), new).cast(pl.Int64),
    ).drop("m_kind", "m_year", "m_span", "c_kind", "c_year", "c_span", "era_")
