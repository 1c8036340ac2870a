"""The word lists beside this module, read once: units, cues and rules as data, and the regexes made of them."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

DATA = Path(__file__).parent / "data"


@cache
def toml(name: str) -> dict[str, Any]:
    """One TOML file of the data folder."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """The list `key` of a TOML file, longest first, so that an alternation prefers the longest."""
    return tuple(sorted(set(toml(name)[key]), key=lambda w: (-len(w), w)))


def any_of(items: tuple[str, ...] | list[str]) -> str:
    """A non-capturing alternation of literal words."""
    return "(?:" + "|".join(re.escape(i) for i in items) + ")"


@cache
def cue(name: str, key: str) -> str:
    """The alternation of one list of words."""
    return any_of(words(name, key))


@cache
def unit_rows() -> tuple[dict[str, str], ...]:
    """The rows of units.csv: `unit,kind,dimension,factor,aliases,name_en,use`."""
    with (DATA / "units.csv").open(encoding="utf-8", newline="") as f:
        return tuple(csv.DictReader(f))


@cache
def unit_names() -> dict[str, dict[str, str]]:
    """Every written form of a unit -> its row."""
    names: dict[str, dict[str, str]] = {}
    for row in unit_rows():
        for name in [row["unit"], *filter(None, row["aliases"].split("|"))]:
            names.setdefault(name, row)
    return names


@cache
def unit_pattern() -> str:
    """All written units as one alternation, longest first."""
    return any_of(sorted(unit_names(), key=lambda u: (-len(u), u)))


@cache
def units() -> pl.DataFrame:
    """`core.units`: one row per canonical unit: unit, kind, dimension, factor, aliases."""
    rows = [{k: r[k] for k in ("unit", "kind", "dimension", "factor", "aliases")} for r in unit_rows()]
    return pl.DataFrame(rows).with_columns(pl.col("factor").str.to_decimal(scale=6).cast(pl.Decimal(38, 6)))


@cache
def written_units() -> pl.DataFrame:
    """One row per written form: `_unit` (as written), `unit` (canonical), `unit_kind`, `unit_use`."""
    return pl.DataFrame(
        [{"_unit": n, "unit": r["unit"], "unit_kind": r["kind"], "unit_use": r.get("use") or "strong"} for n, r in unit_names().items()]
    )
