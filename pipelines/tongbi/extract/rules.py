"""The rules of data/dispositions.toml, as what can be asked: of a numeral itself, and of what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import polars as pl

from tongbi.extract.lexicon import any_of, toml, words
from tongbi.extract.normalise import HIDE

PARTS = ("rest", "before", "after")
# What stands beside numerals everywhere: a pattern that takes several of these hardly tells one numeral from another.
COMMON = {"after": ["", "，", "、", "。", "；", "\n", "的"], "before": ["", "，", "、", "。", "；", "\n"]}
WORD = r"(?:[^\\^$.|?*+()\[\]{}]|\[[^\\^\]]\])+"  # literal characters, or classes of one


@dataclass(frozen=True)
class Rule:
    """One row of the rule file: when all its conditions hold, the numeral gets its disposition. `forms`, `unit`, `unitless` and
    `surface` are conditions on the numeral itself; `around` those on the text and marks about it, the most telling first;
    `lead` is the part (or `marks`) whose condition few numerals meet, `pattern` that condition."""

    name: str
    disposition: str
    forms: tuple[str, ...]
    unit: str
    unitless: bool
    surface: str
    around: tuple[tuple[str, pl.Expr], ...]
    lead: str
    pattern: str
    example: str

    def takes_unit(self, form: str, unit: str | None) -> bool:
        """Whether form and unit meet the conditions."""
        if self.forms and form not in self.forms:
            return False
        if not self.unit and not self.unitless:
            return True
        return self.unitless if unit is None else bool(self.unit) and re.search(self.unit, unit) is not None


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


def _holds(column: str, pattern: str) -> pl.Expr:
    """Whether a pattern is found. A few plain words where a text begins or ends need no regex."""
    text = pl.col(column)
    plain = re.fullmatch(rf"(\^?)(?:({WORD})|\(\?:({WORD}(?:\|{WORD})*)\))(\$?)", pattern)
    words = re.sub(r"[\[\]]", "", plain[2] or plain[3]).split("|") if plain else []
    if plain and plain[1] and plain[4]:
        return text.is_in(words)
    if plain and (plain[1] or plain[4]) and len(words) <= 4:
        return pl.any_horizontal(text.str.starts_with(w) if plain[1] else text.str.ends_with(w) for w in words)
    return text.str.contains(pattern)


def _around(row: dict[str, Any], lead: str) -> tuple[tuple[str, pl.Expr], ...]:
    """Conditions on what stands around a numeral."""
    tests: list[tuple[str, pl.Expr]] = [(flag, pl.col(flag)) for flag in ("quoted", "titled") if flag in row]
    if "next" in row:
        tests.append(("next_unit", _holds("next_unit", row["next"]).fill_null(False)))
    tests += [(part, _holds(part, _pattern(row[part]))) for part in ("rest", "after", "before") if part in row]
    if "unless" in row:
        tests.append(("after", ~_holds("after", _pattern(row["unless"]))))
    return tuple(sorted(tests, key=lambda test: test[0] != lead))


def _lead(row: dict[str, Any]) -> str:
    """The part whose pattern few numerals match."""
    if "quoted" in row or "titled" in row:
        return "marks"
    telling = [p for p in PARTS if p in row and pl.Series(COMMON.get(p, [""])).str.contains(_pattern(row[p])).sum() < 2]
    return telling[0] if telling else ""


@cache
def _named(pattern: str) -> tuple[str, ...]:
    """The numbers that a pattern of a surface names, at its beginning. All other digits must be one to it: see `alike`."""
    begin = re.match(r"\^(?:([0-9]+)|\(\?:([0-9]+(?:\|[0-9]+)*)\))", pattern)
    rest = re.sub(r"\[[^\]]*0-9[^\]]*\]|\{[0-9,]+\}", "", pattern[begin.end() if begin else 0 :])
    if re.search("[0-9]", rest):
        raise ValueError(f"dispositions.toml: a surface may be asked for numbers at its beginning only: {pattern}")
    return tuple((begin[1] or begin[2]).split("|")) if begin else ()


def _rule(row: dict[str, Any]) -> Rule:
    lead = _lead(row)
    return Rule(
        name=row["name"],
        disposition=row["disposition"],
        forms=tuple(row.get("forms", ())),
        unit=row.get("unit", "").removesuffix("-").removesuffix("|"),
        unitless=row.get("unit", "").endswith("-"),
        surface=row.get("surface", ""),
        around=_around(row, lead),
        lead=lead,
        pattern=_pattern(row[lead]) if lead in row else "",
        example=row["example"],
    )


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in order."""
    return tuple(_rule(row) for row in toml("dispositions")["rule"])


@cache
def _any_named() -> str:
    """The beginning of a surface that some rule may name."""
    return f"^{any_of(sorted({n for rule in rules() for n in _named(rule.surface)}))}"


def alike(surface: pl.Expr) -> pl.Expr:
    """Surfaces with all digits made one, but where a rule may name the number: what rules cannot tell apart."""
    return pl.when(surface.str.contains(_any_named())).then(surface).otherwise(surface.str.replace_many(list("012346789"), ["5"]))


@lru_cache(maxsize=65536)
def _of_unit(form: str, unit: str | None) -> tuple[int, ...]:
    return tuple(n for n, rule in enumerate(rules()) if rule.takes_unit(form, unit))


@lru_cache(maxsize=65536)
def candidates(surface: str, unit: str | None, form: str) -> tuple[int, ...]:
    """The rules (by number) that may take a numeral for what it is itself, up to the first that asks for nothing else."""
    found = []
    for n in _of_unit(form, unit):
        if re.search(rules()[n].surface, surface):
            found.append(n)
            if not rules()[n].around:
                break
    return tuple(found)
