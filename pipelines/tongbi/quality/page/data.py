"""Everything the page shows, as plain values: one dictionary, ready for JSON. Large lists are capped here; the warehouse keeps all."""

from __future__ import annotations

from typing import Any

import duckdb

from tongbi.quality import metrics
from tongbi.quality.page.locate import Place, around, places, visible
from tongbi.quality.registry import definitions

ROWS, ROWS_A_CHECK, LIST, MATRIX, RUNS = 3000, 200, 400, 6000, 20
Data = dict[str, Any]

HISTORY = """
with last_runs as (
    select run_id, started_at
    from quality.runs
    order by started_at desc
    limit {runs}
)

select c.check_id, list(c.rows_failed order by r.started_at) as failed, string_agg(left(c.status, 1), '' order by r.started_at) as statuses,
from quality.checks as c
join last_runs as r on r.run_id = c.run_id
group by c.check_id
"""
FAILURES = """
select check_id, row_key, value, detail, detail_zh,
from (
    select f.*, row_number() over (partition by f.check_id order by f.row_key) as n,
    from quality.failures as f
    where f.run_id = ?
) as x
where n <= {rows_a_check}
order by check_id, row_key
limit {rows}
"""
MATRIX_SQL = """
with reports as (
    select d.organisation_id, any_value(d.organisation) as organisation, d.report_year as year,
    from core.documents as d
    where d.report_type <> 'other' and d.organisation_id is not null and d.report_year is not null
    group by d.organisation_id, d.report_year
),

stated as (
    select o.organisation_id, o.indicator_id, o.period_year as year,
        max(case when o.scenario = 'planned' then 1 when o.obs_status = 'L' then 2 when o.is_redacted then 3 else 4 end) as rank,
    from core.observations as o
    where o.organisation_id is not null
    group by o.organisation_id, o.indicator_id, o.period_year
),

wanted as (
    select s.organisation_id, s.indicator_id, i.name_zh, i.name_en, sum((s.rank = 4)::int) as weight,
    from stated as s
    join core.indicators as i on i.indicator_id = s.indicator_id
    where i.origin = 'catalogue'
    group by all
)

select any_value(r.organisation) as organisation, w.name_zh as indicator, any_value(w.name_en) as indicator_en,
    map(list(r.year order by r.year), list(coalesce(s.rank, 0) order by r.year)) as cells,
from wanted as w
join reports as r on r.organisation_id = w.organisation_id
left join stated as s on s.organisation_id = w.organisation_id and s.indicator_id = w.indicator_id and s.year = r.year
group by w.organisation_id, w.indicator_id, w.name_zh, w.weight
order by organisation, w.weight desc, indicator
limit {matrix}
"""
FINDINGS = """
select c.check_type, c.organisation, c.year, c.indicator, c.stated::double as stated, c.computed::double as computed, c.tolerance::double as tolerance, c.reason, c.mention_id,
from main.stated_vs_computed as c
where not c.agrees
order by c.reason, c.organisation, c.year
limit {list}
"""


def table(con: duckdb.DuckDBPyConnection, query: str, values: list[Any] | None = None) -> list[Data]:
    """The rows of a query as dictionaries."""
    con.execute(query.format(rows=ROWS, rows_a_check=ROWS_A_CHECK, list=LIST, matrix=MATRIX, runs=RUNS), values or [])
    columns = [c[0] for c in con.description or []]
    return [dict(zip(columns, row, strict=True)) for row in con.fetchall()]


def collect(con: duckdb.DuckDBPyConnection) -> Data:
    """All of it, from a published warehouse."""
    runs = table(con, "select * from quality.runs order by started_at desc limit 60")
    run = runs[0]
    checks = _checks(con)
    failures, hidden = _failures(con, run["run_id"], checks)
    numbers = dict(con.execute("select metric, value from quality.metrics where run_id = ?", [run["run_id"]]).fetchall())
    before = _before(con, runs)
    return {
        "run": run,
        "runs": runs[:RUNS],
        "checks": checks,
        "failures": failures,
        "failures_hidden": hidden,
        "metrics": numbers,
        "metrics_before": before,
        "sources": _sources(con),
        "matrix": table(con, MATRIX_SQL),
        "coverage": table(con, "select organisation, level, year, reports, numerals, observations, redacted, pairs, comparable_pairs, unmapped "
                               "from main.coverage order by organisation, year limit 5000"),
        "gap": _gap(con),
        "unmapped": table(con, "select indicator, n_mentions, n_documents, units, nearest_1, nearest_1_score::double as score, mention_id "
                               "from main.unmapped_indicators order by n_mentions desc, indicator limit {list}"),
        "units": table(con, "select o.unit, count(*) as n, min(o.mention_id) as mention_id from core.observations as o left join core.units as u on u.unit = o.unit "
                            "where o.unit is not null and o.kind <> 'ranking' and u.unit is null group by o.unit order by n desc, o.unit limit {list}"),
        "findings": _with_places(con, table(con, FINDINGS)),
        "years": table(con, "select o.period_year as year, case when o.is_redacted then 'redacted' when o.scenario = 'planned' then 'planned' when o.scenario = 'expected' "
                            "then 'expected' else 'stated' end as status, count(*) as n from core.observations as o where o.period_year is not null group by all order by all"),
    }  # fmt: skip


def _checks(con: duckdb.DuckDBPyConnection) -> list[Data]:
    """Checks of the last run with advice and what they came to before; failed ones first."""
    history = {row["check_id"]: row for row in table(con, HISTORY)}
    order = {"fail": 0, "warn": 1, "not_evaluated": 2, "pass": 3}
    found = []
    for row in table(con, "select * exclude (run_id) from main.quality_latest"):
        known = definitions().get(row["check_id"])
        past = history.get(row["check_id"], {"failed": [], "statuses": ""})
        row |= {"advice": known.advice if known else "", "advice_zh": known.advice_zh if known else ""}
        found.append({**row, "past_failed": past["failed"], "past_status": past["statuses"]})
    return sorted(found, key=lambda r: (order[r["status"]], r["severity"] != "error", -r["rows_failed"], r["check_id"]))


def _failures(con: duckdb.DuckDBPyConnection, run_id: str, checks: list[Data]) -> tuple[list[Data], int]:
    """Failing rows of the last run with their sentences, in the order of the checks; and how many are not shown."""
    rank = {c["check_id"]: i for i, c in enumerate(checks)}
    rows = sorted(table(con, FAILURES, [run_id]), key=lambda r: rank.get(r["check_id"], 0))
    where = places(con, [r["row_key"] for r in rows if r["row_key"]])
    total = con.execute("select count(*) from quality.failures where run_id = ?", [run_id]).fetchall()[0][0]
    for row in rows:
        row |= _shown(where.get(row["row_key"]))
        row |= {k: visible(row[k]) for k in ("value", "detail", "detail_zh") if row[k]}
        if "#" in (row["row_key"] or "") and not row["mention_id"] and not row["detail"]:
            row |= {"detail": "in a file that is left out as a copy of another", "detail_zh": "在因重复而未载入的文件中"}
    return rows, total - len(rows)


def _shown(place: Place | None) -> Data:
    p = place or Place(None, None, None, None)
    return {"document_id": p.document_id, "path": p.path and visible(p.path), "organisation": p.organisation and visible(p.organisation), "year": p.year,
            "mention_id": p.mention_id, "sentence": [p.before, p.span, p.after] if p.span else None}  # fmt: skip


def _with_places(con: duckdb.DuckDBPyConnection, rows: list[Data]) -> list[Data]:
    where = places(con, [r["mention_id"] for r in rows if r["mention_id"]])
    shown = [_shown(where.get(r["mention_id"])) for r in rows]
    return [{**r, "path": s["path"], "document_id": s["document_id"], "sentence": s["sentence"]} for r, s in zip(rows, shown, strict=True)]


def _before(con: duckdb.DuckDBPyConnection, runs: list[Data]) -> Data:
    """Metrics of the published run before the last."""
    earlier = next((r["run_id"] for r in runs[1:] if r["release_id"]), None)
    return dict(con.execute("select metric, value from quality.metrics where run_id = ?", [earlier]).fetchall()) if earlier else {}


def _sources(con: duckdb.DuckDBPyConnection) -> Data:
    """Files by status, and those that did not load."""
    counts = dict(con.execute("select status, count(*) from core.sources group by status").fetchall())
    query = "select s.path, s.batch, s.format, s.encoding, s.status, s.error, o.path as duplicate_of from core.sources as s " \
            "left join core.sources as o on o.source_id = s.duplicate_of where s.status <> 'loaded' order by s.status desc, s.path limit {list}"  # fmt: skip
    rows = table(con, query)
    return {"counts": counts, "rows": [{**r, "path": visible(r["path"]), "error": r["error"] and visible(r["error"])} for r in rows]}


def _gap(con: duckdb.DuckDBPyConnection) -> list[Data]:
    """Sentences that hold a numeral and gave no indicator, the first of each report in turn."""
    found = metrics.sentences(con)
    none = found.filter(found["indicators"] == 0).sort("document_id", "char_start").head(LIST)
    heads = {
        r["document_id"]: r
        for r in table(
            con,
            "select d.document_id, d.organisation, d.report_year, s.path from core.documents as d join core.sources as s on s.source_id = d.source_id",
        )
    }
    wanted = none["source_id"].unique().to_list()
    texts = dict(
        con.execute("select source_id, text from core.source_texts where source_id in (select unnest(?::varchar[]))", [wanted]).fetchall()
    )
    rows = []
    for row in none.iter_rows(named=True):
        head = heads[row["document_id"]]
        before, span, after = around(texts[row["source_id"]], row["char_start"], row["char_end"])
        del before, after
        rows.append({"document_id": row["document_id"], "organisation": head["organisation"], "year": head["report_year"], "path": visible(head["path"]),
                     "sentence": span.strip()[:300], "char_start": row["char_start"]})  # fmt: skip
    return rows
