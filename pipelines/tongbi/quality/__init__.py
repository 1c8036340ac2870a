"""What the warehouse says about its own errors: checks, canaries, gold metrics, drift, history, and the pages that show them.

What belongs here: judging what was built and showing it. What does not: building it, and deciding whether to publish.
"""

from tongbi.quality.evaluate import evaluate
from tongbi.quality.judge import check_results
from tongbi.quality.registry import sentence
from tongbi.quality.report import write_report
from tongbi.quality.verdict import CheckResult, Run, Verdict
from tongbi.quality.view import write_view

__all__ = ["CheckResult", "Run", "Verdict", "check_results", "evaluate", "sentence", "write_report", "write_view"]
