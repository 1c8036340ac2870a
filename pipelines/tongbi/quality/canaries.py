"""Every check on a planted fault, on every run: a check that does not find it is itself broken.

SQL checks run on a small sound world with one fault planted in a transaction; claims of the models on frames with one fault a row.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from typing import Any

import duckdb
import polars as pl

from tongbi.quality import sqlchecks
from tongbi.quality.registry import DATA
from tongbi.validate import CORE, RECORD, Table, outcomes, promises

Expected = dict[str, str]  # check id -> the key of the row that must be found


def run(con: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    """Which checks found what was planted for them. `con` tells what columns the marts have; nothing is written to it."""
    return fire(make_world(con))


def fire(world: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    """Plant every fault in a world from `make_world` and close it."""
    try:
        fired = {check.check_id: _sql_fires(world, check) for check in sqlchecks.load()}
        for table in CORE:
            fired |= _model_fires(world, table)
    finally:
        world.close()
    return fired | {check_id: _found_any(plant) for check_id, plant in PROMISES.items()}


def make_world(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A database in memory with every table of the warehouse: a few sound rows in `core`, the marts empty."""
    world = duckdb.connect(":memory:")
    world.execute("set threads = 1; create schema core; create schema quality; create schema steps")
    for table in (*CORE, *RECORD):
        world.execute(table.ddl())
    world.execute("create table core.settings (rate_tolerance decimal(38,6), level_tolerance decimal(38,6))")
    columns = con.execute(
        "select schema_name || '.' || table_name, string_agg('\"' || column_name || '\" ' || data_type, ', ' order by column_index) from duckdb_columns() "
        "where schema_name in ('main', 'steps') and not internal and database_name = current_database() and table_name <> 'quality_latest' group by schema_name, table_name"
    ).fetchall()
    world.execute(sqlchecks.DECLARED + "".join(f"; create table {name} ({body})" for name, body in columns))
    world.execute((DATA / "canary_world.sql").read_text(encoding="utf-8"))
    return world


def _holds(test: Callable[[], bool]) -> bool:
    """Whether a test holds; one that cannot run does not."""
    try:
        return test()
    except Exception:  # whatever stops a canary, it has not fired
        return False


def _found_any(plant: Callable[[], Any]) -> bool:
    return _holds(lambda: plant().rows_failed > 0)


def _sql_fires(world: duckdb.DuckDBPyConnection, check: sqlchecks.SqlCheck) -> bool:
    def test() -> bool:
        world.execute("begin")
        try:
            world.execute(check.canary)
            return len(world.execute(check.query).fetchall()) > 0
        finally:
            world.execute("rollback")

    return bool(check.canary) and _holds(test)


def _model_fires(world: duckdb.DuckDBPyConnection, table: Table) -> dict[str, bool]:
    """The claims of one model: in one frame a fault a row, then all types wrong and a column too many."""
    sound = world.sql(f"select * from core.{table.name} limit 1").pl().cast(dict(table.polars_schema()))
    found: dict[str, bool] = {}
    frame, expected = poisoned(table, sound)
    keys = {o.check_id: {k for k, _ in o.failures} for o in _outcomes(frame, table)}
    for check_id, key in expected.items():
        found[check_id] = key in keys.get(check_id, set())
    wrong = sound.select(pl.lit(1, pl.Int32).alias(n) if d == pl.String else pl.lit("x").alias(n) for n, d in table.polars_schema().items())
    broken = {o.check_id for o in _outcomes(wrong.with_columns(stranger=1), table) if o.rows_failed}
    return found | {
        check_id: check_id in broken for check_id in (f"{table.name}.columns", *(f"{table.name}.{n}.type" for n in table.columns))
    }


def _outcomes(frame: pl.DataFrame, table: Table) -> list[Any]:
    try:
        return outcomes(frame, table)
    except Exception:  # whatever stops a canary, it has not fired
        return []


def poisoned(table: Table, sound: pl.DataFrame) -> tuple[pl.DataFrame, Expected]:
    """One row per claim about values, each sound but for that claim, and the key of the row that each claim must find."""
    faults: list[tuple[str, dict[str, Any]]] = []
    for name, column in table.model.columns.items():
        if not column.nullable:
            faults.append((f"{table.name}.{name}.present", {name: None}))
        faults += [(f"{table.name}.{name}.{check.name}", {name: _breaks(check)}) for check in column.checks]
    faults += [(f"{table.name}.{rule.id}", _fault(table.name, rule.id)) for rule in table.rules]
    faults += [(f"{table.name}.key", {table.key[0]: "twice"})] * 2
    base = sound.to_dicts()[0]
    rows = [{**base, table.key[0]: f"canary {i}", **fault} for i, (_, fault) in enumerate(faults)]
    expected = {
        check_id: "#".join("NULL" if row[k] is None else str(row[k]) for k in table.key)
        for (check_id, _), row in zip(faults, rows, strict=True)
    }
    return pl.DataFrame(rows, schema=table.polars_schema(), orient="row"), expected


def _breaks(check: Any) -> Any:
    """A value that a column's own check must refuse."""
    told = check.statistics or {}
    if check.name == "greater_than_or_equal_to":
        return told["min_value"] - 1
    if check.name == "in_range":
        return told["max_value"] + 1
    return "" if check.name == "str_length" else "?"


def _fault(table: str, rule: str) -> dict[str, Any]:
    """The cells that break a rule; an empty text stands for NULL, which TOML has not."""
    return {k: None if v == "" else v for k, v in _rule_faults().get(table, {}).get(rule, {}).items()}


@cache
def _rule_faults() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads((DATA / "canaries.toml").read_text(encoding="utf-8"))


def _small() -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """One text with two numerals, in one report: mentions, texts, documents."""
    texts = pl.DataFrame({"source_id": ["s"], "text": ["全年完成12件，增长3%。"]})
    documents = pl.DataFrame({"document_id": ["d"], "source_id": ["s"], "char_start": [0], "char_end": [13]})
    mentions = pl.DataFrame(
        {"mention_id": ["a", "b"], "document_id": ["d", "d"], "char_start": [4, 10], "char_end": [7, 12], "surface": ["12件", "3%"]}
    )
    return mentions, texts, documents


def _spans() -> Any:
    mentions, texts, documents = _small()
    return promises.spans_true(
        mentions.with_columns(char_start=pl.col("char_start") + 1, char_end=pl.col("char_end") + 1), texts, documents
    )


def _ledger() -> Any:
    mentions, texts, documents = _small()
    return promises.ledger_complete(mentions.head(1), texts, documents)


def _tiles(check_id: str, table: str) -> Any:
    whole = _small()[2].select(by="document_id", char_start="char_start", char_end="char_end")
    parts = pl.DataFrame({"by": ["d", "d"], "char_start": [0, 6], "char_end": [5, 13]})
    return promises.tiles(parts, whole, "by", check_id, table)


PROMISES: dict[str, Callable[[], Any]] = {
    "mentions.spans_true": _spans,
    "mentions.ledger_complete": _ledger,
    "documents.tile": lambda: _tiles("documents.tile", "documents"),
    "sections.leaves_tile": lambda: _tiles("sections.leaves_tile", "sections"),
}
