"""Templates to self-contained pages: autoescaped, styles and script inlined, the script allowed by its hash and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tongbi.quality.page.locate import visible

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Templates of this folder, everything escaped and its control characters made visible unless it was made here."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=shown
    )


def shown(value: Any) -> Any:
    """Text without characters that could rearrange a page, in any depth of lists and dictionaries; markup made here stays."""
    if isinstance(value, Markup) or not isinstance(value, str | list | tuple | dict):
        return value
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {k: shown(v) for k, v in value.items()}
    return [shown(v) for v in value]


def page(name: str, data: Any, **values: Any) -> str:
    """Template `<name>.html.j2` with `<name>.css`, `<name>.js` and `common.css`, `common.js`, and `data` as JSON in the page."""
    css = "".join((TEMPLATES / f"{n}.css").read_text(encoding="utf-8") for n in ("common", name))
    js = "".join((TEMPLATES / f"{n}.js").read_text(encoding="utf-8") for n in ("common", name))
    digest = base64.b64encode(hashlib.sha256(js.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    return (
        environment()
        .get_template(f"{name}.html.j2")
        .render(css=Markup(css), js=Markup(js), policy=policy, data=embedded(shown(data)), **values)
    )


def embedded(data: Any) -> Markup:
    """JSON that cannot end its script element: `<`, `>`, `&` and line separators as escapes."""
    text = json.dumps(data, ensure_ascii=False, default=plain, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def plain(value: Any) -> Any:
    """What JSON has no form for."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows as one list of names and lists of values: half the size."""
    names = list(rows[0]) if rows else []
    return {"columns": names, "rows": [[row[n] for n in names] for row in rows]}


def write_text(path: Path, text: str) -> Path:
    """Write under a temporary name, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)
    return path
