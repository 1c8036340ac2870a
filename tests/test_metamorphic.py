"""What must not change when a text changes in ways that say nothing: digits hidden behind masks, full-width digits, commas, spaces, years.

Run on the demonstration reports always, and on a sample of real reports where they stand beside the project.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from scoring import found, text_of

RAW = Path(__file__).parents[1] / "raw"
SAMPLE = [
    "seed/000_74ff4db203328043.txt",
    "corpus/district/海拉尔区_2013_政府工作报告.txt",
    "corpus/city/成都_2024_政府工作报告.txt",
    "corpus/city/阿坝_2024_政府工作报告.txt",
    "corpus/province/江苏省_2025_政府工作报告.txt",
    "corpus/national/全国_2015_国务院政府工作报告.txt",
]
MEANING = ["indicator_name", "unit", "kind", "change_direction", "change_basis", "rank_scope", "scenario", "period_type", "approximation"]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
YEAR = re.compile(r"(?<![0-9.])(20[0-3][0-9]|199[0-9])(?=[年—\-])")
Texts = dict[str, str]


def _texts(paths: list[Path]) -> Texts:
    return {"/".join(p.parts[-2:]): text_of(p) for p in paths}


@pytest.fixture(scope="module", params=["ours", "real"])
def texts(request: pytest.FixtureRequest) -> Texts:
    """Path -> text."""
    if request.param == "ours":
        return _texts([p for p in sorted(RAW.rglob("*")) if p.suffix in (".txt", ".html", ".docx") and "不完整" not in p.name])
    shared: Path = request.getfixturevalue("shared")
    return _texts([shared / p for p in SAMPLE])


@pytest.fixture(scope="module")
def facts(texts: Texts) -> pl.DataFrame:
    """The figures of the texts as they are."""
    rows = found(*texts.values(), paths=list(texts))
    return rows.filter(pl.col("disposition") == "indicator")


def _spots(facts: pl.DataFrame, n: int) -> list[tuple[int, int]]:
    mine = facts.filter((pl.col("source_id") == f"s{n:03d}") & ~pl.col("surface").is_in(["持平", "首位"]))
    return mine.select("char_start", "char_end").unique().sort("char_start").rows()


def _digits(text: str, spots: list[tuple[int, int]], change: Callable[[str], str]) -> str:
    """The text with the digits of its figures changed, one character for one."""
    parts, last = [], 0
    for start, end in spots:
        parts += [text[last:start], re.sub("[0-9]", lambda m: change(m[0]), text[start:end])]
        last = end
    return "".join([*parts, text[last:]])


def _name(name: str | None) -> str:
    return re.sub("[0-9０-９x ]", "", name or "")


def _compare(
    facts: pl.DataFrame, texts: list[str], paths: list[str], fields: list[str], back: Callable[[int, int], int] | None = None
) -> tuple[float, list[str]]:
    """Share of figures that come out the same, and what is wrong with the others. `back` maps new places to old ones."""
    there: dict[tuple[str, int, int], dict[str, Any]] = {}
    for row in found(*texts, paths=paths).iter_rows(named=True):
        n = int(row["source_id"][1:])
        there[row["source_id"], back(n, row["char_start"]) if back else row["char_start"], row["subject_no"] or 1] = row
    wrong = []
    for row in facts.iter_rows(named=True):
        other = there.get((row["source_id"], row["char_start"], row["subject_no"]))
        if other is None or other["disposition"] != "indicator":
            wrong.append(f"{row['surface']} is lost")
            continue
        for field in fields:
            a, b = (_name(r[field]) if field == "indicator_name" else r[field] for r in (row, other))
            if a != b:
                wrong.append(f"{row['surface']} {field}: {a} became {b}")
                break
    return 1 - len(wrong) / facts.height, wrong


def test_masked_digits_keep_their_meaning(texts: Texts, facts: pl.DataFrame) -> None:
    masked = [_digits(text, _spots(facts, n), lambda digit: "x") for n, text in enumerate(texts.values())]
    share, wrong = _compare(facts, masked, list(texts), MEANING)
    assert share >= 0.99, wrong


def test_masked_digits_become_no_number(texts: Texts, facts: pl.DataFrame) -> None:
    masked = [_digits(text, _spots(facts, n), lambda digit: "x") for n, text in enumerate(texts.values())]
    hidden = found(*masked, paths=list(texts)).filter((pl.col("disposition") == "indicator") & pl.col("surface").str.contains("[xX]"))
    assert hidden.filter(pl.col("value").is_not_null() | pl.col("value_low").is_not_null() | pl.col("value_high").is_not_null()).is_empty()
    assert set(hidden["obs_status"]) == {"Q"}


def test_full_width_digits_change_nothing(texts: Texts, facts: pl.DataFrame) -> None:
    wide = [_digits(text, _spots(facts, n), lambda digit: digit.translate(WIDE)) for n, text in enumerate(texts.values())]
    share, wrong = _compare(facts, wide, list(texts), [*MEANING, "value", "period_year"])
    assert share >= 0.99, wrong


def test_half_width_commas_change_nothing(texts: Texts, facts: pl.DataFrame) -> None:
    share, wrong = _compare(facts, [t.replace("，", ",") for t in texts.values()], list(texts), [*MEANING[1:], "value", "period_year"])
    assert share >= 0.99, wrong


def test_spaces_around_figures_change_nothing(texts: Texts, facts: pl.DataFrame) -> None:
    spots = [sorted({x for span in _spots(facts, n) for x in span}) for n in range(len(texts))]
    spaced = []
    for text, places in zip(texts.values(), spots, strict=True):
        ends = [0, *places, len(text)]
        spaced.append(" ".join(text[a:b] for a, b in pairwise(ends)))
    moved = [[x + k for k, x in enumerate(places)] for places in spots]

    def back(n: int, start: int) -> int:
        return start - bisect_left(moved[n], start)

    share, wrong = _compare(facts, spaced, list(texts), [*MEANING, "value", "period_year"], back)
    assert share >= 0.99, wrong


def test_a_later_year_moves_the_years_and_nothing_else(texts: Texts, facts: pl.DataFrame) -> None:
    def later(words: str) -> str:
        return YEAR.sub(lambda m: str(int(m[1]) + 1), words)

    paths = [re.sub(r"(20\d\d)(?=[_年])", lambda m: str(int(m[1]) + 1), path) for path in texts]
    moved = facts.with_columns(pl.col("period_year") + 1)
    share, wrong = _compare(moved, [later(t) for t in texts.values()], paths, [*MEANING, "value", "period_year"])
    assert share >= 0.99, wrong
