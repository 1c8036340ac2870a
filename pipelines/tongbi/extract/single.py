"""One text, no warehouse: `extract_text`."""

from __future__ import annotations

import polars as pl

from tongbi.extract.ledger import MENTION, mentions
from tongbi.extract.observe import observations


def extract_text(text: str, documents: pl.DataFrame, sections: pl.DataFrame, path: str = "-") -> pl.DataFrame:
    """The mentions of one text (whose `source_id` is `-`) with their observations, one row per mention and subject."""
    texts = pl.DataFrame({"source_id": ["-"], "path": [path], "text": [text]})
    found = mentions(texts, documents, sections)
    facts = observations(found, texts, documents, sections).drop("document_id", "section_id")
    return found.select(MENTION).join(facts, on="mention_id", how="left", maintain_order="left")
