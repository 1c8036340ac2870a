"""The catalogue of indicators: read from data, checked, and laid out as every written form of every name.

What belongs here: `data/indicators.csv`, `data/aliases.csv` and what they must fulfil. What does not: matching.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from tongbi.errors import ManifestError
from tongbi.extract.lexicon import unit_rows

DATA = Path(__file__).parent / "data"
DECIMAL = pl.Decimal(38, 6)
KINDS = {"count", "amount", "percentage"}
SCHEMA: dict[str, Any] = {
    "indicator_id": pl.String,
    "name_zh": pl.String,
    "name_en": pl.String,
    "kind": pl.String,
    "unit": pl.String,
    "dimension": pl.String,
    "sector": pl.String,
    "aliases": pl.String,
    "definition": pl.String,
    "flow_or_stock": pl.String,
    "price_basis": pl.String,
    "lower_bound": DECIMAL,
    "upper_bound": DECIMAL,
    "better": pl.String,
    "origin": pl.String,
}


@cache
def names() -> dict[str, Any]:
    """`data/names.toml`: the words that names are cleared of before they are compared."""
    return tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, lines that begin with # left out."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def dimensions() -> dict[str, str]:
    """Canonical unit -> its dimension (what may be converted into what)."""
    return {row["unit"]: row["dimension"] for row in unit_rows()}


@cache
def catalogue() -> pl.DataFrame:
    """`core.indicators` with `origin` catalogue: one row per indicator, aliases joined by `|`.

    Raises ManifestError where a row or an accepted alias does not fit.
    """
    return build(rows(DATA / "indicators.csv"), rows(DATA / "aliases.csv"))


def build(indicators: list[dict[str, str]], accepted: list[dict[str, str]]) -> pl.DataFrame:
    """Catalogue rows and accepted aliases (`alias,indicator_id`) -> the catalogue (see SCHEMA), checked."""
    extra = _accepted(indicators, accepted)
    table = []
    for row in indicators:
        aliases = [a for a in row["aliases"].split("|") if a] + extra.get(row["indicator_id"], [])
        unit = row["unit"] or None
        table.append(
            {key: row.get(key) or None for key in SCHEMA}
            | {"aliases": "|".join(dict.fromkeys(aliases)) or None, "dimension": dimensions().get(unit or "", unit), "origin": "catalogue"}
        )
    frame = pl.DataFrame(table, schema={**SCHEMA, "lower_bound": pl.String, "upper_bound": pl.String})
    frame = frame.with_columns(pl.col("lower_bound", "upper_bound").cast(DECIMAL))
    _check(frame)
    return frame


def _accepted(indicators: list[dict[str, str]], accepted: list[dict[str, str]]) -> dict[str, list[str]]:
    """Accepted aliases by indicator. An alias of an indicator that there is not, or of two, is an error that names them."""
    known = {row["indicator_id"] for row in indicators}
    found: dict[str, list[str]] = defaultdict(list)
    owner: dict[str, str] = {}
    for row in accepted:
        alias, target = row["alias"], row["indicator_id"]
        if target not in known:
            raise ManifestError(
                f"the alias {alias} is of no indicator: there is no {target} in the catalogue; mend or remove its row in aliases.csv"
            )
        if owner.setdefault(alias, target) != target:
            raise ManifestError(f"the alias {alias} is of two indicators, {owner[alias]} and {target}: keep one of its rows in aliases.csv")
        found[target].append(alias)
    return found


def _check(frame: pl.DataFrame) -> None:
    """Ids and names are unique, kinds known, and no written form stands for two indicators of one kind and dimension."""
    for column in ("indicator_id", "name_zh"):
        twice = frame.filter(pl.col(column).is_duplicated())[column].unique().to_list()
        if twice:
            raise ManifestError(f"the catalogue has {twice[0]} twice: every {column} is of one indicator")
    odd = frame.filter(~pl.col("kind").is_in(list(KINDS)))["indicator_id"].to_list()
    if odd:
        raise ManifestError(f"the indicator {odd[0]} is of no known kind: one of {', '.join(sorted(KINDS))}")
    twins = (
        forms(frame)
        .group_by("form", "only", "kind", "unit")
        .agg(pl.col("indicator_id").unique().sort())
        .filter(pl.col("indicator_id").list.len() > 1)
    )
    for row in twins.sort("form").iter_rows(named=True):
        one, other = row["indicator_id"][:2]
        raise ManifestError(f"the alias {row['form']} is of two indicators, {one} and {other}: take it from one of them")


def forms(frame: pl.DataFrame) -> pl.DataFrame:
    """Catalogue -> one row per written form: `form, only, indicator_id, name_zh, kind, unit, dimension`.

    An alias may end in `@unit` (总产@斤): it then stands for the indicator in that unit `only`.
    """
    return (
        frame.with_columns(
            form=pl.concat_str("name_zh", pl.lit("|"), pl.col("aliases").fill_null("")).str.strip_chars_end("|").str.split("|")
        )
        .explode("form")
        .with_columns(only=pl.col("form").str.extract("@(.+)$", 1), form=pl.col("form").str.replace("@.+$", ""))
        .select("form", "only", "indicator_id", "name_zh", "kind", "unit", "dimension")
        .unique(maintain_order=True)
    )
