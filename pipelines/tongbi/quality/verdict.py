"""The values that quality hands back: a run, what each check came to, and the verdict on the whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Run:
    """One run of the pipeline; `started_at` is naive UTC."""

    run_id: str
    started_at: datetime
    code_version: str
    rules_version: str


@dataclass(frozen=True)
class Failure:
    """One row that breaks a check; `detail` says what is wrong and, where somebody can mend it, what to do."""

    row_key: str
    value: str | None = None
    detail: str | None = None
    detail_zh: str | None = None


@dataclass(frozen=True)
class Definition:
    """What a check claims and how it is judged; `warn_above` and `error_above` are shares of the rows tested."""

    check_id: str
    table_name: str
    column_name: str | None
    sentence: str
    sentence_zh: str
    dimension: str
    severity: str
    warn_above: float = 0.0
    error_above: float | None = 0.0
    advice: str = ""
    advice_zh: str = ""


@dataclass(frozen=True)
class CheckResult:
    """What one check came to in one run."""

    check_id: str
    table_name: str
    column_name: str | None
    sentence: str
    sentence_zh: str
    dimension: str
    severity: str
    rows_tested: int
    rows_failed: int
    status: str  # pass | warn | fail | not_evaluated
    canary_fired: bool | None = None
    warn_above: float = 0.0
    error_above: float | None = None
    failures: tuple[Failure, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Verdict:
    """The whole: `errors` and `warnings` are plain sentences, one per check."""

    status: str  # pass | warn | fail
    release_id: str | None
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    checks: tuple[CheckResult, ...] = field(repr=False)
