"""Rules that look at few rows pay for few rows. What is not an expression goes past the query engine: each query has its price."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

Make = Callable[[pl.DataFrame], pl.DataFrame]


def few(rows: pl.DataFrame, where: pl.Expr, columns: list[str], **made: pl.Expr) -> pl.DataFrame:
    """Adds columns made from `columns` in the rows where a condition holds; NULL in the others."""
    return part(rows, where, columns, lambda few: few.with_columns(**made)[list(made)])


def mend(rows: pl.DataFrame, where: pl.Expr, columns: list[str], **made: pl.Expr) -> pl.DataFrame:
    """Changes columns in the rows where a condition holds, unless to NULL."""
    return mend_part(rows, where, columns, lambda few: few.with_columns(**made)[list(made)])


def change(rows: pl.DataFrame, where: pl.Expr, columns: list[str], **made: pl.Expr) -> pl.DataFrame:
    """Changes columns in the rows where a condition holds, also to NULL."""
    at = rows.select(where).to_series().arg_true()
    changed = take(rows[columns], at).with_columns(**made)
    return put(rows, [rows[c].clone().scatter(at, changed[c]) for c in made])


def part(rows: pl.DataFrame, where: pl.Expr, columns: list[str], make: Make) -> pl.DataFrame:
    """`few` with a function of the frame of the few rows, which gives the columns made."""
    at = rows.select(where).to_series().arg_true()
    return put(rows, spread(at, rows.height, make(take(rows[columns], at))))


def mend_part(rows: pl.DataFrame, where: pl.Expr, columns: list[str], make: Make) -> pl.DataFrame:
    """`mend` with a function of the frame of the few rows, which gives the columns to change."""
    at = rows.select(where).to_series().arg_true()
    return put(rows, [_mended(rows[c.name], at, c) for c in make(take(rows[columns], at))])


def take(rows: pl.DataFrame, at: pl.Series) -> pl.DataFrame:
    """The rows of these places; column by column, without the thread pool."""
    return pl.DataFrame([column[at] for column in rows])


def spread(at: pl.Series, height: int, part: pl.DataFrame) -> list[pl.Series]:
    """The columns of `part`, whose rows belong to the places `at` of a longer frame; NULL elsewhere."""
    return [pl.Series(c.name, [None], c.dtype).new_from_index(0, height).scatter(at, c) for c in part]


def put(rows: pl.DataFrame, columns: Iterable[pl.Series]) -> pl.DataFrame:
    """The frame with these columns, instead of those of their names."""
    rows = rows.clone()
    names = set(rows.columns)
    for column in columns:
        if column.name in names:
            rows.replace_column(rows.get_column_index(column.name), column)
        else:
            rows.insert_column(rows.width, column)
    return rows


def without(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The frame without these columns."""
    return rows[[c for c in rows.columns if c not in columns]]


def _mended(old: pl.Series, at: pl.Series, new: pl.Series) -> pl.Series:
    if new.null_count():
        at, new = at.filter(new.is_not_null()), new.drop_nulls()
    return old.clone().scatter(at, new)
