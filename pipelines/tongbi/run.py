"""One build as one in-process Dagster run: the same assets as in the UI, recorded in the same instance."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg

from tongbi.definitions import JOB, definitions, write_failure
from tongbi.settings import Settings
from tongbi.workshop import Progress, Workshop, silent

DAGSTER_YAML = """\
telemetry:
  enabled: false
# The default keeps what steps print by starting two processes a step: two seconds of a run that prints nothing.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
# One file of events: the default, a file a run and an index, writes each twice, which costs a run another second.
event_log_storage:
  module: dagster._core.storage.event_log
  class: ConsolidatedSqliteEventLogStorage
  config:
    base_dir: {events}
"""


@dataclass
class Built:
    """What a build came to: the workshop it ran in, or the sentence that says why it failed."""

    shops: list[Workshop] = field(default_factory=list)
    error: str | None = None
    run_id: str = ""

    @property
    def shop(self) -> Workshop | None:
        return self.shops[-1] if self.shops else None


def home(settings: Settings) -> Path:
    """The folder where Dagster keeps its records, made with telemetry off and no first-visit dialog."""
    folder = settings.dagster_home
    (folder / ".nux").mkdir(parents=True, exist_ok=True)
    for name, text in (("dagster.yaml", DAGSTER_YAML.format(events=json.dumps(str(folder / "events")))), (".nux/nux.yaml", "seen: 1\n")):
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(folder)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    return folder


def build(settings: Settings, progress: Progress = silent, say: Callable[[str], None] = print) -> Built:
    """Run every asset. Never raises for a user's mistake: `error` holds the sentence."""
    instance = dg.DagsterInstance.from_config(str(home(settings)))
    built = Built()
    job = definitions(settings, progress, say, built.shops.append).resolve_job_def(JOB)
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    result = job.execute_in_process(instance=instance, raise_on_error=False, run_config=quiet)
    built.run_id = result.run_id
    if not result.success:
        built.error = _why(result)
        write_failure(settings, built.error, result.run_id)
    return built


def _why(result: dg.ExecuteInProcessResult) -> str:
    """The first failure, as a sentence."""
    broken = [e for e in result.get_asset_check_evaluations() if not e.passed and e.severity is dg.AssetCheckSeverity.ERROR]
    if broken:
        return "not published, the warehouse of the last run stays: " + "; ".join(e.description or e.check_name for e in broken)
    events = result.all_events
    tried = [e.step_retry_data.error for e in events if e.is_step_up_for_retry and e.step_retry_data.error]
    for event in events:
        if event.is_step_failure:
            failure = event.step_failure_data
            if failure.user_failure_data and failure.user_failure_data.description:
                return str(failure.user_failure_data.description)
            return f"{event.step_key}: {_root(tried[-1] if tried else failure.error)}"
    errors = [getattr(e.event_specific_data, "error", None) for e in events if e.is_failure]
    return next((_root(e) for e in errors if e is not None), "the run failed before its first step")


def _root(error: Any) -> str:
    """The last line of the error that began it."""
    while error is not None and error.cause is not None:
        error = error.cause
    last = str(error.message).strip().splitlines()[-1] if error else "no reason was given"
    return re.sub(r"^(?:dagster\S*Failure|tongbi\.errors\.\w+): ", "", last)
