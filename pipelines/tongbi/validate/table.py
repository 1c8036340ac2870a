"""How a table is defined: one pandera schema from which DDL, comments, checks and the data dictionary derive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandera.polars as pa
import polars as pl

DECIMAL = pl.Decimal(38, 6)
SQL_TYPES = {
    pl.String: "VARCHAR", pl.Int64: "BIGINT", pl.Boolean: "BOOLEAN", pl.Date: "DATE", pl.Float64: "DOUBLE",
    pl.Datetime("us"): "TIMESTAMP", DECIMAL: "DECIMAL(38,6)",
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A claim about several columns of one row: `holds` is true, or NULL, where the row keeps it."""

    id: str
    sentence: str
    sentence_zh: str
    holds: pl.Expr
    dimension: str = "consistency"


@dataclass(frozen=True)
class Table:
    """One table of the warehouse; `model` is its pandera schema, `key` its identity."""

    name: str
    schema: str
    model: pa.DataFrameSchema
    key: tuple[str, ...]
    comment: str
    rules: tuple[Rule, ...] = ()

    @property
    def columns(self) -> list[str]:
        return list(self.model.columns)

    def ddl(self) -> str:
        """`create table` with the types of the contract; what they promise is proven by checks, not constraints."""
        body = ",\n".join(f'    "{name}" {SQL_TYPES[column.dtype.type]}{_storage(column)}' for name, column in self.model.columns.items())
        return f"create table {self.schema}.{self.name} (\n{body}\n)"

    def comments(self) -> list[str]:
        """`comment on` statements in English with the Chinese term."""
        where = f"{self.schema}.{self.name}"
        said = [f"comment on table {where} is {_quoted(self.comment)}"]
        said += [f'comment on column {where}."{n}" is {_quoted(c.description)}' for n, c in self.model.columns.items()]
        return said

    def polars_schema(self) -> dict[str, pl.DataType]:
        return {name: column.dtype.type for name, column in self.model.columns.items()}


def _storage(column: pa.Column) -> str:
    return "" if (column.metadata or {}).get("compress", True) else " using compression uncompressed"


def _quoted(text: str | None) -> str:
    return "'" + (text or "").replace("'", "''") + "'"


def column(
    dtype: Any, en: str, zh: str, *checks: pa.Check, null: bool = False, codes: tuple[str, ...] | None = None, compress: bool = True
) -> pa.Column:
    """One column: its type, what it means in both languages, whether it may be missing, which codes it takes, whether it is compressed.

    DuckDB decompresses thousands of rows to read one, which costs seconds where they are long texts; of a column that is not, it reads the rows asked for.
    """
    every = [*([pa.Check.isin(list(codes))] if codes else []), *checks]
    return pa.Column(dtype, every, nullable=null, description=f"{en} · {zh}", metadata={"compress": compress})


def table(
    name: str, comment: str, key: tuple[str, ...], columns: dict[str, pa.Column], rules: tuple[Rule, ...] = (), schema: str = "core"
) -> Table:
    """A table whose rows are unique by `key` and keep every rule."""
    checks = [_check(rule) for rule in rules]
    model = pa.DataFrameSchema(columns, checks=checks, unique=list(key) or None, strict=True, ordered=True, name=name, description=comment)
    return Table(name, schema, model, key, comment, rules)


def _check(rule: Rule) -> pa.Check:
    return pa.Check(lambda data: data.lazyframe.select(rule.holds.fill_null(True)), name=rule.id, description=rule.sentence)
