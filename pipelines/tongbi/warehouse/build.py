"""Parquet shards -> a new DuckDB file: core tables, then the views people query, every one with its comments."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from tongbi import resolve
from tongbi.extract.lexicon import units
from tongbi.settings import SQL_DIR, Settings
from tongbi.stages import INPUTS, current
from tongbi.validate import CORE, RECORD, Table

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


def marts(con: duckdb.DuckDBPyConnection) -> None:
    """Create what people query first, in `main`, and the steps it is made in, in `steps`: each file of sql/marts one view,
    or a table where a view would be slow, in the order of order.txt."""
    folder = SQL_DIR / "marts"
    con.execute("create schema steps")
    for line in (folder / "order.txt").read_text(encoding="utf-8").split():
        schema, _, name = line.rpartition(".")
        where = f"{schema or 'main'}.{name}"
        select = (folder / f"{name}.sql").read_text(encoding="utf-8")
        form = "table" if any(line.strip() == "-- table" for line in select.splitlines()[:4]) else "view"
        con.execute(f"create {form} {where} as {select}")
        told = _comments(name)
        con.execute(f"comment on {form} {where} is {_quote(told.pop('', name))}")
        described = con.execute(f"select column_name from (describe {where})").fetchall()
        for (column,) in described:
            if column in told:
                con.execute(f'comment on column {where}."{column}" is {_quote(told[column])}')


def _comments(view: str) -> dict[str, str]:
    with (SQL_DIR / "marts" / "comments.csv").open(encoding="utf-8", newline="") as f:
        return {row["column"]: row["comment"] for row in csv.DictReader(f) if row["view"] == view}


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
