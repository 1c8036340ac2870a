"""Where one figure stands in its source, which rules read it, and what it is compared with.

What belongs here: gathering that from a published warehouse, and laying it out for a screen. What does not: deciding anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import duckdb
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from tongbi.errors import InputError
from tongbi.resolve import Match, match

NAMED = ("indicator_id", "indicator", "indicator_name", "base_mention_id", "part_of_mention_id")
READ = ("value", "value_low", "value_high", "unit", "kind", "written_value", "written_unit", "mask", "mask_digits", "is_redacted")
SET = ("approximation", "change_basis", "base_period_code", "change_direction", "scenario", "target_force", "period_type", "period_code", "period_year",
       "period_written", "rank_scope", "obs_status")  # fmt: skip
COMPARISONS = {
    "yoy": (("mention_id", "prev_mention_id", "growth_mention_id"), ("indicator", "year", "value", "prev_value", "unit", "change", "change_pct",
            "stated_change_pct", "direction", "comparable", "reason")),
    "plan_vs_actual": (("target_mention_id", "actual_mention_id"), ("indicator", "year", "target", "target_low", "target_high", "approximation",
                       "target_force", "actual", "unit", "gap", "verdict", "reason")),
    "rank_changes": (("mention_id", "prev_mention_id"), ("indicator", "year", "rank", "prev_rank", "rank_scope", "move", "comparable", "reason")),
    "peers": (("mention_id",), ("indicator", "period_code", "level", "value", "unit", "rank_among", "n", "median", "share_redacted")),
    "stated_vs_computed": (("mention_id",), ("check_type", "indicator", "year", "stated", "computed", "tolerance", "unit", "agrees", "reason")),
}  # fmt: skip


@dataclass(frozen=True)
class Explanation:
    """One numeral: where it stands, what each of its observations says, and the rows of views it takes part in."""

    mention: dict[str, Any]
    observations: list[dict[str, Any]]
    matches: list[Match]
    comparisons: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def _rows(con: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> list[dict[str, Any]]:
    found = con.execute(query, values)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def explain(con: duckdb.DuckDBPyConnection, mention_id: str) -> Explanation:
    """Everything about one numeral of a published warehouse. Raises InputError where there is no such numeral."""
    found = _rows(
        con,
        """
        select m.*, s.path as section_path, s.heading as section_heading, s.section_type, f.path as source_path, d.title, d.organisation,
            d.organisation_id, d.organisation_evidence, d.evidence, d.report_year, t.sentence, t.sentence_start
        from core.mentions as m
        join core.documents as d on d.document_id = m.document_id
        join core.sources as f on f.source_id = d.source_id
        left join core.sections as s on s.section_id = m.section_id
        left join steps.sentences as t on t.mention_id = m.mention_id
        where m.mention_id = ?
        """,
        [mention_id],
    )
    if not found:
        raise InputError(f"the warehouse has no mention {mention_id}: take a mention_id from any view, for instance from facts")
    observations = _rows(con, "select * from main.facts where mention_id = ? order by subject_no", [mention_id])
    matches = [
        match(o["indicator_name"] or "", o["kind"], o["unit"], change=o["change_basis"] is not None, region=o["region"])
        for o in observations
    ]
    comparisons = {view: _taking_part(con, view, mention_id) for view in COMPARISONS}
    return Explanation(found[0], observations, matches, {view: rows for view, rows in comparisons.items() if rows})


def _taking_part(con: duckdb.DuckDBPyConnection, view: str, mention_id: str) -> list[dict[str, Any]]:
    keys, columns = COMPARISONS[view]
    where = " or ".join(f"{key} = $id" for key in keys)
    if view == "stated_vs_computed":
        where += " or list_contains(other_mention_ids, $id)"
    return _rows(con, f"select {', '.join(columns)} from main.{view} where {where}", {"id": mention_id})  # type: ignore[arg-type]


def render(told: Explanation) -> RenderableType:
    """An explanation for a terminal: the sentence with the numeral marked, then what was read, matched and compared."""
    m = told.mention
    parts: list[RenderableType] = [_sentence(m), _where(m)]
    if not told.observations:
        parts.append(Text(f"\nno indicator: {m['disposition']}, by rule {m['rule']}"))
    for observation, found in zip(told.observations, told.matches, strict=True):
        parts += [_fields(observation, m), _match(found)]
    for view, rows in told.comparisons.items():
        parts.append(Text(f"\n{view}", style="bold"))
        parts += [_line(row) for row in rows]
    return Group(*parts)


def _sentence(m: dict[str, Any]) -> Text:
    sentence, start = m["sentence"] or m["surface"], m["char_start"] - (m["sentence_start"] or m["char_start"])
    text = Text(sentence)
    if 0 <= start < len(sentence):
        text.stylize("bold reverse", start, start + m["char_end"] - m["char_start"])
        text = Text.assemble(
            text[:start], "【", text[start : start + m["char_end"] - m["char_start"]], "】", text[start + m["char_end"] - m["char_start"] :]
        )
    return text


def _where(m: dict[str, Any]) -> Table:
    grid = _grid()
    grid.add_row("file", f"{m['source_path']}, characters {m['char_start']}–{m['char_end']}")
    grid.add_row(
        "report",
        f"{m['title'] or 'without title'} ({m['organisation'] or 'organisation not known'}, {m['report_year'] or 'year not known'})",
    )
    grid.add_row("outline", f"{m['section_path'] or '–'} {m['section_heading'] or ''} [{m['section_type']}]")
    grid.add_row("organisation", f"{m['organisation_id'] or '–'}: {m['organisation_evidence'] or '–'}")
    grid.add_row("numeral", f"{m['surface']}: {m['disposition']}, by rule {m['rule']}")
    return grid


def _fields(o: dict[str, Any], m: dict[str, Any]) -> Table:
    """Every field with the rule that set it."""
    grid = Table(show_header=True, box=None, pad_edge=False, title=f"\nobservation {o['subject_no']}", title_justify="left")
    for heading in ("field", "value", "set by"):
        grid.add_column(heading, overflow="fold")
    for names, rule in ((NAMED, o["rule_name"]), (READ, f"{m['rule']}: {m['surface']}"), (SET, o["rule_context"])):
        for name in names:
            if o.get(name) is not None:
                grid.add_row(name, escape(plain(o[name])), escape(str(rule or "–")))
    grid.add_row("is_preferred", plain(o["is_preferred"]), escape(o["choice_reason"] or "–"))
    return grid


def _match(found: Match) -> Text:
    if found.method == "derived":
        return Text(f"catalogue: none fits ({found.indicator_id}); nearest {found.runner_up or '–'} {found.runner_up_score:g} of 100")
    second = f"; runner-up {found.runner_up} {found.runner_up_score:g}" if found.runner_up else ""
    return Text(f"catalogue: {found.name_zh} ({found.indicator_id}), {found.method}, {found.score:g} of 100{second}")


def _line(row: dict[str, Any]) -> Text:
    return Text("  " + ", ".join(f"{name} {plain(value)}" for name, value in row.items() if value is not None))


def plain(value: Any) -> str:
    """A cell as a person reads it: 12.300000 is 12.3."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _grid() -> Table:
    grid = Table(show_header=False, box=None, pad_edge=False)
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    return grid
