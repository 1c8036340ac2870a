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
    """One row of the rule file: when all its conditions hold, the numeral gets its disposition. `alone` are the conditions
    on the numeral itself, asked once for each distinct one; `around` those on the text and marks about it."""

    name: str
    disposition: str
    alone: tuple[pl.Expr, ...]
    around: tuple[tuple[str, pl.Expr], ...]
    example: str


@cache
def _pattern(text: str) -> str:
    """A regex, or `@list` for the words of lists.toml at the start."""
    text = "^" + any_of(words("lists", text[1:])) if text.startswith("@") else text
    text = re.sub(r"\[([^\]]*)\]", lambda m: "[" + m[1].replace(r"\p{Han}", "\u4e00-\u9fff") + "]", text).replace(
        r"\p{Han}", "[\u4e00-\u9fff]"
    )
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


def _alone(row: dict[str, Any]) -> tuple[pl.Expr, ...]:
    """Conditions on the numeral itself."""
    tests: list[pl.Expr] = []
    if "forms" in row:
        tests.append(pl.col("form").is_in(row["forms"]))
    if "unit" in row:
        tests.append(_unit(row))
    if "surface" in row:
        tests.append(pl.col("surface").str.contains(row["surface"]))
    return tuple(tests)


def _around(row: dict[str, Any]) -> tuple[tuple[str, pl.Expr], ...]:
    """Conditions on what stands around it, cheap ones first: each is asked only where those before it held."""
    tests: list[tuple[str, pl.Expr]] = [(flag, pl.col(flag)) for flag in ("quoted", "titled") if flag in row]
    if "next" in row:
        tests.append(("next_unit", pl.col("next_unit").str.contains(row["next"]).fill_null(False)))
    tests += [(part, pl.col(part).str.contains(_pattern(row[part]))) for part in ("rest", "after", "before") if part in row]
    if "unless" in row:
        tests.append(("after", ~pl.col("after").str.contains(_pattern(row["unless"]))))
    return tuple(tests)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in order."""
    return tuple(Rule(r["name"], r["disposition"], _alone(r), _around(r), r["example"]) for r in toml("dispositions")["rule"])


@cache
def _any_rest() -> str:
    """Every pattern of a rule on `rest`, as one: few numerals match any of them."""
    return "|".join(f"(?:{_pattern(r['rest'])})" for r in toml("dispositions")["rule"] if "rest" in r)


def decide(candidates: pl.DataFrame) -> pl.DataFrame:
    """Adds `disposition` and `rule`. In: `surface, before, after, unit, next_unit, form, quoted, titled, row`."""
    kinds = candidates.select("surface", "unit", "form").unique("surface", maintain_order=True)
    kinds = kinds.with_columns(
        *[pl.all_horizontal(r.alone).alias(r.name) for r in rules() if r.alone],
        tail=pl.col("surface").str.replace(NUMERAL, ""),
    ).with_row_index("kind")
    seen = candidates.select(
        "row", "surface", "next_unit", "quoted", "titled",
        pl.col("before").str.strip_chars_end(" "), pl.col("after").str.strip_chars(" "),
    ).join(kinds.select("surface", "kind", "tail"), on="surface", how="left", maintain_order="left")  # fmt: skip
    seen = seen.with_columns(rest=pl.concat_str("tail", "after")).drop("surface", "tail")
    kind = seen["kind"]
    columns = {c: seen[c] for c in ("quoted", "titled", "next_unit", "rest", "after", "before")}
    every = seen["row"].cast(pl.UInt32)
    resting = seen["rest"].str.contains(_any_rest())
    hits, names = [], []
    for n, rule in enumerate(rules()):
        mask = kinds[rule.name].gather(kind) if rule.alone else None
        if rule.around and rule.around[0][0] == "rest":
            mask = resting if mask is None else mask & resting
        mine = every if mask is None else mask.arg_true()
        for column, condition in rule.around:
            if mine.is_empty():
                break
            test = columns[column].gather(mine).alias(column).to_frame().select(condition).to_series()
            mine = mine.filter(test)
        hits.append(mine.cast(pl.UInt32))
        names += [n] * len(mine)
    ruled = pl.DataFrame({"row": pl.concat(hits), "n": pl.Series(names, dtype=pl.Int32)}).unique("row", keep="first", maintain_order=True)
    table = pl.DataFrame(
        {"n": range(len(rules())), "rule": [r.name for r in rules()], "disposition": [r.disposition for r in rules()]},
        schema_overrides={"n": pl.Int32},
    )
    first = ruled.join(table, on="n", how="left").drop("n")
    return candidates.join(first, on="row", how="left", maintain_order="left").with_columns(
        pl.col("disposition").fill_null("reference"), pl.col("rule").fill_null("unread")
    )
