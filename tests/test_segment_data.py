"""The word lists of the splitter: every entry is reached by something, and by nothing before it."""

from __future__ import annotations

import re

import pytest
from segmenting import outline

from tongbi.segment.facts import facts
from tongbi.segment.lines import rows, table
from tongbi.segment.places import gazetteer, level_of, look_up
from tongbi.segment.titles import Report, pattern, title_strength

CHROME = rows("chrome.csv")
SECTORS = [(row["sector"], word) for row in rows("sectors.csv") for word in row["words"].split("|")]


@pytest.mark.parametrize("row", CHROME, ids=lambda r: r["example"])
def test_a_pattern_of_chrome_finds_its_example_and_no_other_does(row: dict[str, str]) -> None:
    assert [r["pattern"] for r in CHROME if re.match(r["pattern"], row["example"])] == [row["pattern"]]


@pytest.mark.parametrize(("sector", "word"), SECTORS, ids=[word for _, word in SECTORS])
def test_each_word_of_a_sector_names_it(sector: str, word: str) -> None:
    title = f"青山县{word}局2023年工作总结"
    row = facts({"source_id": "s", "path": "a.txt", "text": title}, Report(0, title, len(title)), len(title), 1, True)
    assert row[11] == sector


def test_every_place_is_found_by_its_name_and_its_short_name() -> None:
    for row in rows("places.csv"):
        assert look_up(row["name"]).name == row["name"]
        assert row["short"] in gazetteer()
        assert look_up(row["name"]).level == row["level"]
    assert len(rows("places.csv")) == len({row["name"] for row in rows("places.csv")})


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("山前县", "county"),
        ("xx区", "county"),
        ("xx市", "city"),
        ("海滨市", "county"),
        ("内蒙古自治区", "province"),
        ("锡林郭勒盟", "city"),
        ("柳河镇", "township"),
    ],
)
def test_levels_of_places_by_their_endings(name: str, level: str) -> None:
    assert look_up(name).level == level
    assert level_of("街道办事处") == "township"


@pytest.mark.parametrize("marker", table("outline.toml")["marker"], ids=lambda m: m["kind"])
def test_every_kind_of_marker_makes_a_section(marker: dict[str, str]) -> None:
    made = {"part": "第一部分 好", "chapter": "第一章 好", "article": "第一节 好", "first": "一、好", "second": "（一）好", "third": "1.好", "fourth": "（1）好",
            "circled": "①好", "ordinal": "第一，好", "item": "一是好", "dash": "——好"}  # fmt: skip
    found = outline(f"青山县水利局2023年工作总结\n{made[marker['kind']]}，完成投资3亿元。\n")
    assert [level for level, m, _ in found if m] == [int(marker["level"])]


TITLES = ["青山县水利局2023年工作总结", "2023年工作总结及2024年工作打算", "政府工作报告", "2023年政府工作报告", "青山县2023年国民经济和社会发展统计公报",
          "关于2023年工作情况的报告", "青山县教育局2024年工作要点", "青山县教育局述职报告", "青山县国民经济和社会发展第十四个五年规划纲要"]  # fmt: skip
NO_TITLES = [
    "一、2023年工作总结",
    "（二）工作打算",
    "总结。",
    "附：2023年工作总结",
    "第一部分 2023年工作总结",
    "关于印发2023年工作计划",
    "来源：工作总结网",
    "总结",
]


@pytest.mark.parametrize("line", TITLES)
def test_lines_that_are_titles(line: str) -> None:
    assert title_strength(line) >= 1
    assert not pattern("compilation").search(line)


@pytest.mark.parametrize("line", NO_TITLES)
def test_lines_that_are_no_titles(line: str) -> None:
    assert title_strength(line) == 0
