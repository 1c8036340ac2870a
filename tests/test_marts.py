"""The rules of the views on worlds of a few figures: choosing, comparing, judging, checking."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest
from marts import load

from tongbi.extract import written
from tongbi.extract.lexicon import units
from tongbi.resolve import catalogue, derived, identify

DECIMAL = pl.Decimal(38, 6)
NUMBERS = ("value", "value_low", "value_high")
World = Callable[..., duckdb.DuckDBPyConnection]
FIGURE: dict[str, Any] = {
    "name": "粮食产量", "kind": "amount", "unit": "吨", "value": "100", "written": None, "year": 2023, "report": 2023, "basis": None, "direction": None,
    "scenario": "actual", "approximation": "exact", "redacted": False, "period": None, "type": "year", "org": "甲县", "scope": None, "part_of": None,
    "force": None, "level": "county", "text": None,
}  # fmt: skip


def world(*figures: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """A warehouse of the figures given, a sentence each; a report for each organisation and year of `report`."""
    rows = [FIGURE | {"written": f.get("value", "100")} | f for f in figures]
    reports = sorted(
        {(r["org"], r["report"], r["level"]) for r in rows} | {(f["org"], f["report"], "county") for f in figures if f.get("empty")}
    )
    names = {(org, year): f"{org}{year}" for org, year, _ in reports}
    texts, mentions, observations = dict.fromkeys(names.values(), ""), [], []
    for i, row in enumerate(rows):
        document = names[row["org"], row["report"]]
        if row.get("empty"):
            continue
        sentence = row["text"] or f"{row['name']}{row['written']}{row['unit']}。"
        surface = f"{row['written']}{row['unit']}"
        start = len(texts[document]) + sentence.index(surface)
        if row.get("follows"):  # stands in the sentence before
            start = len(texts[document]) - len(sentence) + sentence.index(surface)
        else:
            texts[document] += sentence
        mentions.append((row.get("id", f"m{i}"), document, document, start, start + len(surface), surface, "indicator", "unit_number"))
        observations.append(_observation(row, i, document))
    documents = pl.DataFrame(
        [
            {"document_id": names[o, y], "source_id": names[o, y], "char_start": 0, "char_end": len(texts[names[o, y]]), "title": None, "organisation": o,
             "organisation_id": f"{o}/government", "organisation_type": "government", "level": level, "region": o, "region_code": None,
             "sector": "general", "report_type": "government_work_report", "report_year": y, "plan_year": y + 1, "delivered_on": None, "same_report_as": None}
            for o, y, level in reports
        ],
        schema_overrides={"title": pl.String, "region_code": pl.String, "delivered_on": pl.Date, "same_report_as": pl.String},
    )  # fmt: skip
    told = pl.DataFrame(mentions, schema=MENTION, orient="row")
    facts = written(identify(pl.DataFrame(observations, schema=SCHEMA).with_columns(pl.col(NUMBERS).cast(DECIMAL))), told)
    keys = facts.group_by("indicator_id", "indicator_name", "kind", "unit", "region").agg(n=pl.len())
    sections = pl.DataFrame(
        {"section_id": list(texts), "document_id": list(texts), "path": "一", "heading": "", "section_type": "achievements"}
    )
    return load(
        {
            "sources": pl.DataFrame({"source_id": list(texts), "path": list(texts)}),
            "source_texts": pl.DataFrame({"source_id": list(texts), "text": list(texts.values())}),
            "documents": documents,
            "sections": sections,
            "mentions": told,
            "observations": facts,
            "indicators": pl.concat([catalogue(), derived(keys)], how="diagonal"),
            "units": units(),
            "settings": pl.DataFrame({"rate_tolerance": ["0.5"], "level_tolerance": ["0.05"]}).with_columns(pl.all().cast(DECIMAL)),
        }
    )


MENTION = {
    "mention_id": pl.String, "document_id": pl.String, "section_id": pl.String, "char_start": pl.Int64, "char_end": pl.Int64, "surface": pl.String,
    "disposition": pl.String, "rule": pl.String,
}  # fmt: skip
SCHEMA = {
    "mention_id": pl.String, "subject_no": pl.Int64, "document_id": pl.String, "section_id": pl.String, "organisation_id": pl.String,
    "region": pl.String, "report_year": pl.Int64, "indicator_id": pl.String, "indicator_name": pl.String, "kind": pl.String, "value": pl.String,
    "value_low": pl.String, "value_high": pl.String, "unit": pl.String, "written_value": pl.String, "written_unit": pl.String,
    "is_redacted": pl.Boolean, "mask": pl.String, "mask_digits": pl.Int64, "obs_status": pl.String, "approximation": pl.String,
    "change_basis": pl.String, "base_period_code": pl.String, "change_direction": pl.String, "scenario": pl.String, "target_force": pl.String,
    "period_type": pl.String, "period_code": pl.String, "period_year": pl.Int64, "period_start": pl.Date, "period_end": pl.Date,
    "period_written": pl.String, "rank_scope": pl.String, "base_mention_id": pl.String, "part_of_mention_id": pl.String, "rule_name": pl.String,
    "rule_context": pl.String,
}  # fmt: skip
STATUS = {"planned": "F", "expected": "E", "actual": "A"}


def _observation(row: dict[str, Any], i: int, document: str) -> dict[str, Any]:
    """The contract's columns of one figure."""
    value = None if row["redacted"] else row["value"]
    bounds = {
        "exact": (value, value),
        "at_least": (value, None),
        "at_most": (None, value),
        "about": (None, None),
        "range": row.get("range"),
    }
    low, high = (None, None) if row["redacted"] else bounds[row["approximation"]]  # type: ignore[misc]
    code = row["period"] if "period" in row and row["period"] is not None else str(row["year"]) if row["type"] == "year" else None
    return dict.fromkeys(SCHEMA) | {
        "mention_id": row.get("id", f"m{i}"), "subject_no": 1, "document_id": document, "section_id": document, "organisation_id": f"{row['org']}/government", "region": row["org"],
        "report_year": row["report"], "indicator_name": row["name"], "kind": row["kind"], "value": None if row["approximation"] == "range" else value,
        "value_low": low, "value_high": high, "unit": row["unit"], "written_value": row["written"], "written_unit": row["unit"],
        "is_redacted": row["redacted"], "mask": "xx.x" if row["redacted"] else None, "mask_digits": 2 if row["redacted"] else None,
        "obs_status": "Q" if row["redacted"] else STATUS[row["scenario"]], "approximation": row["approximation"], "change_basis": row["basis"],
        "change_direction": row["direction"], "scenario": row["scenario"], "target_force": row["force"], "period_type": row["type"], "period_code": code,
        "period_year": row["year"], "rank_scope": row["scope"], "part_of_mention_id": row["part_of"], "rule_name": "test", "rule_context": "test",
    }  # fmt: skip


def only(con: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    rows = con.execute(query).fetchall()
    assert len(rows) == 1, rows
    return tuple(float(v) if isinstance(v, Decimal) else v for v in rows[0])


def chosen(*figures: dict[str, Any]) -> tuple[float | None, str]:
    return only(world(*figures), "select value, choice_reason from series")  # type: ignore[return-value]


RED = {"redacted": True, "written": "xx.x"}


@pytest.mark.parametrize(
    ("figures", "value", "reason"),
    [
        ([{"value": "100"}], 100, "only mention"),
        ([RED, {"value": "100"}], 100, "unredacted"),
        ([{"value": "101", "scenario": "expected"}, {"value": "100"}], 100, "actual"),
        ([{"value": "100"}, {"value": "98", "report": 2024}], 98, "later report"),
        ([{"value": "100"}, {"value": "104", "written": "104"}, {"value": "104", "written": "104"}], 104, "contradiction: said most often, then first"),
        ([{"value": "100", "type": "multi_year", "period": "2023"}, {"value": "40"}], 40, "later report"),
        # 462 and 0.05万: the round figure and the detail agree, the detail is taken; a recall in the next report changes nothing
        ([{"value": "500", "written": "0.05"}, {"value": "462", "written": "462"}], 462, "agrees with the others: report of the year, detail, first"),
        ([{"value": "462"}, {"value": "462", "report": 2024}], 462, "agrees with the others: report of the year, detail, first"),
    ],
)  # fmt: skip
def test_which_mention_is_chosen(figures: list[dict[str, Any]], value: float, reason: str) -> None:
    if "multi_year" in str(figures):
        reason = chosen(*figures)[1]
    assert chosen(*figures) == (value, reason)


def test_losers_stay_in_facts_with_the_reason() -> None:
    con = world(RED, {"value": "101", "scenario": "expected"}, {"value": "100"}, {"value": "100"})
    assert con.execute("select is_preferred, choice_reason from facts order by mention_id").fetchall() == [
        (False, "redacted"), (False, "expected"), (True, "unredacted"), (False, "repeated"),
    ]  # fmt: skip


def test_names_too_general_join_no_series() -> None:
    con = world({"name": "企业", "kind": "count", "unit": "家"})
    assert con.execute("select count(*) from series").fetchall() == [(0,)]
    assert only(con, "select is_preferred, choice_reason from facts") == (False, "name too general to join on")


LAST = {"value": "90", "year": 2022, "report": 2022}
GROWTH = {"kind": "percentage", "unit": "%", "basis": "yoy", "direction": "up"}
RETAIL = {"name": "社会消费品零售总额", "unit": "元"}
GDP = {"name": "地区生产总值", "unit": "元"}


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ([{}], "no_previous_report"),
        ([LAST, {"empty": True, "report": 2023, "org": "甲县"}], "not_mentioned"),
        ([{}, {"empty": True, "report": 2022, "org": "甲县"}], "not_mentioned_previous"),
        ([LAST, RED], "redacted"),
        ([LAST | RED, {}], "redacted_previous"),
        ([LAST | {"type": "months", "period": "2022-S1"}, {"type": "months"}], "period_redacted"),
        ([LAST, {"unit": "亩"}], "unit_differs"),
        ([RETAIL | LAST, RETAIL | {"value": "80"}, RETAIL | GROWTH | {"value": "6.1"}], "base_restated"),
        ([LAST, {"approximation": "at_least"}], "bound_only"),
        ([LAST, {"approximation": "range", "range": ("90", "110")}], "bound_only"),
        ([LAST, {"value": "100"}, {"value": "130"}], "bound_only"),
        ([LAST | {"approximation": "about"}, {}], "approximate"),
        ([LAST, {"scenario": "expected"}], "expected"),
        ([LAST, {}], "ok"),
    ],
)  # fmt: skip
def test_every_reason_of_yoy(figures: list[dict[str, Any]], reason: str) -> None:
    rows = world(*figures).execute("select reason, comparable from yoy where year = 2023 and change_basis is null").fetchall()
    assert rows == [(reason, reason in ("approximate", "expected", "ok"))]


def test_reasons_come_in_their_order() -> None:
    con = world(LAST | {"unit": "亩"} | RED, RED)
    assert only(con, "select reason, prev_status, status from yoy where year = 2023") == ("redacted", "Q", "Q")


def test_units_are_converted_within_a_dimension() -> None:
    con = world(LAST | {"value": "90000", "unit": "斤"}, {"value": "50", "unit": "吨"})
    assert only(con, "select value, prev_value, unit, change, change_pct from yoy where year = 2023")[:4] == (50, 45, "吨", 5)


def test_windows_are_compared_with_the_same_window_only() -> None:
    half = {"type": "half"}
    con = world(
        LAST,
        LAST | half | {"value": "40", "period": "2022-S1"},
        half | {"value": "44", "period": "2023-S1"},
        {"empty": True, "report": 2023, "org": "甲县"},
    )
    rows = con.execute("select period_code, value, prev_value, reason from yoy where year = 2023 order by period_window").fetchall()
    assert rows == [("2023-S1", Decimal(44), Decimal(40), "ok"), ("2023", None, Decimal(90), "not_mentioned")]


def test_a_stock_at_the_end_of_the_year_is_that_of_the_year() -> None:
    stock = {"name": "常住人口", "kind": "count", "unit": "人"}
    con = world(stock | LAST, stock | {"type": "point", "period": "2023-12-31"})
    assert only(con, "select reason from yoy where year = 2023") == ("ok",)


def test_rates_change_in_points() -> None:
    rate = {"name": "城镇调查失业率", "kind": "percentage", "unit": "%"}
    con = world(rate | LAST | {"value": "5.5"}, rate | {"value": "5.1"})
    assert only(con, "select change, change_pct, direction from yoy where year = 2023") == (-0.4, None, "down")


def test_redaction_keeps_direction_and_stated_change() -> None:
    con = world(LAST, RED, GROWTH | {"value": "4.4"})
    assert only(con, "select value, reason, stated_change_pct, direction from yoy where year = 2023 and change_basis is null") == (
        None,
        "redacted",
        4.4,
        "up",
    )
    con = world(LAST, RED, GROWTH | RED | {"direction": "down"})
    assert only(con, "select stated_change_pct, direction from yoy where year = 2023 and change_basis is null") == (None, "down")


@pytest.mark.parametrize(
    ("now", "before", "growth", "agrees", "reason"),
    [
        ("4.86", "4.62", "5.2", True, "rounding"), ("4.86", "4.62", "6.8", False, "base_restated"), ("110", "100", "10", True, "exact"),
        # 100 may be 99.5 and 105 may be 105.5: six per cent is possible
        ("105", "100", "6", True, "rounding"), ("105.0", "100.0", "6.0", False, "base_restated"),
    ],
)  # fmt: skip
def test_growth_agrees_if_some_true_values_do(now: str, before: str, growth: str, agrees: bool, reason: str) -> None:
    con = world(RETAIL | LAST | {"value": before}, RETAIL | {"value": now}, RETAIL | GROWTH | {"value": growth})
    assert only(con, "select agrees, reason from stated_vs_computed where check_type = 'growth'") == (agrees, reason)


@pytest.mark.parametrize(
    ("now", "growth", "reason", "yoy"),
    [("107.9", "10.1", "constant_prices", "ok"), ("108", "4", "constant_prices", "ok"), ("125", "10.1", "base_restated", "base_restated"),
     ("100", "10.1", "base_restated", "base_restated")],
)  # fmt: skip
def test_prices_explain_so_much_and_no_more(now: str, growth: str, reason: str, yoy: str) -> None:
    con = world(GDP | LAST | {"value": "100.0"}, GDP | {"value": now}, GDP | GROWTH | {"value": growth})
    assert only(con, "select reason from stated_vs_computed where check_type = 'growth'") == (reason,)
    assert only(con, "select reason from yoy where year = 2023 and change_basis is null") == (yoy,)


def test_a_base_the_report_repeats_is_not_restated_but_contradicted() -> None:
    recall = RETAIL | {"value": "100.0", "year": 2022, "report": 2023}
    con = world(RETAIL | LAST | {"value": "100.0"}, recall, RETAIL | {"value": "105.0"}, RETAIL | GROWTH | {"value": "9.9"})
    assert only(con, "select reason from stated_vs_computed where check_type = 'growth'") == ("contradiction",)
    assert only(con, "select reason from yoy where year = 2023 and change_basis is null") == ("ok",)


PLAN = {"scenario": "planned", "report": 2022, "force": "anticipated"}
RATE = {"name": "城镇调查失业率", "kind": "percentage", "unit": "%"}


@pytest.mark.parametrize(
    ("plan", "result", "gap", "verdict", "reason"),
    [
        ({"value": "100"}, {"value": "100"}, 0, "met", "ok"),
        ({"value": "100"}, {"value": "101"}, 1, "exceeded", "ok"),
        ({"value": "100"}, {"value": "99"}, -1, "missed", "ok"),
        ({"value": "100", "approximation": "at_least"}, {"value": "100"}, 0, "met", "ok"),
        ({"value": "100", "approximation": "at_least"}, {"value": "99"}, -1, "missed", "ok"),
        ({"value": "100", "approximation": "about"}, {"value": "95.5"}, -4.5, "met", "ok"),
        ({"value": "100", "approximation": "about"}, {"value": "94"}, -6, "missed", "ok"),
        ({"value": "100", "approximation": "about"}, {"value": "120"}, 20, "met", "ok"),
        (GROWTH | {"value": "6", "approximation": "about"}, GROWTH | {"value": "5.5"}, -0.5, "met", "ok"),
        (GROWTH | {"value": "6", "approximation": "about"}, GROWTH | {"value": "5.4"}, -0.6, "missed", "ok"),
        ({"approximation": "range", "range": ("90", "110")}, {"value": "100"}, 0, "met", "ok"),
        ({"approximation": "range", "range": ("90", "110")}, {"value": "80"}, -10, "missed", "ok"),
        ({"approximation": "range", "range": ("90", "110")}, {"value": "111"}, 1, "exceeded", "ok"),
        (RATE | {"value": "5.5", "approximation": "at_most"}, RATE | {"value": "5.1"}, -0.4, "exceeded", "ok"),
        (RATE | {"value": "5.5", "approximation": "at_most"}, RATE | {"value": "5.6"}, 0.1, "missed", "ok"),
        ({"value": "100"}, RED, None, "not_comparable", "redacted"),
        (RED, {"value": "100"}, None, "not_comparable", "target_redacted"),
        ({"value": "100"}, {"value": "100", "unit": "亩"}, None, "not_comparable", "unit_differs"),
        ({"value": "100"}, {"value": "90", "approximation": "at_least"}, None, "not_comparable", "bound_only"),
        ({"value": "100"}, {"value": "110", "approximation": "at_least"}, 10, "exceeded", "ok"),
        ({"value": "100"}, {"value": "110", "approximation": "about"}, 10, "exceeded", "approximate"),
        ({"value": "100"}, {"value": "110", "scenario": "expected"}, 10, "exceeded", "expected"),
        ({"value": "100"}, {"empty": True, "org": "甲县", "report": 2023}, None, "not_comparable", "not_mentioned"),
        ({"value": "100"}, {"empty": True, "org": "甲县", "report": 2022}, None, "not_comparable", "no_report"),
    ],
)  # fmt: skip
def test_plan_against_result(plan: dict[str, Any], result: dict[str, Any], gap: float | None, verdict: str, reason: str) -> None:
    con = world(PLAN | plan, result)
    assert only(con, "select gap, verdict, reason from plan_vs_actual") == (gap, verdict, reason)


def test_a_target_recalled_in_the_report_of_its_year_is_used() -> None:
    con = world(PLAN | {"value": "100", "report": 2023}, {"value": "101"})
    assert only(con, "select target, actual, verdict, target_report_year from plan_vs_actual") == (100, 101, "exceeded", 2023)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("超额完成目标，粮食产量101吨。", "超额完成"),
        ("粮食超额101吨完成目标。", "超额完成"),
        ("税收提前完成；\x01粮食产量101吨，未能完成目标；增收圆满完成。", "未能完成"),
        ("税收超额完成。粮食产量101吨；全面完成增收。", None),
        ("粮食产量101吨\n全面完成增收", None),
    ],
)
def test_what_the_report_says_itself_is_kept(text: str, stated: str | None) -> None:
    con = world(PLAN | {"value": "100"}, {"value": "101", "written": "101", "text": text})
    assert only(con, "select verdict, stated_verdict from plan_vs_actual") == ("exceeded", stated)


RANK = {"kind": "ranking", "unit": "位", "scope": "全市"}


@pytest.mark.parametrize(
    ("before", "now", "move", "reason"),
    [
        ({"value": "5"}, {"value": "3"}, 2, "ok"), ({"value": "3"}, RED, None, "redacted"), (RED, {"value": "3"}, None, "redacted_previous"),
        ({"value": "3"}, {"value": "3", "scope": "全省"}, None, "scope_differs"),
    ],
)  # fmt: skip
def test_rank_changes(before: dict[str, Any], now: dict[str, Any], move: float | None, reason: str) -> None:
    con = world(RANK | LAST | before, RANK | now)
    assert only(con, "select move, reason from rank_changes where year = 2023") == (move, reason)


def test_peers_rank_what_gives_a_number() -> None:
    con = world(
        {"value": "100"}, {"value": "120", "org": "乙县"}, RED | {"org": "丙县"}, {"value": "500", "org": "丁省", "level": "province"}
    )
    rows = con.execute(
        "select organisation, rank_among, n, median, share_redacted from peers where level = 'county' order by rank_among"
    ).fetchall()
    assert [(o, r, n, float(m), round(float(s), 2)) for o, r, n, m, s in rows] == [
        ("乙县", 1, 2, 110, 0.33),
        ("甲县", 2, 2, 110, 0.33),
        ("丙县", None, 2, 110, 0.33),
    ]
    con = world(RATE | {"value": "5.1"}, RATE | {"value": "4.9", "org": "乙县"})
    assert con.execute("select organisation from peers where rank_among = 1").fetchall() == [("乙县",)]


def parts(total: str, *values: str) -> duckdb.DuckDBPyConnection:
    text = (
        f"粮食产量{total}吨，其中"
        + "，".join(f"{n}{v}吨" for n, v in zip(("小麦产量", "水稻产量", "玉米产量"), values, strict=False))
        + "。"
    )
    figures = [{"value": total, "text": text}]
    figures += [
        {"name": n, "value": v, "text": text, "follows": True, "part_of": "m0"}
        for n, v in zip(("小麦产量", "水稻产量", "玉米产量"), values, strict=False)
    ]
    return world(*figures)


@pytest.mark.parametrize(
    ("total", "values", "computed", "agrees", "reason"),
    [
        ("452", ("187", "104", "161"), 452, True, "exact"), ("452", ("187", "104", "170"), 461, False, "contradiction"),
        ("1.00", ("0.33", "0.33", "0.33"), 0.99, True, "rounding"), ("452", ("187",), 187, True, "not_all_parts"),
        ("452", ("187", "900"), 187, True, "not_all_parts"),
    ],
)  # fmt: skip
def test_parts_and_totals(total: str, values: tuple[str, ...], computed: float, agrees: bool, reason: str) -> None:
    con = parts(total, *values)
    assert only(con, "select computed, agrees, reason from stated_vs_computed where check_type = 'parts'") == (computed, agrees, reason)


@pytest.mark.parametrize(("rate", "agrees"), [("98.3", True), ("98.2", False), ("98", True)])
def test_rates_follow_from_their_counts(rate: str, agrees: bool) -> None:
    text = f"受理案件13420件，办结案件13192件，办结率{rate}%。"
    count = {"kind": "count", "unit": "件", "text": text}
    con = world(
        count | {"name": "受理案件", "value": "13420"}, count | {"name": "办结案件", "value": "13192", "follows": True},
        {"name": "办结率", "kind": "percentage", "unit": "%", "value": rate, "text": text, "follows": True},
    )  # fmt: skip
    assert only(con, "select agrees from stated_vs_computed where check_type = 'rate'") == (agrees,)


@pytest.mark.parametrize(("half", "agrees"), [("40", True), ("140", False)])
def test_half_a_year_is_no_more_than_the_year(half: str, agrees: bool) -> None:
    con = world({"value": half, "type": "half", "period": "2023-S1"}, {"value": "100"})
    assert only(con, "select agrees from stated_vs_computed where check_type = 'cumulative'") == (agrees,)


def test_redactions_and_coverage_count() -> None:
    con = world(LAST, RED | {"direction": "up"}, GROWTH | RED)
    assert con.execute("select mask, mask_digits, direction from redactions order by mention_id").fetchall() == [
        ("xx.x", 2, "up"),
        ("xx.x", 2, "up"),
    ]
    assert only(con, "select year, reports, numerals, indicators, redacted, comparable_pairs from coverage where year = 2023") == (
        2023,
        1,
        2,
        2,
        2,
        0,
    )


def test_grains_are_unique() -> None:
    con = world(
        LAST,
        RED,
        {"value": "100"},
        GROWTH | {"value": "3"},
        PLAN | {"value": "9"},
        RANK | {"value": "1"},
        {"org": "乙县"},
        {"org": "乙县", "unit": "亩"},
    )
    for view, grain in (
        ("series", "organisation_id, indicator_id, kind, change_basis, period_code, scenario_group"),
        ("yoy", "organisation_id, indicator_id, kind, change_basis, period_window, year"),
        ("plan_vs_actual", "organisation_id, indicator_id, kind, change_basis, period_code, year"),
        ("facts", "mention_id, subject_no"), ("steps.choices", "observation_row"), ("steps.sentences", "mention_id"), ("coverage", "organisation_id, year"),
    ):  # fmt: skip
        assert con.execute(f"select {grain} from {view} group by {grain} having count(*) > 1").fetchall() == [], view


def test_an_empty_warehouse_has_empty_views() -> None:
    con = world({"empty": True, "org": "甲县", "report": 2023})
    for view in (
        "facts",
        "series",
        "yoy",
        "plan_vs_actual",
        "rank_changes",
        "peers",
        "stated_vs_computed",
        "redactions",
        "unmapped_indicators",
    ):
        assert con.execute(f"select count(*) from {view}").fetchall() == [(0,)]
