"""Files -> shards of text: what changed is read again, what did not is left alone, what vanished goes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from tongbi.errors import InputError
from tongbi.ingest.duplicates import COLUMNS, mark, signature
from tongbi.ingest.reading import read_text, time_limit
from tongbi.ingest.sources import MANIFEST, Found, discover, fingerprint, manifest, of_batch
from tongbi.settings import Settings
from tongbi.shards import (
    Job,
    Manifest,
    Pool,
    Shard,
    Stopwatch,
    load_state,
    map_shards,
    result_path,
    save_state,
    stage_version,
    write_parquet,
)

SPAN = pl.List(pl.Struct({"char_start": pl.Int64, "char_end": pl.Int64}))
TEXTS = {"source_id": pl.String, "path": pl.String, "batch": pl.String, "format": pl.String, "text": pl.String, "chrome_spans": SPAN}


@dataclass(frozen=True)
class Packed:
    """What packing gives: one row per source, the shards of text, and the manifests of the jobs."""

    sources: pl.DataFrame
    shards: list[Shard]
    manifests: list[Manifest]


def pack(settings: Settings, pool: Pool, progress: Callable[[Manifest, int], None] | None = None) -> Packed:
    """Read everything under `raw/` that is new or changed; say of every file whether it loads, copies or cannot be read."""
    every = discover(settings.raw_dir, settings.max_file_bytes)
    found = of_batch(every, settings)
    told = manifest(settings.raw_dir, every)
    index = Index(settings.shards_dir / "index.json")
    groups = index.assign(found, settings.shard_bytes)
    version = stage_version("texts")
    jobs = [_job(settings, name, files, told, version) for name, files in groups.items()]
    others = [m for m in load_state(settings.shards_dir, "texts") if settings.batch and m.batch != settings.batch]
    manifests = [*others, *map_shards(run_texts, jobs, pool, progress)]
    index.save()
    save_state(settings.shards_dir, "texts", manifests, fingerprint=fingerprint(settings.raw_dir, every))
    sources = mark(_sources(manifests, told, index))
    shards = [Shard(m.shard, m.batch, m.output) for m in manifests if m.rows]
    return Packed(sources, shards, manifests)


class Index:
    """Which shard each file was first packed into, and when it was first seen; kept beside the shards."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        self.files: dict[str, dict[str, Any]] = kept.get("files", {})

    def assign(self, found: list[Found], shard_bytes: int) -> dict[str, list[Found]]:
        """Files to shards: a file stays where it was, a new one goes to its batch's last shard while there is room."""
        here = {f.path for f in found}
        batches = {f.batch for f in found}
        self.files = {p: v for p, v in self.files.items() if p in here or v["batch"] not in batches}
        filled: dict[str, int] = {}
        for v in self.files.values():
            filled[v["shard"]] = filled.get(v["shard"], 0) + v["size"]
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0).isoformat()
        for f in found:
            kept = self.files.get(f.path)
            if kept is None:
                kept = self.files[f.path] = {"shard": self._room(f, filled, shard_bytes), "batch": f.batch, "first_seen_at": now}
                filled[kept["shard"]] = filled.get(kept["shard"], 0) + f.size
            kept["size"] = f.size
            if kept.get("mtime") != f.mtime or "seen_at" not in kept:
                kept["mtime"], kept["seen_at"] = f.mtime, now
        groups: dict[str, list[Found]] = {}
        for f in found:
            groups.setdefault(self.files[f.path]["shard"], []).append(f)
        return groups

    def _room(self, f: Found, filled: dict[str, int], shard_bytes: int) -> str:
        stem = hashlib.sha256(f.batch.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        mine = sorted(s for s in filled if s.startswith(stem))
        if mine and filled[mine[-1]] + f.size <= shard_bytes:
            return mine[-1]
        number = int(mine[-1].rsplit("-", 1)[1]) + 1 if mine else 1
        return f"{stem}-{number:04d}"

    def save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_suffix(f".tmp{os.getpid()}")
        temporary.write_text(json.dumps({"files": self.files}, ensure_ascii=False), encoding="utf-8")
        os.replace(temporary, self.path)


def _job(settings: Settings, shard: str, files: list[Found], told: pl.DataFrame, version: str) -> Job:
    """One shard to read; its name holds the files, their sizes and times, and what the manifest says of them."""
    paths = [f.path for f in files]
    rows = told.filter(pl.col("path").is_in(paths)).write_json()
    task = json.dumps({"files": [(f.path, f.size, f.mtime, f.error) for f in files], "manifest": rows}, ensure_ascii=False)
    stamp = hashlib.sha256(task.encode("utf-8", "surrogatepass")).hexdigest()
    limits = {"raw": str(settings.raw_dir), "bytes": str(settings.max_file_bytes), "seconds": str(settings.max_seconds_per_file),
              "unpacked": str(settings.max_unpacked_bytes)}  # fmt: skip
    output = result_path(settings.shards_dir, "texts", shard, [Path(stamp)], version)
    inputs = tuple(settings.raw_dir / f.path for f in files if not f.error)
    return Job(shard, files[0].batch, inputs, output, (("task", task), *limits.items()))


def run_texts(job: Job) -> Manifest:
    """Read the files of one shard; what cannot be read is noted and the others go on."""
    watch = Stopwatch()
    options = dict(job.options)
    task = json.loads(options["task"])
    told = {r["path"]: r for r in json.loads(task["manifest"])}
    rows, notes = [], []
    for path, size, mtime, error in task["files"]:
        row, note = _read(options, Found(path, size, mtime, error))
        notes.append(note)
        if row:
            rows.append({**row, **{f"manifest_{c}": told.get(path, {}).get(f"manifest_{c}") for c in MANIFEST if c != "source_url"}})
    frame = pl.DataFrame(rows, schema=texts_schema(), infer_schema_length=None) if rows else pl.DataFrame(schema=texts_schema())
    size = write_parquet(frame, job.output)
    return Manifest(job.shard, job.batch, job.output, frame.height, size, watch.seconds, False, extra={"sources": notes})


def texts_schema() -> dict[str, Any]:
    """Columns of a text shard; grain: one readable source."""
    extra = {f"manifest_{c}": pl.String for c in MANIFEST if c != "source_url"} | {
        "manifest_report_year": pl.Int64,
        "manifest_delivered_on": pl.String,
    }
    return TEXTS | extra


def read_texts(path: Path) -> pl.DataFrame:
    """A text shard with its dates as dates."""
    return pl.read_parquet(path).with_columns(pl.col("manifest_delivered_on").str.to_date(strict=False))


def _read(options: dict[str, str], f: Found) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    note: dict[str, Any] = {"source_id": f.source_id, "path": f.path, "batch": f.batch, "bytes": f.size, "sha256": None, "format": _format(f.path),
                            "encoding": None, "status": "quarantined", "error": f.error}  # fmt: skip
    if f.error:
        return None, note
    try:
        with time_limit(float(options["seconds"])):
            data = _bytes(Path(options["raw"]) / f.path, f, int(options["bytes"]))
            note["sha256"] = hashlib.sha256(data).hexdigest()
            read = read_text(data, f.path, int(options["unpacked"]))
            note |= {"bytes": len(data), "format": read.format, "encoding": read.encoding, "status": "loaded", **signature(read.text)}
    except InputError as error:
        note["error"] = str(error)
        return None, note
    except (MemoryError, RecursionError) as error:
        note["error"] = f"the file is too large or too deeply nested to read ({type(error).__name__}): split it or convert it to text"
        return None, note
    except Exception as error:  # a reader's own fault must not stop the other files
        note["error"] = f"the reader failed on this file ({type(error).__name__}: {str(error)[:120]}): convert it to text"
        return None, note
    spans = [{"char_start": s, "char_end": e} for s, e in read.chrome_spans]
    return {
        "source_id": f.source_id,
        "path": f.path,
        "batch": f.batch,
        "format": read.format,
        "text": read.text,
        "chrome_spans": spans,
    }, note


def _bytes(path: Path, f: Found, limit: int) -> bytes:
    """The bytes of a file as one state of it."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise InputError(f"the file cannot be opened ({error.strerror}): check its rights") from None
    if len(data) > limit:
        raise InputError(f"the file has more than {limit:,} bytes: split it")
    if (after.st_size, after.st_mtime_ns) != (f.size, f.mtime):
        raise InputError("the file changed while it was read: run again when it is complete")
    return data


def _format(path: str) -> str:
    suffix = Path(path).suffix.lower().lstrip(".")
    return {"": "text", "txt": "text", "md": "text", "htm": "html", "jsp": "html", "mht": "html"}.get(suffix, suffix)


def _sources(manifests: list[Manifest], told: pl.DataFrame, index: Index) -> pl.DataFrame:
    """`core.sources` with the facts that `duplicates.mark` needs; grain: one file."""
    notes = [{**note, "shard": m.shard} for m in manifests for note in m.extra.get("sources", [])]
    schema = {
        "source_id": pl.String, "path": pl.String, "batch": pl.String, "sha256": pl.String, "bytes": pl.Int64, "format": pl.String,
        "encoding": pl.String, "status": pl.String, "error": pl.String, "shard": pl.String, **COLUMNS,
    }  # fmt: skip
    frame = pl.DataFrame([{k: n.get(k) for k in schema} for n in notes], schema=schema)
    urls = told.select("path", source_url="manifest_source_url", in_manifest=pl.lit(True))
    times = pl.DataFrame(
        {"path": list(index.files), "first_seen_at": [v["first_seen_at"] for v in index.files.values()],
         "loaded_at": [v["seen_at"] for v in index.files.values()]},
        schema={"path": pl.String, "first_seen_at": pl.String, "loaded_at": pl.String},
    ).with_columns(pl.col("first_seen_at", "loaded_at").str.to_datetime("%Y-%m-%dT%H:%M:%S"))  # fmt: skip
    return (
        frame.join(urls, on="path", how="left")
        .join(times, on="path", how="left")
        .with_columns(pl.col("in_manifest").fill_null(False), duplicate_of=pl.lit(None, pl.String))
        .sort("path")
    )
