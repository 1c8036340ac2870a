"""One text without a warehouse: its numerals and what each states."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import polars as pl

from tongbi import resolve, segment
from tongbi.errors import InputError
from tongbi.extract import mentions, observations
from tongbi.ingest.reading import ReadText, read_text
from tongbi.validate import MENTIONS, OBSERVATIONS


def extract(text: str, *, title: str | None = None) -> pl.DataFrame:
    """The figures of a text: one row per mention and subject, in order of place.

    `title` tells what the text does not (年份, 单位): `2023年某区交通运输局工作总结`. Out: the columns of `core.mentions` and
    `core.observations`, NULL in the latter for numerals that are no indicator.
    """
    return _extract(ReadText(text, None, "text"), title, "-")


def extract_file(name: str, stdin: BinaryIO) -> pl.DataFrame:
    """The same for a file of any kind, or for standard input (`-`). Raises InputError: one sentence that names the file."""
    try:
        data = stdin.read() if name == "-" else Path(name).read_bytes()
        return _extract(read_text(data, "stdin.txt" if name == "-" else name), None, name)
    except OSError as error:
        raise InputError(f"{name}: cannot be opened ({error.strerror}): check the name") from None
    except InputError as error:
        raise InputError(f"{name}: {error}") from None


def _extract(read: ReadText, title: str | None, path: str) -> pl.DataFrame:
    spans = [{"char_start": s, "char_end": e} for s, e in read.chrome_spans]
    texts = pl.DataFrame(
        {"source_id": ["-"], "path": [path], "text": [read.text], "chrome_spans": [spans], "manifest_title": [title]},
        schema_overrides={"manifest_title": pl.String, "chrome_spans": pl.List(pl.Struct({"char_start": pl.Int64, "char_end": pl.Int64}))},
    )
    documents = segment.documents(texts)
    sections = segment.sections(texts, documents)
    found = mentions(texts, documents, sections)
    facts = resolve.identify(observations(found, texts, documents, sections))
    mine = [c for c in OBSERVATIONS.columns if c in facts.columns and c not in MENTIONS.columns]
    return found.select(MENTIONS.columns).join(facts.select("mention_id", *mine), on="mention_id", how="left", maintain_order="left")
