"""The one definition of every table: pandera models, from which DDL, comments, checks and the dictionary derive.

What belongs here: types, codes, keys, claims about rows. What does not: checks across tables in SQL (`quality`).
"""

from tongbi.validate.core import CORE, DOCUMENTS, INDICATORS, MENTIONS, OBSERVATIONS, SECTIONS, SOURCE_TEXTS, SOURCES, UNITS
from tongbi.validate.outcomes import Outcome, claims, outcomes
from tongbi.validate.record import CHECKS, FAILURES, METRICS, RECORD, RUNS
from tongbi.validate.table import Rule, Table

TABLES: dict[str, Table] = {t.name: t for t in (*CORE, *RECORD)}

__all__ = [
    "CHECKS", "CORE", "DOCUMENTS", "FAILURES", "INDICATORS", "MENTIONS", "METRICS", "OBSERVATIONS", "RECORD", "RUNS", "SECTIONS",
    "SOURCES", "SOURCE_TEXTS", "TABLES", "UNITS", "Outcome", "Rule", "Table", "claims", "outcomes",
]  # fmt: skip
