"""The claims of the pandera models as Dagster asset checks: same ids, same severities, blocking where they are errors."""

from collections.abc import Iterable

import dagster as dg

from tongbi import quality, validate

PROMISES = {
    "documents": ("documents.tile",),
    "sections": ("sections.leaves_tile",),
    "mentions": ("mentions.spans_true", "mentions.ledger_complete"),
}


def name_of(check_id: str) -> str:
    """A check's id as Dagster writes names: `observations.key` is `observations__key`."""
    return check_id.replace(".", "__")


def specs(stage: str) -> list[dg.AssetCheckSpec]:
    """One blocking check per claim of a stage's model and of what the pipeline promises of it."""
    ids = [check_id for check_id, _ in validate.claims(validate.TABLES[stage])] + list(PROMISES.get(stage, ()))
    return [dg.AssetCheckSpec(name_of(i), asset=stage, blocking=True, description=quality.sentence(i)) for i in ids]


def results(stage: str, found: Iterable[quality.CheckResult]) -> list[dg.AssetCheckResult]:
    """What the claims came to, summed over shards."""
    return [
        dg.AssetCheckResult(
            passed=r.rows_failed == 0,
            check_name=name_of(r.check_id),
            asset_key=stage,
            severity=dg.AssetCheckSeverity.ERROR if r.severity == "error" else dg.AssetCheckSeverity.WARN,
            metadata={"rows_tested": r.rows_tested, "rows_failed": r.rows_failed},
        )
        for r in found
    ]
