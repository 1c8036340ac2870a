"""Frames against their models: one `Outcome` per claim, with how many rows were tested and which failed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import pandera.errors
import polars as pl

from tongbi.validate.table import Table

SAMPLE = 20
ABSENT = {"COLUMN_NOT_IN_SCHEMA", "COLUMN_NOT_IN_DATAFRAME", "COLUMN_NOT_ORDERED"}
MISTYPED = {"WRONG_DATATYPE", "DATATYPE_COERCION"}


@dataclass(frozen=True)
class Outcome:
    """What one claim of a model came to on one frame; `failures` are the first rows that break it (key, value)."""

    check_id: str
    table_name: str
    column_name: str | None
    rows_tested: int
    rows_failed: int
    failures: tuple[tuple[str, str], ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def claims(table: Table) -> list[tuple[str, str | None]]:
    """`(check_id, column)` of every claim the model makes: types, presence, codes and ranges, keys, rules."""
    found: list[tuple[str, str | None]] = [(f"{table.name}.columns", None)]
    for name, column in table.model.columns.items():
        found.append((f"{table.name}.{name}.type", name))
        if not column.nullable:
            found.append((f"{table.name}.{name}.present", name))
        found += [(f"{table.name}.{name}.{check.name}", name) for check in column.checks]
    if table.key:
        found.append((f"{table.name}.key", None))
    return found + [(f"{table.name}.{rule.id}", None) for rule in table.rules]


def outcomes(frame: pl.DataFrame, table: Table, sample: int | None = SAMPLE) -> list[Outcome]:
    """Validate an eager frame with every claim of its model, lazily collected. Order: as `claims`.

    `sample`: how many failing rows to keep of each, None for all.
    Where columns or types are wrong, claims about values cannot be judged: they come back with no rows tested.
    """
    shape = _shape(frame, table)
    known = claims(table)
    if shape:
        named = {check_id for check_id, _ in known if check_id.endswith((".type", ".columns"))}
        return [Outcome(i, table.name, c, frame.height if i in named else 0, *shape.get(i, (0, ()))) for i, c in known]
    broken: dict[str, tuple[int, tuple[tuple[str, str], ...]]] = {}
    try:
        table.model.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            check_id, rows, shown = _read(error, frame, table, sample)
            broken[check_id] = (rows, shown)
    strange = [(check_id, None) for check_id in broken if check_id not in {c for c, _ in known}]
    return [Outcome(check_id, table.name, column, frame.height, *broken.get(check_id, (0, ()))) for check_id, column in [*known, *strange]]


def _shape(frame: pl.DataFrame, table: Table) -> dict[str, tuple[int, tuple[tuple[str, str], ...]]]:
    """What is wrong with the columns and types of a frame, by check id, as pandera finds it on the frame without its values."""
    if list(frame.schema.items()) == list(table.polars_schema().items()):
        return {}
    empty = frame.clear()
    try:
        table.model.validate(empty, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        structural = [e for e in errors.schema_errors if e.reason_code and e.reason_code.name in ABSENT | MISTYPED]
        return {check_id: (max(1, frame.height), sample) for check_id, _, sample in (_read(e, empty, table) for e in structural)}
    return {}


def _read(error: Any, frame: pl.DataFrame, table: Table, sample: int | None = SAMPLE) -> tuple[str, int, tuple[tuple[str, str], ...]]:
    """Which claim an error of pandera is about, how many rows, and the first of them."""
    reason = error.reason_code.name if error.reason_code else ""
    column = error.schema.name if error.schema.name in frame.columns and error.schema is not table.model else None
    if reason in ABSENT:
        return f"{table.name}.columns", max(1, frame.height), ((str(error.failure_cases)[:120], ""),)
    if reason in MISTYPED:
        return (
            f"{table.name}.{column}.type",
            max(1, frame.height),
            (
                (
                    str(column),
                    str(frame.schema.get(column or "", "")),
                ),
            ),
        )
    if reason == "SERIES_CONTAINS_NULLS":
        return f"{table.name}.{column}.present", *_rows(frame, table, pl.col(column or "").is_not_null(), column, sample)
    if reason == "DUPLICATES":
        return f"{table.name}.key", *_rows(frame, table, ~pl.struct(list(table.key)).is_duplicated(), None, sample)
    check = error.check
    if column is None:
        rule = next((r for r in table.rules if r.id == getattr(check, "name", None)), None)
        if rule is not None:
            return f"{table.name}.{rule.id}", *_rows(frame, table, rule.holds, None, sample)
        return f"{table.name}.columns", max(1, frame.height), ((str(error)[:120], ""),)
    mask = error.check_output
    if mask is not None and mask.height == frame.height:
        held = mask.get_column(mask.columns[0]).fill_null(True)
        return f"{table.name}.{column}.{check.name}", *_rows(frame, table, pl.lit(held), column, sample)
    return f"{table.name}.{column}.{check.name}", max(1, len(error.failure_cases)), ((str(error)[:120], ""),)


def _rows(
    frame: pl.DataFrame, table: Table, holds: pl.Expr, column: str | None, sample: int | None
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Count the rows where a claim does not hold and keep the keys of the first."""
    bad = frame.filter(~holds.fill_null(True))
    keys = list(table.key) or frame.columns[:1]
    shown = bad.head(bad.height if sample is None else sample).select(
        key=pl.concat_str([pl.col(k).cast(pl.String).fill_null("NULL") for k in keys], separator="#"),
        value=pl.col(column).cast(pl.String, strict=False).fill_null("NULL") if column else pl.lit(""),
    )
    return bad.height, tuple(shown.iter_rows())
