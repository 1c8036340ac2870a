"""The seam between the stages and the machine: jobs over Parquet shards, run by a pool, never run twice.

Data never passes through here: workers read and write Parquet, and only small manifests come back.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import polars as pl

from tongbi.settings import PACKAGE

STAGES = {  # a stage's results depend on the code and the data of these folders
    "texts": ("ingest",),
    "documents": ("segment",),
    "sections": ("segment",),
    "mentions": ("segment", "extract"),
    "observations": ("segment", "extract", "resolve"),
}


@dataclass(frozen=True)
class Shard:
    """One Parquet file of one stage."""

    name: str
    batch: str
    path: Path


@dataclass(frozen=True)
class Job:
    """What a worker needs to make one shard of one stage."""

    shard: str
    batch: str
    inputs: tuple[Path, ...]
    output: Path
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Manifest:
    """What a worker reports: where the result is and how large; `problems` are failed checks, `extra` small facts."""

    shard: str
    batch: str
    output: Path
    rows: int
    bytes: int
    seconds: float
    reused: bool
    problems: tuple[dict[str, Any], ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


def _single_thread() -> None:
    os.environ["POLARS_MAX_THREADS"] = "1"


class Pool:
    """Worker processes, started when first needed and shared by all stages; one worker works in this process."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor:
            self._executor.shutdown(cancel_futures=True)

    def submit(self, function: Callable[[Job], Manifest], job: Job) -> Future[Manifest]:
        """Run a job in a worker process."""
        if self._executor is None:
            os.environ["POLARS_MAX_THREADS"] = "1"  # children are spawned with it
            self._executor = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=_single_thread)
        return self._executor.submit(function, job)


def map_shards(
    function: Callable[[Job], Manifest], jobs: list[Job], pool: Pool, progress: Callable[[Manifest], None] | None = None
) -> list[Manifest]:
    """Run `function` on every job whose output is not there yet; manifests in the order of the jobs."""
    done: dict[int, Manifest] = {i: reused(job) for i, job in enumerate(jobs) if job.output.exists()}
    todo = [(i, job) for i, job in enumerate(jobs) if i not in done]
    for manifest in done.values():
        if progress:
            progress(manifest)
    if pool.workers == 1 or len(todo) <= 1 or sum(_size(job) for _, job in todo) < 1_000_000:
        results: Iterable[tuple[int, Manifest]] = ((i, function(job)) for i, job in todo)
    else:
        futures = {pool.submit(function, job): i for i, job in todo}
        results = ((futures[f], f.result()) for f in as_completed(futures))
    for i, manifest in results:
        write_manifest(manifest)
        done[i] = manifest
        if progress:
            progress(manifest)
    return [done[i] for i in range(len(jobs))]


def _size(job: Job) -> int:
    return sum(p.stat().st_size for p in job.inputs if p.exists()) * 3


def reused(job: Job) -> Manifest:
    """The manifest of a result that is already there, from the note beside it."""
    path = job.output.with_suffix(".json")
    note = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    rows = note["rows"] if note else pl.scan_parquet(job.output).select(pl.len()).collect().item()
    return Manifest(
        job.shard, job.batch, job.output, rows, job.output.stat().st_size, 0.0, True,
        tuple(note.get("problems", ())), note.get("extra", {}),
    )  # fmt: skip


def write_manifest(manifest: Manifest) -> None:
    """A note beside a result, so that a later run knows what was reported without computing again."""
    note = {"rows": manifest.rows, "problems": manifest.problems, "extra": manifest.extra}
    path = manifest.output.with_suffix(".json")
    temporary = path.with_suffix(f".tmp{os.getpid()}")
    temporary.write_text(json.dumps(note, ensure_ascii=False, default=str), encoding="utf-8")
    os.replace(temporary, path)


def write_parquet(frame: pl.DataFrame, path: Path) -> int:
    """Write under a temporary name, then rename: a result is whole or not there. Returns the bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".tmp{os.getpid()}")
    frame.write_parquet(temporary, compression="zstd")
    os.replace(temporary, path)
    return path.stat().st_size


def result_path(shards_dir: Path, stage: str, shard: str, inputs: Iterable[Path], version: str) -> Path:
    """Where a stage's result for a shard lies; the name holds what it was made of."""
    made_of = hashlib.sha256("\n".join([version, *(p.name for p in inputs)]).encode()).hexdigest()[:16]
    return shards_dir / stage / f"{shard}-{made_of}.parquet"


@cache
def stage_version(stage: str) -> str:
    """A hash of the code and the word lists that a stage's results depend on."""
    digest = hashlib.sha256()
    files = [PACKAGE / "shards.py", PACKAGE / "stages.py", *(p for folder in STAGES[stage] for p in sorted((PACKAGE / folder).rglob("*")))]
    for path in files:
        if path.is_file() and path.suffix in {".py", ".csv", ".toml"}:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self.start = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.start


__all__ = ["Job", "Manifest", "Pool", "Shard", "Stopwatch", "map_shards", "result_path", "stage_version", "write_parquet"]
