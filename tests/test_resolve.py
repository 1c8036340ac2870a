"""Identity: which indicator a name is, which organisation a report is of, and what corrections may do."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from tongbi.errors import ManifestError
from tongbi.resolve import accept, catalogue, corrections, identify, match, organisations, regions
from tongbi.resolve.catalogue import DATA, build, forms, rows

HEADLINES = [
    "地区生产总值",
    "一般公共预算收入",
    "固定资产投资",
    "社会消费品零售总额",
    "进出口总额",
    "出口总额",
    "进口总额",
    "实际使用外资",
    "规模以上工业增加值",
    "城镇新增就业",
    "城镇调查失业率",
    "居民消费价格",
    "居民人均可支配收入",
    "城镇居民人均可支配收入",
    "农村居民人均可支配收入",
    "粮食产量",
    "常住人口城镇化率",
    "研发投入强度",
]


def one(name: str, kind: str = "amount", unit: str | None = "元", change: bool = False, region: str | None = None) -> str:
    return match(name, kind, unit, change=change, region=region).indicator_id


def test_catalogue_covers_what_it_must() -> None:
    table = catalogue()
    assert table.height >= 300
    assert set(HEADLINES) <= set(table["name_zh"])
    assert table.filter(pl.any_horizontal(pl.col("name_en", "definition", "sector", "unit", "dimension").is_null())).is_empty()
    assert {"transport", "urban_management", "commerce", "agriculture", "education", "health", "civil_affairs", "emergency"} <= set(
        table["sector"]
    )


def test_every_written_form_leads_to_its_indicator() -> None:
    """An entry that matches nothing, not even itself, is dead."""
    table = forms(catalogue())
    table = table.with_columns(unit=pl.coalesce("only", "unit"))
    keys = table.select(
        indicator_name="form", kind="kind", unit="unit", change_basis=pl.lit(None, pl.String), region=pl.lit(None, pl.String)
    )
    found = identify(keys).with_columns(wanted=table["indicator_id"])
    wrong = found.filter(pl.col("indicator_id") != pl.col("wanted"))
    assert wrong.is_empty(), wrong.select("indicator_name", "unit", "indicator_id", "wanted").rows()


@pytest.mark.parametrize(
    ("name", "kind", "unit", "wanted"),
    [
        ("全省生产总值", "amount", "元", "gdp"), ("GDP", "percentage", "%", "gdp"), ("经济增长", "percentage", "%", "gdp"),
        ("地方一般公共预算收入", "amount", "元", "budget_revenue"), ("公共财政预算收入", "amount", "元", "budget_revenue"), ("社零", "amount", "元", "retail_sales"),
        ("社会消费品零售额", "amount", "元", "retail_sales"), ("预计全年完成固定资产投资", "amount", "元", "fixed_investment"),
        ("研发经费支出占比", "percentage", "%", "rd_intensity"), ("粮食总产", "amount", "斤", "grain_output"), ("总产", "amount", "斤", "grain_output"),
        ("“小巨人”企业", "count", "家", None), ("专精特新小巨人企业", "count", "家", "little_giants"), ("新（改）建农村公路", "amount", "公里", "rural_roads"),
        ("新能源公交车", "percentage", "%", "bus_new_energy_share"),
    ],
)  # fmt: skip
def test_variants(name: str, kind: str, unit: str, wanted: str | None) -> None:
    found = match(name, kind, unit, change=kind == "percentage" and name in ("GDP", "经济增长"), region="某省")
    assert found.indicator_id == wanted if wanted else found.method == "derived"


NEAR = [
    "进口总额", "出口总额", "进出口总额", "服务贸易进出口总额", "跨境电商进出口额", "一般贸易进出口总额", "加工贸易出口总额", "限额以上社会消费品零售额", "社会消费品零售总额", "限额以上零售业销售额",
    "零售业销售额", "批发业销售额", "限额以上批发业销售额", "城镇居民人均可支配收入", "农村居民人均可支配收入", "居民人均可支配收入", "城镇居民人均消费支出", "农村居民人均消费支出", "在职职工医疗保险参保",
    "退休职工医疗保险参保", "退休人员基本养老金", "在职人员工资", "规模以上工业增加值", "规模以下工业增加值", "工业增加值", "规模以上工业总产值", "规模以上服务业营业收入", "固定资产投资", "工业投资", "工业技改投资",
    "民间投资", "房地产开发投资", "制造业投资", "第一产业增加值", "第二产业增加值", "第三产业增加值", "第一产业投资", "第二产业投资", "第三产业投资", "一般公共预算收入", "一般公共预算支出", "一般公共预算总收入",
    "财政总收入", "地方财政总收入", "税收收入", "非税收入", "政府性基金收入", "存款余额", "贷款余额", "住户存款余额", "港口货物吞吐量", "集装箱吞吐量", "机场货邮吞吐量", "公路货运量", "公路客运量", "铁路货运量",
    "铁路客运量", "公交客运量", "粮食产量", "水果产量", "蔬菜产量", "油料产量", "粮食播种面积", "蔬菜种植面积", "新建农村公路", "改造农村公路", "新改建农村公路", "技术合同成交额", "全社会研发经费投入", "电子商务交易额",
]  # fmt: skip
COUNTS = [
    "新增就业岗位", "城镇新增就业", "累计就业", "失业人员再就业", "就业困难人员就业", "新增高新技术企业", "高新技术企业", "累计培育高新技术企业", "新增规模以上工业企业", "规模以上工业企业", "新增规模以上服务业企业",
    "新增限额以上商贸企业", "新增经营主体", "注销经营主体", "经营主体", "新增停车泊位", "新增公交线路", "公交线路总数", "撤销公交线路", "新建公厕", "改造公厕", "新建改建公厕", "公厕总数", "新增养老床位", "养老床位",
    "家庭养老床位", "新增医疗床位", "新增托位", "新增学位", "城市低保对象", "农村低保对象", "城镇职工养老保险参保人数", "城乡居民养老保险参保人数", "基本医疗保险参保人数", "城镇职工基本医疗保险参保人数", "生产安全事故起数",
    "道路交通事故起数", "火灾事故起数", "生产安全事故死亡人数", "交通事故死亡人数", "受理信访", "办结信访", "立案", "结案", "排查安全隐患", "整改安全隐患", "接待入境游客", "接待游客", "查处超限超载车辆", "检查车辆",
]  # fmt: skip


@pytest.mark.parametrize(("names", "kind", "unit"), [(NEAR, "amount", "元"), (COUNTS, "count", "个")], ids=["amounts", "counts"])
def test_names_alike_are_never_joined(names: list[str], kind: str, unit: str) -> None:
    """Different things whose names nearly agree have different ids, as levels, as changes and as verbose names."""
    for change, wrap in ((False, "{}"), (True, "{}"), (False, "预计全年完成{}"), (True, "{}同比")):
        ids = {name: one(wrap.format(name), "percentage" if change else kind, "%" if change else unit, change) for name in names}
        joined = [(a, b) for a, b in combinations(names, 2) if ids[a] == ids[b]]
        assert not joined


def test_regions_above_are_other_figures() -> None:
    assert one("全市地区生产总值", region="某市") == "gdp"
    assert one("全省地区生产总值", region="某县") != "gdp"
    assert one("全国居民消费价格", "percentage", "%", True, region="全国") == "cpi"


def test_growth_level_and_rank_share_an_id_and_a_share_has_its_own() -> None:
    name = "茶叶深加工产值"
    level, growth, rank = one(name), one(name, "percentage", "%", True), one(name, "ranking", "位")
    assert level == growth == rank
    assert one(name, "percentage", "%") != level
    assert one(name + "占比", "percentage", "%") == one(name, "percentage", "%")


def test_derived_ids_are_stable_and_general_names_join_nothing() -> None:
    assert one("秸秆打捆量", unit="吨") == "n-" + one("全年完成秸秆打捆量", unit="吨").removeprefix("n-")
    assert one("企业", "count", "家").startswith("g-")
    assert one("未名", "count", "个") == "unnamed"


def test_units_and_kinds_must_agree() -> None:
    assert one("拆除违法建设", "amount", "平方米") == "illegal_buildings"
    assert one("拆除违法建设", "count", "处") != "illegal_buildings"
    assert one("全社会研发投入", "amount", "元") == "rd_expenditure"
    assert one("老旧小区改造", "count", "个") == "old_estates"
    assert one("老旧小区改造", "count", "户") == "old_estates_households"


def test_an_alias_of_two_things_or_of_nothing_names_them(tmp_path: Path) -> None:
    table = rows(DATA / "indicators.csv")
    with pytest.raises(ManifestError, match=r"(?s)地区生产总值.*gdp.*retail_sales|retail_sales.*gdp"):
        build(table, [{"alias": "地区生产总值", "indicator_id": "retail_sales"}])
    with pytest.raises(ManifestError, match="no_such"):
        build(table, [{"alias": "新名字", "indicator_id": "no_such"}])
    with pytest.raises(ManifestError, match=r"(?s)新名字.*gdp.*cpi"):
        build(table, [{"alias": "新名字", "indicator_id": "gdp"}, {"alias": "新名字", "indicator_id": "cpi"}])
    known = build(table, [{"alias": "本地经济大盘", "indicator_id": "gdp"}])
    assert "本地经济大盘" in known.filter(pl.col("indicator_id") == "gdp")["aliases"][0].split("|")


def test_accepted_rows_of_a_review_become_aliases(tmp_path: Path) -> None:
    aliases, reviewed = tmp_path / "aliases.csv", tmp_path / "reviewed.csv"
    aliases.write_text("alias,indicator_id\n", encoding="utf-8")
    reviewed.write_text("alias,indicator_id,accept\n经济大盘子,gdp,yes\n别的,cpi,\n", encoding="utf-8")
    assert accept(reviewed, aliases) == 1
    assert rows(aliases) == [{"alias": "经济大盘子", "indicator_id": "gdp"}]
    reviewed.write_text("alias,indicator_id,accept\n出口总额,gdp,yes\n", encoding="utf-8")
    with pytest.raises(ManifestError, match="出口总额"):
        accept(reviewed, aliases)
    assert len(rows(aliases)) == 1


def test_region_codes() -> None:
    table = regions()
    assert table["region_code"].n_unique() == table.height == table["name"].n_unique()
    assert table.filter(~pl.col("region_code").str.contains(r"^\d{6}$")).is_empty()
    provinces = dict(table.filter(pl.col("province").is_null()).select("name", "region_code").iter_rows())
    assert len(provinces) == 34
    below = table.filter(pl.col("province").is_not_null()).with_columns(above=pl.col("province").replace_strict(provinces))
    assert below.filter(pl.col("region_code").str.head(2) != pl.col("above").str.head(2)).is_empty()
    known = dict(table.select("name", "region_code").iter_rows())
    assert (known["厦门市"], known["徐州市"], known["阿坝藏族羌族自治州"], known["天门市"]) == ("350200", "320300", "513200", "429006")


def documents(*rows: dict[str, object]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Documents (organisation, region, level, year, path …) and their sources."""
    base = {"organisation_type": "bureau", "level": "county", "sector": "transport", "report_type": "work_summary", "evidence": None}
    docs, sources = [], []
    for i, row in enumerate(rows):
        year = row.get("report_year", 2022 + i)
        docs.append(
            {"document_id": f"d{i}", "source_id": f"s{i}", "char_start": 0} | base | {"report_year": year, "plan_year": year + 1}  # type: ignore[operator]
            | {k: v for k, v in row.items() if k != "path"} | {"organisation_id": None, "region_code": None, "same_report_as": None}
        )  # fmt: skip
        path = str(row.get("path", f"甲/{i}.txt"))
        sources.append({"source_id": f"s{i}", "path": path, "batch": path.split("/")[0], "same_text_as": row.get("twin")})
    return pl.DataFrame(docs, infer_schema_length=None).drop("twin", strict=False), pl.DataFrame(
        sources, schema_overrides={"same_text_as": pl.String}
    )


@pytest.mark.parametrize(
    ("one_name", "other", "same"),
    [
        ("青澜区城管局", "青澜区城市管理综合执法局", True), ("青澜区交通局", "青澜区交通运输局", True), ("区局交通运输局", "青澜区公路管理局", False),
        ("区交通运输局", "青澜区交通运输局", True), ("青澜区商务局", "青澜区招商局", False), ("青澜区卫生局", "青澜区卫生健康局", True),
        ("青澜区农业农村局", "青澜区乡村振兴局", False),
    ],
)  # fmt: skip
def test_names_of_one_office(one_name: str, other: str, same: bool) -> None:
    found = organisations(*documents({"organisation": one_name, "region": "青澜区"}, {"organisation": other, "region": "青澜区"}))
    assert (found["organisation_id"].n_unique() == 1) == same


def test_masked_places_stay_apart_unless_the_folder_tells() -> None:
    masked = {"organisation": "xx区交通运输局", "region": "xx区"}
    apart = organisations(*documents(masked | {"path": "甲/2022.txt"}, masked | {"path": "乙/2023.txt"}))
    assert apart["organisation_id"].n_unique() == 2
    joined = organisations(*documents(masked | {"path": "甲/2022.txt"}, masked | {"path": "甲/2023.txt"}))
    assert joined["organisation_id"].n_unique() == 1
    assert "joined over 2 reports" in joined["organisation_evidence"][0]
    twice = organisations(
        *documents(masked | {"path": "甲/a.txt", "report_year": 2023}, masked | {"path": "甲/b.txt", "report_year": 2023})
    )
    assert twice["organisation_id"].n_unique() == 2
    sectors = organisations(*documents(masked, {"organisation": "xx区商务局", "region": "xx区", "sector": "commerce"}))
    assert sectors["organisation_id"].n_unique() == 2


def test_same_report_links_the_redacted_copy() -> None:
    shown = {"organisation": "枫屿县城市管理局", "region": "枫屿县", "report_year": 2023}
    found = organisations(*documents(shown | {"path": "乙/隐去.txt", "twin": "s1"}, shown | {"path": "甲/全.txt"}))
    assert found["same_report_as"].to_list() == ["d1", None]


def test_a_township_without_its_county_is_the_one_of_its_batch() -> None:
    town = {"organisation_type": "township", "level": "township", "sector": "general"}
    found = organisations(
        *documents(town | {"organisation": "枫屿县禾岭乡", "region": "枫屿县禾岭乡"}, town | {"organisation": "禾岭乡", "region": "禾岭乡"})
    )
    assert found["organisation_id"].n_unique() == 1


CORRECTION = """
[[correction]]
source = "甲/a.txt"
sentence = "增长6.8%。"
surface = "6.8%"
action = "{action}"
{set}
expect = {{ value = "{expect}", unit = "%" }}
reason = "levels give 5.2"
"""


def corrected(tmp_path: Path, action: str, change: str = "", expect: str = "6.8") -> tuple[pl.DataFrame, list[dict[str, object]]]:
    (tmp_path / "甲").mkdir(exist_ok=True)
    (tmp_path / "甲/a.txt").write_text("增长6.8%。", encoding="utf-8")
    (tmp_path / "corrections.toml").write_text(CORRECTION.format(action=action, set=change, expect=expect), encoding="utf-8")
    entries = corrections.load(tmp_path)
    mentions = pl.DataFrame({"mention_id": ["m"], "document_id": ["s-001"], "char_start": [2], "char_end": [6], "surface": ["6.8%"]})
    texts = pl.DataFrame({"source_id": ["s"], "path": ["甲/a.txt"], "text": ["增长6.8%。"]})
    value = pl.col("value", "value_low", "value_high").cast(pl.Decimal(38, 6))
    facts = pl.DataFrame(
        {
            "mention_id": ["m"],
            "subject_no": [1],
            "value": ["6.8"],
            "value_low": ["6.8"],
            "value_high": ["6.8"],
            "unit": ["%"],
            "rule_context": ["x"],
        }
    )
    assert corrections.of_batch(entries, "甲")
    assert not corrections.of_batch(entries, "乙")
    return corrections.apply(entries, facts.with_columns(value), mentions, texts)


def test_corrections_drop_override_and_flag(tmp_path: Path) -> None:
    facts, log = corrected(tmp_path, "drop")
    assert facts.is_empty()
    assert log[0]["reason"] == "levels give 5.2"
    facts, log = corrected(tmp_path, "override", 'set = { value = "5.2" }')
    assert [str(v) for v in facts.row(0)[2:5]] == ["5.200000"] * 3
    assert log[0]["before"] == {"value": "6.800000", "value_low": "6.800000", "value_high": "6.800000"}
    facts, _ = corrected(tmp_path, "flag")
    assert facts["rule_context"][0] == "x; flagged: levels give 5.2"


@pytest.mark.parametrize(
    ("action", "change", "expect", "says"),
    [
        ("drop", "", "7.1", "expects value 7.1 and finds 6.8"), ("mend", "", "6.8", "mend"), ("override", "", "6.8", "set"),
        ("drop", 'surprise = "x"', "6.8", "surprise"),
    ],
)  # fmt: skip
def test_corrections_that_no_longer_fit_are_named(tmp_path: Path, action: str, change: str, expect: str, says: str) -> None:
    with pytest.raises(ManifestError, match=says):
        corrected(tmp_path, action, change, expect)


def test_a_correction_of_a_sentence_that_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲/a.txt").write_text("", encoding="utf-8")
    (tmp_path / "corrections.toml").write_text(CORRECTION.format(action="drop", set="", expect="6.8"), encoding="utf-8")
    entries = corrections.load(tmp_path)
    mentions = pl.DataFrame({"mention_id": ["m"], "document_id": ["s-001"], "char_start": [2], "char_end": [6], "surface": ["6.9%"]})
    texts = pl.DataFrame({"source_id": ["s"], "path": ["甲/a.txt"], "text": ["增长6.9%。"]})
    with pytest.raises(ManifestError, match=r"(?s)甲/a.txt.*6\.8%.*no numeral"):
        corrections.apply(entries, pl.DataFrame({"mention_id": ["m"], "subject_no": [1]}), mentions, texts)


def test_matches_judged_by_reading() -> None:
    """200 catalogue matches of real reports, drawn at random and judged: what was right is still matched so, and nearly all were right."""
    found = pl.read_csv(Path(__file__).parent / "data/matches_judged.csv", comment_prefix="#", infer_schema=False)
    assert found.height == 200
    assert found.filter(pl.col("judged") == "right").height >= 0.98 * found.height
    keys = found.select(indicator_name="name", kind="kind", unit="unit", change_basis="change_basis", region="region")
    again = identify(keys).with_columns(wanted=found["indicator_id"], judged=found["judged"])
    lost = again.filter((pl.col("judged") == "right") & (pl.col("indicator_id") != pl.col("wanted")))
    assert lost.is_empty(), lost.select("indicator_name", "indicator_id", "wanted").rows()
