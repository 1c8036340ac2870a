"""What changed since the last published run, row by row and with the cause; from fingerprints kept beside the history.

Fingerprints outlive the warehouse: one row per observation, hashes only. A row of an unchanged file is known by its place in the text, a row
of a changed file by what it says it measures, so that a mended typing error is one changed row and not a file of new ones.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from tongbi.quality.verdict import Run
from tongbi.settings import Settings

CAUSES = ("new_source", "removed_source", "changed_source", "rules", "code", "catalogue", "other")
FINGERPRINTS = """
create or replace temp table fingerprints as
with said as (
    select s.path, s.sha256, o.mention_id, o.subject_no, o.indicator_id,
        concat_ws('|', o.indicator_name, o.kind, o.change_basis, o.scenario, o.period_code, o.period_year, o.rank_scope) as measured,
        concat_ws('|', coalesce(o.indicator_name, '∅'), o.kind, coalesce(o.value::varchar, '∅'), coalesce(o.value_low::varchar, '∅'),
            coalesce(o.value_high::varchar, '∅'), coalesce(o.unit, '∅'), o.obs_status, o.approximation, coalesce(o.change_basis, '∅'),
            coalesce(o.change_direction, '∅'), o.scenario, coalesce(o.period_code, '∅'), coalesce(o.rank_scope, '∅'), coalesce(o.organisation_id, '∅'),
            coalesce(o.report_year::varchar, '∅')) as facts,
    from core.observations as o
    join core.documents as d on d.document_id = o.document_id
    join core.sources as s on s.source_id = d.source_id
)

select path, sha256,
    md5_number_lower(mention_id || '#' || subject_no) as place,
    md5_number_lower(measured || '#' || row_number() over (partition by path, measured order by mention_id, subject_no)) as meaning,
    md5_number_lower(facts) as facts,
    md5_number_lower(indicator_id) as identity,
from said
"""
COMPARE = """
with files as (
    select coalesce(n.path, p.path) as path, n.sha256 is null as removed, p.sha256 is null as new, n.sha256 is distinct from p.sha256 as changed,
    from (select distinct path, sha256 from fingerprints) as n
    full join (select distinct path, sha256 from previous_fingerprints) as p on p.path = n.path
),

now as (
    select f.path, f.new, f.removed, f.changed, if(f.changed, r.meaning, r.place) as key, r.facts, r.identity
    from fingerprints as r
    join files as f on f.path = r.path
),

before as (
    select f.path, f.new, f.removed, f.changed, if(f.changed, r.meaning, r.place) as key, r.facts, r.identity
    from previous_fingerprints as r
    join files as f on f.path = r.path
),

compared as (
    select
        case when b.key is null then 'added' when n.key is null then 'removed' when b.facts = n.facts and b.identity = n.identity then 'identical' else 'changed' end as fate,
        case when coalesce(n.new, b.new) then 'new_source' when coalesce(n.removed, b.removed) then 'removed_source'
            when coalesce(n.changed, b.changed) then 'changed_source' when b.facts = n.facts then 'catalogue' else 'same_source' end as cause,
    from now as n
    full join before as b on b.path = n.path and b.key = n.key
)

select fate, if(fate = 'identical', '', cause) as cause, count(*) as n
from compared
group by all
"""


def measure(con: duckdb.DuckDBPyConnection, settings: Settings, run: Run) -> dict[str, float | None]:
    """Figures named `drift.…`: rows added, changed, removed and identical, each by cause; empty on a first run."""
    con.execute(FINGERPRINTS)
    kept = path(settings)
    if not kept.exists():
        return {}
    con.execute(f"create or replace temp table previous_fingerprints as select * from read_parquet({_quoted(kept)})")
    versions = con.execute("select any_value(code_version), any_value(rules_version) from previous_fingerprints").fetchall()[0]
    found = con.execute(COMPARE).fetchall()
    con.execute("drop table previous_fingerprints")
    return summed([(fate, _cause(cause, versions, run), n) for fate, cause, n in found])


def _cause(cause: str, versions: tuple[str | None, str | None], run: Run) -> str:
    """An unchanged file read differently: by other rules, by other code, or for a reason outside both (a manifest, a correction)."""
    if cause != "same_source":
        return cause
    return "rules" if versions[1] != run.rules_version else "code" if versions[0] != run.code_version else "other"


def summed(rows: list[tuple[str, str, int]]) -> dict[str, float | None]:
    """`(fate, cause, rows)` -> metrics; every fate is there, causes where they occur."""
    out: dict[str, float | None] = {f"drift.{fate}": 0.0 for fate in ("added", "changed", "removed", "identical")}
    for fate, cause, n in rows:
        out[f"drift.{fate}"] = (out[f"drift.{fate}"] or 0) + n
        if cause:
            out[f"drift.{fate}.{cause}"] = (out.get(f"drift.{fate}.{cause}") or 0) + n
    return out


def path(settings: Settings) -> Path:
    """Where the fingerprints of the last run that may be published are kept."""
    return settings.history_dir / "fingerprints.parquet"


def keep(con: duckdb.DuckDBPyConnection, settings: Settings, run: Run) -> None:
    """Remember the rows of this run for the next one; call it for runs that are published."""
    kept = path(settings)
    kept.parent.mkdir(parents=True, exist_ok=True)
    temporary = kept.with_suffix(f".tmp{os.getpid()}")
    con.execute(
        f"copy (select *, '{run.code_version}' as code_version, '{run.rules_version}' as rules_version, '{run.run_id}' as run_id from fingerprints) "
        f"to {_quoted(temporary)} (format parquet, compression zstd)"
    )
    os.replace(temporary, kept)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
