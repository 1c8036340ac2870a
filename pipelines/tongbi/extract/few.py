"""Rules that look at few rows pay for few rows."""

from __future__ import annotations

import polars as pl


def few(rows: pl.DataFrame, where: pl.Expr, columns: list[str], **made: pl.Expr) -> pl.DataFrame:
    """Adds columns made from `columns` in the rows where a condition holds; NULL in the others."""
    mask = rows.select(where.fill_null(False)).to_series()
    part = rows.select(columns).filter(mask).with_columns(**made).select(list(made))
    if part.is_empty():
        return rows.with_columns(*[pl.lit(None, part.schema[c]).alias(c) for c in made])
    place = pl.select(pl.when(mask).then(mask.cum_sum().cast(pl.UInt32) - 1)).to_series()
    return rows.with_columns(*[part[c].gather(place).alias(c) for c in made])
