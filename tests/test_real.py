"""What comes out of real reports kept beside the project; skipped where they are not there."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from marts import files, frames, load

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def real(shared: Path) -> duckdb.DuckDBPyConnection:
    """The marts over cities, provinces, a district and the State Council."""
    corpus = shared / "corpus"
    return load(frames([(p, d) for p, d in files(corpus) if p.split("/")[0] in ("city", "province", "district", "national")]))


def key() -> list[dict[str, str]]:
    with (DATA / "headline_figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def judged(row: dict[str, str], o: dict[str, Any]) -> dict[str, bool]:
    """Field by field: does the observation say what the row says?"""

    def close(found: Any, wanted: str) -> bool:
        return found is not None and abs(Decimal(str(found)) - Decimal(wanted)) <= abs(Decimal(wanted)) * Decimal("1e-5")

    value = (
        close(o["value"], row["value"])
        if row["value"]
        else close(o["value_low"], row["value_low"]) and close(o["value_high"], row["value_high"])
    )
    return {
        "found": True, "indicator": o["indicator_id"] == row["indicator_id"], "value": value, "unit": o["unit"] == row["unit"],
        "year": o["period_year"] == int(row["year"]), "scenario": o["scenario"] == row["scenario"],
        "measure": (o["change_basis"] is not None) == (row["measure"] == "growth"),
    }  # fmt: skip


def test_headline_figures_found_by_reading(real: duckdb.DuckDBPyConnection) -> None:
    rows = key()
    assert len(rows) >= 120
    found = real.execute(
        "select source_path, char_start, char_end, indicator_id, value, value_low, value_high, unit, period_year, scenario, change_basis from facts"
    )
    names = [d[0] for d in found.description]
    by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in found.fetchall():
        o = dict(zip(names, line, strict=True))
        by_source[o["source_path"].rsplit("/", 1)[-1]].append(o)
    score: Counter[str] = Counter()
    for row in rows:
        hits = [judged(row, o) for o in by_source[row["source"]] if o["char_start"] <= int(row["char_start"]) < o["char_end"]]
        best = max(hits, key=lambda h: sum(h.values())) if hits else {"found": False}
        score.update(field for field, right in best.items() if right)
        score["all"] += all(best.values()) and bool(hits)
    share = {field: score[field] / len(rows) for field in ("found", "indicator", "value", "unit", "year", "scenario", "measure", "all")}
    least = {"found": 0.99, "indicator": 0.97, "value": 0.98, "unit": 0.99, "year": 0.97, "scenario": 0.96, "measure": 0.98, "all": 0.92}
    assert {f: s for f, s in share.items() if s < least[f]} == {}


PLANS = {
    "上海市": ("5", "about", "5.4"), "内蒙古自治区": ("6", "about", "4.7"), "北京市": ("5", "about", "5.4"), "吉林省": ("5.5", "about", "5"),
    "天津市": ("5", "about", "4.8"), "安徽省": ("5.5", "at_least", "5.5"), "山西省": ("5", "about", "4"), "江苏省": ("5", "at_least", "5.3"),
    "河北省": ("5", "at_least", "5.6"), "浙江省": ("5.5", "about", "5.5"), "辽宁省": ("5", "at_least", "3.7"), "黑龙江省": ("5", "about", "4.2"),
}  # fmt: skip


def test_growth_targets_of_twelve_provinces(real: duckdb.DuckDBPyConnection) -> None:
    rows = real.execute(
        """
        select region, target, approximation, actual, verdict
        from plan_vs_actual
        where indicator_id = 'gdp' and kind = 'percentage' and change_basis = 'yoy' and year = 2025 and level = 'province'
        """
    ).fetchall()
    assert {r: (f"{t.normalize():f}", a, f"{x.normalize():f}") for r, t, a, x, _ in rows} == PLANS
    assert len(rows) == 12
    missed = {"内蒙古自治区", "山西省", "辽宁省", "黑龙江省"}
    assert {r for r, *_, verdict in rows if verdict == "missed"} == missed


SERIES = {
    ("海拉尔区人民政府", "gdp", None): {2011: "198.5", 2012: "235.2", 2013: "253.7", 2014: "274.4"},
    ("海拉尔区人民政府", "gdp", "yoy"): {2011: "22.3", 2012: "18.5", 2013: "10.1", 2014: "9.1"},
    ("海拉尔区人民政府", "retail_sales", None): {2011: "84", 2012: "97.9", 2013: "110.6", 2014: "123.4"},
    ("海拉尔区人民政府", "local_total_fiscal_revenue", None): {2011: "16", 2012: "20.67", 2013: "24.85", 2014: "24.9"},
    ("海拉尔区人民政府", "urban_income", None): {2011: "20251", 2012: "23267", 2013: "25852", 2014: "28541"},
    ("海拉尔区人民政府", "rural_net_income", None): {2011: "14315", 2012: "16720", 2013: "19080", 2014: "21618"},
    ("国务院", "gdp", None): {2007: "266000", 2008: "300000", 2009: "335000", 2010: "398000", 2011: "472000", 2012: "519000", 2013: "569000", 2014: "636000", 2015: "677000"},
    ("国务院", "gdp", "yoy"): {2008: "9", 2009: "8.7", 2010: "10.3", 2011: "9.2", 2012: "7.8", 2013: "7.7", 2014: "7.4", 2015: "6.9"},
    ("国务院", "budget_revenue", None): {2005: "31600", 2007: "51300", 2008: "61300", 2009: "68500", 2010: "83100", 2011: "103700", 2012: "117000"},
    ("国务院", "urban_income", None): {2002: "7703", 2007: "13786", 2008: "15781", 2009: "17175"},
    ("国务院", "rural_net_income", None): {2002: "2476", 2007: "4140", 2008: "4761", 2009: "5153", 2010: "5919"},
    ("国务院", "fixed_investment", "yoy"): {2009: "30.1"},
    ("国务院", "retail_sales", "yoy"): {2009: "16.9"},
    ("国务院", "trade_total", None): {2007: "21700", 2008: "25600", 2009: "22000", 2010: "29700", 2011: "36400", 2013: "40000"},
}  # fmt: skip


@pytest.mark.parametrize(("organisation", "indicator_id", "basis"), SERIES)
def test_headline_series_over_the_years(real: duckdb.DuckDBPyConnection, organisation: str, indicator_id: str, basis: str | None) -> None:
    """Every point is that of the reports, none is missing and none is wrong."""
    money = indicator_id in ("gdp", "retail_sales", "budget_revenue", "local_total_fiscal_revenue", "trade_total") and basis is None
    rows = real.execute(
        """
        select period_year, value
        from series
        where organisation = ? and indicator_id = ? and change_basis is not distinct from ? and kind <> 'ranking' and scenario_group = 'result'
            and period_window = 'year' and period_year between 2001 and 2016
        """,
        [organisation, indicator_id, basis],
    ).fetchall()
    found = {year: value / (10**8 if money else 1) for year, value in rows}
    assert found == {year: Decimal(value) for year, value in SERIES[organisation, indicator_id, basis].items()}


def test_levels_that_both_reports_state_are_compared(real: duckdb.DuckDBPyConnection) -> None:
    rows = real.execute(
        """
        select y.organisation, y.indicator, y.year, y.value, a.value, y.prev_value, b.value
        from yoy as y
        join facts as a on a.mention_id = y.mention_id and a.subject_no = y.subject_no
        join facts as b on b.mention_id = y.prev_mention_id and b.subject_no = y.prev_subject_no
        where y.comparable and y.unit = y.prev_unit
        """
    ).fetchall()
    assert len(rows) > 200
    assert [r for r in rows if r[3] != r[4] or r[5] != r[6]] == []


def test_the_contradiction_of_2013_is_explained(real: duckdb.DuckDBPyConnection) -> None:
    row = real.execute(
        "select round(computed, 1), stated, agrees, reason from stated_vs_computed where organisation = '海拉尔区人民政府' and indicator_id = 'gdp' and year = 2013"
    ).fetchall()
    assert row == [(Decimal("7.9"), Decimal("10.1"), False, "constant_prices")]
