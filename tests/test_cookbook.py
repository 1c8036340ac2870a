"""Every question of the cookbook runs on the demonstration reports and has an answer there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

COOKBOOK = sorted((Path(__file__).parents[1] / "sql/cookbook").glob("*.sql"))


def answer(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    path = next(p for p in COOKBOOK if p.stem == name)
    found = con.execute(path.read_text(encoding="utf-8"))
    columns = [d[0] for d in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def test_there_are_twenty_questions() -> None:
    assert len(COOKBOOK) >= 20


@pytest.mark.parametrize("path", COOKBOOK, ids=lambda path: path.stem)
def test_question_has_an_answer_and_the_same_each_time(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert "?" in text.splitlines()[0]
    assert "select *" not in text
    assert answer(con, path.stem)
    assert answer(con, path.stem) == answer(con, path.stem)


def test_answers_are_what_was_planted(con: duckdb.DuckDBPyConnection) -> None:
    restated = answer(con, "restated_bases")
    assert [(r["organisation"], r["indicator"], r["prev_as_published"]) for r in restated if r["indicator"] == "社会消费品零售总额"] == [
        ("枫屿县人民政府", "社会消费品零售总额", Decimal("9860000000"))
    ]
    reasons = {r["indicator"]: r["reason"] for r in answer(con, "stated_growth_disagrees")}
    assert reasons["清运生活垃圾"] == "contradiction"
    assert reasons["社会消费品零售总额"] == "base_restated"
    assert reasons["地区生产总值"] == "constant_prices"
    hidden = answer(con, "how_much_is_hidden")
    assert (hidden[0]["organisation"], hidden[0]["year"]) == ("青澜区交通运输局", 2023)
    missed = {(r["organisation"], r["indicator"], r["year"]) for r in answer(con, "plan_against_result") if r["verdict"] == "missed"}
    assert ("枫屿县城市管理局", "新建改建公厕", 2024) in missed
    moves = answer(con, "rank_moves")
    assert moves[0]["move"] == 2
