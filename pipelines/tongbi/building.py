"""`tongbi build` as a person sees it: progress while it runs, then what was built and what to look at."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import polars as pl
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from tongbi.settings import Settings
from tongbi.shards import Manifest
from tongbi.workshop import Workshop

STAGES = {"sources": "reading files", "documents": "finding reports", "sections": "reading outlines", "mentions": "reading numerals",
          "observations": "reading indicators"}  # fmt: skip


def build_and_tell(settings: Settings, out: Console, err: Console) -> str:
    """Build, show progress, say what came of it. Returns the verdict: pass, warn or fail."""
    begun = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("shards"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        gc.disable()  # loading Dagster makes a million objects that stay: looking through them again and again costs a second
        from tongbi.run import build  # after the bar is up: loading takes a second

        gc.freeze()
        gc.enable()

        built = build(settings, _teller(bar), lambda sentence: err.print(sentence, markup=False, highlight=False, soft_wrap=True))
    if built.error or built.shop is None:
        err.print(f"tongbi: {built.error or 'the run did not start'}", markup=False, highlight=False, soft_wrap=True)
        return "fail"
    _summary(settings, built.shop, time.monotonic() - begun, out)
    return built.shop.verdict.status if built.shop.verdict else "fail"


def _teller(bar: Progress) -> Callable[[str, Manifest, int], None]:
    tasks: dict[str, TaskID] = {}

    def tell(stage: str, _manifest: Manifest, of: int) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(STAGES[stage], total=of)
        bar.advance(tasks[stage])

    return tell


def _summary(settings: Settings, shop: Workshop, seconds: float, out: Console) -> None:
    """Files, reports, numerals, indicators; what could not be read; what the checks say."""

    def line(text: str) -> None:
        out.print(text, markup=False, highlight=False, soft_wrap=True)

    sources = shop.sources()
    counts = dict(sources.group_by("status").len().iter_rows())
    rows = {stage: sum(m.rows for m in manifests) for stage, manifests in shop.manifests.items()}
    every = [m for manifests in shop.manifests.values() for m in manifests]
    reused = sum(m.reused for m in every)
    line(
        f"{sources.height} files: {counts.get('loaded', 0)} loaded, {counts.get('duplicate', 0)} duplicate, {counts.get('quarantined', 0)} quarantined"
    )
    line(f"{rows.get('documents', 0)} reports, {rows.get('mentions', 0):,} numerals, {rows.get('observations', 0):,} observations")
    for row in sources.filter(pl.col("status") != "loaded").iter_rows(named=True):
        why = row["error"] or f"the same text as {_path(sources, row['duplicate_of'])}"
        line(f"  {row['status']}: {row['path']}: {why}")
    line(f"shards: {reused} reused, {len(every) - reused} recomputed")
    verdict = shop.verdict
    if verdict:
        failed = [c for c in verdict.checks if c.status == "fail"]
        warned = [c for c in verdict.checks if c.status == "warn"]
        line(f"checks: {len(verdict.checks)} run, {len(failed)} failed, {len(warned)} warn ({verdict.status})")
        for sentence in verdict.warnings[:8]:
            line(f"  warning: {sentence}")
        if len(verdict.warnings) > 8:
            line(f"  … and {len(verdict.warnings) - 8} more, in the report")
    line(f"published {settings.database} (release {verdict.release_id if verdict else ''}) in {seconds:.1f} s")
    line(f"report {settings.report_dir / 'index.html'}")


def _path(sources: pl.DataFrame, source_id: str) -> str:
    return str(sources.filter(pl.col("source_id") == source_id)["path"].first())
