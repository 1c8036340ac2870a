"""Indicator mentions -> observations: value, unit, kind, context and name of each figure."""

from __future__ import annotations

import polars as pl

from tongbi.extract.context import (
    BASE, GROWN, LISTED, PERIOD, SINCE, STOP, STREAK, bounds, carried, changes, periods, scenarios, sentences,
)  # fmt: skip
from tongbi.extract.lexicon import cue
from tongbi.extract.names import names
from tongbi.extract.normalise import HIDE
from tongbi.extract.rare import respectively, sectors, several

DECIMAL = pl.Decimal(38, 6)


def observations(mentions: pl.DataFrame, texts: pl.DataFrame, documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Mentions (with their readings) -> `core.observations`; `indicator_id` and `organisation_id` are still NULL."""
    rows = _facts(_read(mentions), documents, sections)
    rows = _figures(periods(rows))
    rows = bounds(changes(_kinds(rows)))
    rows = names(scenarios(_lists(rows)))
    return _shape(_links(several(_ranks(respectively(sectors(rows))))))


def _read(mentions: pl.DataFrame) -> pl.DataFrame:
    """All mentions but page chrome, in order, with `new` (first of a sentence), `sentence` and `lead`: the sentence's
    text since the mention before."""
    rows = mentions.rename({c: c[1:] for c in mentions.columns if c.startswith("_") and c != "_surface"})
    rows = rows.rename({"surface": "written", "_surface": "surface"}).filter(pl.col("disposition") != "chrome")
    first = (pl.col("source_id") != pl.col("source_id").shift(1)).fill_null(True)
    rows = rows.with_row_index("row").with_columns(new=first | pl.col("gap").str.contains(f"[{STOP}]"))
    return rows.with_columns(
        sentence=pl.col("new").cast(pl.Int64).cum_sum(),
        lead=pl.when("new").then(pl.col("gap").str.extract(f"([^{STOP}]*)$", 1)).otherwise("gap"),
    )


def _figures(rows: pl.DataFrame) -> pl.DataFrame:
    """The figures only. Their `gap` is all the text since the figure before: references and names stand in it as
    written, periods as one sign each (`PERIOD`, `BASE`, `SINCE`), list markers as a comma."""
    kind = pl.col("disposition")
    figure = kind == "indicator"
    hidden = ((kind == "criterion") & (pl.col("form") == "mask")) | ((pl.col("rule") == "ordinal") & pl.col("unit").is_not_null())
    sign = (
        pl.when(figure | hidden).then(pl.lit(""))
        .when(kind == "list_marker").then(pl.lit(LISTED))
        .when(kind != "period").then("surface")
        .when("is_base").then(pl.lit(BASE))
        .when("is_from").then(pl.lit(SINCE))
        .when("is_streak").then(pl.lit(STREAK))
        .otherwise(pl.lit(PERIOD))
    )  # fmt: skip
    border = pl.when((pl.col("source_id") != pl.col("source_id").shift(1)).fill_null(True)).then(pl.lit("\n")).otherwise(pl.lit(""))
    rows = rows.with_columns(
        key=figure.cast(pl.Int64).cum_sum() - figure.cast(pl.Int64), piece=pl.concat_str(border, "gap", sign)
    )
    joined = rows.group_by("key", maintain_order=True).agg(joined=pl.col("piece").str.join(""))["joined"]
    joined = pl.concat([joined, pl.Series("joined", [""])]).to_frame()
    # from here on words that only looked like numerals may be seen again; spaces say nothing; 上半年 is a period
    seen = {**{v: c for c, v in HIDE.items()}, " ": "", f"上{PERIOD}": PERIOD, f"下{PERIOD}": PERIOD}
    joined = joined.select(
        pl.col("joined").str.replace_many(list(seen), list(seen.values())).str.replace_all(f"{LISTED}[是要为则靠）)、.．]?", "，")
    )["joined"]
    rows = rows.filter(figure)
    # each figure closes its key, so the texts stand in the order of the figures and the one after is the next text
    rows = rows.with_columns(gap=joined.head(rows.height), after_=joined.tail(-1).head(rows.height))
    same = (pl.col("source_id") == pl.col("source_id").shift(-1)).fill_null(False)
    rows = rows.with_columns(
        after=pl.when(same).then("after_").otherwise("after"),
        new=(pl.col("sentence") != pl.col("sentence").shift(1)).fill_null(True),
    ).drop("key", "piece", "after_")
    return _spans(sentences(rows).with_columns(follows=~pl.col("new")))


def _spans(rows: pl.DataFrame) -> pl.DataFrame:
    """Periods that hold for one figure only: 连续五年, 由2016年的…, 由…提高到 (whose start has no year), what a fair
    sold, what the years of the paragraph brought."""
    clause, era = pl.col("clause"), pl.col("era").is_not_null()
    streak = clause.str.contains(STREAK, literal=True) | (pl.col("rule") == "streak")
    dated = clause.str.contains(SINCE, literal=True)
    grown = pl.col("after").str.contains(GROWN) & clause.str.contains(r"(?:由|从)(?:每[人月年户学]|[^，,由从]){0,8}$") & ~dated
    unknown = pl.when(pl.col("section_type") == "plan").then("report_year").when(era).then("era_start").otherwise(0)
    last = pl.col("clause").str.contains("(?:由|从)(?:去年|上年)") & (pl.col("section_type") != "plan")
    unknown = pl.when(last).then(pl.col("this_year") - 1).otherwise(unknown)
    untold = pl.col("p_type").is_null()
    fair = carried(pl.when(pl.col("lead").str.contains(cue("cues", "fairs"))).then(pl.lit("y")), pl.col("new")).is_not_null()
    sold = untold & fair & pl.concat_str("clause", "tail").str.contains(cue("cues", "sold"))
    brought = untold & era & ~pl.col("clause").str.contains("建成区|[扩增提升][大加高长至]到?$") & pl.concat_str("clause", "tail").str.contains(cue("cues", "brought"))
    to_come = untold & era & (pl.col("section_type") == "plan")
    return rows.with_columns(
        p_type=pl.when(streak | brought).then(pl.lit("multi_year")).when(sold).then(pl.lit("event"))
        .when(dated | grown).then(pl.lit("year")).otherwise("p_type"),
        p_span=pl.when(streak | dated | grown).then(None).otherwise("p_span"),
        p_year=pl.when(dated).then("base_year").when(grown).then(unknown)
        .when(brought | to_come).then("era").otherwise("p_year"),
        _was=grown,
    )  # fmt: skip


def _facts(rows: pl.DataFrame, documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Years of the document and heading of the section."""
    facts = documents.select("document_id", "organisation_id", "region", "report_year", "plan_year")
    heads = sections.select("section_id", heading=pl.col("heading") if "heading" in sections.columns else pl.lit(None, pl.String))
    rows = rows.join(facts, on="document_id", how="left", maintain_order="left").join(heads, on="section_id", how="left", maintain_order="left")
    plan = pl.col("section_type") == "plan"
    return rows.with_columns(
        this_year=pl.when(plan).then(pl.coalesce("plan_year", "report_year")).otherwise("report_year"),
        delivered_year=pl.when(plan & (pl.col("plan_year") > pl.col("report_year"))).then(pl.col("plan_year")).otherwise(pl.col("report_year")),
    )


def _kinds(rows: pl.DataFrame) -> pl.DataFrame:
    """Kind and unit; a scale word without a unit is money where money is spoken of, else a count of what follows."""
    ranking = pl.col("rule").str.starts_with("ranking")
    money = pl.col("clause").str.contains(r"(?:投入|收入|投资|资金|金额|额|元|补贴|补助|贷款|支出|税|费|产值|利润|奖金|经费|价值|拨付|救助金|增收|减负)[^，,]{0,6}$")
    person = pl.col("tail").str.contains(r"^(?:名|多|余)?.{0,8}?(?:群众|居民|农民|人口|老人|学生|职工|党员|干部|群体|家庭|人员|青年|人才|游客|患者|儿童|妇女|劳动力|移民|农村|城镇|重点|贫困|人民|婴幼儿|学员|职员|农户|.{0,12}人(?:员|才|口)?$)")
    counted = pl.col("clause").str.contains(r"(?:人数|人口|人员|学生|职工|劳动力|居民|网民|农民)[^，,]{0,8}$")
    household = pl.col("tail").str.contains("^(?:农牧?|住|租|商|低保|脱贫|监测|用|沼气用|林)?户")
    thing = (pl.col("tail").str.len_chars() > 1) & pl.col("tail").str.contains(r"^\p{Han}") & ~pl.col("tail").str.contains(rf"^{cue('names', 'not_noun')}")
    hidden = pl.col("rule").is_in(["masked_score", "masked_decimal"]) & pl.col("lead").str.contains("指数|满意度|得分|评分|系数|倍差")
    index = pl.col("rule").is_in(["index_value", "index_reached"]) | hidden
    summed = pl.col("clause").str.contains("^(?:总计|合计|累计|共|达到?|超过?|突破|总数)+$") & (pl.col("unit").shift(1) == "人") & pl.col("follows")
    person = person | (counted & (pl.col("tail") == "")) | summed
    bare = pl.col("unit").is_null() & ~ranking
    places = (pl.col("unit") == "人") & pl.col("surface").str.ends_with("位") & pl.col("clause").str.contains(r"(?:位次|名次|排名|排位|提升|上升|前移|前进|后退|下降)[^，,]{0,4}$")
    listed = (pl.col("unit") == "人") & pl.col("surface").str.ends_with("位") & pl.col("clause").str.contains("^[、和及]*$") & places.shift(1)
    places = places | listed.fill_null(False)
    unit = (
        pl.when(places | ranking).then(pl.lit("位"))
        .when(pl.col("rule") == "streak").then(pl.lit("次"))
        .when(pl.col("rule").is_in(["half_of", "flat"])).then(pl.lit("%"))
        .when(pl.col("rule") == "shared_unit").then(pl.col("unit").shift(-1))
        .when(bare & (pl.col("n1").str.contains("[:：∶]") | pl.col("rule").str.starts_with("ratio_"))).then(pl.lit("%"))
        .when(index).then(pl.when(pl.col("lead").str.contains("满意度|得分|评分")).then(pl.lit("分")))
        .when(pl.col("rule") == "years_decimal").then(pl.lit("年"))
        .when(bare & household & ~money).then(pl.lit("户"))
        .when(bare & person & ~money).then(pl.lit("人"))
        .when(bare & pl.col("scaled") & (money | ~thing)).then(pl.lit("元"))
        .when(bare & (pl.col("disposition") == "indicator")).then(pl.lit("个"))
        .otherwise("unit")
    )  # fmt: skip
    kind = (
        pl.when(ranking).then(pl.lit("ranking"))
        .when(pl.col("rule").is_in(["half_of", "shared_unit", "flat"])).then(pl.lit("percentage"))
        .when(bare & (pl.col("n1").str.contains("[:：∶]") | pl.col("rule").str.starts_with("ratio_"))).then(pl.lit("percentage"))
        .when(index | (pl.col("rule") == "years_decimal")).then(pl.lit("amount"))
        .when(bare & ~person & ~household & pl.col("scaled") & (money | ~thing)).then(pl.lit("amount"))
        .when(bare).then(pl.lit("count"))
        .otherwise("unit_kind")
    )  # fmt: skip
    told = {"half_of": 50, "flat": 0, "ranking_head": 1}
    half = pl.col("rule").replace_strict(told, default=None, return_dtype=pl.Int64).cast(DECIMAL)
    return rows.with_columns(unit=unit, kind=kind, low=pl.coalesce(half, "low"), high=pl.coalesce(half, "high"))


def _lists(rows: pl.DataFrame) -> pl.DataFrame:
    """A figure right after another in a list shares its change and its bounds: 分别增长4.3%、5.5%."""
    sep = pl.col("lead").str.contains(r"^(?:、|，|,|和|及|以及|与|或|\s)+(?:了|约|近)?$")
    same = (pl.col("unit") == pl.col("unit").shift(1)) & pl.col("follows")
    rows = rows.with_columns(_listed=(sep & same).fill_null(False), _each=pl.col("clause").str.contains(r"(?:分别|各)[^，,。]{0,12}$"))
    own = ~pl.col("_listed")

    def inherit(column: str) -> pl.Expr:
        return pl.when(own).then(pl.coalesce(pl.col(column), pl.lit("-"))).forward_fill().replace("-", None).alias(column)

    held = pl.when(own).then(pl.when("_each").then(pl.col("approximation")).otherwise(pl.lit("-"))).forward_fill()
    approx = pl.when(~own & (pl.col("approximation") == "exact") & (held != "-")).then(held).otherwise(pl.col("approximation"))
    # a bound behind the last holds for all: 分别稳定在800亿斤、60亿斤以上
    final = pl.when(own.shift(-1).fill_null(True)).then("approximation").backward_fill()
    approx = pl.when((held != "-") & (pl.col("approximation") == "exact") & ~final.is_in(["range", "exact"])).then(final).otherwise(approx)
    rows = rows.with_columns(inherit("direction"), inherit("basis"), approximation=approx)
    phrase = pl.col("clause").str.extract(r"^(.*?)(?:分别|各)[^，,。]{0,12}$", 1)
    return rows.with_columns(
        _respective=pl.col("_each") & pl.col("_listed").shift(-1).fill_null(False),
        _phrase=phrase,
        _several=pl.col("clause").str.contains(r"(?:(?:均|都|双双)[^，,、]{0,8}|[、和及与][^，,]+各)$"),
    )


def _ranks(rows: pl.DataFrame) -> pl.DataFrame:
    """Scope of rankings and whether they rank a growth."""
    rank = pl.col("kind") == "ranking"
    stated = pl.col("lead").str.extract(rf"(?:[居列位排占获在至入名]|跻身|保持)({cue('cues', 'rank_scope')})[^，,]{{0,12}}$", 1)
    near = pl.col("lead").str.extract(rf"({cue('cues', 'rank_scope')})[^，,]{{0,16}}$", 1)
    near = pl.coalesce(stated, near, pl.col("lead").str.extract(r"[居列位排名在为](省|市|区|县)[^，,]{0,4}$", 1))
    far = pl.col("lead").str.extract(rf"({cue('cues', 'rank_scope')})[^，,]*，[^，,]{{0,6}}$", 1)
    scope = carried(pl.coalesce(near, far), pl.col("new"))
    growth = pl.col("clause").str.contains(r"(?:同比|增速|增幅|增长率|增量)")
    level = pl.col("clause").str.contains("总量|总额|额|量|规模|人均|水平|得分|成绩|均")
    after_growth = (pl.col("basis").shift(1) == "yoy") & (pl.col("_bare")) & (pl.col("kind").shift(1) == "percentage")
    return rows.with_columns(
        rank_scope=pl.when(rank).then(scope),
        basis=pl.when(rank).then(pl.when(growth | (after_growth & ~level)).then(pl.lit("yoy"))).otherwise("basis"),
        direction=pl.when(rank).then(None).otherwise("direction"),
    )


def _links(rows: pl.DataFrame) -> pl.DataFrame:
    """`base_mention_id`: the level before a change, rank or share of the same name, at most a few figures back;
    `part_of_mention_id`: the total before 其中 or 含, or the level that a share is a part of."""
    level = pl.col("basis").is_null() & pl.col("direction").is_null() & (pl.col("kind") != "ranking") & (pl.col("rule_name") != "share")
    same = ["document_id", "scenario", pl.coalesce("p_year", "this_year").fill_null(0).alias("year")]  # of one year and one plan
    levels = rows.filter(level).select(*same, "row", name="indicator_name", level_id="mention_id")
    share = pl.col("rule_name") == "share"
    subject = pl.when(share).then(pl.col("indicator_name").str.extract("^(.*?)占", 1)).otherwise("indicator_name")
    wants = rows.filter(~level | share).select(*same, "row", "subject_no", name=subject)
    base = _before(wants, levels).rename({"level_id": "base_mention_id"})
    wholes = rows.filter(share).select(*same, "row", "subject_no", name=pl.col("indicator_name").str.extract("占(.+)比重$", 1))
    whole = _before(wholes.drop_nulls("name"), levels).rename({"level_id": "whole_id"})
    keys = ["row", "subject_no"]
    rows = rows.join(base, on=keys, how="left", maintain_order="left").join(whole, on=keys, how="left", maintain_order="left")
    countable = level & pl.col("kind").is_in(["amount", "count"])
    last = pl.when(countable).then(pl.concat_str("mention_id", pl.lit(" "), pl.col("unit").fill_null("")))
    rows = rows.with_columns(_last=last.shift(1).forward_fill())
    inside = (pl.col("document_id") == pl.col("document_id").shift(1)).fill_null(False)
    opens = pl.col("lead").str.contains("其中|[（(]含") & inside
    # 。其中，第一产业…；第二产业… goes on over semicolons
    full = pl.col("gap").str.contains("[。！\n]")
    total = carried(pl.when(opens).then("_last"), pl.col("new"))
    total = pl.coalesce(total, carried(pl.when(opens & pl.col("gap").str.contains("。[^。；;]{0,2}其中")).then("_last"), full))
    same = total.str.extract(" (.*)$", 1) == pl.col("unit").fill_null("")
    part = pl.when(countable & same).then(total.str.extract(r"^(\S+)", 1))
    return rows.with_columns(part_of_mention_id=pl.coalesce(part, "whole_id"))


def _before(wants: pl.DataFrame, levels: pl.DataFrame) -> pl.DataFrame:
    """The last level of the same name before each row: `row, subject_no, level_id`."""
    found = wants.sort("row").join_asof(
        levels.sort("row"), on="row", by=["document_id", "scenario", "year", "name"], strategy="backward", tolerance=15, check_sortedness=False
    )
    return found.drop_nulls("level_id").select("row", "subject_no", "level_id").unique(["row", "subject_no"], keep="first", maintain_order=True)


def _shape(rows: pl.DataFrame) -> pl.DataFrame:
    """The contract's columns: signs, bounds, status, period codes."""
    red = pl.col("form").is_in(["mask", "mixed"])
    sign = pl.when((pl.col("direction") == "down") & pl.col("basis").is_not_null()).then(-1).otherwise(1).cast(pl.Decimal(38, 0))
    low, high = (pl.col("low") * sign).cast(DECIMAL), (pl.col("high") * sign).cast(DECIMAL)
    down = sign < 0
    approx = pl.col("approximation")
    exact, ranged = approx == "exact", approx == "range"
    least, most = approx == "at_least", approx == "at_most"
    floor = (least & ~down) | (most & down)
    ceiling = (most & ~down) | (least & down)
    first, last = pl.min_horizontal(low, high), pl.max_horizontal(low, high)
    rows = rows.with_columns(
        is_redacted=red,
        value=pl.when(red | ranged | pl.col("vague")).then(None).otherwise(low),
        value_low=pl.when(red).then(None).when(exact | ranged | floor).then(first),
        value_high=pl.when(red).then(None).when(exact | ranged | ceiling).then(last),
    )
    rows = _codes(rows)
    status = (
        pl.when(red).then(pl.lit("Q"))
        .when(pl.col("value").is_null() & exact).then(pl.lit("L"))
        .when(pl.col("scenario") == "planned").then(pl.lit("F"))
        .when(pl.col("scenario") == "expected").then(pl.lit("E"))
        .when(pl.col("lead").str.contains("初步核算|快报|初步统计")).then(pl.lit("P"))
        .otherwise(pl.lit("A"))
    )  # fmt: skip
    context = pl.concat_str(
        pl.coalesce("p_type", pl.lit("default_year")), pl.lit("/"), pl.coalesce("basis", pl.lit("level")), pl.lit("/"), "scenario"
    )
    return rows.select(
        "mention_id", "subject_no", "document_id", "section_id", pl.col("organisation_id").cast(pl.String), "region", "report_year",
        indicator_id=pl.lit(None, pl.String), indicator_name="indicator_name", kind="kind", value="value",
        value_low="value_low", value_high="value_high", unit="unit", written_value="written_value", written_unit="written_unit",
        is_redacted="is_redacted", mask="mask", mask_digits="mask_digits", obs_status=status, approximation="approximation",
        change_basis="basis", base_period_code=pl.when(pl.col("basis") == "since").then(pl.col("base_year").cast(pl.String)),
        change_direction="direction", scenario="scenario", target_force="target_force", period_type="period_type",
        period_code="period_code", period_year="period_year", period_start="period_start", period_end="period_end",
        period_written="period_written", rank_scope="rank_scope", base_mention_id="base_mention_id",
        part_of_mention_id="part_of_mention_id", rule_name="rule_name", rule_context=context,
    )  # fmt: skip


QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _codes(rows: pl.DataFrame) -> pl.DataFrame:
    """Period type, year, SDMX code, first and last day; worked out once for each distinct combination."""
    rows = rows.with_columns(
        _average=pl.col("basis") == "annual_average",
        _flow=(pl.col("basis").is_not_null() | (pl.col("kind") == "amount")) & ~pl.col("indicator_name").str.contains(cue("cues", "stocks")),
        period_year=pl.coalesce("p_year", "this_year").replace(0, None),
    )
    key = ["p_type", "p_span", "period_year", "_average", "_flow"]
    table = _period_table(rows.select(key).unique())
    return rows.join(table, on=key, how="left", maintain_order="left", nulls_equal=True)


def _period_table(key: pl.DataFrame) -> pl.DataFrame:
    """`p_type, p_span, period_year, _average, _flow` -> `period_type, period_code, period_start, period_end, period_written`."""
    span = pl.col("p_span")
    kind = pl.coalesce("p_type", pl.lit("year"))
    kind = pl.when((kind == "point") & pl.col("_flow").fill_null(False) & span.str.contains("年[末底]$")).then(pl.lit("year")).otherwise(kind)
    kind = pl.when(pl.col("_average").fill_null(False) & (kind == "year")).then(pl.lit("multi_year")).otherwise(kind)
    t = key.with_columns(
        kind=kind,
        words=span.str.extract(r"^\d+,\d+,(.*)$", 1),
        low=span.str.extract(r"^(\d+),", 1).cast(pl.Int64),
        high=span.str.extract(r"^\d+,(\d+),", 1).cast(pl.Int64),
    ).with_columns(
        quarter=pl.col("words").str.extract(r"([一二三四1-4])季度", 1).replace_strict(QUARTERS, default=None, return_dtype=pl.Int64),
        half=pl.when(pl.col("words").str.contains("下半年")).then(2).otherwise(1),
        masked=pl.col("words").str.contains("x").fill_null(False),
    )
    kind, quarter, half = pl.col("kind"), pl.col("quarter"), pl.col("half")
    t = t.with_columns(
        first=pl.when(kind == "half").then(half * 6 - 5)
        .when((kind == "months") & quarter.is_not_null()).then(1)
        .when(kind == "quarter").then(quarter * 3 - 2)
        .when(kind.is_in(["months", "month"])).then("low")
        .otherwise(1),
        last=pl.when(kind == "half").then(half * 6)
        .when(quarter.is_not_null()).then(quarter * 3)
        .when(kind.is_in(["months", "month"])).then("high")
        .when(kind == "to_date").then("low")
        .otherwise(12),
    ).with_columns(months=pl.col("last") - pl.col("first") + 1)  # fmt: skip
    known = pl.col("first").is_between(1, 12) & pl.col("last").is_between(1, 12) & (pl.col("months") > 0)
    whole = kind.is_in(["year", "half", "quarter", "months", "month"]) & known & ~pl.col("masked")
    start = pl.when(whole).then(pl.date("period_year", pl.col("first").fill_null(1).clip(1, 12), 1))
    end = pl.when(whole).then(pl.date("period_year", pl.col("last").fill_null(12).clip(1, 12), 1).dt.month_end())
    return t.with_columns(code=_period_code(known), start=start, end=end).select(
        "p_type", "p_span", "period_year", "_average", "_flow", period_type="kind", period_code="code", period_start="start",
        period_end="end", period_written="words",
    )  # fmt: skip


def _period_code(known: pl.Expr) -> pl.Expr:
    """SDMX time range of a period: `2023`, `2023-S1`, `2023-01-01/P9M`, `2023-TD`."""
    kind, text = pl.col("kind"), pl.col("period_year").cast(pl.String)
    first, months = pl.col("first").cast(pl.String).str.zfill(2), pl.col("months")
    quarter = (months == 3) & ((pl.col("first") - 1) % 3 == 0)
    return (
        pl.when(pl.col("masked") & kind.is_in(["months", "month", "point", "to_date", "quarter"])).then(None)
        .when(kind.is_in(["months", "quarter", "half"]) & ~known).then(None)
        .when(kind.is_in(["months", "half"]) & (months == 12)).then(text)
        .when(kind.is_in(["months", "half"]) & (months == 6) & (pl.col("first") == 1)).then(text + "-S1")
        .when((kind == "half") & (months == 6)).then(text + "-S2")
        .when(kind.is_in(["months", "quarter"]) & quarter).then(text + "-Q" + (pl.col("last") // 3).cast(pl.String))
        .when(kind == "months").then(text + "-" + first + "-01/P" + months.cast(pl.String) + "M")
        .when((kind == "month") & known).then(text + "-" + first)
        .when((kind == "to_date") & known).then(text + "-01-01/P" + pl.col("last").cast(pl.String) + "M")
        .when(kind == "to_date").then(text + "-TD")
        .when(kind == "point").then(text + "-12-31")
        .when(kind == "event").then(text + "-EV")
        .otherwise(text)
    )  # fmt: skip
