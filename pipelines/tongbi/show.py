"""How the command line shows things: tables whose Chinese columns align, numbers without idle zeros."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(value: Any) -> str:
    """A cell as a person reads it: 12.300000 is 12.3, NULL is empty."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\n", "⏎")


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], console: Console, limit: int = 200) -> None:
    """Rows as a table; more than `limit` are counted, not shown."""
    rows = list(rows)
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, name in enumerate(columns):
        numeric = any(isinstance(row[i], (int, float, Decimal)) and not isinstance(row[i], bool) for row in rows[:limit])
        shown.add_column(escape(name), justify="right" if numeric else "left", overflow="fold")
    for row in rows[:limit]:
        shown.add_row(*(escape(plain(cell)) for cell in row))
    console.print(shown)
    if len(rows) > limit:
        console.print(f"… and {len(rows) - limit:,} more rows: use --format csv -o FILE for all of them")


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["'" + c if isinstance(c, str) and c.startswith(FORMULA) else "" if c is None else c for c in row])
    return out.getvalue()


def as_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A JSON list of objects; decimals as numbers, days as ISO text."""
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1, default=_jsonable) + "\n"


def _jsonable(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)
