"""The claims of the pandera models as Dagster asset checks, blocking where a promise of the pipeline is broken.

Each rule and promise is a check under its own id; what a model says of single columns (types, presence, codes, ranges, keys) is one
check, because an event of each of them would cost the run seconds.
"""

from collections.abc import Iterable

import dagster as dg

from tongbi import quality, validate

PROMISES = {
    "documents": ("documents.tile",),
    "sections": ("sections.leaves_tile",),
    "mentions": ("mentions.spans_true", "mentions.ledger_complete"),
}


def own(stage: str) -> list[str]:
    """The checks of a stage that are shown under their own id."""
    return [f"{stage}.{rule.id}" for rule in validate.TABLES[stage].rules] + list(PROMISES.get(stage, ()))


def name_of(check_id: str) -> str:
    """A check's id as Dagster writes names: `observations.key` is `observations__key`."""
    return check_id.replace(".", "__")


def specs(stage: str) -> list[dg.AssetCheckSpec]:
    """The blocking checks of a stage."""
    model = f"every column of {stage} keeps its type, presence, codes, ranges and key"
    told = [(f"{stage}.model", model), *((i, quality.sentence(i)) for i in own(stage))]
    return [dg.AssetCheckSpec(name_of(i), asset=stage, blocking=True, description=text) for i, text in told]


def results(stage: str, found: Iterable[quality.CheckResult]) -> list[dg.AssetCheckResult]:
    """What the checks of a stage came to, summed over its shards."""
    every = list(found)
    shown = set(own(stage))
    groups = {f"{stage}.model": [r for r in every if r.check_id not in shown]} | {
        i: [r for r in every if r.check_id == i] for i in own(stage)
    }
    return [_result(stage, check_id, group) for check_id, group in groups.items()]


def _result(stage: str, check_id: str, group: list[quality.CheckResult]) -> dg.AssetCheckResult:
    broken = [r for r in group if r.rows_failed]
    worst = any(r.status == "fail" for r in broken)
    return dg.AssetCheckResult(
        passed=not broken,
        check_name=name_of(check_id),
        asset_key=stage,
        severity=dg.AssetCheckSeverity.ERROR if worst or not broken else dg.AssetCheckSeverity.WARN,
        description="; ".join(f"{r.check_id}: not so in {r.rows_failed} of {r.rows_tested} rows: {r.sentence}" for r in broken) or None,
        metadata={
            "claims": len(group),
            "rows_tested": max((r.rows_tested for r in group), default=0),
            "rows_failed": sum(r.rows_failed for r in group),
        },
    )
