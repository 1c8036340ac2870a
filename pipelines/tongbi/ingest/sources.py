"""The files under `raw/`: which are sources, what the manifest says of them, what changed since the last run."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from tongbi.errors import InputError, ManifestError
from tongbi.settings import Settings

NOT_SOURCES = ("README", ".", "~$")
NOT_SOURCE_NAMES = {"manifest.csv", "corrections.toml"}
MANIFEST = ["title", "organisation", "region", "level", "report_year", "delivered_on", "source_url"]
LEVELS = {"national", "province", "city", "county", "township"}


@dataclass(frozen=True)
class Found:
    """One source file: where it is, its size and time, and why it cannot be opened (or nothing)."""

    path: str
    size: int
    mtime: int
    error: str | None = None

    @property
    def source_id(self) -> str:
        return hashlib.sha256(self.path.encode("utf-8", "surrogateescape")).hexdigest()[:16]

    @property
    def batch(self) -> str:
        return self.path.split("/", 1)[0] if "/" in self.path else "default"


def discover(raw_dir: Path, max_bytes: int = 256_000_000) -> list[Found]:
    """All source files, sorted by path. Raises InputError where there is no such folder."""
    if not raw_dir.is_dir():
        raise InputError(f"{raw_dir} is not a folder: give the folder that holds the reports with --raw")
    return sorted(_walk(raw_dir, max_bytes), key=lambda f: f.path)


def of_batch(found: list[Found], settings: Settings) -> list[Found]:
    """The files of the batch that was asked for, else all. Raises InputError where there is no such batch."""
    mine = [f for f in found if settings.batch in (None, f.batch)]
    if settings.batch is not None and not mine:
        raise InputError(f"{settings.raw_dir} has no batch {settings.batch!r}: a batch is the name of a first folder under it")
    return mine


def fingerprint(raw_dir: Path, found: list[Found]) -> str:
    """A hash of paths, sizes and times: changes when a source or what is told of them is added, changed or removed."""
    told = [p for name in sorted(NOT_SOURCE_NAMES) if (p := raw_dir / name).exists()]
    lines = [f"{f.path}\0{f.size}\0{f.mtime}" for f in found] + [f"{p.name}\0{p.stat().st_mtime_ns}" for p in told]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _walk(raw_dir: Path, max_bytes: int) -> Iterator[Found]:
    root = raw_dir.resolve()
    closed: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=closed.append, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted([*files, *(f for f in folders if os.path.islink(os.path.join(folder, f)))]):
            if name.startswith(NOT_SOURCES) or name in NOT_SOURCE_NAMES:
                continue
            full = os.path.join(folder, name)
            yield _look(full, _path(full, root), root, max_bytes)
    for error in closed:
        yield Found(_path(str(error.filename), root), 0, 0, f"the folder cannot be opened ({error.strerror}): check its rights")


def _path(full: str, root: Path) -> str:
    return printable(os.path.relpath(full, root).replace(os.sep, "/"))


def printable(path: str) -> str:
    """A path that any output can hold: bytes that are no UTF-8 are shown escaped."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _look(full: str, path: str, root: Path, max_bytes: int) -> Found:
    try:
        full.encode()
    except UnicodeEncodeError:
        return Found(path, 0, 0, "the file's name is not UTF-8: rename it")
    try:
        if os.path.islink(full) and not Path(os.path.realpath(full)).is_relative_to(root):
            return Found(path, 0, 0, "the link leads out of the raw folder: put the file itself here")
        if os.path.islink(full) and os.path.isdir(full):
            return Found(path, 0, 0, "links to folders are not followed: put the files themselves here")
        stat = os.stat(full)
        if not os.path.isfile(full):
            return Found(path, 0, 0, "this is not an ordinary file")
    except OSError as error:
        return Found(path, 0, 0, f"the file cannot be opened ({error.strerror}): check its rights")
    if stat.st_size > max_bytes:
        return Found(
            path, stat.st_size, stat.st_mtime_ns, f"the file has {stat.st_size:,} bytes, more than the limit of {max_bytes:,}: split it"
        )
    return Found(path, stat.st_size, stat.st_mtime_ns)


def manifest(raw_dir: Path, found: list[Found]) -> pl.DataFrame:
    """`raw/manifest.csv`, if there is one: `path` and `manifest_*` columns. A row that fits no file is an error."""
    schema = {"path": pl.String, **{f"manifest_{c}": pl.String for c in MANIFEST}} | {
        "manifest_report_year": pl.Int64,
        "manifest_delivered_on": pl.Date,
    }
    file = raw_dir / "manifest.csv"
    if not file.exists():
        return pl.DataFrame(schema=schema)
    with file.open(encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    if rows and "path" not in rows[0]:
        raise ManifestError(f"{file}: the first line must name the columns, and one of them must be path")
    paths = {f.path for f in found}
    out = []
    for n, row in enumerate(rows, 2):
        path = (row["path"] or "").strip()
        if path not in paths:
            raise ManifestError(f"{file} line {n}: no file under {raw_dir} is called {path!r}: mend the path or remove the row")
        out.append({"path": path, **{f"manifest_{c}": _cell(file, n, c, row.get(c)) for c in MANIFEST}})
    return pl.DataFrame(out, schema=schema)


def _cell(file: Path, line: int, column: str, value: str | None) -> str | int | date | None:
    value = (value or "").strip()
    if not value:
        return None
    try:
        if column == "report_year":
            return int(value)
        if column == "delivered_on":
            return date.fromisoformat(value)
    except ValueError:
        raise ManifestError(f"{file} line {line}: {column} is {value!r}; write a year as 2023 and a day as 2023-01-15") from None
    if column == "level" and value not in LEVELS:
        raise ManifestError(f"{file} line {line}: level is {value!r}; it is one of {', '.join(sorted(LEVELS))}")
    return value
