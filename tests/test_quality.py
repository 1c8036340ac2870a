"""The quality record of a run: verdict, history, canaries, gold metrics, drift; and a publish that a broken promise blocks."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tongbi import quality, run
from tongbi.quality import canaries, drift, gold, history, judge, registry, sqlchecks, trend
from tongbi.quality.verdict import CheckResult, Definition, Failure
from tongbi.settings import SQL_DIR, Settings
from tongbi.validate import CORE, OBSERVATIONS, claims, codes
from tongbi.warehouse import connect


@pytest.fixture
def copy(built: Settings, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the built warehouse, to break at will; its own quality tables are empty."""
    path = tmp_path / "copy.duckdb"
    shutil.copy(built.database, path)
    with duckdb.connect(str(path)) as con:
        for table in ("runs", "checks", "failures", "metrics"):
            con.execute(f"delete from quality.{table}")
        yield con


def one_run(version: str = "code") -> quality.Run:
    return quality.Run(uuid.uuid4().hex, datetime.now(UTC).replace(tzinfo=None), version, "rules")


def elsewhere(built: Settings, folder: Path) -> Settings:
    return replace(built, warehouse_dir=folder)


# what a run leaves


def test_the_record_of_a_run_is_whole(con: duckdb.DuckDBPyConnection) -> None:
    verdict, release = con.execute("select verdict, release_id from quality.runs").fetchall()[0]
    assert verdict == "warn"
    assert release
    rows = con.execute(
        "select check_id, status, canary_fired, rows_tested, rows_failed, sentence, sentence_zh from quality_latest"
    ).fetchall()
    assert {r[0] for r in rows} >= {c for t in CORE for c, _ in claims(t)} | {c.check_id for c in sqlchecks.load()} | set(trend.CHECKS)
    assert all(r[2] for r in rows)
    assert all(r[5] and r[6] for r in rows)
    assert {r[1] for r in rows} <= set(codes.CHECK_STATUS)
    assert all(r[1] == "not_evaluated" for r in rows if r[3] == 0)
    metrics = dict(con.execute("select metric, value from quality.metrics").fetchall())
    assert {"gold.recall", "rate.redacted", "rate.comparable_pairs", "gap.share"} <= set(metrics)
    assert any(m.startswith("rule.mention.") for m in metrics)


def test_planted_faults_of_the_corpus_are_warnings_with_a_sentence_to_act_on(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("select check_id, detail, detail_zh from quality.failures").fetchall()
    said = {check_id: (en, zh) for check_id, en, zh in rows}
    assert "6.80%" in said["stated_growth_agrees_with_levels"][0]
    assert "5.19%" in said["stated_growth_agrees_with_levels"][1]
    assert "社会消费品零售总额" in said["bases_are_not_restated"][0]
    assert "传输不完整" in said["sources_can_be_read"][1]
    assert "units_stay_the_same" in said


def test_every_failing_row_is_in_the_warehouse(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "select c.check_id from quality_latest as c left join quality.failures as f on f.check_id = c.check_id and f.run_id = c.run_id "
        "group by c.check_id, c.rows_failed having count(f.row_key) <> c.rows_failed"
    ).fetchall()
    assert [r[0] for r in rows if r[0] != "mentions.ledger_complete"] == []


def test_shards_keep_a_sample_and_the_record_gets_all(built: Settings, copy: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    copy.execute("update core.mentions set disposition = 'guess'")
    n = copy.execute("select count(*) from core.mentions").fetchall()[0][0]
    shard = CheckResult(
        "mentions.disposition.isin", "mentions", "disposition", "", "", "validity", "error", n, n, "fail", failures=(Failure("x"),) * 20
    )
    from tongbi.quality.evaluate import whole

    assert len(whole(copy, [shard])[0].failures) == n


# definitions


def test_every_check_is_defined_with_sentences_in_both_languages() -> None:
    defined = registry.definitions()
    assert {c.check_id for c in sqlchecks.load()} <= set(defined)
    assert all(
        d.sentence and d.sentence_zh and d.dimension in codes.CHECK_DIMENSIONS and d.severity in codes.SEVERITIES for d in defined.values()
    )
    assert {d.dimension for d in defined.values()} == set(codes.CHECK_DIMENSIONS)
    known = {c for t in CORE for c, _ in claims(t)} | {c.check_id for c in sqlchecks.load()} | set(trend.CHECKS) | set(judge.PROMISES)
    assert set(defined) == known  # an entry of the list that is no check is dead


def test_every_sql_check_states_its_grain_and_what_it_tests() -> None:
    for check in sqlchecks.load():
        assert check.query.startswith("-- grain: ")
        assert check.tested
        assert check.canary


def test_thresholds_decide_the_status() -> None:
    error = Definition("a", "t", None, "s", "z", "validity", "error", warn_above=0.0, error_above=0.1)
    assert [judge.judge(error, n, m, []).status for n, m in ((0, 0), (100, 0), (100, 5), (100, 11))] == [
        "not_evaluated",
        "pass",
        "warn",
        "fail",
    ]
    warn = replace(error, severity="warn", warn_above=0.05, error_above=None)
    assert [judge.judge(warn, 100, m, []).status for m in (5, 6, 100)] == ["pass", "warn", "warn"]


# canaries


def test_a_sound_world_passes_every_sql_check(con: duckdb.DuckDBPyConnection) -> None:
    world = canaries.make_world(con)
    assert {c.check_id: sqlchecks.run_one(world, c).failures for c in sqlchecks.load() if sqlchecks.run_one(world, c).rows_failed} == {}


def test_every_check_finds_the_fault_planted_for_it(con: duckdb.DuckDBPyConnection) -> None:
    fired = canaries.run(con) | trend.canaries()
    assert [check_id for check_id, found in fired.items() if not found] == []
    assert set(fired) == set(registry.definitions())


@pytest.mark.parametrize("check_id", ["masked_figures_have_no_value", "years_have_no_gap"])
def test_a_sql_check_without_body_fails_the_run(
    check_id: str, built: Settings, copy: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switched_off = tuple(
        replace(c, query=f"select * from ({c.query}) where false") if c.check_id == check_id else c for c in sqlchecks.load()
    )
    monkeypatch.setattr(sqlchecks, "load", lambda: switched_off)
    verdict = quality.evaluate(copy, elsewhere(built, tmp_path), one_run(), {}, None)
    assert verdict.status == "fail"
    assert verdict.release_id is None
    assert [c.check_id for c in verdict.checks if c.canary_fired is False] == [check_id]
    assert any(check_id in e and "did not find the fault" in e for e in verdict.errors)


def test_a_model_claim_without_body_fails_the_run(
    built: Settings, copy: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tongbi.validate import table

    rules = tuple(replace(r, holds=pl.lit(True)) if r.id == "redacted_has_no_value" else r for r in OBSERVATIONS.rules)
    columns = dict(OBSERVATIONS.model.columns)
    off = table.table("observations", OBSERVATIONS.comment, OBSERVATIONS.key, columns, rules)
    monkeypatch.setattr(canaries, "CORE", tuple(off if t.name == "observations" else t for t in CORE))
    assert [c for c, found in canaries.run(copy).items() if not found] == ["observations.redacted_has_no_value"]


def test_a_promise_without_body_fails(copy: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    from tongbi.validate import Outcome, promises

    monkeypatch.setattr(promises, "spans_true", lambda *_: Outcome("mentions.spans_true", "mentions", "surface", 9, 0))
    assert [c for c, found in canaries.run(copy).items() if not found] == ["mentions.spans_true"]


def test_a_check_that_cannot_run_has_failed(copy: duckdb.DuckDBPyConnection) -> None:
    check = replace(sqlchecks.load()[0], query="select 1 from nowhere")
    result = sqlchecks.run_one(copy, check)
    assert result.status == "fail"
    assert "could not run" in (result.failures[0].detail or "")


# publishing


def test_a_broken_promise_blocks_publishing_and_leaves_the_old_warehouse(
    built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = elsewhere(built, tmp_path / "warehouse")
    shutil.copytree(built.warehouse_dir, settings.warehouse_dir, ignore=shutil.ignore_patterns(".lock*"))  # its shards are used again
    release = _release(settings)
    from tongbi import assets

    real = assets.build

    def tampered(*args: object) -> duckdb.DuckDBPyConnection:
        con = real(*args)  # type: ignore[arg-type]
        con.execute("update core.observations set value = 10000 where is_redacted")
        return con

    monkeypatch.setattr(assets, "build", tampered)
    error = run.build(settings).error
    assert error
    assert "A masked figure never becomes a number" in error
    assert _release(settings) == release
    page = (settings.report_dir / "index.html").read_text(encoding="utf-8")
    assert "✕ not published" in page
    assert "masked_figures_have_no_value" in page
    assert pl.read_parquet(history.files(settings, "runs")[-1])["verdict"].to_list() == ["fail"]
    monkeypatch.undo()
    assert run.build(settings).error is None
    with connect(settings.warehouse_dir) as con:
        assert con.execute("select verdict from quality.runs order by started_at").fetchall()[1] == ("fail",)


def _release(settings: Settings) -> str:
    with connect(settings.warehouse_dir) as con:
        return str(con.execute("select release_id from quality.runs order by started_at desc limit 1").fetchall()[0][0])


# history and drift


def test_history_outlives_the_warehouse_and_tells_drift_by_cause(built: Settings, copy: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    settings = elsewhere(built, tmp_path / "w")
    first = quality.evaluate(copy, settings, one_run(), {}, None)
    for table in ("runs", "checks", "failures", "metrics"):
        copy.execute(f"delete from quality.{table}")
    copy.execute(
        "update core.observations set indicator_id = 'gdp' where mention_id = (select min(mention_id) from core.observations where indicator_id <> 'gdp')"
    )
    copy.execute(
        "update core.observations set approximation = 'about' where mention_id = (select max(mention_id) from core.observations where approximation = 'exact' and value is not null)"
    )
    second = quality.evaluate(copy, settings, one_run("other code"), {}, None)
    assert copy.execute("select count(*) from quality.runs").fetchall() == [(2,)]
    assert copy.execute("select count(distinct run_id) from quality_latest").fetchall() == [(1,)]
    moved = dict(copy.execute("select metric, value from quality.metrics where metric like 'drift.%'").fetchall())
    assert (moved["drift.added"], moved["drift.removed"]) == (0, 0)
    assert moved["drift.changed.catalogue"] >= 1
    assert moved["drift.changed.code"] >= 1
    assert first.release_id != second.release_id


def test_drift_knows_new_changed_and_removed_files(built: Settings, copy: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    settings = elsewhere(built, tmp_path / "w")
    drift.measure(copy, settings, one_run())
    drift.keep(copy, settings, one_run())
    total = copy.execute("select count(*) from core.observations").fetchall()[0][0]
    path = "枫屿县禾岭乡/2024年工作总结.txt"
    there = copy.execute(
        "select count(*) from core.observations join core.documents using (document_id) join core.sources using (source_id) where path = ?",
        [path],
    ).fetchall()[0][0]
    copy.execute("update core.sources set sha256 = 'changed' where path = ?", [path])
    copy.execute("update core.sources set path = 'renamed.txt' where path = '枫屿县禾岭乡/2023年工作总结.txt'")
    moved = drift.measure(copy, settings, one_run())
    assert set(moved) >= {"drift.added.new_source", "drift.removed.removed_source"}
    assert moved["drift.added.new_source"] == moved["drift.removed.removed_source"]
    assert moved["drift.identical"] == total - (
        moved["drift.added.new_source"] or 0
    )  # a changed file with the same figures has identical rows
    copy.execute("update core.observations set value = value + 1 where mention_id in (select mention_id from core.mentions join core.documents using (document_id) "
                 "join core.sources using (source_id) where path = ?) and value is not null", [path])  # fmt: skip
    assert 0 < (drift.measure(copy, settings, one_run())["drift.changed.changed_source"] or 0) <= there


def test_unusual_shifts_are_told() -> None:
    steady = {"rule.mention.a": 100.0, "rule.mention.b": 900.0}
    assert trend.rules_hit_as_before(steady, steady)[1] == []
    assert [f.row_key for f in trend.rules_hit_as_before({"rule.mention.a": 500.0, "rule.mention.b": 500.0}, steady)[1]] == [
        "rule.mention.a"
    ]
    assert (
        trend.rules_hit_as_before({"rule.mention.a": 200.0, "rule.mention.b": 1800.0}, steady)[1] == []
    )  # twice the corpus, not another rule
    assert trend.rows_are_not_lost({"drift.removed": 90.0, "drift.removed.removed_source": 90.0, "drift.identical": 10.0}, {})[1] == []
    assert {r.status for r in trend.run(steady, {})} == {"not_evaluated"}


# gold


def test_the_gold_set_is_large_and_well_read(con: duckdb.DuckDBPyConnection) -> None:
    metrics = dict(con.execute("select metric, value from quality.metrics where metric like 'gold.%'").fetchall())
    assert metrics["gold.numerals"] >= 400
    for kind in codes.KINDS:
        assert metrics[f"gold.recall.{kind}"] is not None
    assert metrics["gold.precision"] > 0.9
    assert metrics["gold.recall"] > 0.9


def test_gold_is_measured_once_for_the_same_code(built: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = elsewhere(built, tmp_path)
    measured = []
    monkeypatch.setattr(gold, "measure", lambda rows: measured.append(len(rows)) or {"gold.numerals": 1.0})
    assert gold.metrics(settings, one_run("a")) == gold.metrics(settings, one_run("a"))
    gold.metrics(settings, one_run("b"))
    assert len(measured) == 2
    assert gold.metrics(settings, one_run("c"), tmp_path / "nowhere") == {}


def test_a_wrong_reading_counts_against_the_right_field() -> None:
    row = {"surface": "3.5万元", "disposition": "indicator", "start": 0, "end": 5, "line": 1, "kind": "amount", "value": 3.5, "mask": None, "unit": "元", "multiplier": 10000,
           "approx": "exact", "direction": "none", "basis": "none", "status": "actual", "period_year": 2023, "period_type": "year", "name": "投资"}  # fmt: skip
    from decimal import Decimal

    fact = {"kind": "amount", "value": Decimal(35000), "value_low": None, "value_high": None, "unit": "元", "is_redacted": False, "approximation": "exact", "change_direction": None,
            "change_basis": None, "scenario": "actual", "period_year": 2023, "period_type": "year", "indicator_name": "投资", "rank_scope": None}  # fmt: skip
    assert all(gold.judge(row, fact).values())
    assert [f for f, ok in gold.judge(row, fact | {"value": Decimal(350000), "unit": "美元"}).items() if not ok] == ["value", "unit"]


def test_sql_checks_are_the_files_of_the_folder() -> None:
    assert len(sqlchecks.load()) == len(list((SQL_DIR / "checks").glob("assert_*.sql"))) >= 50


def test_questions_of_the_docs_have_answers(con: duckdb.DuckDBPyConnection) -> None:
    text = (Path(__file__).parents[1] / "docs" / "quality.md").read_text(encoding="utf-8")
    queries = text.split("## Questions in SQL")[1].split("```sql")[1].split("```")[0].split(";")
    asked = [q for q in queries if "select" in q]
    assert len(asked) == 3
    for query in asked:
        con.execute(query).fetchall()
    assert con.execute(asked[0]).fetchall()
