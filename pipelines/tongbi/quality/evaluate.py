"""One evaluation of a new, unpublished warehouse file: every check, the verdict, and the record of it."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import duckdb
import polars as pl

from tongbi.quality import canaries, drift, gold, history, metrics, sqlchecks, trend
from tongbi.quality.judge import check_results, from_outcome, with_canary
from tongbi.quality.verdict import CheckResult, Failure, Run, Verdict
from tongbi.settings import Settings
from tongbi.shards import Manifest
from tongbi.validate import CORE, claims, outcomes

GLOBAL = ("sources", "source_texts", "documents", "indicators", "units")  # tables that no shard holds whole
HEADS = {"source_texts": "source_id, left(text, 1) as text"}  # its claims need no more of a text


def evaluate(con: duckdb.DuckDBPyConnection, settings: Settings, run: Run, manifests: dict[str, list[Manifest]], frames: Any) -> Verdict:
    """Judge what `con` holds and write the record, into `settings.history_dir` and into schema `quality` of `con`.

    `con`: core tables and marts built, `quality.*` there and empty. `manifests`: of each stage. `frames`: what was decided over all shards.
    On status `fail` the caller must not publish; the history keeps the run all the same.
    """
    sqlchecks.offer(con, (row for m in manifests.get("documents", []) for row in m.extra.get("declared", [])))
    before = history.last_metrics(settings)
    found = global_checks(con)
    with ThreadPoolExecutor(1) as beside:  # canaries have a database of their own
        firing = beside.submit(canaries.fire, canaries.make_world(con))
        found += [*whole(con, shard_checks(manifests)), *sqlchecks.run_all(con)]
        numbers = {**metrics.measure(con), **gold.metrics(settings, run), **drift.measure(con, settings, run)}
        fired = {**firing.result(), **trend.canaries()}
    found += trend.run(numbers, before)
    verdict = decide([with_canary(c, fired.get(c.check_id, False)) for c in found], release_id(con, run))
    history.append(settings, run, verdict, counts(con), numbers, datetime.now(UTC).replace(tzinfo=None))
    if verdict.status != "fail":
        drift.keep(con, settings, run)
    history.load(con, settings)
    return verdict


def whole(con: duckdb.DuckDBPyConnection, found: list[CheckResult]) -> list[CheckResult]:
    """Results whose shards kept only the first failing rows, with all of them; looked up again where any are missing."""
    short = {c.check_id for c in found if len(c.failures) < c.rows_failed}
    for table in CORE:
        mine = {check_id for check_id, _ in claims(table)} & short
        if mine:
            frame = con.sql(f"select * from core.{table.name}").pl().cast(dict(table.polars_schema()), strict=False)
            again = {o.check_id: o for o in outcomes(frame, table, sample=None) if o.check_id in mine}
            found = [
                replace(c, failures=tuple(Failure(k, v) for k, v in again[c.check_id].failures)) if c.check_id in again else c
                for c in found
            ]
    return found


def shard_checks(manifests: dict[str, list[Manifest]]) -> list[CheckResult]:
    """Outcomes of all shards, summed per check; claims about tables that are proven whole are left to `global_checks`."""
    found = [r for stage, shards in manifests.items() for r in check_results(stage, shards)]
    return [r for r in found if r.table_name not in GLOBAL or r.check_id == "documents.tile"]


def global_checks(con: duckdb.DuckDBPyConnection) -> list[CheckResult]:
    """The models of the small tables, on what is in the new file."""
    found = []
    for table in CORE:
        if table.name in GLOBAL:
            frame = (
                con.sql(f"select {HEADS.get(table.name, '*')} from core.{table.name}")
                .pl()
                .cast(_strict(table.polars_schema()), strict=False)
            )
            found += [from_outcome(o.as_dict()) for o in outcomes(frame, table)]
    return found


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    return {name: dtype for name, dtype in schema.items() if isinstance(dtype, pl.Datetime)}


def decide(checks: list[CheckResult], release: str) -> Verdict:
    """The verdict on the whole: fails with any failed check, warns with any warning."""
    errors = tuple(_said(c) for c in checks if c.status == "fail")
    warnings = tuple(_said(c) for c in checks if c.status == "warn")
    status = "fail" if errors else "warn" if warnings else "pass"
    return Verdict(status, None if errors else release, errors, warnings, tuple(checks))


def _said(check: CheckResult) -> str:
    if check.canary_fired is False:
        return f"the check {check.check_id} did not find the fault planted for it: it is switched off or broken"
    first = check.failures[0] if check.failures else None
    example = f", first {first.row_key}" + (f": {first.detail or first.value}" if first.detail or first.value else "") if first else ""
    return f"{check.sentence}: not so for {check.rows_failed:,} of {check.rows_tested:,} rows{example} ({check.check_id})"


def release_id(con: duckdb.DuckDBPyConnection, run: Run) -> str:
    """The same sources, code and rules give the same release."""
    rows = con.execute("select path, sha256, status from core.sources order by path").fetchall()
    rows += con.execute("select * from core.settings").fetchall()
    return hashlib.sha256(repr((rows, run.code_version, run.rules_version)).encode("utf-8", "surrogateescape")).hexdigest()[:12]


def counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of the tables that the record counts."""
    names = ("sources", "documents", "mentions", "observations")
    return {name: con.execute(f"select count(*) from core.{name}").fetchall()[0][0] for name in names}
