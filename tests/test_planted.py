"""Every fact planted in the demonstration reports is what the views say, and leads to its sentence."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tongbi.resolve import catalogue

PLANTED = tomllib.loads((Path(__file__).parent / "planted.toml").read_text(encoding="utf-8"))["fact"]
TITLES = dict(catalogue().select("name_zh", "indicator_id").iter_rows())
# how a view calls the mention of the fact's sentence and of the other side's
MENTIONS = {
    "yoy": {"": "mention_id", "prev_": "prev_mention_id"},
    "rank_changes": {"": "mention_id", "prev_": "prev_mention_id"},
    "plan_vs_actual": {"target_": "target_mention_id", "actual_": "actual_mention_id"},
    "series": {"": "mention_id"},
    "peers": {"": "mention_id"},
    "redactions": {"": "mention_id"},
    "stated_vs_computed": {"": "mention_id"},
}
EXACT = ["kind", "period_code", "unit", "reason", "comparable", "direction", "target_force", "approximation", "rank_scope", "of_change", "scenario_group",
         "obs_status", "check_type", "agrees", "mask", "mask_digits", "scenario", "period_type", "level", "rank_among", "n", "reports"]  # fmt: skip
NUMBERS = [
    "value",
    "prev_value",
    "target",
    "target_low",
    "target_high",
    "actual",
    "gap",
    "value_low",
    "value_high",
    "rank",
    "prev_rank",
    "move",
    "median",
]
ROUNDED = ["change", "change_pct", "stated_change_pct", "stated", "computed"]


def mention(con: duckdb.DuckDBPyConnection, fact: dict[str, Any], side: str) -> list[str]:
    """The numerals of that surface in that sentence."""
    file, sentence, surface = (fact.get(side + key) for key in ("file", "sentence", "surface"))
    found = con.execute(
        """
        select m.mention_id
        from core.mentions as m
        join core.documents as d on d.document_id = m.document_id
        join core.sources as s on s.source_id = d.source_id
        join core.source_texts as t on t.source_id = d.source_id
        where s.path = ? and m.surface = ? and instr(t.text, ?) - 1 <= m.char_start and m.char_end <= instr(t.text, ?) - 1 + length(?)
        """,
        [file, surface, sentence, sentence, sentence],
    ).fetchall()
    assert found, f"{surface} is no mention of {sentence}"
    return [row[0] for row in found]


def candidates(con: duckdb.DuckDBPyConnection, fact: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of the fact's view for its organisation and year that are about its mentions, else about its indicator."""
    view = fact["view"]
    extra = " and check_type = $check" if view == "stated_vs_computed" else ""
    key = "report_year" if view == "redactions" and fact["year"] != 2024 else "period_year" if view == "series" else "year"
    query = f"select v.* from {view} as v where v.organisation = $organisation and v.{key} = $year{extra}"
    found = con.execute(
        query, {"organisation": fact["organisation"], "year": fact["year"]} | ({"check": fact["check_type"]} if extra else {})
    )
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    for side, column in MENTIONS.get(view, {}).items():
        if fact.get(side + "surface"):
            ids = mention(con, fact, side)
            touched = [r for r in rows if r[column] in ids or (view == "stated_vs_computed" and set(ids) & set(r["other_mention_ids"]))]
            rows = touched if touched or side not in ("prev_",) else []
    if view == "stated_vs_computed" and len(rows) > 1:
        rows = [r for r in rows if about(con, r, fact)] or rows
    if not any(fact.get(side + "surface") for side in MENTIONS.get(view, {})) and view != "coverage":
        rows = [r for r in rows if about(con, r, fact)]
    return rows


def about(con: duckdb.DuckDBPyConnection, row: dict[str, Any], fact: dict[str, Any]) -> bool:
    """The row's indicator has the fact's words among its names."""
    wanted = fact["indicator"]
    if row["indicator"] == wanted or TITLES.get(wanted) == row["indicator_id"]:
        return True
    names = con.execute("select distinct indicator_name from core.observations where indicator_id = ?", [row["indicator_id"]]).fetchall()
    return any(name and (name in wanted or wanted in name) for (name,) in names)


def differences(row: dict[str, Any], fact: dict[str, Any]) -> dict[str, Any]:
    """What of the fact the row does not say."""
    wrong: dict[str, Any] = {}
    for key in [k for k in EXACT if k in fact]:
        wanted = None if fact[key] == "" else fact[key]
        if row[key] != wanted:
            wrong[key] = (row[key], wanted)
    for key in [k for k in NUMBERS + ROUNDED if k in fact]:
        tolerance = Decimal("0.005") if key in ROUNDED else Decimal(0)
        if row[key] is None or abs(Decimal(str(row[key])) - Decimal(fact[key])) > tolerance:
            wrong[key] = (row[key], fact[key])
    if fact.get("change_basis") != row.get("change_basis", fact.get("change_basis")) and fact["view"] != "rank_changes":
        wrong["change_basis"] = (row["change_basis"], fact.get("change_basis"))
    if "verdict" in fact and row["verdict"] not in fact["verdict"]:
        wrong["verdict"] = (row["verdict"], fact["verdict"])
    if "numerals" in fact and abs(row["numerals"] - fact["numerals"]) > 5:
        wrong["numerals"] = (row["numerals"], fact["numerals"])
    for key in ("indicators", "redacted"):
        if key in fact and abs(row[key] - fact[key]) > 3:
            wrong[key] = (row[key], fact[key])
    return wrong


@pytest.mark.parametrize("fact", PLANTED, ids=lambda fact: fact["id"])
def test_planted_fact(con: duckdb.DuckDBPyConnection, fact: dict[str, Any]) -> None:
    rows = candidates(con, fact)
    assert rows, "the view has no row for it"
    best = min((differences(row, fact) for row in rows), key=len)
    assert not best
