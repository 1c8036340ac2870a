"""Where a row stands: the sentence around a span, with what no page may take as its own made visible."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

STOP = re.compile("[。！？；\n]")
CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]"
)  # C0, zero-width, line separators, bidi
AROUND = 160


@dataclass(frozen=True)
class Place:
    """A span in its sentence and the report it stands in; a row that has no span has `before` and `after` empty."""

    document_id: str | None
    path: str | None
    organisation: str | None
    year: int | None
    mention_id: str | None = None
    before: str = ""
    span: str = ""
    after: str = ""


def visible(text: str) -> str:
    """Control, zero-width and direction characters as the letters of their code point, so that a text cannot rearrange the page."""
    return CONTROLS.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", text) if CONTROLS.search(text) else text


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before a span in its sentence, the span, and what stands after; long sentences are cut with …"""
    left = max((m.end() for m in STOP.finditer(text, max(0, start - 400), start)), default=max(0, start - 400))
    stop = STOP.search(text, end, end + 400)
    right = stop.end() if stop else min(len(text), end + 400)
    before, after = text[left:start].lstrip(), text[end:right].rstrip()
    if len(before) > AROUND:
        before = "…" + before[-AROUND:]
    if len(after) > AROUND:
        after = after[:AROUND] + "…"
    return visible(before), visible(text[start:end]), visible(after)


PLACES = """
with wanted as (
    select distinct row_key, split_part(row_key, '#', 1) as id
    from asked
)

select w.row_key, coalesce(d.document_id, x.document_id, r.document_id) as document_id, coalesce(s.path, f.path) as path,
    coalesce(d.organisation, x.organisation, r.organisation) as organisation, coalesce(d.report_year, x.report_year, r.report_year) as year,
    m.mention_id, m.char_start, m.char_end, d.source_id,
from wanted as w
left join core.mentions as m on m.mention_id = w.id
left join core.documents as d on d.document_id = m.document_id
left join core.sections as c on c.section_id = w.id
left join core.documents as x on x.document_id = c.document_id
left join core.documents as r on r.document_id = w.id
left join core.sources as s on s.source_id = coalesce(d.source_id, x.source_id, r.source_id)
left join core.sources as f on f.source_id = w.id
"""


def places(con: duckdb.DuckDBPyConnection, keys: list[str]) -> dict[str, Place]:
    """Keys of failing rows (`mention_id#subject_no`, or an id of a mention, section, report or file) -> where they stand."""
    if not keys:
        return {}
    con.execute("create or replace temp table asked (row_key varchar)")
    con.execute("insert into asked select unnest(?::varchar[])", [sorted(set(keys))])
    rows = con.execute(PLACES).fetchall()
    sources = sorted({row[8] for row in rows if row[8]})
    texts = dict(
        con.execute("select source_id, text from core.source_texts where source_id in (select unnest(?::varchar[]))", [sources]).fetchall()
    )
    found = {}
    for key, document, path, organisation, year, mention, start, end, source in rows:
        cut = around(texts[source], start, end) if source in texts else ("", "", "")
        found[key] = Place(document, path, organisation, year, mention, *cut)
    return found
