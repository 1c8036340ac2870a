"""Every check by id: what it claims in both languages, its dimension, severity and thresholds. The facts are in data/checks.csv.

Generic claims of the models (type, presence, codes, ranges, keys) get their sentences from the column's description.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from tongbi.quality.verdict import Definition
from tongbi.validate import CORE, Table, claims

DATA = Path(__file__).parent / "data"


@cache
def definitions() -> dict[str, Definition]:
    """All checks: those listed in data/checks.csv, and the generic claims of every model."""
    listed = _listed()
    found = {d.check_id: d for table in CORE for d in _of_table(table, listed)}
    return {**found, **{check_id: _own(check_id, row, None) for check_id, row in listed.items() if check_id not in found}}


def sentence(check_id: str) -> str:
    """What a check claims, in English and Chinese."""
    known = definitions().get(check_id)
    return f"{known.sentence} · {known.sentence_zh}" if known else check_id


@cache
def _listed() -> dict[str, dict[str, str]]:
    with (DATA / "checks.csv").open(encoding="utf-8", newline="") as f:
        return {row["check_id"]: row for row in csv.DictReader(f)}


def _of_table(table: Table, listed: dict[str, dict[str, str]]) -> list[Definition]:
    rules = {f"{table.name}.{r.id}": r for r in table.rules}
    found = []
    for check_id, column in claims(table):
        base = _rule(table, check_id, rules[check_id]) if check_id in rules else _generic(table, check_id, column)
        found.append(_own(check_id, listed[check_id], base) if check_id in listed else base)
    return found


def _rule(table: Table, check_id: str, rule: Any) -> Definition:
    return Definition(check_id, table.name, None, rule.sentence, rule.sentence_zh, rule.dimension, "error")


def _own(check_id: str, row: dict[str, str], base: Definition | None) -> Definition:
    """A row of the list; cells left empty come from the claim itself."""
    told = {k: v for k, v in row.items() if v}
    severity = told.get("severity", base.severity if base else "warn")
    return Definition(
        check_id,
        told.get("table_name") or (base.table_name if base else ""),
        told.get("column_name") or (base.column_name if base else None),
        told.get("sentence") or (base.sentence if base else ""),
        told.get("sentence_zh") or (base.sentence_zh if base else ""),
        told.get("dimension") or (base.dimension if base else "consistency"),
        severity,
        float(told.get("warn_above", 0)),
        float(told.get("error_above", 0)) if severity == "error" else None,
        told.get("advice", ""),
        told.get("advice_zh", ""),
    )


def _generic(table: Table, check_id: str, column: str | None) -> Definition:
    kind = check_id.rsplit(".", 1)[1]
    en, zh = _names(table, column)
    if kind == "columns":
        said = (f"{table.name} has the columns of the contract, in order", f"{table.name} 的列与约定一致且次序相同", "validity")
    elif kind == "key":
        keys = ", ".join(table.key)
        said = (f"Rows of {table.name} are unique by {keys}", f"{table.name} 的行以 {keys} 唯一", "uniqueness")
    elif kind == "type":
        said = (f"{column} of {table.name} has its type ({en})", f"{table.name} 的 {column}（{zh}）类型正确", "validity")
    elif kind == "present":
        said = (f"Every row of {table.name} has {column} ({en})", f"{table.name} 每行都有 {column}（{zh}）", "completeness")
    else:
        limit, limit_zh = _limit(table, column, kind)
        said = (f"{column} of {table.name} {limit}", f"{table.name} 的 {column}（{zh}）{limit_zh}", "validity")
    return Definition(check_id, table.name, column, *said, "error")


def _names(table: Table, column: str | None) -> tuple[str, str]:
    en, _, zh = (table.model.columns[column].description if column else table.comment).partition(" · ")
    return en, zh


def _limit(table: Table, column: str | None, kind: str) -> tuple[str, str]:
    """What a column's own check allows, in words."""
    check = next(c for c in table.model.columns[column].checks if c.name == kind)
    told = check.statistics or {}
    if kind == "isin":
        return f"is one of {', '.join(map(str, told['allowed_values']))}", "属于代码表"
    if kind == "in_range":
        return f"lies between {told['min_value']} and {told['max_value']}", f"在 {told['min_value']} 与 {told['max_value']} 之间"
    if kind == "greater_than_or_equal_to":
        return f"is at least {told['min_value']}", f"不小于 {told['min_value']}"
    if kind == "str_matches":
        return "is written as the contract of codes says", "符合代码格式"
    if kind == "str_length":
        return "is not empty", "不为空"
    return f"keeps {kind}", f"满足 {kind}"
