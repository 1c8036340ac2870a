"""Checks that span tables: each file of sql/checks selects the bad rows, as `row_key, value, detail, detail_zh`.

The lines `-- tested: …` of a file name the relation (and condition) whose rows it looks at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from tongbi.quality.judge import judge
from tongbi.quality.registry import definitions
from tongbi.quality.verdict import CheckResult, Failure
from tongbi.settings import SQL_DIR


@dataclass(frozen=True)
class SqlCheck:
    """One file of sql/checks."""

    check_id: str
    tested: str
    query: str


@cache
def load(folder: Path = SQL_DIR / "checks") -> tuple[SqlCheck, ...]:
    """Every SQL check, in the order of names. The id is the file's name without `assert_`."""
    return tuple(_read(path) for path in sorted(folder.glob("assert_*.sql")))


def _read(path: Path) -> SqlCheck:
    query = path.read_text(encoding="utf-8")
    tested = " ".join(line.removeprefix("-- tested:").strip() for line in query.splitlines() if line.startswith("-- tested:"))
    return SqlCheck(path.stem.removeprefix("assert_"), tested, query)


def run_all(con: duckdb.DuckDBPyConnection) -> list[CheckResult]:
    """All SQL checks on a built file."""
    return [run_one(con, check) for check in load()]


def run_one(con: duckdb.DuckDBPyConnection, check: SqlCheck) -> CheckResult:
    """One SQL check: rows it looks at, rows it finds bad."""
    tested = con.execute(f"select count(*) from {check.tested}").fetchall()[0][0]
    bad = con.execute(check.query).fetchall()
    return judge(definitions()[check.check_id], tested, len(bad), [Failure(*row) for row in bad])
