"""The record over runs: one Parquet file per run and table under `history/`, loaded into schema `quality` at every publish."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from tongbi.quality.verdict import Run, Verdict
from tongbi.settings import Settings
from tongbi.validate import CHECKS, RECORD, Table

KEPT = {"runs": 200, "checks": 30, "metrics": 60, "failures": 3}  # runs that are loaded; all stay in the history


def append(
    settings: Settings, run: Run, verdict: Verdict, counts: dict[str, int], metrics: dict[str, float | None], finished: datetime
) -> None:
    """Write what one run came to; every file whole or not there."""
    head = {
        "run_id": run.run_id, "started_at": run.started_at, "finished_at": finished, "code_version": run.code_version,
        "rules_version": run.rules_version, "release_id": verdict.release_id, "verdict": verdict.status, **counts,
    }  # fmt: skip
    checks = [{"run_id": run.run_id, **{c: getattr(k, c) for c in _columns("checks") if c != "run_id"}} for k in verdict.checks]
    failures = [
        {"run_id": run.run_id, "check_id": k.check_id, "row_key": f.row_key, "value": f.value, "detail": f.detail, "detail_zh": f.detail_zh}
        for k in verdict.checks
        for f in k.failures
    ]
    numbers = [{"run_id": run.run_id, "metric": m, "value": v} for m, v in metrics.items()]
    name = f"{run.started_at:%Y%m%dT%H%M%S%f}-{_plain(run.run_id)}.parquet"
    for table, rows in (
        ("checks", checks),
        ("failures", failures),
        ("metrics", numbers),
        ("runs", [head]),
    ):  # runs last: it makes the run known
        _write(settings.history_dir / table / name, _table(table), rows)


def _plain(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())[:12]


def _table(name: str) -> Table:
    return next(t for t in RECORD if t.name == name)


def _columns(name: str) -> list[str]:
    return _table(name).columns


def _write(path: Path, table: Table, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    frame = pl.DataFrame(rows, schema=table.polars_schema(), orient="row", infer_schema_length=None)
    temporary = path.with_name(f".{path.name}.tmp{os.getpid()}")
    frame.write_parquet(temporary, compression="zstd")
    os.replace(temporary, path)


def files(settings: Settings, table: str) -> list[Path]:
    """The files of one table, oldest first; names begin with the start of the run."""
    return sorted((settings.history_dir / table).glob("[0-9]*.parquet"))


def last_metrics(settings: Settings) -> dict[str, float | None]:
    """The metrics of the last run that was published; empty if there is none."""
    for head in reversed(files(settings, "runs")):
        if pl.read_parquet(head, columns=["release_id"])["release_id"][0] is None:
            continue
        numbers = settings.history_dir / "metrics" / head.name
        return dict(pl.read_parquet(numbers, columns=["metric", "value"]).iter_rows()) if numbers.exists() else {}
    return {}


def load(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Fill `quality.*` of a new file from the history and define `main.quality_latest`: the checks of the last run."""
    known = {p.name for p in files(settings, "runs")}
    for table in RECORD:
        kept = [p for p in files(settings, table.name) if p.name in known][-KEPT[table.name] :]
        if kept:
            paths = ", ".join("'" + str(p).replace("'", "''") + "'" for p in kept)
            con.execute(f"insert into {table.schema}.{table.name} by name select * from read_parquet([{paths}], union_by_name = true)")
    con.execute(
        "create or replace view main.quality_latest as select c.* from quality.checks as c "
        "where c.run_id = (select r.run_id from quality.runs as r order by r.started_at desc limit 1)"
    )
    con.execute("comment on view main.quality_latest is 'The checks of the last run · 最近一次运行的质量检查'")
    for name, column in CHECKS.model.columns.items():
        con.execute(f"comment on column main.quality_latest.{name} is '{column.description}'")
