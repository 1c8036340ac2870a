"""Texts to reports and reports to their outline: our own texts, examples as data."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from segmenting import outline, split, types

from tongbi.segment import declared_reports

CASES = tomllib.loads((Path(__file__).parent / "data/outlines.toml").read_text(encoding="utf-8"))["case"]
WORK = ["水库", "学校", "农田", "道路", "市场", "林带", "医院"]


def report(who: str, work: str, year: int = 2023, title: bool = True, plan: str | None = None) -> str:
    """A short report of its own words and figures."""
    plan = plan or f"{year + 1}年工作计划"
    parts = "".join(
        f"（{n}）抓好{work}{task}。围绕{work}{task}，全年完成{work}投资{100 * i + len(who)}万元，同比增长{i + 2}.{len(work)}%，组织{work}检查{i + 5}次，"
        f"办理{work}案件{i + 30}件，{work}管理水平明显提升，基层基础更加扎实，受到群众好评。\n"
        for i, (n, task) in enumerate(zip("一二三", ("建设", "安全", "服务"), strict=True))
    )
    head = f"{who}{year}年工作总结及{plan}\n" if title else ""
    return (
        f"{head}{year}年，{who}在县委、县政府的坚强领导下，围绕{work}工作，开拓进取，各项任务有序推进。\n一、{year}年工作总结\n{parts}"
        f"二、{plan}\n（一）继续推进{work}建设。确保完成{work}投资{len(who)}00万元，力争开工{work}项目6个。\n"
    )


def address(place: str, year: int) -> str:
    """A short government work report, delivered in January of `year`."""
    return (
        f"政府工作报告\n——{year}年1月8日在{place}第十届人民代表大会第三次会议上\n{place}人民政府县长　张三\n各位代表：\n"
        f"现在，我代表{place}人民政府，向大会报告工作，请予审议，并请政协委员提出意见。\n一、{year - 1}年工作回顾\n"
        f"过去一年，{place}完成地区生产总值{year % 100}5.5亿元，同比增长5.5%，{place}城镇居民人均可支配收入增长6.1%，{place}各项事业取得新进步，"
        f"{place}群众生活持续改善，{place}社会大局保持稳定，{place}生态环境质量继续提高，{place}全面完成年初确定的目标任务。\n"
        f"二、{year}年工作安排\n今年{place}的主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长5%，城镇调查失业率控制在5.5%以内，"
        f"{place}粮食产量保持稳定，{place}继续保持经济平稳健康发展，{place}推动各项社会事业全面进步。\n"
        f"各位代表！让我们更加紧密地团结起来，为建设美好{place}而努力奋斗！\n"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_outline(case: dict) -> None:
    found = [f"{level} {marker or '-'} {heading}" for level, marker, heading in outline(case["text"].lstrip("\n"))]
    assert found == case["outline"]
    assert types(case["text"].lstrip("\n")) == case["types"]
    if "inner" in case:
        _, _, sections = split(case["text"].lstrip("\n"))
        assert case["inner"] in sections["section_type"].to_list()


def test_a_lead_in_is_a_child_so_that_leaves_tile() -> None:
    _, _, found = split(CASES[0]["text"].lstrip("\n"))
    first = found.filter(pl.col("marker") == "一、").row(0, named=True)
    lead = found.filter(pl.col("parent_id") == first["section_id"]).row(0, named=True)
    assert (lead["marker"], lead["char_start"]) == (None, first["char_start"])
    assert found.filter(pl.col("marker") == "②")["path"].to_list() == ["一/（一）/1/（1）/②"]


THREE = [("青山县水利局", "水库"), ("青山县教育局", "学校"), ("青山县柳河镇", "农田")]


def found_titles(text: str) -> list[str | None]:
    _, documents, _ = split(text)
    return documents["title"].to_list()


@pytest.mark.parametrize(
    "prefix", [("", "", ""), ("篇1：", "篇2：", "篇3："), ("第一篇\n", "第二篇\n", "第三篇\n"), ("第1篇 ", "第2篇 ", "第3篇 "),
               ("【篇一】", "【篇二】", "【篇三】"), ("范文1：\n", "范文2：\n", "范文3：\n"), ("## 篇一：", "## 篇二：", "## 篇三：")],
)  # fmt: skip
def test_reports_in_one_file(prefix: tuple[str, str, str]) -> None:
    text = "".join(p + report(*who) for p, who in zip(prefix, THREE, strict=True))
    assert found_titles(text) == [f"{who}2023年工作总结及2024年工作计划" for who, _ in THREE]


def test_reports_by_salutation() -> None:
    both = address("青山县", 2023) + address("白水县", 2024)
    _, documents, _ = split(both)
    assert documents["region"].to_list() == ["青山县", "白水县"]
    assert documents["report_year"].to_list() == [2022, 2023]
    untitled = address("青山县", 2023) + address("白水县", 2024).split("\n", 2)[2]
    assert split(untitled)[1].height == 2


def test_reports_by_numbering_that_starts_again() -> None:
    both = report("青山县水利局", "水库", title=False) + "\n" + report("青山县教育局", "学校", title=False)
    _, documents, _ = split(both)
    assert documents["organisation"].to_list() == ["青山县水利局", "青山县教育局"]
    assert documents["char_start"].to_list()[1] == len(report("青山县水利局", "水库", title=False)) + 1


def test_a_plan_in_a_second_part_is_no_second_report() -> None:
    text = "青山县水利局2023年工作总结及2024年工作计划\n" + report("青山县水利局", "水库", title=False).replace(
        "二、2024年工作计划", "2024年工作计划\n一、重点任务"
    )
    assert split(text)[1].height == 1


def test_a_page_saved_twice_is_one_report() -> None:
    one = report("青山县水利局", "水库")
    _, documents, sections = split(one + "\n" + one)
    assert documents.height == 1
    assert sections["section_type"].to_list()[-1] == "chrome"


@pytest.mark.parametrize(("said", "found"), [("（3篇）", 3), ("（4篇）", 4), ("（共三篇）", 3)])
def test_declared_counts(said: str, found: int) -> None:
    text = f"青山县2023年工作总结汇编{said}\n" + "".join(report(*who) for who in THREE)
    made, documents, sections = split(text)
    assert documents.height == 3
    assert declared_reports(made, documents).rows() == [("s000", found, 3)]
    assert sections["section_type"][0] == "chrome"


FACTS = [
    # text, title, organisation, type, region, level, sector, report_year, plan_year
    (report("青山县水利局", "水库"), "青山县水利局", "bureau", "青山县", "county", "water", 2023, 2024),
    (report("xx区交通运输局", "道路"), "xx区交通运输局", "bureau", "xx区", "county", "transport", 2023, 2024),
    (report("**县城管局", "市场"), "**县城管局", "bureau", "**县", "county", "urban_management", 2023, 2024),
    (report("青山县柳河镇", "农田"), "青山县柳河镇", "township", "青山县柳河镇", "township", "general", 2023, 2024),
    (report("河北省教育厅", "学校"), "河北省教育厅", "bureau", "河北省", "province", "education", 2023, 2024),
    (report("保定市商务局", "市场"), "保定市商务局", "bureau", "保定市", "city", "commerce", 2023, 2024),
    (report("青山县卫健委", "医院"), "青山县卫健委", "commission", "青山县", "county", "health", 2023, 2024),
    (report("青山县水利局", "水库", plan="下半年工作打算").replace("2023年工作总结及", "2023年上半年工作总结及", 1), "青山县水利局", "bureau", "青山县",
     "county", "water", 2023, 2023),
    ("青山县应急管理局\n" + report("青山县应急管理局", "道路").removeprefix("青山县应急管理局"), "青山县应急管理局", "bureau", "青山县", "county",
     "emergency", 2023, 2024),
    ("2023年工作总结\n" + report("青山县林业局", "林带", title=False), "青山县林业局", "bureau", "青山县", "county", "natural_resources", 2023, 2024),
    (address("青山县", 2024), "青山县人民政府", "government", "青山县", "county", "general", 2023, 2024),
    (address("保定市", 2024), "保定市人民政府", "government", "保定市", "city", "general", 2023, 2024),
]  # fmt: skip


@pytest.mark.parametrize(("text", "organisation", "kind", "region", "level", "sector", "year", "plan"), FACTS, ids=lambda v: str(v)[:12])
def test_what_a_report_says_of_itself(
    text: str, organisation: str, kind: str, region: str, level: str, sector: str, year: int, plan: int
) -> None:
    _, documents, _ = split(text)
    one = documents.row(0, named=True)
    assert one["organisation"] == organisation
    assert (one["organisation_type"], one["region"], one["level"], one["sector"]) == (kind, region, level, sector)
    assert (one["report_year"], one["plan_year"]) == (year, plan)
    assert "report_year: " in one["evidence"]


def test_titles_over_two_lines_are_joined() -> None:
    text = "青山县应急管理局\n2023年工作总结\n暨2024年工作打算\n" + report("青山县应急管理局", "道路", title=False)
    assert found_titles(text) == ["青山县应急管理局2023年工作总结暨2024年工作打算"]


def test_a_spaced_title_is_read_without_its_blanks() -> None:
    _, documents, _ = split(address("青山县", 2024).replace("政府工作报告", "政 府 工 作 报 告", 1))
    assert documents["title"].to_list() == ["政府工作报告"]
    assert documents["delivered_on"].to_list() == [date(2024, 1, 8)]


def test_a_report_delivered_in_january_reviews_the_year_before() -> None:
    silent = address("青山县", 2024).replace("2023年工作回顾", "过去一年工作回顾").replace("2024年工作安排", "今后工作安排")
    _, documents, _ = split(silent)
    assert documents.select("report_year", "plan_year").rows() == [(2023, 2024)]
    assert "day of delivery" in documents["evidence"][0]


def test_the_manifest_overrules_what_is_inferred() -> None:
    told = {
        "title": "水利年报",
        "organisation": "青山县水务局",
        "region": "白水县",
        "level": "city",
        "report_year": 2020,
        "delivered_on": "2021-02-03",
    }
    _, documents, _ = split(report("青山县水利局", "水库"), **told)
    one = documents.row(0, named=True)
    assert (one["title"], one["organisation"], one["region"], one["level"]) == ("水利年报", "青山县水务局", "白水县", "city")
    assert (one["report_year"], one["plan_year"], one["delivered_on"]) == (2020, 2021, date(2021, 2, 3))
    assert "report_year: manifest" in one["evidence"]


def test_a_file_without_a_report_is_one_document_of_type_other() -> None:
    _, documents, sections = split("联系电话\n办公时间：周一至周五\n", "")
    assert documents["report_type"].to_list() == ["other", "other"]
    assert documents["document_id"].to_list() == ["s000-001", "s001-001"]
    assert sections.filter(pl.col("document_id") == "s000-001").height == 1


def test_the_place_of_a_folder_counts_where_the_text_is_silent() -> None:
    _, documents, _ = split(address("青山县", 2024).replace("青山县", ""), paths=["海滨县/2024年政府工作报告.txt"])
    assert documents["region"].to_list() == ["海滨县"]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_other_line_breaks_part_paragraphs_and_keep_offsets(mark: str) -> None:
    text = report("青山县水利局", "水库")
    made, documents, sections = split(text.replace("\n", mark))
    plain = split(text)
    assert documents.drop("evidence").equals(plain[1].drop("evidence"))
    assert sections.equals(plain[2])
    assert made["text"][0].count(mark) == text.count("\n")


@pytest.mark.parametrize("blank", ["\u3000\u3000", "\u200b", "\ufeff", "\u00a0 ", "<U+00A0><U+00A0>", "\t"])
def test_blanks_before_a_marker_are_no_obstacle(blank: str) -> None:
    text = report("青山县水利局", "水库").replace("\n一、", f"\n{blank}一、").replace("\n（", f"\n{blank}（")
    got = [(level, marker) for level, marker, _ in outline(text)]
    assert got == [(level, marker) for level, marker, _ in outline(report("青山县水利局", "水库"))]
    made, _, sections = split(text)
    assert [made["text"][0][a : a + len(blank)] for a in sections.filter(pl.col("marker") == "（一）")["char_start"]] == [blank] * 2
