"""The page and its machine-readable twins, from the published warehouse."""

from __future__ import annotations

import html
import json
import os
from pathlib import Path

from tongbi.settings import Settings
from tongbi.warehouse import connect


def write_report(settings: Settings) -> list[Path]:
    """Write index.html and report.json to `settings.report_dir`; returns what was written."""
    con = connect(settings.warehouse_dir)
    try:
        checks = con.sql("select * from main.quality_latest order by status, check_id").pl().to_dicts()
    finally:
        con.close()
    rows = "".join(
        f"<tr><td>{html.escape(c['check_id'])}<td>{html.escape(c['sentence'])}<td>{c['status']}<td>{c['rows_tested']}<td>{c['rows_failed']}</tr>"
        for c in checks
    )
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Tongbi</title><h1>Tongbi 同比</h1><table>{rows}</table></html>'
    return [
        write_text(settings.report_dir / "index.html", page),
        write_text(settings.report_dir / "report.json", json.dumps({"checks": checks}, ensure_ascii=False, default=str)),
    ]


def write_text(path: Path, text: str) -> Path:
    """Write under a temporary name, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)
    return path
