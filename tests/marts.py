"""A warehouse in memory straight from the functions: for tests of resolve and of the marts that need no build."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import polars as pl

from tongbi import resolve, segment
from tongbi.errors import TongbiError
from tongbi.extract import mentions as find_mentions
from tongbi.extract import observations as observe
from tongbi.extract import written
from tongbi.extract.lexicon import units
from tongbi.ingest.duplicates import mark, signature
from tongbi.ingest.pack import texts_schema
from tongbi.ingest.reading import read_text
from tongbi.ingest.sources import MANIFEST
from tongbi.warehouse.build import MARTS, mart

ROOT = Path(__file__).parents[1]


def read_sources(paths: list[tuple[str, bytes]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(path, bytes) of files -> core.sources and texts of those that load."""
    found, texts = [], []
    for path, data in paths:
        row = {"source_id": f"{len(found):04d}", "path": path, "batch": path.split("/")[0] if "/" in path else "default"}
        row |= {"sha256": hashlib.sha256(data).hexdigest()}
        try:
            read = read_text(data, path.rsplit("/", 1)[-1])
        except TongbiError as error:
            found.append(row | {"status": "quarantined", "error": str(error), "format": "unknown", "in_manifest": False} | signature(""))
            continue
        found.append(row | {"status": "loaded", "error": None, "format": read.format, "in_manifest": False} | signature(read.text))
        spans = [{"char_start": s, "char_end": e} for s, e in read.chrome_spans]
        extra = {f"manifest_{c}": None for c in MANIFEST if c != "source_url"}
        texts.append(
            {k: row[k] for k in ("source_id", "path", "batch")} | {"format": read.format, "text": read.text, "chrome_spans": spans} | extra
        )
    sources = mark(pl.DataFrame(found, infer_schema_length=None))
    loaded = sources.filter(pl.col("status") == "loaded")["source_id"].implode()
    frame = pl.DataFrame(texts, schema=texts_schema()).filter(pl.col("source_id").is_in(loaded))
    return sources, frame


def files(folder: Path) -> list[tuple[str, bytes]]:
    """The sources under a folder, as paths and bytes."""
    paths = sorted(
        p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(("README", ".")) and p.suffix not in (".csv", ".toml")
    )
    return [(p.relative_to(folder).as_posix(), p.read_bytes()) for p in paths]


def frames(paths: list[tuple[str, bytes]]) -> dict[str, pl.DataFrame]:
    """The core tables of some files."""
    sources, texts = read_sources(paths)
    documents = segment.documents(texts)
    sections = segment.sections(texts, documents)
    mentions = find_mentions(texts, documents, sections)
    observations = written(resolve.identify(observe(mentions, texts, documents, sections)), mentions)
    documents = resolve.organisations(documents, sources)
    keys = observations.group_by("indicator_id", "indicator_name", "kind", "unit", "region").agg(n=pl.len())
    return {
        "sources": sources,
        "source_texts": texts.select("source_id", "text"),
        "documents": documents,
        "sections": sections,
        "mentions": mentions.select([c for c in mentions.columns if not c.startswith("_")]),
        "observations": observations.drop("organisation_id").join(
            documents.select("document_id", "organisation_id"), on="document_id", how="left"
        ),
        "indicators": pl.concat([resolve.catalogue(), resolve.derived(keys)], how="diagonal"),
        "units": units(),
        "settings": pl.DataFrame({"rate_tolerance": ["0.5"], "level_tolerance": ["0.05"]}).with_columns(pl.all().cast(pl.Decimal(38, 6))),
    }


def load(tables: dict[str, pl.DataFrame], path: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """Core tables -> a warehouse with the marts over them."""
    con = duckdb.connect(path)
    con.execute("create schema core")
    for name, frame in tables.items():
        con.register("frame", frame)
        con.execute(f"create table core.{name} as select * from frame")
        con.unregister("frame")
    con.execute("create schema steps")
    for line in (MARTS / "order.txt").read_text(encoding="utf-8").split():
        mart(con, line)
    return con
