"""What a numeral is: the rules of data/dispositions.toml as Polars expressions, first that applies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from tongbi.extract.lexicon import any_of, toml, words

FORMS = ("arabic", "mask", "mixed", "han", "other")


@dataclass(frozen=True)
class Rule:
    """One row of the rule file: when its conditions hold the numeral gets its disposition."""

    name: str
    disposition: str
    forms: tuple[str, ...]
    when: pl.Expr
    example: str


def _pattern(text: str) -> str:
    """A regex, or `@list` for the words of lists.toml at the start."""
    return "^" + any_of(words("lists", text[1:])) if text.startswith("@") else text


def _condition(row: dict[str, Any]) -> pl.Expr:
    """All conditions of a rule together."""
    tests: list[pl.Expr] = []
    after = pl.col("after")
    if row.get("whole"):
        after = pl.concat_str(pl.col("surface").str.replace("^-?x+", ""), after)
    if "surface" in row:
        tests.append(pl.col("surface").str.contains(row["surface"]))
    if "before" in row:
        tests.append(pl.col("before").str.contains(row["before"]))
    if "after" in row:
        tests.append(after.str.contains(_pattern(row["after"])))
    if "next" in row:
        tests.append(pl.col("next_unit") == row["next"])
    if "unit" in row:
        none = row["unit"].endswith("-")
        some = row["unit"].removesuffix("-").removesuffix("|")
        test = pl.col("unit").str.contains(some) if some else pl.lit(False)
        tests.append(test.fill_null(False) | (pl.col("unit").is_null() if none else pl.lit(False)))
    for flag in ("quoted", "titled"):
        if flag in row:
            tests.append(pl.col(flag))
    return pl.all_horizontal(tests).fill_null(False) if tests else pl.lit(True)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in order."""
    return tuple(
        Rule(r["name"], r["disposition"], tuple(r.get("forms", FORMS)), _condition(r), r["example"])
        for r in toml("dispositions")["rule"]
    )


def decide(candidates: pl.DataFrame) -> pl.DataFrame:
    """Adds `disposition` and `rule`. In: `surface, before, after, unit, next_unit, form, quoted, titled, row`."""
    done = []
    for form in FORMS:
        rows = candidates.filter(pl.col("form") == form)
        if rows.is_empty():
            continue
        mine = [r for r in rules() if form in r.forms]
        name = pl.coalesce([pl.when(r.when).then(pl.lit(r.name)) for r in mine])
        done.append(rows.with_columns(rule=name))
    names = pl.DataFrame({"rule": [r.name for r in rules()], "disposition": [r.disposition for r in rules()]})
    return pl.concat(done).join(names, on="rule", how="left", maintain_order="left").sort("row")
