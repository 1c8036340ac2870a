"""Regions: codes of GB/T 2260 for provinces and prefectures by name, so that rows join with anybody's tables."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.resolve.catalogue import DATA, rows


@cache
def regions() -> pl.DataFrame:
    """One row per province and prefecture: `region_code` (six digits), `name`, `level`, `province` (NULL for a province)."""
    table = pl.DataFrame(
        rows(DATA / "regions.csv"), schema={"region_code": pl.String, "name": pl.String, "level": pl.String, "province": pl.String}
    )
    return table.with_columns(pl.col("province").replace("", None))


def codes() -> dict[str, str]:
    """Name of a region -> its code; a county or a township has none here."""
    return dict(regions().select("name", "region_code").iter_rows())
