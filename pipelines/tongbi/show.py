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
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

WIDEST = 60  # a column may fold beyond this
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
    """Rows as a table, or one under the other where they are wider than the screen; more than `limit` are counted, not shown."""
    rows = list(rows)
    cells = [[plain(cell) for cell in row] for row in rows[:limit]]
    width = sum(min(WIDEST, max(map(cell_len, column))) + 3 for column in zip(columns, *cells, strict=True))
    if width > console.width and len(columns) > 1 and rows:
        shown = min(len(cells), max(3, limit // len(columns)))
        _records(columns, cells[:shown], console)
    else:
        shown = len(cells)
        _grid(columns, rows, cells, console)
    if len(rows) > shown:
        console.print(f"… and {len(rows) - shown:,} more rows: use --format csv -o FILE for all of them", highlight=False)


def _grid(columns: Sequence[str], rows: Sequence[Sequence[Any]], cells: Sequence[Sequence[str]], console: Console) -> None:
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i, name in enumerate(columns):
        numeric = any(isinstance(row[i], (int, float, Decimal)) and not isinstance(row[i], bool) for row in rows[: len(cells)])
        grid.add_column(escape(name), justify="right" if numeric else "left", overflow="fold")
    for row in cells:
        grid.add_row(*map(escape, row))
    console.print(grid)


def _records(columns: Sequence[str], cells: Sequence[Sequence[str]], console: Console) -> None:
    """Each row under its number, a line a column."""
    for number, row in enumerate(cells, 1):
        record = Table(box=None, show_header=False, pad_edge=False, title=f"row {number}", title_justify="left", title_style="bold")
        record.add_column(no_wrap=True, style="dim")
        record.add_column(overflow="fold")
        for name, cell in zip(columns, row, strict=True):
            record.add_row(escape(name), escape(cell))
        console.print(record)
        console.print()


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
