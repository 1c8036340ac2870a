"""The demonstration corpus itself: every planted sentence stands in its file, every gold row on its characters."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import docx
import pytest

ROOT = Path(__file__).parents[1]
PLANTED = tomllib.loads((ROOT / "tests/planted.toml").read_text(encoding="utf-8"))
GOLD = sorted((ROOT / "tests/gold").glob("*.jsonl"))
VIEWS = {"yoy", "plan_vs_actual", "rank_changes", "stated_vs_computed", "redactions", "coverage", "series", "peers"}
FIELDS = {"value", "mask", "unit", "multiplier", "approx", "direction", "basis", "status", "period_year", "period_type", "name"}


class Words(HTMLParser):
    """The text of a page without its head."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


@cache
def text(path: Path) -> str:
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    raw = path.read_bytes()
    try:
        read = raw.decode("utf-8")
    except UnicodeDecodeError:
        read = raw.decode("gb18030")
    read = read.replace("\r\n", "\n")
    if path.suffix == ".html":
        words = Words()
        words.feed(read)
        return "".join(words.words)
    return read


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("fact", PLANTED["fact"], ids=lambda fact: fact["id"])
def test_planted_sentences_stand_in_their_files(fact: dict) -> None:
    for side in ("", "prev_", "target_", "actual_"):
        if f"{side}sentence" in fact:
            assert fact[f"{side}sentence"] in text(ROOT / "raw" / fact[f"{side}file"])
            assert fact[f"{side}surface"] in fact[f"{side}sentence"]


def test_facts_cover_every_view_under_distinct_ids() -> None:
    assert {fact["view"] for fact in PLANTED["fact"]} == VIEWS
    assert len({fact["id"] for fact in PLANTED["fact"]}) == len(PLANTED["fact"]) >= 40


def test_every_file_under_raw_is_listed_as_a_source() -> None:
    here = {path.relative_to(ROOT / "raw").as_posix() for path in (ROOT / "raw").rglob("*") if path.is_file()}
    listed = {source["path"] for source in PLANTED["source"]}
    assert {name for name in here if not name.endswith("README.md")} == listed


def test_titles_stand_in_their_files() -> None:
    for document in PLANTED["document"]:
        assert document["title"] in text(ROOT / "raw" / document["file"])


def test_the_corpus_has_the_forms_that_readers_must_cope_with() -> None:
    raw = (ROOT / "raw/枫屿县禾岭乡/2023年工作总结.txt").read_bytes()
    assert b"\r\n" in raw
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    with pytest.raises(Exception):  # noqa: B017  (a truncated archive; the reader's own error is tested elsewhere)
        docx.Document(str(ROOT / "raw/枫屿县城市管理局/2021年工作总结（传输不完整）.docx"))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_rows_stand_on_their_characters(path: Path) -> None:
    labelled = rows(path)
    read = text(ROOT / labelled[0]["text"])
    for row in labelled:
        assert read[row["start"] : row["end"]] == row["surface"]
        assert read.count("\n", 0, row["start"]) + 1 == row["line"]
        if row["disposition"] == "indicator":
            assert set(row) >= FIELDS
            assert (row["mask"] is None) == (row["value"] is not None)
    assert all(a["end"] <= b["start"] for a, b in pairwise(labelled))


def test_gold_is_large_enough_to_measure_with() -> None:
    assert sum(row["disposition"] != "word" for path in GOLD for row in rows(path)) >= 400
