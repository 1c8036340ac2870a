"""Everything Dagster sees, put together in one place: assets, their job, when it runs, and what happens when it fails."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import dagster as dg

from tongbi.assets import ASSETS
from tongbi.errors import TongbiError
from tongbi.ingest.sources import discover, fingerprint
from tongbi.settings import Settings
from tongbi.shards import read_state
from tongbi.workshop import Progress, Workshop, opened, silent

JOB = "build"
JobLike = Any  # dagster does not export the type of a job that is still to be resolved


def workshop(
    settings: Settings,
    progress: Progress = silent,
    say: Callable[[str], None] | None = None,
    show: Callable[[Workshop], None] | None = None,
) -> dg.ResourceDefinition:
    """The resource that holds lock and pool as long as a run lasts; `show` is handed the workshop when it opens."""

    @dg.resource(description="settings, the worker pool and the lock of one run")
    def make(context: dg.InitResourceContext) -> Iterator[Workshop]:
        tell = say or (context.log.info if context.log else print)
        try:
            with opened(settings, progress, tell) as shop:
                if show:
                    show(shop)
                yield shop
        except TongbiError as error:
            raise dg.Failure(str(error), allow_retries=False) from error

    return make


def raw_changed(settings: Settings, job: JobLike) -> dg.SensorDefinition:
    """A sensor: one run for any number of new, changed or deleted files under raw/, none for none."""

    @dg.sensor(
        name="raw_changed", job=job, minimum_interval_seconds=30, description="builds when files under raw/ are new, changed or gone"
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        try:
            now = fingerprint(settings.raw_dir, discover(settings.raw_dir, settings.max_file_bytes))
        except TongbiError as error:
            return dg.SkipReason(str(error))
        known = context.cursor or read_state(settings.shards_dir, "texts").get("fingerprint")
        if now == known:
            context.update_cursor(now)
            return dg.SkipReason(f"nothing under {settings.raw_dir} has changed")
        context.update_cursor(now)
        return dg.RunRequest(run_key=now)

    return sensor


def run_failed(settings: Settings) -> dg.SensorDefinition:
    """A sensor that writes what went wrong, in plain words, to warehouse/last_failure.txt."""

    @dg.run_failure_sensor(
        name="run_failed", default_status=dg.DefaultSensorStatus.RUNNING, description="writes a plain message when a run fails"
    )
    def sensor(context: dg.RunFailureSensorContext) -> None:
        write_failure(settings, failure_sentence(context), context.dagster_run.run_id)

    return sensor


def failure_sentence(context: dg.RunFailureSensorContext) -> str:
    """The step that failed and why, without a traceback."""
    steps = context.get_step_failure_events()
    if not steps:
        return context.failure_event.message or "the run failed before its first step"
    error = steps[0].step_failure_data
    cause = error.user_failure_data.description if error.user_failure_data else None
    message = cause or (error.error.message.strip().splitlines()[-1] if error.error else "no reason was given")
    return f"{steps[0].step_key}: {message}"


def write_failure(settings: Settings, sentence: str, run_id: str) -> Path:
    """Leave the message where an operator looks."""
    path = settings.warehouse_dir / "last_failure.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{datetime.now():%Y-%m-%d %H:%M} the build failed (run {run_id[:8]}). {sentence}\n", encoding="utf-8")
    return path


def definitions(
    settings: Settings,
    progress: Progress = silent,
    say: Callable[[str], None] | None = None,
    show: Callable[[Workshop], None] | None = None,
) -> dg.Definitions:
    """All definitions over one set of folders."""
    job = dg.define_asset_job(JOB, selection=dg.AssetSelection.all(), description="raw/ -> warehouse/: everything that changed")
    daily = dg.ScheduleDefinition(name="daily", job=job, cron_schedule="0 6 * * *", description="builds every day at six")
    return dg.Definitions(
        assets=ASSETS,
        jobs=[job],
        schedules=[daily],
        sensors=[raw_changed(settings, job), run_failed(settings)],
        resources={"workshop": workshop(settings, progress, say, show)},
        executor=dg.in_process_executor,
    )


def _from_environment() -> Settings:
    raw, warehouse = (Path(value) if (value := os.environ.get(key)) else None for key in ("TONGBI_RAW", "TONGBI_WAREHOUSE"))
    return Settings.default(raw, warehouse)


defs = definitions(_from_environment())
