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
    "documents": ("segment", "validate"),
    "sections": ("segment", "validate"),
    "mentions": ("segment", "extract", "validate"),
    "observations": ("segment", "extract", "resolve", "validate"),
}
# a worker's environment: one thread, and what was freed is kept for a while instead of given back and asked for again
WORKER = {"POLARS_MAX_THREADS": "1", "_RJEM_MALLOC_CONF": "dirty_decay_ms:10000,narenas:1"}


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
    """What a worker reports: where the result is and how large; `outcomes` are what its checks came to, `extra` small facts."""

    shard: str
    batch: str
    output: Path
    rows: int
    bytes: int
    seconds: float
    reused: bool
    outcomes: tuple[dict[str, Any], ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


def _set_up() -> None:
    os.environ.update(WORKER)


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
            os.environ.update(WORKER)  # children are spawned with it
            self._executor = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=_set_up)
        return self._executor.submit(function, job)


def map_shards(
    function: Callable[[Job], Manifest], jobs: list[Job], pool: Pool, progress: Callable[[Manifest, int], None] | None = None
) -> list[Manifest]:
    """Run `function` on every job whose output is not there yet; manifests in the order of the jobs.

    `progress` is told each manifest as it comes, and of how many.
    """
    found = ((i, present(job.shard, job.batch, job.output)) for i, job in enumerate(jobs))
    done: dict[int, Manifest] = {i: manifest for i, manifest in found if manifest}
    todo = [(i, job) for i, job in enumerate(jobs) if i not in done]
    for manifest in done.values():
        if progress:
            progress(manifest, len(jobs))
    if pool.workers == 1 or len(todo) <= 1 or sum(_size(job) for _, job in todo) < 1_000_000:
        results: Iterable[tuple[int, Manifest]] = ((i, function(job)) for i, job in todo)
    else:
        futures = {pool.submit(function, job): i for i, job in todo}
        results = ((futures[f], f.result()) for f in as_completed(futures))
    for i, manifest in results:
        write_manifest(manifest)
        done[i] = manifest
        if progress:
            progress(manifest, len(jobs))
    return [done[i] for i in range(len(jobs))]


def _size(job: Job) -> int:
    return sum(p.stat().st_size for p in job.inputs if p.exists()) * 3


def present(shard: str, batch: str, output: Path) -> Manifest | None:
    """The manifest of a result that is there, from the note beside it; a result without its note is not there."""
    path = output.with_suffix(".json")
    if not (output.exists() and path.exists()):
        return None
    note = json.loads(path.read_text(encoding="utf-8"))
    return Manifest(
        shard, batch, output, note["rows"], output.stat().st_size, note["seconds"], True, tuple(note["outcomes"]), note["extra"]
    )


def write_manifest(manifest: Manifest) -> None:
    """A note beside a result, so that a later run knows what was reported without computing again."""
    note = {"rows": manifest.rows, "seconds": manifest.seconds, "outcomes": manifest.outcomes, "extra": manifest.extra}
    path = manifest.output.with_suffix(".json")
    temporary = path.with_suffix(f".tmp{os.getpid()}")
    temporary.write_text(json.dumps(note, ensure_ascii=False, default=str), encoding="utf-8")
    os.replace(temporary, path)


def write_parquet(frame: pl.DataFrame, path: Path) -> int:
    """Write under a temporary name, then rename: a result is whole or not there. Returns the bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".tmp{os.getpid()}")
    # no reader asks for statistics; higher levels take longer and save nothing here
    frame.write_parquet(temporary, compression="zstd", compression_level=1, statistics=False)
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


def save_state(shards_dir: Path, stage: str, manifests: list[Manifest], **facts: str) -> None:
    """Note which results are the current ones of a stage, with a few facts of the run that made them."""
    path = shards_dir / "state" / f"{stage}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [[m.shard, m.batch, m.output.relative_to(shards_dir).as_posix()] for m in manifests]
    temporary = path.with_suffix(f".tmp{os.getpid()}")
    temporary.write_text(json.dumps({"results": rows, **facts}, ensure_ascii=False), encoding="utf-8")
    os.replace(temporary, path)


def load_state(shards_dir: Path, stage: str) -> list[Manifest]:
    """The current results of a stage, those of them that are there."""
    rows = read_state(shards_dir, stage).get("results", [])
    return [m for shard, batch, name in rows if (m := present(shard, batch, shards_dir / name))]


def read_state(shards_dir: Path, stage: str) -> dict[str, Any]:
    """What was noted of a stage; nothing if it never ran."""
    path = shards_dir / "state" / f"{stage}.json"
    if not path.exists():
        return {}
    state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return state


def sweep(shards_dir: Path, keep: set[Path]) -> int:
    """Remove results that no current shard needs, and what a killed run left half written; returns how many files went."""
    gone = 0
    wanted = keep | {p.with_suffix(".json") for p in keep} | {shards_dir / "index.json"}
    for path in shards_dir.rglob("*"):
        if path.is_file() and path not in wanted and path.parent.name != "state":
            path.unlink(missing_ok=True)
            gone += 1
    return gone


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self.start = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.start
