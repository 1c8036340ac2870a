"""Frames of texts for tests: one document and one section each."""

import polars as pl


def frames(texts, section="achievements"):
    """Texts, documents and sections as the extraction takes them."""
    ids = [f"t{i}" for i in range(len(texts))]
    length = [len(t) for t in texts]
    source = pl.DataFrame({"source_id": ids, "path": ids, "text": texts}, schema_overrides={"text": pl.String})
    documents = pl.DataFrame(
        {"source_id": ids, "document_id": ids, "char_start": [0] * len(ids), "char_end": length, "organisation_id": [None] * len(ids),
         "region": [None] * len(ids), "report_year": [2023] * len(ids), "plan_year": [2024] * len(ids)},
        schema_overrides={"organisation_id": pl.String, "region": pl.String, "char_start": pl.Int64, "char_end": pl.Int64},
    )  # fmt: skip
    sections = pl.DataFrame(
        {"section_id": ids, "document_id": ids, "parent_id": [None] * len(ids), "section_type": [section] * len(ids),
         "heading": [None] * len(ids), "char_start": [0] * len(ids), "char_end": length},
        schema_overrides={"parent_id": pl.String, "heading": pl.String, "char_start": pl.Int64, "char_end": pl.Int64},
    )  # fmt: skip
    return source, documents, sections
