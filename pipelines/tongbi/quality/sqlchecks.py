"""Checks that span tables: each file of sql/checks selects the bad rows, as `row_key, value, detail, detail_zh`.

In a file's head, `-- tested: …` names the relation (and condition) whose rows it looks at, and `-- canary: …` is a statement that plants
the fault it must find in the small sound world of data/canary_world.sql.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from tongbi.quality.judge import broken, judge
from tongbi.quality.registry import definitions
from tongbi.quality.verdict import CheckResult, Failure
from tongbi.settings import SQL_DIR

ONCE = {"main.yoy": "judged_yoy", "main.stated_vs_computed": "judged_findings"}
DECLARED = "create or replace temp table declared_reports (source_id varchar, declared bigint, found bigint)"


@dataclass(frozen=True)
class SqlCheck:
    """One file of sql/checks."""

    check_id: str
    tested: str
    canary: str
    query: str


@cache
def load(folder: Path = SQL_DIR / "checks") -> tuple[SqlCheck, ...]:
    """Every SQL check, in the order of names. The id is the file's name without `assert_`."""
    return tuple(_read(path) for path in sorted(folder.glob("assert_*.sql")))


def _read(path: Path) -> SqlCheck:
    query = path.read_text(encoding="utf-8")
    return SqlCheck(path.stem.removeprefix("assert_"), _head(query, "-- tested:"), _head(query, "-- canary:"), query)


def _head(query: str, mark: str) -> str:
    return " ".join(line.removeprefix(mark).strip() for line in query.splitlines() if line.startswith(mark))


def offer(con: duckdb.DuckDBPyConnection, declared: Iterable[dict[str, Any]]) -> None:
    """Give the checks what no table holds: how many reports a file says it holds, as `declared_reports`."""
    con.execute(DECLARED)
    rows = [(r["source_id"], r["declared"], r["found"]) for r in declared]
    if rows:
        con.executemany("insert into declared_reports values (?, ?, ?)", rows)


def run_all(con: duckdb.DuckDBPyConnection) -> list[CheckResult]:
    """All SQL checks on a built file. A view that many of them read is computed once for all of them."""
    for view, once in ONCE.items():
        con.execute(f"create or replace temp table {once} as select * from {view}")
    return [run_one(con, replace(check, tested=_once(check.tested), query=_once(check.query))) for check in load()]


def _once(query: str) -> str:
    for view, once in ONCE.items():
        query = re.sub(rf"\b{re.escape(view)}\b", once, query)
    return query


def run_one(con: duckdb.DuckDBPyConnection, check: SqlCheck) -> CheckResult:
    """One SQL check: rows it looks at, rows it finds bad. A check that cannot run has failed."""
    definition = definitions()[check.check_id]
    try:
        tested = con.execute(f"select count(*) from {check.tested}").fetchall()[0][0]
        bad = con.execute(f"from (\n{check.query}\n) order by all").fetchall()  # views have no order of their own
    except duckdb.Error as error:
        return broken(definition, f"the check could not run: {str(error).splitlines()[0]}")
    return judge(definition, tested, len(bad), [Failure(str(row[0]), *map(_text, row[1:])) for row in bad])


def _text(cell: Any) -> str | None:
    return None if cell is None else str(cell)
