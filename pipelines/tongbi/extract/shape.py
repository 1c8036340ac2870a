"""Figures in the contract's columns: signs, bounds, status, period codes."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.few import change, few, take, without
from tongbi.extract.lexicon import cue

DECIMAL = pl.Decimal(38, 6)
# what is no more asked for
DONE = ["document", "form", "low", "high", "vague", "negative", "_first", "_last", "_down", "_early", "p_type", "p_span", "p_year", "this_year",
        "_average", "_flow"]  # fmt: skip
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def shape(rows: pl.DataFrame, mentions: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The contract's columns: signs, bounds, status, period codes; what stands in the mention (`at`) and its place as it is there."""
    red = pl.col("form").is_in(["mask", "mixed"])
    fall = (pl.col("direction") == "down") & pl.col("basis").is_not_null()
    below = pl.col("negative") & pl.col("direction").is_null() & (pl.col("kind") != "ranking")  # 净利润-43.5亿元
    rows = rows.with_columns(is_redacted=red, _down=(fall | below).fill_null(False))
    rows = change(rows, pl.col("_down"), ["low", "high"], low=-pl.col("low"), high=-pl.col("high"))
    rows = rows.with_columns(_first="low", _last="high")
    rows = change(
        rows, (pl.col("low") > pl.col("high")) | pl.col("low").is_null() | pl.col("high").is_null(), ["low", "high"],
        _first=pl.min_horizontal("low", "high"), _last=pl.max_horizontal("low", "high"),
    )  # fmt: skip
    down, approx = pl.col("_down"), pl.col("approximation")
    exact, ranged = approx == "exact", approx == "range"
    least, most = approx == "at_least", approx == "at_most"
    floor = (least & ~down) | (most & down)
    ceiling = (most & ~down) | (least & down)
    shown = ~pl.col("is_redacted")
    rows = rows.with_columns(
        value=pl.when(shown & ~ranged & ~pl.col("vague")).then("low"),
        value_low=pl.when(shown & (exact | ranged | floor)).then("_first"),
        value_high=pl.when(shown & (exact | ranged | ceiling)).then("_last"),
    )
    rows = _codes(rows)
    status = (
        pl.when("is_redacted").then(pl.lit("Q"))
        .when(pl.col("value").is_null() & exact).then(pl.lit("L"))
        .when(pl.col("scenario") == "planned").then(pl.lit("F"))
        .when(pl.col("scenario") == "expected").then(pl.lit("E"))
        .when("_early").then(pl.lit("P"))
        .otherwise(pl.lit("A"))
    )  # fmt: skip
    context = pl.concat_str(
        pl.coalesce("p_type", pl.lit("default_year")), pl.lit("/"), pl.coalesce("basis", pl.lit("level")), pl.lit("/"), "scenario"
    )
    ids = pl.lit(mentions["mention_id"])
    read = mentions.select(
        "mention_id", written_value="_written_value", written_unit="_written_unit", mask="_mask", mask_digits="_mask_digits"
    )
    facts = places.select("document_id", "section_id", pl.col("organisation_id").cast(pl.String), "region", "report_year")
    rows = rows.with_columns(obs_status=status, rule_context=context)
    rows = without(rows, *DONE).hstack(take(read, rows["at"]).get_columns()).hstack(take(facts, rows["place"]).get_columns())
    return rows.select(
        "mention_id", "subject_no", "document_id", "section_id", "organisation_id", "region", "report_year",
        indicator_id=pl.lit(None, pl.String), indicator_name="indicator_name", kind="kind", value="value",
        value_low="value_low", value_high="value_high", unit="unit", written_value="written_value", written_unit="written_unit",
        is_redacted="is_redacted", mask="mask", mask_digits="mask_digits", obs_status="obs_status", approximation="approximation",
        change_basis="basis", base_period_code=pl.when(pl.col("basis") == "since").then(pl.col("base_year").cast(pl.String)),
        change_direction="direction", scenario="scenario", target_force="target_force", period_type="period_type",
        period_code="period_code", period_year="period_year", period_start="period_start", period_end="period_end",
        period_written="period_written", rank_scope="rank_scope", base_mention_id=ids.gather("base_at"),
        part_of_mention_id=ids.gather("part_of_at"), rule_name="rule_name", rule_context="rule_context",
    )  # fmt: skip


def _codes(rows: pl.DataFrame) -> pl.DataFrame:
    """Period type, year, SDMX code, first and last day; worked out once for each distinct combination."""
    rows = rows.with_columns(
        _average=pl.col("basis") == "annual_average",
        period_year=pl.coalesce("p_year", "this_year").replace(0, None),
    )
    # amounts that stand at a date
    flow = (pl.col("basis").is_not_null() | (pl.col("kind") == "amount")) & ~pl.col("indicator_name").str.contains(cue("cues", "stocks"))
    rows = few(rows, pl.col("p_type") == "point", ["basis", "kind", "indicator_name"], _flow=flow)
    key = ["p_type", "p_span", "period_year", "_average", "_flow"]
    table = _period_table(rows.select(key).unique())
    return rows.join(table, on=key, how="left", maintain_order="left", nulls_equal=True)


def _period_table(key: pl.DataFrame) -> pl.DataFrame:
    """`p_type, p_span, period_year, _average, _flow` -> `period_type, period_code, period_start, period_end, period_written`."""
    span = pl.col("p_span")
    kind = pl.coalesce("p_type", pl.lit("year"))
    kind = (
        pl.when((kind == "point") & pl.col("_flow").fill_null(False) & span.str.contains("年[末底]$")).then(pl.lit("year")).otherwise(kind)
    )
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
    known = _known()
    whole = kind.is_in(["year", "half", "quarter", "months", "month"]) & known & ~pl.col("masked")
    start = pl.when(whole).then(pl.date("period_year", pl.col("first").fill_null(1).clip(1, 12), 1))
    end = pl.when(whole).then(pl.date("period_year", pl.col("last").fill_null(12).clip(1, 12), 1).dt.month_end())
    return t.with_columns(code=_period_code(), start=start, end=end).select(
        "p_type", "p_span", "period_year", "_average", "_flow", period_type="kind", period_code="code", period_start="start",
        period_end="end", period_written="words",
    )  # fmt: skip


@cache
def _known() -> pl.Expr:
    """Whether the months of a period are told."""
    return pl.col("first").is_between(1, 12) & pl.col("last").is_between(1, 12) & (pl.col("months") > 0)


@cache
def _period_code() -> pl.Expr:
    """SDMX time range of a period: `2023`, `2023-S1`, `2023-01-01/P9M`, `2023-TD`."""
    known, kind, text = _known(), pl.col("kind"), pl.col("period_year").cast(pl.String)
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
