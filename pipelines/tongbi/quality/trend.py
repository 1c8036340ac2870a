"""Checks that compare a run with the last one: extraction no worse, rows not lost without a cause, rules hitting as before.

Each is a pure function of metrics -> `(rows tested, failures)`, with a planted fault beside it.
"""

from __future__ import annotations

from collections.abc import Callable

from tongbi.quality.judge import judge
from tongbi.quality.registry import definitions
from tongbi.quality.verdict import CheckResult, Failure

Metrics = dict[str, float | None]
Found = tuple[int, list[Failure]]
SLACK = 0.01  # a point of precision, recall or records right
LEAST, SHIFT = 30, 2.0  # rows, factor: what makes a shift of a rule unusual
LOST = 0.05  # share of rows


def gold_is_no_worse(now: Metrics, before: Metrics) -> Found:
    """Precision, recall and whole records on the gold set, against the last published run."""
    names = [
        m for m in now if m.count(".") <= 2 and m.startswith(("gold.precision", "gold.recall", "gold.record")) and before.get(m) is not None
    ]
    bad = []
    for name in names:
        new, old = now[name] or 0.0, before[name] or 0.0
        if new < old - SLACK:
            bad.append(Failure(name, f"{new:.3f}", f"{name} fell from {old:.3f} to {new:.3f}", f"{name} 由 {old:.3f} 降至 {new:.3f}"))
    return len(names), bad


def rows_are_not_lost(now: Metrics, before: Metrics) -> Found:
    """Rows of files that are still there and unchanged do not vanish."""
    del before
    if "drift.removed" not in now:
        return 0, []
    kept = sum(now.get(f"drift.{fate}") or 0 for fate in ("identical", "changed", "removed"))
    lost = sum(now.get(f"drift.removed.{cause}") or 0 for cause in ("rules", "code", "other"))
    bad = [Failure("drift.removed", f"{lost:.0f}", f"{lost:.0f} of {kept:.0f} rows vanished although their files did not change",
                   f"文件未变，但 {kept:.0f} 行中有 {lost:.0f} 行消失")] if lost > LOST * max(kept, 1) else []  # fmt: skip
    return int(kept), bad


def rules_hit_as_before(now: Metrics, before: Metrics) -> Found:
    """No rule decides twice as many rows as in the last run, or half, beyond what the corpus grew or shrank."""
    names = sorted({m for m in (*now, *before) if m.startswith(("rule.mention.", "rule.name."))})
    if not any(m in before for m in names):
        return 0, []
    grown = _total(now) / max(_total(before), 1)
    bad = []
    for name in names:
        new, old = now.get(name) or 0.0, (before.get(name) or 0.0) * grown
        if abs(new - old) >= LEAST and max(new, old) > SHIFT * max(min(new, old), 1):
            said = f"{name} decided {new:.0f} rows, where {old:.0f} were to be expected from the last run"
            bad.append(Failure(name, f"{new:.0f}", said, f"{name} 判定 {new:.0f} 行，按上次运行应约为 {old:.0f} 行"))
    return len(names), bad


def rates_hold(now: Metrics, before: Metrics) -> Found:
    """Redaction, mention and comparable-pair rates move by less than ten points."""
    names = [m for m in now if m.startswith("rate.") and now[m] is not None and before.get(m) is not None]
    bad = []
    for name in names:
        new, old = now[name] or 0.0, before[name] or 0.0
        if abs(new - old) > 0.1:
            bad.append(Failure(name, f"{new:.3f}", f"{name} moved from {old:.1%} to {new:.1%}", f"{name} 由 {old:.1%} 变为 {new:.1%}"))
    return len(names), bad


def _total(metrics: Metrics) -> float:
    return sum(v or 0 for m, v in metrics.items() if m.startswith("rule.mention."))


CHECKS: dict[str, Callable[[Metrics, Metrics], Found]] = {
    "trend.gold_is_no_worse": gold_is_no_worse,
    "trend.rows_are_not_lost": rows_are_not_lost,
    "trend.rules_hit_as_before": rules_hit_as_before,
    "trend.rates_hold": rates_hold,
}
PLANTED: dict[str, tuple[Metrics, Metrics]] = {
    "trend.gold_is_no_worse": ({"gold.recall": 0.5}, {"gold.recall": 0.9}),
    "trend.rows_are_not_lost": ({"drift.identical": 50, "drift.removed": 50, "drift.removed.rules": 50}, {}),
    "trend.rules_hit_as_before": ({"rule.mention.a": 900, "rule.mention.b": 100}, {"rule.mention.a": 500, "rule.mention.b": 500}),
    "trend.rates_hold": ({"rate.redacted": 0.9}, {"rate.redacted": 0.1}),
}


def run(now: Metrics, before: Metrics) -> list[CheckResult]:
    """All of them on this run and the last; on a first run they are not evaluated."""
    return [judge(definitions()[check_id], *_counted(check(now, before))) for check_id, check in CHECKS.items()]


def _counted(found: Found) -> tuple[int, int, list[Failure]]:
    tested, bad = found
    return tested, len(bad), bad


def canaries() -> dict[str, bool]:
    """Whether each finds what was planted for it."""
    return {check_id: bool(check(*PLANTED[check_id])[1]) for check_id, check in CHECKS.items()}
