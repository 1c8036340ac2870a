"""The whole chain as it is used: what is reused, what a killed run leaves, who may read and who may write meanwhile."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
import pytest

from tongbi import run
from tongbi.definitions import definitions, failure_sentence, raw_changed, run_failed
from tongbi.errors import BusyError
from tongbi.settings import Settings
from tongbi.shards import load_state
from tongbi.warehouse import connect
from tongbi.warehouse.lock import held

RAW = Path(__file__).parents[1] / "raw"
STAGES = ("texts", "documents", "sections", "mentions", "observations")
COMMAND = [sys.executable, "-m", "tongbi.cli", "build"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A copy of two batches of the demonstration corpus, to change at will."""
    for batch in ("青澜区交通运输局", "枫屿县禾岭乡"):
        shutil.copytree(RAW / batch, tmp_path / "raw" / batch)
    return Settings.default(tmp_path / "raw", tmp_path / "warehouse", workers=1)


def ask(settings: Settings, query: str) -> list[tuple]:
    with connect(settings.warehouse_dir) as con:
        return con.execute(query).fetchall()


def paths(settings: Settings) -> set[str]:
    return {row[0] for row in ask(settings, "select path from core.sources where status = 'loaded'")}


def reused(built: run.Built) -> dict[str, list[bool]]:
    assert built.error is None, built.error
    assert built.shop
    return {stage: [m.reused for m in manifests] for stage, manifests in built.shop.manifests.items()}


def test_a_second_build_reuses_everything_and_a_new_file_costs_its_own_batch(settings: Settings) -> None:
    assert not any(any(kept) for kept in reused(run.build(settings)).values())
    assert all(all(kept) for kept in reused(run.build(settings)).values())
    (settings.raw_dir / "新批次").mkdir()
    (settings.raw_dir / "新批次" / "2024年工作总结.txt").write_text(
        "某镇2024年工作总结\n一、主要工作\n全年新建公园3个。\n", encoding="utf-8"
    )
    assert {stage: (sum(kept), len(kept)) for stage, kept in reused(run.build(settings)).items()} == dict.fromkeys(STAGES, (2, 3))


def test_a_changed_file_is_replaced_and_a_removed_one_leaves(settings: Settings) -> None:
    reused(run.build(settings))
    changed, gone = sorted(settings.raw_dir.rglob("*.txt"))[:2]
    text = "某乡2023年工作总结\n一、主要工作\n全年修建水渠77公里。\n"
    changed.write_text(text, encoding="utf-8")
    gone.unlink()
    before = paths(settings)
    reused(run.build(settings))
    assert paths(settings) == before - {gone.relative_to(settings.raw_dir).as_posix()}
    name = changed.relative_to(settings.raw_dir).as_posix()
    assert ask(settings, f"select text from core.source_texts join core.sources using (source_id) where path = '{name}'") == [(text,)]
    assert ask(settings, f"select value from facts where source_path = '{name}'") == [(77,)]


def test_one_batch_can_be_built_alone_and_the_others_stay(settings: Settings) -> None:
    reused(run.build(settings))
    before = paths(settings)
    (settings.raw_dir / "枫屿县禾岭乡" / "新.txt").write_text("某乡2021年工作总结\n一、主要工作\n全年植树900株。\n", encoding="utf-8")
    (settings.raw_dir / "青澜区交通运输局" / "也新.txt").write_text("某局2021年工作总结\n一、主要工作\n全年修路9公里。\n", encoding="utf-8")
    reused(run.build(replace(settings, batch="枫屿县禾岭乡")))
    assert paths(settings) == before | {"枫屿县禾岭乡/新.txt"}
    wrong = run.build(replace(settings, batch="没有"))
    assert wrong.error
    assert "no batch '没有'" in wrong.error


def test_an_empty_folder_gives_an_empty_warehouse(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    settings = Settings.default(tmp_path / "raw", tmp_path / "warehouse", workers=1)
    assert run.build(settings).error is None
    assert ask(settings, "select count(*) from facts") == [(0,)]
    assert ask(settings, "select count(*) from yoy") == [(0,)]


def many(settings: Settings, copies: int = 60) -> None:
    """A larger corpus, so that a run can be killed while it works: the same reports with other figures."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(RAW.glob("枫屿县人民政府/*.txt"))]
    for k in range(copies):
        for n, text in enumerate(texts):
            path = settings.raw_dir / f"批次{k % 6}" / f"{k}-{n}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("2", str(k % 9 + 1)) * 12, encoding="utf-8")


def killed_when(settings: Settings, ready: Callable[[], bool]) -> None:
    """Start a build and kill it, with its workers, as soon as `ready`."""
    folders = ["--raw", str(settings.raw_dir), "--warehouse", str(settings.warehouse_dir), "--workers", "1"]
    process = subprocess.Popen([*COMMAND, *folders], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 90
    while not ready():
        assert process.poll() is None, "the build ended before it could be killed"
        assert time.monotonic() < end
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("moment", ["between stages", "while publishing"])
def test_a_killed_build_leaves_the_old_warehouse_whole_and_the_next_one_goes_on(settings: Settings, moment: str) -> None:
    reused(run.build(settings))
    release = "select release_id from quality.runs order by started_at desc limit 1"
    old, facts = ask(settings, release), ask(settings, "select count(*) from facts")
    many(settings)
    mentions = settings.shards_dir / "mentions"
    have = len(list(mentions.glob("*.parquet")))
    new_file = settings.database.with_suffix(".new.duckdb")
    killed_when(settings, new_file.exists if moment == "while publishing" else lambda: len(list(mentions.glob("*.parquet"))) > have)
    assert (ask(settings, release), ask(settings, "select count(*) from facts")) == (old, facts)
    after = reused(run.build(settings))
    assert all(after["documents"]), "what the killed run had finished is not computed again"
    if moment == "while publishing":
        assert all(after["observations"])
    assert ask(settings, "select count(*) from facts")[0][0] > facts[0][0]
    assert not list(settings.warehouse_dir.rglob("*.tmp*"))


def test_a_reader_in_another_process_keeps_its_snapshot_while_a_build_publishes(settings: Settings) -> None:
    reused(run.build(settings))
    program = (
        "import sys, duckdb; con = duckdb.connect(sys.argv[1], read_only=True); q = 'select count(*) from core.sources'\n"
        "print(con.execute(q).fetchall()[0][0], flush=True); input(); print(con.execute(q).fetchall()[0][0], flush=True)"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", program, str(settings.database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout
    first = reader.stdout.readline()
    (settings.raw_dir / "新.txt").write_text("某镇2024年工作总结\n一、主要工作\n全年新建公园3个。\n", encoding="utf-8")
    reused(run.build(settings))
    told, _ = reader.communicate("\n", timeout=20)
    assert reader.returncode == 0
    assert told == first
    assert ask(settings, "select count(*) from core.sources") == [(int(first) + 1,)]


def test_a_second_builder_waits_and_then_says_who_builds(settings: Settings) -> None:
    said: list[str] = []
    with (
        held(settings),
        pytest.raises(BusyError, match=f"process {os.getpid()} on .* wait for it"),
        held(replace(settings, lock_seconds=0.3), said.append),
    ):
        pass
    assert len(said) == 1
    assert f"process {os.getpid()}" in said[0]
    with held(settings):
        came = run.build(replace(settings, lock_seconds=0.3), say=said.append)
    assert came.error
    assert f"process {os.getpid()}" in came.error
    assert run.build(settings).error is None


def test_a_broken_promise_blocks_publishing_and_the_old_warehouse_stays(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    reused(run.build(settings))
    facts = ask(settings, "select count(*), min(mention_id) from facts")
    from tongbi import stages

    real = stages.find_mentions
    monkeypatch.setattr(stages, "stage_version", lambda stage: f"poisoned-{stage}")
    monkeypatch.setattr(stages, "find_mentions", lambda *a: real(*a).with_columns(pl.col("char_start") + 1, pl.col("char_end") + 1))
    came = run.build(settings)
    assert came.error
    assert "mentions" in came.error
    assert ask(settings, "select count(*), min(mention_id) from facts") == facts
    assert "mentions" in (settings.warehouse_dir / "last_failure.txt").read_text(encoding="utf-8")


def test_the_sensor_asks_for_one_run_for_any_change_and_none_for_none(settings: Settings) -> None:
    reused(run.build(settings))
    sensor = raw_changed(settings, dg.define_asset_job("build"))

    def tick(cursor: str | None) -> tuple[bool, str | None]:
        context = dg.build_sensor_context(cursor=cursor)
        asked = sensor(context)
        return isinstance(asked, dg.RunRequest), context.cursor

    asked, cursor = tick(None)
    assert not asked
    for name in ("一.txt", "二.txt"):
        (settings.raw_dir / name).write_text("某镇2024年工作总结", encoding="utf-8")
    sorted(settings.raw_dir.rglob("*.txt"))[-1].unlink()
    asked, cursor = tick(cursor)
    assert asked
    assert tick(cursor) == (False, cursor)
    (settings.raw_dir / "一.txt").unlink()
    assert tick(cursor)[0]


def test_the_definitions_hold_a_schedule_sensors_and_the_graph(settings: Settings) -> None:
    defs = definitions(settings)
    graph = defs.resolve_asset_graph()
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert keys == {"sources", "documents", "sections", "mentions", "observations", "warehouse", "quality_report"}
    assert {s.name for s in defs.sensors or []} == {"raw_changed", "run_failed"}
    assert [s.cron_schedule for s in defs.schedules or []] == ["0 6 * * *"]
    schema = graph.get(dg.AssetKey("observations")).metadata["dagster/column_schema"]
    assert {c.name: c.description for c in schema.columns}["value"].endswith("数值")


def test_a_failed_run_is_told_in_plain_words(settings: Settings) -> None:
    (settings.raw_dir / "manifest.csv").write_text("path,region\n没有.txt,某区\n", encoding="utf-8")
    came = run.build(settings)
    assert came.error
    assert "没有.txt" in came.error
    instance = dg.DagsterInstance.from_config(str(settings.dagster_home))
    record = instance.get_run_by_id(came.run_id)
    assert record
    failed = next(e.dagster_event for e in instance.all_logs(came.run_id) if e.dagster_event and e.dagster_event.is_run_failure)
    context = dg.build_run_status_sensor_context("run_failed", failed, instance, record).for_run_failure()
    assert "没有.txt" in failure_sentence(context)
    run_failed(settings)(context)
    note = (settings.warehouse_dir / "last_failure.txt").read_text(encoding="utf-8")
    assert "没有.txt" in note
    assert "Traceback" not in note


def test_shards_are_noted_as_they_are(settings: Settings) -> None:
    reused(run.build(settings))
    for stage in STAGES:
        for manifest in load_state(settings.shards_dir, stage):
            assert pl.read_parquet(manifest.output).height == manifest.rows


def test_two_workers_give_what_one_gives(settings: Settings, tmp_path: Path) -> None:
    many(settings, 24)
    two = replace(settings, workers=2, warehouse_dir=tmp_path / "two")
    reused(run.build(settings))
    reused(run.build(two))
    for table in ("core.mentions", "core.observations", "main.series"):
        query = f"select md5(string_agg(t::varchar, '|' order by t::varchar)) from {table} as t"
        assert ask(settings, query) == ask(two, query), table


def test_the_database_has_the_contracts_types(built: Settings) -> None:
    with duckdb.connect(str(built.database), read_only=True) as con:
        kinds = dict(
            con.execute(
                "select column_name, data_type from duckdb_columns() where table_name = 'observations' and schema_name = 'core'"
            ).fetchall()
        )
        bare = con.execute(
            "select table_name, column_name from duckdb_columns() where schema_name in ('core', 'quality', 'main') and comment is null and not internal"
        ).fetchall()
    assert kinds["value"] == "DECIMAL(38,6)"
    assert kinds["period_start"] == "DATE"
    assert bare == []
