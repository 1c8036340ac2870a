"""From counts to results: shard outcomes summed, thresholds applied, sentences attached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tongbi.quality.registry import definitions
from tongbi.quality.verdict import CheckResult, Definition, Failure
from tongbi.shards import Manifest
from tongbi.validate import TABLES, claims

PROMISES = {  # what a model cannot say of its table; each stage reports it with its claims
    "documents.tile": "documents",
    "sections.leaves_tile": "sections",
    "mentions.spans_true": "mentions",
    "mentions.ledger_complete": "mentions",
}


def judge(definition: Definition, tested: int, failed: int, failures: Iterable[Failure], canary: bool | None = None) -> CheckResult:
    """The result of one check; nothing tested is `not_evaluated`, never a pass."""
    share = failed / max(tested, failed, 1)
    if tested == 0 and failed == 0:
        status = "not_evaluated"
    elif definition.severity == "error" and definition.error_above is not None and share > definition.error_above:
        status = "fail"
    else:
        status = "warn" if share > definition.warn_above else "pass"
    d = definition
    return CheckResult(
        d.check_id, d.table_name, d.column_name, d.sentence, d.sentence_zh, d.dimension, d.severity, tested, failed, status, canary,
        d.warn_above, d.error_above, tuple(failures),
    )  # fmt: skip


def broken(definition: Definition, why: str, canary: bool | None = None) -> CheckResult:
    """The result of a check that cannot be trusted: it failed, whatever its severity."""
    result = judge(replace(definition, severity="error", error_above=0.0), 1, 1, [Failure(definition.check_id, None, why)], canary)
    return replace(result, severity=definition.severity)


def with_canary(result: CheckResult, fired: bool | None) -> CheckResult:
    """A result that also says whether the check caught the fault planted for it; if it did not, the check itself has failed."""
    if fired is False:
        why = Failure(result.check_id, None, "the check did not find the fault planted for it in this run, so its result means nothing")
        return replace(result, status="fail", canary_fired=False, failures=(why, *result.failures))
    return replace(result, canary_fired=fired)


def check_results(stage: str, manifests: Iterable[Manifest]) -> list[CheckResult]:
    """Per-check results of one stage: the outcomes of its shards summed; a claim that no shard tested is `not_evaluated`."""
    summed: dict[str, dict[str, Any]] = {check_id: _nothing(check_id) for check_id in stage_checks(stage)}
    for manifest in manifests:
        for o in manifest.outcomes:
            into = summed.setdefault(
                o["check_id"], _nothing(o["check_id"]) | {"table_name": o["table_name"], "column_name": o["column_name"]}
            )
            into["rows_tested"] += o["rows_tested"]
            into["rows_failed"] += o["rows_failed"]
            into["failures"] = [*into["failures"], *o["failures"]]
    return [from_outcome(o) for o in summed.values()]


def stage_checks(stage: str) -> list[str]:
    """Ids of the checks that the shards of a stage run: the claims of its model and its promises."""
    if stage not in TABLES:
        return []
    return [check_id for check_id, _ in claims(TABLES[stage])] + [i for i, table in PROMISES.items() if table == stage]


def _nothing(check_id: str) -> dict[str, Any]:
    return {
        "check_id": check_id,
        "table_name": check_id.split(".")[0],
        "column_name": None,
        "rows_tested": 0,
        "rows_failed": 0,
        "failures": [],
    }


def from_outcome(o: dict[str, Any]) -> CheckResult:
    """An outcome as a dict (`Outcome.as_dict`) -> its result."""
    known = definitions().get(o["check_id"])
    d = known or Definition(o["check_id"], o["table_name"], o["column_name"], o["check_id"], o["check_id"], "validity", "error")
    return judge(d, o["rows_tested"], o["rows_failed"], [Failure(str(k), str(v)) for k, v in o["failures"]])
