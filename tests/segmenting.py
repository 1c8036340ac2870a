"""Helpers for the tests of reading and splitting: texts as the shards hold them, and the outline as one may read it."""

from __future__ import annotations

import polars as pl

from tongbi.ingest.pack import texts_schema
from tongbi.segment import documents, sections

__all__ = ["frame", "outline", "split", "types"]


def frame(*texts: str, paths: list[str] | None = None, chrome: list[list[tuple[int, int]]] | None = None, **told: object) -> pl.DataFrame:
    """Text shard rows; `told` is what the manifest says of every one."""
    rows = [
        {
            "source_id": f"s{n:03d}",
            "path": paths[n] if paths else f"batch/{n}.txt",
            "batch": "batch",
            "format": "text",
            "text": text,
            "chrome_spans": [{"char_start": a, "char_end": b} for a, b in (chrome[n] if chrome else [])],
            **{f"manifest_{k}": v for k, v in told.items()},
        }
        for n, text in enumerate(texts)
    ]
    made = pl.DataFrame(rows, schema=texts_schema())
    return made.with_columns(pl.col("manifest_delivered_on").str.to_date(strict=False))


def split(*texts: str, **more: object) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Texts, their documents and their sections."""
    made = frame(*texts, **more)  # type: ignore[arg-type]
    found = documents(made)
    return made, found, sections(made, found)


def outline(text: str, **more: object) -> list[tuple[int, str | None, str | None]]:
    """Level, marker and heading of every section that has a marker or a heading, in order."""
    _, _, found = split(text, **more)
    named = found.filter(pl.col("marker").is_not_null() | pl.col("heading").is_not_null())
    return [(row["level"], row["marker"], row["heading"]) for row in named.iter_rows(named=True)]


def types(text: str, **more: object) -> list[str]:
    """The types of the sections of the first level, neighbours of one type once."""
    _, _, found = split(text, **more)
    top = found.filter(pl.col("parent_id").is_null())["section_type"].to_list()
    return [t for n, t in enumerate(top) if n == 0 or t != top[n - 1]]
