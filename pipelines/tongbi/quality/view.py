"""The reader: a report as a self-contained page with its outline, and every numeral marked with what was read of it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
from markupsafe import Markup, escape

from tongbi.errors import InputError
from tongbi.quality.page.locate import visible
from tongbi.quality.page.render import TEMPLATES, page, write_text
from tongbi.settings import Settings
from tongbi.warehouse import connect

READERS = 80  # reader pages that a report makes on its own
TITLE = 60  # a longer line is no heading
SHOWN = (
    "indicator_name", "indicator", "kind", "value", "value_low", "value_high", "unit", "written_value", "written_unit", "obs_status", "mask", "approximation",
    "change_basis", "change_direction", "scenario", "target_force", "period_code", "period_written", "rank_scope", "rule_name", "rule_context",
)  # fmt: skip
Row = dict[str, Any]

OBSERVATIONS = """
select o.mention_id, o.indicator_name, i.name_zh as indicator, o.kind, o.value::varchar as value, o.value_low::varchar as value_low, o.value_high::varchar as value_high, o.unit,
    o.written_value, o.written_unit, o.obs_status, o.mask, o.approximation, o.change_basis, o.change_direction, o.scenario, o.target_force, o.period_code,
    o.period_written, o.rank_scope, o.rule_name, o.rule_context,
from core.observations as o
left join core.indicators as i on i.indicator_id = o.indicator_id
where o.document_id = ?
order by o.mention_id, o.subject_no
"""
HEAD = """
select d.document_id, d.source_id, d.title, d.organisation, d.region, d.report_year, d.plan_year, d.report_type, d.char_start, d.char_end, d.delivered_on, s.path, s.format,
    substr(t.text, d.char_start + 1, d.char_end - d.char_start) as text,
from core.documents as d
join core.sources as s on s.source_id = d.source_id
join core.source_texts as t on t.source_id = d.source_id
"""


def write_view(settings: Settings, document_or_file: str, output: Path | None) -> Path:
    """Write the reader page of one report, named by its id, its file (the end of its path) or a part of its title.

    Returns where it was written, by default `view/<document_id>.html` in the report's folder. Raises InputError where nothing or
    several reports fit, NotBuiltError where there is no warehouse.
    """
    con = connect(settings.warehouse_dir)
    try:
        document = find(con, document_or_file)
        text = reader(con, document)
    finally:
        con.close()
    return write_text(output or path_of(settings, document["document_id"]), text)


def path_of(settings: Settings, document_id: str) -> Path:
    """Where the reader page of a report lies by default; a numeral is `#m-<mention_id>` in it."""
    return settings.report_dir / "view" / f"{document_id}.html"


def find(con: duckdb.DuckDBPyConnection, wanted: str) -> Row:
    """The one report that is meant."""
    name = wanted.replace("\\", "/").removeprefix("./")
    for where in (
        "d.document_id = $name",
        "s.path = $name or ends_with($name, '/' || s.path) or ends_with(s.path, '/' || $name)",
        "contains(d.title, $name)",
    ):
        rows = _rows(con, HEAD + f"where {where} order by d.document_id", {"name": name})
        if len(rows) == 1:
            return rows[0]
        if rows:
            listed = "; ".join(f"{r['document_id']} ({r['title'] or r['path']})" for r in rows[:12])
            raise InputError(f"{len(rows)} reports fit {wanted!r}: name one of them by its id: {listed}")
    raise InputError(
        f"no report in the warehouse has the id, the file name or the title {wanted!r}: see `select document_id, title from core.documents`"
    )


def _rows(con: duckdb.DuckDBPyConnection, query: str, values: Any = None) -> list[Row]:
    con.execute(query, values if values is not None else [])
    names = [c[0] for c in con.description or []]
    return [dict(zip(names, row, strict=True)) for row in con.fetchall()]


def reader(con: duckdb.DuckDBPyConnection, document: Row) -> str:
    """The page of a report (a row of HEAD)."""
    key = [document["document_id"]]
    mentions = _rows(
        con,
        "select mention_id, char_start, char_end, surface, disposition, rule from core.mentions where document_id = ? order by char_start",
        key,
    )
    sections = _rows(
        con,
        "select section_id, parent_id, level, marker, heading, section_type, char_start from core.sections where document_id = ? order by char_start, level, section_id",
        key,
    )
    facts: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(con, OBSERVATIONS, key):
        facts[row["mention_id"]].append({k: _plain(k, row[k]) for k in SHOWN if row[k] is not None})
    details = {
        m["mention_id"]: {
            "surface": visible(m["surface"]),
            "disposition": m["disposition"],
            "rule": m["rule"],
            "subjects": facts[m["mention_id"]],
        }
        for m in mentions
    }
    shown = {k: visible(document[k]) if isinstance(document[k], str) else document[k] for k in document if k != "text"}
    return page(
        "view",
        {"mentions": details},
        document=shown,
        outline=outline(sections),
        body=body(document, sections, mentions, facts),
        counts=_counts(mentions, facts),
    )


def _plain(name: str, value: Any) -> Any:
    """A value as a person writes it."""
    text = str(value)
    return (text.rstrip("0").rstrip(".") if "." in text else text) if name.startswith("value") else visible(text)


def _counts(mentions: list[Row], facts: dict[str, list[Row]]) -> dict[str, dict[str, int]]:
    """How many numerals there are of each disposition, kind and status; what the filters offer."""
    found: dict[str, dict[str, int]] = {"disposition": defaultdict(int), "kind": defaultdict(int), "status": defaultdict(int)}
    for m in mentions:
        found["disposition"][m["disposition"]] += 1
        for kind in {f["kind"] for f in facts[m["mention_id"]]}:
            found["kind"][kind] += 1
        for status in {f["obs_status"] for f in facts[m["mention_id"]]}:
            found["status"][status] += 1
    return {k: dict(sorted(v.items())) for k, v in found.items()}


def outline(sections: list[Row]) -> list[Row]:
    """Entries of the sidebar: sections that have a marker or a heading."""
    named = [s for s in sections if s["heading"] or s["marker"]]
    return [
        {
            "id": f"s-{s['section_id']}",
            "level": s["level"],
            "text": visible(f"{s['marker'] or ''}{(s['heading'] or '')[:40]}").strip(),
            "type": s["section_type"],
        }
        for s in named
    ]


def body(document: Row, sections: list[Row], mentions: list[Row], facts: dict[str, list[Row]]) -> Markup:
    """The text, a paragraph a line, numerals as focusable spans, sections as anchors."""
    text, base = document["text"], document["char_start"]
    starts: dict[int, list[Row]] = defaultdict(list)
    for s in sections:
        starts[s["char_start"] - base].append(s)
    parents = {s["parent_id"] for s in sections}
    out, line_start, m, kind = [], 0, 0, ""
    for line in text.split("\n"):
        line_end = line_start + len(line)
        opened = [s for at in range(line_start, line_end + 1) if at in starts for s in starts[at] if at < line_end or at == line_start]
        kind = next((s["section_type"] for s in opened if s["section_id"] not in parents), kind)
        head = next(
            (
                s
                for s in opened
                if (s["heading"] or s["marker"]) and s["level"] < 5 and not text[line_start : s["char_start"] - base].strip()
            ),
            None,
        )
        style = f"h{head['level']}" if head and len(line.strip()) <= TITLE else ""
        pieces, at = [], line_start
        marks = []
        while m < len(mentions) and mentions[m]["char_start"] - base < line_end:
            marks.append(mentions[m])
            m += 1
        for stop in sorted({*(s["char_start"] - base for s in opened), *(x["char_start"] - base for x in marks)}):
            pieces.append(escape(visible(text[at:stop])))
            at = max(at, stop)
            pieces += [Markup('<a class="s" id="{}"></a>').format(f"s-{s['section_id']}") for s in opened if s["char_start"] - base == stop]
            for x in marks:
                if x["char_start"] - base == stop:
                    pieces.append(_mark(x, facts[x["mention_id"]]))
                    at = x["char_end"] - base
        pieces.append(escape(visible(text[at:line_end])))
        if line.strip() or opened:
            out.append(Markup('<p class="{}">{}</p>\n').format(f"{kind} {style}".strip(), Markup("").join(pieces)))
        line_start = line_end + 1
    return Markup("").join(out)


def _mark(mention: Row, facts: list[Row]) -> Markup:
    kinds = sorted({f["kind"] for f in facts})
    statuses = sorted({f["obs_status"] for f in facts})
    return Markup('<span tabindex="0" role="button" class="m {}" id="m-{}" data-d="{}" data-k="{}" data-s="{}">{}</span>').format(
        " ".join([f"d-{mention['disposition']}", *(f"k-{k}" for k in kinds), *(f"o-{s}" for s in statuses)]),
        mention["mention_id"], mention["disposition"], " ".join(kinds), " ".join(statuses), visible(mention["surface"]),
    )  # fmt: skip


def readers(con: duckdb.DuckDBPyConnection, settings: Settings, data: Row) -> list[str]:
    """Write reader pages of the reports that the page's rows point at, those that are not there yet; returns their ids."""
    rows = [*data["failures"], *data["findings"], *data["gap"]]
    wanted = list(dict.fromkeys(row["document_id"] for row in rows if row["document_id"]))[:READERS]
    note = settings.report_dir / "view" / ".made.json"
    stamp = f"{data['run']['release_id']} {_templates()}"
    try:
        made = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        made = {}
    for document_id in wanted:
        path = path_of(settings, document_id)
        if made.get(document_id) != stamp or not path.exists():
            write_text(path, reader(con, find(con, document_id)))
    write_text(note, json.dumps(dict.fromkeys(wanted, stamp)))
    return wanted


def _templates() -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(TEMPLATES.glob("*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
