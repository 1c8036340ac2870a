"""A fault of each kind, planted in a built warehouse: exactly the right check finds exactly the right row, and none once it is gone."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from tongbi.quality import sqlchecks
from tongbi.quality.evaluate import decide
from tongbi.quality.judge import from_outcome
from tongbi.quality.verdict import CheckResult
from tongbi.settings import Settings
from tongbi.validate import CORE, outcomes, promises

FAULTS = tomllib.loads((Path(__file__).parent / "quality_faults.toml").read_text(encoding="utf-8"))["fault"]
NAMED = {  # rows that faults are planted in, by a query each; `$d` is the middle report of one organisation
    "d": "select document_id from core.documents join core.sources using (source_id) where path = '枫屿县人民政府/2024年政府工作报告.txt'",
    "other": "select document_id from core.documents join core.sources using (source_id) where path = '青澜区交通运输局/2024年工作总结.txt'",
    "m": "select mention_id from core.observations where document_id = $d and value is not null and kind = 'amount' and subject_no = 1 and scenario = 'actual' "
    "and base_mention_id is null and part_of_mention_id is null and mention_id not in (select base_mention_id from core.observations where base_mention_id is not null) "
    "and approximation = 'exact' and change_basis is null and period_type = 'year' and mention_id not in (select mention_id from core.observations where subject_no = 2) "
    "and mention_id not in (select part_of_mention_id from core.observations where part_of_mention_id is not null) order by mention_id limit 1",
    "alone": "select mention_id from core.observations where document_id = $d and value is not null and kind = 'count' and subject_no = 1 and scenario = 'actual' "
    "and mention_id not in (select coalesce(base_mention_id, '') from core.observations union select coalesce(part_of_mention_id, '') from core.observations) "
    "and base_mention_id is null and part_of_mention_id is null and mention_id not in (select mention_id from core.observations where subject_no = 2) "
    "and indicator_id in (select indicator_id from core.observations group by 1 having count(*) = 1) order by mention_id limit 1",
    "period": "select mention_id from core.mentions where document_id = $d and disposition = 'period' and regexp_matches(surface, '[0-9]') order by mention_id limit 1",
    "masked": "select mention_id from core.observations where is_redacted and subject_no = 1 order by mention_id limit 1",
    "planned": "select mention_id from core.observations where document_id = $d and scenario = 'planned' and subject_no = 1 order by mention_id limit 1",
    "rank": "select mention_id from core.observations where kind = 'ranking' and value is not null and subject_no = 1 order by mention_id limit 1",
    "share": "select mention_id from core.observations where document_id = $d and unit = '%' and change_basis is null and value is not null and scenario = 'actual' and subject_no = 1 "
    "and approximation = 'exact' order by mention_id desc limit 1",
    "change": "select mention_id from core.observations where document_id = $d and unit = '%' and change_basis = 'yoy' and value is not null and subject_no = 1 "
    "and scenario = 'actual' and base_mention_id is null order by mention_id limit 1",
    "child": "select section_id from core.sections where document_id = $d and parent_id is not null and section_id not in "
    "(select parent_id from core.sections where parent_id is not null) order by char_start desc limit 1",
}  # fmt: skip


def judged(con: duckdb.DuckDBPyConnection) -> dict[str, CheckResult]:
    """Every check of models, promises and SQL on what the connection holds, whole tables at once."""
    frames = {t.name: con.sql(f"select * from core.{t.name}").pl().cast(dict(t.polars_schema())) for t in CORE}
    documents, sections, mentions, texts = (frames[n] for n in ("documents", "sections", "mentions", "source_texts"))
    whole = texts.select("source_id", char_start=pl.lit(0, pl.Int64), char_end=pl.col("text").str.len_chars().cast(pl.Int64))
    found = [o for t in CORE for o in outcomes(frames[t.name], t, sample=None)] + [
        promises.tiles(documents, whole, "source_id", "documents.tile", "documents"),
        promises.tiles(promises.leaves(sections), documents, "document_id", "sections.leaves_tile", "sections"),
        promises.spans_true(mentions, texts, documents),
        promises.ledger_complete(mentions, texts, documents),
    ]
    results = [*(from_outcome(o.as_dict()) for o in found), *sqlchecks.run_all(con)]
    return {r.check_id: r for r in results}


@pytest.fixture(scope="module")
def copy(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("faults") / "tongbi.duckdb"
    shutil.copy(built.database, path)
    with duckdb.connect(str(path)) as con:
        sqlchecks.offer(con, [])
        yield con


@pytest.fixture(scope="module")
def sound(copy: duckdb.DuckDBPyConnection) -> dict[str, CheckResult]:
    return judged(copy)


@pytest.fixture(scope="module")
def names(copy: duckdb.DuckDBPyConnection) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, query in NAMED.items():
        row = copy.execute(with_names(query, found)).fetchall()
        assert row, f"the demonstration corpus has no row for ${name}"
        found[name] = row[0][0]
    return found


def with_names(query: str, found: dict[str, str]) -> str:
    for name in sorted(found, key=len, reverse=True):
        query = query.replace(f"${name}", f"'{found[name]}'")
    return query


def broken(now: dict[str, CheckResult], before: dict[str, CheckResult]) -> dict[str, list[str]]:
    """Checks that find rows they did not find before."""
    out = {}
    for check_id, result in now.items():
        new = {f.row_key for f in result.failures} - {f.row_key for f in before[check_id].failures}
        if new or result.rows_failed > before[check_id].rows_failed:
            out[check_id] = sorted(new)
    return out


def test_nothing_but_what_is_planted_in_the_corpus_fails(sound: dict[str, CheckResult]) -> None:
    assert [r.check_id for r in sound.values() if r.status == "fail"] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f["id"])
def test_a_planted_fault_is_found(
    fault: dict[str, Any], copy: duckdb.DuckDBPyConnection, sound: dict[str, CheckResult], names: dict[str, str]
) -> None:
    rows = {str(r[0]) for r in copy.execute(with_names(fault["row"], names)).fetchall()}
    assert rows
    copy.execute("begin")
    try:
        copy.execute(with_names(fault["plant"], names))
        now = judged(copy)
    finally:
        copy.execute("rollback")
    found = broken(now, sound)
    assert set(found) == {fault["check"], *fault.get("also", [])}, {k: v[:3] for k, v in found.items()}
    assert rows <= set(found[fault["check"]])
    result = now[fault["check"]]
    assert result.status == fault["verdict"], (result.rows_failed, result.rows_tested)
    blocking = [r for r in now.values() if r.status == "fail"]
    assert decide(list(now.values()), "release").status == ("fail" if blocking else "warn")
    assert (decide([result], "release").release_id is None) == (fault["verdict"] == "fail")


def test_without_the_faults_all_is_as_before(copy: duckdb.DuckDBPyConnection, sound: dict[str, CheckResult]) -> None:
    assert broken(judged(copy), sound) == {}
    assert len(FAULTS) >= 25
    assert len({f["check"] for f in FAULTS}) >= 25
