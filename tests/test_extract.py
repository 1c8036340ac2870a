"""Numerals, dispositions and context of single sentences: examples as data."""

import tomllib
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from frames import frames

import tongbi
from tongbi.extract import mentions, observations
from tongbi.extract.dispositions import rules
from tongbi.extract.numerals import chinese

CORPUS = Path(__file__).parent / "corpus"
NUMERALS = tomllib.loads((CORPUS / "numerals.toml").read_text(encoding="utf-8"))
FACTS = tomllib.loads((CORPUS / "facts.toml").read_text(encoding="utf-8"))["fact"]
FIELDS = {"name": "indicator_name", "basis": "change_basis", "direction": "change_direction", "type": "period_type",
          "code": "period_code", "year": "period_year", "scope": "rank_scope", "status": "obs_status", "force": "target_force",
          "low": "value_low", "high": "value_high", "base": "base_period_code"}  # fmt: skip


def read(text, section="achievements"):
    """Mentions of a text with their observations."""
    source, documents, sections = frames([text], section)
    found = mentions(source, documents, sections)
    facts = observations(found, source, documents, sections)
    return found.join(facts, on="mention_id", how="left", maintain_order="left")


def spellings(kind):
    return [pytest.param(row, s, id=s) for row in NUMERALS[kind] for s in row["spellings"]]


@pytest.mark.parametrize(("row", "spelling"), spellings("value"))
def test_every_spelling_gives_the_value(row, spelling):
    fact = read(f"全年共完成{spelling}。").filter(pl.col("disposition") == "indicator").to_dicts()[0]
    assert fact["value"] == Decimal(row["value"])
    assert fact["unit"] == row["unit"]
    assert fact["approximation"] == row.get("approximation", "exact")


@pytest.mark.parametrize(("row", "spelling"), spellings("range"))
def test_every_spelling_gives_the_range(row, spelling):
    fact = read(f"全年增速保持在{spelling}。").filter(pl.col("disposition") == "indicator").to_dicts()[0]
    assert (fact["value"], fact["value_low"], fact["value_high"]) == (None, Decimal(row["low"]), Decimal(row["high"]))
    assert fact["approximation"] == "range"


@pytest.mark.parametrize(("row", "spelling"), spellings("masked"))
def test_a_mask_never_becomes_a_number(row, spelling):
    fact = read(f"全年共完成投资{spelling}。").filter(pl.col("disposition") == "indicator").to_dicts()[0]
    assert (fact["value"], fact["value_low"], fact["value_high"]) == (None, None, None)
    assert (fact["obs_status"], fact["mask"], fact["unit"]) == ("Q", row["mask"], row["unit"])
    assert fact["surface"] == spelling


@pytest.mark.parametrize("row", NUMERALS["none"], ids=lambda r: r["text"][:8])
def test_words_count_nothing(row):
    assert read(row["text"]).filter(pl.col("disposition") == "indicator").is_empty()


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f['at']}-{f['text'][:10]}")
def test_what_a_figure_says(fact):
    rows = read(fact["text"], fact.get("section", "achievements")).filter(pl.col("surface") == fact["at"]).to_dicts()
    assert len(rows) == 1
    for field, want in fact["expect"].items():
        if field == "part":
            assert rows[0]["part_of_mention_id"] is not None
            continue
        got = rows[0][FIELDS.get(field, field)]
        want = None if want == "-" else Decimal(want) if field in ("value", "low", "high") else want
        assert got == want, field


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.name)
def test_every_rule_decides_its_example(rule):
    """A rule whose example another rule takes, or that nothing reaches, is dead."""
    text = rule.example.replace("[", "").replace("]", "")
    at = rule.example.index("[")
    rows = read(text).filter((pl.col("char_start") <= at) & (pl.col("char_end") > at))
    assert rows["rule"].to_list()[:1] == [rule.name], rows.select("surface", "rule").to_dicts()


@pytest.mark.parametrize(("text", "value"), [("一万五千", 15000), ("三万五", 35000), ("一千零五", 1005), ("二〇二三", 2023), ("廿五", 25),
                                            ("一亿三千万", 130000000), ("两千三", 2300), ("三点五", 3.5), ("一万亿", 10**12)])  # fmt: skip
def test_chinese_numerals(text, value):
    assert chinese(text) == value


REPORT = """2026年某市政府工作报告

一、“十四五”时期工作回顾
“十四五”时期，城镇新增就业12.5万人。
2025年，城镇新增就业2.6万人。

二、“十五五”时期主要目标
地区生产总值年均增长5.5%左右，常住人口城镇化率达到71%。

三、2026年重点工作
今年城镇新增就业2.4万人以上。
"""


def test_five_year_plans_give_their_years():
    """Figures under the heading of a plan are of its years until a year is named."""
    rows = tongbi.extract(REPORT).filter(pl.col("disposition") == "indicator")
    said = {r["surface"]: (r["period_type"], r["period_year"], r["scenario"]) for r in rows.iter_rows(named=True)}
    assert said == {
        "12.5万人": ("multi_year", 2025, "actual"), "2.6万人": ("year", 2025, "actual"), "5.5%左右": ("multi_year", 2030, "planned"),
        "71%": ("multi_year", 2030, "planned"), "2.4万人以上": ("year", 2026, "planned"),
    }  # fmt: skip


@pytest.mark.parametrize(("title", "code"), [("某县市场监督管理局2024年上半年工作总结", "2024-S1"), ("某县2024年前三季度工作情况", "2024-01-01/P9M"),
                                             ("某县2024年工作总结", "2024")])  # fmt: skip
def test_a_report_of_less_than_a_year_is_of_its_months(title, code):
    rows = tongbi.extract(f"{title}\n\n一、工作开展情况\n立案查处各类案件487件。", title=title).filter(pl.col("disposition") == "indicator")
    assert rows["period_code"].to_list() == [code]


def test_a_total_stands_in_the_same_report():
    source, documents, sections = frames(["全年新增企业30家。", "满意度提高5%，其中新增商户12家。"], "achievements")
    found = mentions(source, documents, sections)
    facts = observations(found, source, documents, sections)
    assert facts["part_of_mention_id"].to_list() == [None, None, None]


def test_one_change_of_two_things_is_two():
    rows = read("化学需氧量、氨氮排放量要分别下降2%。").filter(pl.col("disposition") == "indicator")
    assert rows["indicator_name"].to_list() == ["化学需氧量排放量", "氨氮排放量"]


def test_five_years_of_work_are_told_under_their_heading():
    text = """2013年某县政府工作报告

一、过去五年工作回顾
过去五年，财政收入由3.1亿元增加到6.2亿元。
改造农村危房1033户，能耗下降17.2%。2012年底，贷款余额达到40亿元。
新建农村公路146公里。

二、2013年工作安排
过去一年的成绩来之不易。
"""
    said = {
        r["surface"]: (r["period_type"], r["period_year"])
        for r in tongbi.extract(text).iter_rows(named=True)
        if r["disposition"] == "indicator"
    }
    assert said == {"3.1亿元": ("year", 2007), "6.2亿元": ("multi_year", 2012), "1033户": ("multi_year", 2012), "17.2%": ("multi_year", 2012),
                    "40亿元": ("point", 2012), "146公里": ("multi_year", 2012)}  # fmt: skip


def test_expected_and_the_same_below():
    text = "预计（下同）地区生产总值增长5%。\n新增就业2万人。"
    assert read(text).filter(pl.col("disposition") == "indicator")["scenario"].to_list() == ["expected", "expected"]
    source, documents, sections = frames([text, "新增就业3万人。"], "achievements")
    facts = observations(mentions(source, documents, sections), source, documents, sections)
    assert facts["scenario"].to_list() == ["expected", "expected", "actual"]
