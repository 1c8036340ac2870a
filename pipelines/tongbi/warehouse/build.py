"""Parquet shards -> a new DuckDB file: core tables, then the views people query, every one with its comments."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from tongbi import resolve
from tongbi.extract.lexicon import units
from tongbi.settings import SQL_DIR, Settings
from tongbi.stages import INPUTS, current
from tongbi.validate import CORE, OBSERVATIONS, RECORD, Table

MARTS = SQL_DIR / "marts"
COPIED = {name: column.description or "" for name, column in OBSERVATIONS.model.columns.items()}  # columns as they are in core.observations
ORDER = ("sources", "units", "documents", "source_texts", "sections", "mentions", "observations", "indicators")


@dataclass(frozen=True)
class Frames:
    """What is decided over all shards at once, in frames: `sources`, resolved `documents`."""

    sources: pl.DataFrame
    documents: pl.DataFrame


def resolved(settings: Settings, sources: pl.DataFrame) -> Frames:
    """The global step: reports of loaded sources with the organisations they belong to over the years."""
    loaded = sources.filter(pl.col("status") == "loaded")["source_id"]
    shards = [pl.read_parquet(path) for path in current(settings, "documents")]
    empty = next(t for t in CORE if t.name == "documents").polars_schema()
    documents = pl.concat(shards) if shards else pl.DataFrame(schema=empty)
    documents = documents.filter(pl.col("source_id").is_in(loaded.implode()))
    return Frames(sources, resolve.organisations(documents, sources))


def new_file(settings: Settings) -> Path:
    """Where the next warehouse is built, beside the published one."""
    path = settings.database.with_suffix(".new.duckdb")
    for left in (path, path.with_name(path.name + ".wal")):
        left.unlink(missing_ok=True)
    return path


def build(settings: Settings, frames: Frames, path: Path) -> duckdb.DuckDBPyConnection:
    """Make a new warehouse file at `path` from the current shards; returns the open connection to it."""
    con = duckdb.connect(str(path))
    con.execute(f"set memory_limit = '{settings.memory}'")
    con.execute("create schema core; create schema quality")
    _offer(con, settings, frames)
    by_name = {t.name: t for t in CORE}
    for name in ORDER:
        _load(con, by_name[name], (SQL_DIR / "core" / f"{name}.sql").read_text(encoding="utf-8"))
    for table in RECORD:
        _load(con, table, None)
    _settings(con, settings)
    marts(con)
    return con


def _settings(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """One row: the tolerances that the views use."""
    con.execute(f"create table core.settings as select {settings.rate_tolerance}::decimal(38,6) as rate_tolerance, "
                f"{settings.level_tolerance}::decimal(38,6) as level_tolerance")  # fmt: skip
    con.execute("comment on table core.settings is 'Tolerances that the views use · 容差设置'")
    con.execute("comment on column core.settings.rate_tolerance is '左右 of a rate, in percentage points · 比率容差（个百分点）'")
    con.execute("comment on column core.settings.level_tolerance is '左右 of a level, as a share of the target · 数值容差（比例）'")


def _offer(con: duckdb.DuckDBPyConnection, settings: Settings, frames: Frames) -> None:
    """Give the core loads their inputs: frames as `frame_…`, shard files as variables."""
    con.register("frame_sources", frames.sources)
    con.register("frame_documents", frames.documents)
    con.register("frame_units", units())
    con.register("frame_catalogue", resolve.catalogue())
    for stage in ("texts", *INPUTS):
        con.execute(f"set variable {stage} = {_list(current(settings, stage))}")


def _list(paths: Iterable[Path]) -> str:
    quoted = ", ".join("'" + str(p).replace("'", "''") + "'" for p in paths)
    return f"[{quoted}]"


def _load(con: duckdb.DuckDBPyConnection, table: Table, select: str | None) -> None:
    """Create a table with the contract's types, fill it, comment it. Without shards a table is there and empty."""
    con.execute(table.ddl())
    variable = select.split("getvariable('")[1].split("'")[0] if select and "getvariable('" in select else None
    if select and (variable is None or con.execute(f"select len(getvariable('{variable}'))").fetchall()[0][0]):
        con.execute(f"insert into {table.schema}.{table.name} by name {select}")
    for comment in table.comments():
        con.execute(comment)


def marts(con: duckdb.DuckDBPyConnection, tell: Callable[[str], None] = lambda _: None) -> None:
    """Create what people query first, in `main`, and the steps it is made in, in `steps`, in the order of order.txt; `tell` hears what is done."""
    con.execute("create schema steps")
    for line in (MARTS / "order.txt").read_text(encoding="utf-8").split():
        where, form = mart(con, line)
        told = COPIED | _columns("series") | _comments(line.rpartition(".")[2])
        con.execute(f"comment on {form} {where} is {_quote(told.pop('', where))}")
        described = con.execute(f"select column_name from (describe {where})").fetchall()
        for (column,) in described:
            if column in told:
                con.execute(f'comment on column {where}."{column}" is {_quote(told[column])}')
        tell(where)


def mart(con: duckdb.DuckDBPyConnection, line: str) -> tuple[str, str]:
    """Create one of them, a file of sql/marts: a view, or a table where a view would be slow. Returns its full name and which it is."""
    schema, _, name = line.rpartition(".")
    where = f"{schema or 'main'}.{name}"
    select = (MARTS / f"{name}.sql").read_text(encoding="utf-8")
    head = [line.strip() for line in select.splitlines()[:4]]
    form = "table" if "-- table" in head else "view"
    if any(line.startswith("-- joins as written") for line in head):
        # DuckDB would hold the texts in memory, which are few rows, and pass the many small figures by them
        con.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
    con.execute(f"create {form} {where} as {select}")
    con.execute("reset disabled_optimizers")
    return where, form


def _columns(view: str) -> dict[str, str]:
    """What columns of a view mean where another view has them."""
    return {column: comment for column, comment in _comments(view).items() if column}


def _comments(view: str) -> dict[str, str]:
    with (MARTS / "comments.csv").open(encoding="utf-8", newline="") as f:
        return {row["column"]: row["comment"] for row in csv.DictReader(f) if row["view"] == view}


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
