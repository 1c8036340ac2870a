"""What a numeral is: the rules of data/dispositions.toml as Polars expressions, first that applies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from tongbi.extract.lexicon import any_of, toml, words
from tongbi.extract.normalise import HIDE


# the number of a mention without its unit
NUMERAL = "^第?[-−负]?[0-9x.,余多几数〇零一二三四五六七八九十百千万亿两半廿—–~～至到-]+"


@dataclass(frozen=True)
class Rule:
    """One row of the rule file: when all its conditions hold, the numeral gets its disposition."""

    name: str
    disposition: str
    conditions: tuple[pl.Expr, ...]
    example: str


def _pattern(text: str) -> str:
    """A regex, or `@list` for the words of lists.toml at the start."""
    text = "^" + any_of(words("lists", text[1:])) if text.startswith("@") else text
    if "数" not in text:
        return text
    # 数 is hidden in words such as 指数: a rule that names it means both
    parts = re.split(r"(\[[^\]]*\])", text)
    return "".join(p.replace("数", "数" + HIDE["数"]) if p.startswith("[") else p.replace("数", f"[数{HIDE['数']}]") for p in parts)


def _unit(row: dict[str, Any]) -> pl.Expr:
    """A regex on the unit; `-` alone or at the end also takes numerals without one."""
    some = row["unit"].removesuffix("-").removesuffix("|")
    if not some:
        return pl.col("unit").is_null()
    test = pl.col("unit").str.contains(some).fill_null(False)
    return test | pl.col("unit").is_null() if row["unit"].endswith("-") else test


def _conditions(row: dict[str, Any]) -> tuple[pl.Expr, ...]:
    """The conditions of a rule, cheap ones first: each is asked only where those before it held."""
    tests: list[pl.Expr] = []
    if "forms" in row:
        tests.append(pl.col("form").is_in(row["forms"]))
    tests += [pl.col(flag) for flag in ("quoted", "titled") if flag in row]
    if "unit" in row:
        tests.append(_unit(row))
    if "next" in row:
        tests.append(pl.col("next_unit").str.contains(row["next"]).fill_null(False))
    if "surface" in row:
        tests.append(pl.col("surface").str.contains(row["surface"]))
    if "rest" in row:
        rest = pl.concat_str(pl.col("surface").str.replace(NUMERAL, ""), pl.col("after"))
        tests.append(rest.str.contains(_pattern(row["rest"])))
    if "after" in row:
        tests.append(pl.col("after").str.contains(_pattern(row["after"])))
    if "unless" in row:
        tests.append(~pl.col("after").str.contains(_pattern(row["unless"])))
    if "before" in row:
        tests.append(pl.col("before").str.contains(_pattern(row["before"])))
    return tuple(tests)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in order."""
    return tuple(Rule(r["name"], r["disposition"], _conditions(r), r["example"]) for r in toml("dispositions")["rule"])


def decide(candidates: pl.DataFrame) -> pl.DataFrame:
    """Adds `disposition` and `rule`. In: `surface, before, after, unit, next_unit, form, quoted, titled, row`."""
    trimmed = (pl.col("before").str.strip_chars_end(" "), pl.col("after").str.strip_chars(" "))
    seen = candidates.select("row", "surface", *trimmed, "unit", "next_unit", "form", "quoted", "titled")
    hits = []
    for rule in rules():
        mine = seen
        for condition in rule.conditions:
            mine = mine.filter(condition)
            if mine.is_empty():
                break
        hits.append(mine.select("row", rule=pl.lit(rule.name), disposition=pl.lit(rule.disposition)))
    first = pl.concat(hits).unique("row", keep="first", maintain_order=True)
    return candidates.join(first, on="row", how="left", maintain_order="left").with_columns(
        pl.col("disposition").fill_null("reference"), pl.col("rule").fill_null("unread")
    )
