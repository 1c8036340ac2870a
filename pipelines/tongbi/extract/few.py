"""Rules that look at few rows pay for few rows. What is not an expression goes past the query engine: each query has its price."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

Make = Callable[[pl.DataFrame], pl.DataFrame]
Where = pl.Expr | tuple[pl.Expr, ...]  # of several conditions each is asked only where those before it hold


def few(rows: pl.DataFrame, where: Where, columns: list[str], **made: pl.Expr) -> pl.DataFrame:
    """Adds columns made from `columns` in the rows where a condition holds; NULL in the others."""
    return part(rows, where, columns, lambda few: few.with_columns(**made)[list(made)])


def mend(rows: pl.DataFrame, where: Where, columns: list[str], **made: pl.Expr) -> pl.DataFrame:
    """Changes columns in the rows where a condition holds, unless to NULL."""
    return mend_part(rows, where, columns, lambda few: few.with_columns(**made)[list(made)])


def change(rows: pl.DataFrame, where: Where, columns: list[str], **made: pl.Expr) -> pl.DataFrame:
    """Changes columns in the rows where a condition holds, also to NULL."""
    at = places(rows, where)
    changed = take(rows[columns], at).with_columns(**made)
    return put(rows, [rows[c].clone().scatter(at, changed[c]) for c in made])


def part(rows: pl.DataFrame, where: Where, columns: list[str], make: Make) -> pl.DataFrame:
    """`few` with a function of the frame of the few rows, which gives the columns made."""
    at = places(rows, where)
    return put(rows, spread(at, rows.height, make(take(rows[columns], at))))


def mend_part(rows: pl.DataFrame, where: Where, columns: list[str], make: Make) -> pl.DataFrame:
    """`mend` with a function of the frame of the few rows, which gives the columns to change."""
    at = places(rows, where)
    return put(rows, [_mended(rows[c.name], at, c) for c in make(take(rows[columns], at))])


def each(rows: pl.DataFrame, column: str, make: Make) -> pl.DataFrame:
    """Adds what `make` reads in each distinct value of a column, and the number of the value as `{column}_no`."""
    firsts, at = _distinct(rows[column])
    return put(rows, [at.alias(f"{column}_no"), *take(make(take(rows[[column]], firsts)).drop(column), at)])


def once(rows: pl.DataFrame, key: pl.Expr, columns: list[str], make: Make) -> pl.DataFrame:
    """Adds what `make` reads in one row of each key, which says all that it asks of `columns`."""
    firsts, at = _distinct(rows.select(key).to_series())
    return put(rows, take(make(take(rows[columns], firsts)), at))


def _distinct(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The place of the first of each value, and for every row which of those is its value's."""
    values = values.alias("value")
    firsts = values.arg_unique()
    numbers = pl.DataFrame([values[firsts], pl.int_range(firsts.len(), dtype=pl.UInt32, eager=True).alias("number")])
    return firsts, values.to_frame().join(numbers, on="value", how="left", maintain_order="left")["number"]


def places(rows: pl.DataFrame, where: Where) -> pl.Series:
    """The places of the rows where a condition holds."""
    first, *others = where if isinstance(where, tuple) else (where,)
    at = rows.select(first.arg_true()).to_series()
    for condition in others:
        at = at.filter(take(rows[condition.meta.root_names()], at).select(condition).to_series())
    return at


def take(rows: pl.DataFrame, at: pl.Series) -> pl.DataFrame:
    """The rows of these places; column by column, without the thread pool. What lies in several chunks is gathered far more slowly."""
    return pl.DataFrame([column.rechunk()[at] for column in rows])


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
