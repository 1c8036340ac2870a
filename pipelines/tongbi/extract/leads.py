"""What the words before figures say by themselves: each distinct `lead` is read once, however many figures it stands before."""

from __future__ import annotations

import polars as pl

from tongbi.extract.changes import limits, turns
from tongbi.extract.context import clauses
from tongbi.extract.few import each
from tongbi.extract.kinds import listing
from tongbi.extract.links import opening
from tongbi.extract.scenarios import wishes
from tongbi.extract.spans import since


def leads(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `clause` and what `turns`, `limits`, `wishes`, `listing`, `since` and `opening` read; `_early` (初步核算) and `lead_no`. In: `lead`."""
    return each(rows, "lead", lambda words: _early(opening(since(listing(wishes(limits(turns(clauses(words)))))))))


def _early(words: pl.DataFrame) -> pl.DataFrame:
    return words.with_columns(_early=pl.col("lead").str.contains("初步核算|快报|初步统计"))
