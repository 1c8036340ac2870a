"""The tables of schema `core`, as `contract` columns with types, codes and the claims that every row keeps."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from tongbi.validate import codes
from tongbi.validate.table import DECIMAL, Rule, Table, column, table

c = pl.col
NOT_NEGATIVE = pa.Check.ge(0)
YEAR = pa.Check.in_range(1900, 2100)
SPAN = Rule(
    "span_is_a_range", "A span ends where it starts or after it", "区间的终点不早于起点", c("char_end") >= c("char_start"), "provenance"
)

SOURCES = table(
    "sources",
    "One row per file under raw/: what was read, from where, and why not if it was not · 原始文件",
    ("source_id",),
    {
        "source_id": column(pl.String, "identity of the file, from its path", "来源编号"),
        "path": column(pl.String, "path under raw/, with /", "路径"),
        "batch": column(pl.String, "first folder under raw/, else default", "批次"),
        "sha256": column(pl.String, "hash of the bytes", "文件哈希", null=True),
        "bytes": column(pl.Int64, "size of the file", "字节数", NOT_NEGATIVE),
        "format": column(pl.String, "text, html, docx, pdf …", "格式"),
        "encoding": column(pl.String, "encoding the text was read with", "编码", null=True),
        "status": column(pl.String, "loaded, duplicate or quarantined", "状态", codes=codes.SOURCE_STATUS),
        "error": column(pl.String, "why it was not loaded, one sentence", "未载入原因", null=True),
        "duplicate_of": column(pl.String, "the source this one is a copy of", "与之重复的来源", null=True),
        "source_url": column(pl.String, "where it was published, if told", "网址", null=True),
        "first_seen_at": column(pl.Datetime("us"), "when the file was first seen (UTC)", "首次发现时间", null=True),
        "loaded_at": column(pl.Datetime("us"), "when this state of it was read (UTC)", "载入时间", null=True),
    },
    (
        Rule(
            "quarantined_says_why",
            "A quarantined source says why",
            "被隔离的来源须说明原因",
            (c("status") != "quarantined") | c("error").is_not_null(),
            "completeness",
        ),
        Rule(
            "duplicate_names_original",
            "A duplicate names the source it copies",
            "重复来源须指明原件",
            (c("status") == "duplicate") == c("duplicate_of").is_not_null(),
        ),
    ),
)

SOURCE_TEXTS = table(
    "source_texts",
    "The text of each loaded source; every offset counts its code points · 来源文本",
    ("source_id",),
    {
        "source_id": column(pl.String, "the source", "来源编号"),
        "text": column(pl.String, "decoded or extracted text", "文本", compress=False),
    },
)

DOCUMENTS = table(
    "documents",
    "One row per report; documents tile their source · 报告",
    ("document_id",),
    {
        "document_id": column(pl.String, "source_id and ordinal", "报告编号"),
        "source_id": column(pl.String, "the source it stands in", "来源编号"),
        "char_start": column(pl.Int64, "offset of its first character", "起始位置", NOT_NEGATIVE),
        "char_end": column(pl.Int64, "offset after its last character", "结束位置", NOT_NEGATIVE),
        "title": column(pl.String, "title as written", "标题", null=True),
        "organisation": column(pl.String, "reporting organisation, as written", "单位名称", null=True),
        "organisation_id": column(pl.String, "identity of the organisation over the years", "单位编号", null=True),
        "organisation_type": column(
            pl.String, "government, bureau, commission, office, township, other", "单位类型", codes=codes.ORGANISATION_TYPES
        ),
        "level": column(pl.String, "national, province, city, county, township", "行政层级", null=True, codes=codes.LEVELS),
        "region": column(pl.String, "place as written", "地区", null=True),
        "region_code": column(pl.String, "GB/T 2260 code where known", "行政区划代码", null=True),
        "sector": column(pl.String, "field of work", "领域"),
        "report_type": column(
            pl.String, "work_summary, government_work_report, bulletin, plan, other", "报告类型", codes=codes.REPORT_TYPES
        ),
        "report_year": column(pl.Int64, "year reviewed", "总结年度", YEAR, null=True),
        "plan_year": column(pl.Int64, "year planned", "计划年度", YEAR, null=True),
        "delivered_on": column(pl.Date, "day of delivery, as far as known", "报告日期", null=True),
        "same_report_as": column(pl.String, "the unredacted copy of this report", "同一报告的未隐去版本", null=True),
        "evidence": column(pl.String, "what each fact rests on", "判断依据", null=True),
        "organisation_evidence": column(pl.String, "why the identity of the organisation was given", "单位认定依据", null=True),
    },
    (
        SPAN,
        Rule(
            "plan_not_before_review",
            "The year planned is not before the year reviewed",
            "计划年度不早于总结年度",
            c("plan_year") >= c("report_year"),
            "validity",
        ),
    ),
)

SECTIONS = table(
    "sections",
    "The outline of each report by GB/T 9704 levels; sections tile their document · 提纲",
    ("section_id",),
    {
        "section_id": column(pl.String, "document_id and ordinal", "章节编号"),
        "document_id": column(pl.String, "the report", "报告编号"),
        "parent_id": column(pl.String, "the section it is part of", "上级章节", null=True),
        "level": column(pl.Int64, "1 一、 2 （一） 3 1. 4 （1） 5 inline 一是", "层次", pa.Check.in_range(1, 5)),
        "marker": column(pl.String, "marker as written", "序号", null=True),
        "heading": column(pl.String, "heading as written", "标题", null=True),
        "path": column(pl.String, "markers from the top", "路径", null=True),
        "section_type": column(
            pl.String, "preamble, achievements, highlights, problems, plan, closing, chrome", "章节类型", codes=codes.SECTION_TYPES
        ),
        "char_start": column(pl.Int64, "offset of its first character", "起始位置", NOT_NEGATIVE),
        "char_end": column(pl.Int64, "offset after its last character", "结束位置", NOT_NEGATIVE),
    },
    (SPAN,),
)

MENTIONS = table(
    "mentions",
    "The ledger: every numeral in the text, what it is and the rule that decided · 数字台账",
    ("mention_id",),
    {
        "mention_id": column(pl.String, "identity, from source path, text and place", "数字编号"),
        "document_id": column(pl.String, "the report", "报告编号"),
        "section_id": column(pl.String, "the leaf section", "章节编号"),
        "char_start": column(pl.Int64, "offset of its first character", "起始位置", NOT_NEGATIVE),
        "char_end": column(pl.Int64, "offset after its last character", "结束位置", NOT_NEGATIVE),
        "surface": column(pl.String, "the text of the span", "原文", pa.Check.str_length(min_value=1)),
        "disposition": column(pl.String, "what the numeral is", "数字归类", codes=codes.DISPOSITIONS),
        "rule": column(pl.String, "the rule that decided", "判定规则"),
    },
    (
        Rule(
            "surface_has_span_length",
            "The surface is as long as its span",
            "原文长度与区间一致",
            c("surface").str.len_chars().cast(pl.Int64) == c("char_end") - c("char_start"),
            "provenance",
        ),
    ),
)

_red, _rank = c("is_redacted"), c("kind") == "ranking"
OBSERVATIONS = table(
    "observations",
    "One row per thing that an indicator mention states · 指标观测值",
    ("mention_id", "subject_no"),
    {
        "mention_id": column(pl.String, "the numeral", "数字编号"),
        "subject_no": column(pl.Int64, "1; 2 … where one numeral speaks of several things", "主体序号", pa.Check.ge(1)),
        "document_id": column(pl.String, "the report", "报告编号"),
        "section_id": column(pl.String, "the leaf section", "章节编号"),
        "organisation_id": column(pl.String, "the reporting organisation", "单位编号", null=True),
        "region": column(pl.String, "place of the report", "地区", null=True),
        "report_year": column(pl.Int64, "year the report reviews", "总结年度", null=True),
        "indicator_id": column(pl.String, "identity that series join on", "指标编号"),
        "indicator_name": column(pl.String, "what is measured, in words of the text", "指标名称", null=True),
        "kind": column(pl.String, "count, amount, percentage, ranking", "类别", codes=codes.KINDS),
        "value": column(DECIMAL, "signed value in unit, scale applied; NULL when redacted, a range or no number", "数值", null=True),
        "value_low": column(DECIMAL, "lower bound", "下限", null=True),
        "value_high": column(DECIMAL, "upper bound", "上限", null=True),
        "unit": column(pl.String, "canonical unit without scale", "计量单位", null=True),
        "written_value": column(pl.String, "number as written", "原文数值", null=True),
        "written_unit": column(pl.String, "unit as written", "原文单位", null=True),
        "is_redacted": column(pl.Boolean, "somebody hid the value", "是否隐去"),
        "mask": column(pl.String, "the mask with lower-case x", "掩码", null=True),
        "mask_digits": column(pl.Int64, "digits hidden before the point", "隐去位数", null=True),
        "obs_status": column(pl.String, "SDMX CL_OBS_STATUS: Q suppressed, L unreadable, F planned, E expected, P provisional, A normal", "观测状态", codes=codes.OBS_STATUS),
        "approximation": column(pl.String, "exact, about, at_least, at_most, range", "精确程度", codes=codes.APPROXIMATIONS),
        "change_basis": column(pl.String, "what a change is measured against: yoy, mom, since, plan, annual_average", "对比基准", null=True, codes=codes.CHANGE_BASES),
        "base_period_code": column(pl.String, "base period of since, where told", "基期", null=True),
        "change_direction": column(pl.String, "up, down, flat", "变动方向", null=True, codes=codes.DIRECTIONS),
        "scenario": column(pl.String, "actual, expected, planned", "情景", codes=codes.SCENARIOS),
        "target_force": column(pl.String, "planned only: binding, strive, anticipated, plain", "目标力度", null=True, codes=codes.TARGET_FORCES),
        "period_type": column(pl.String, "year, half, quarter, months, month, to_date, point, multi_year, event", "时期类型", null=True, codes=codes.PERIOD_TYPES),
        "period_code": column(pl.String, "SDMX time range; NULL when redacted", "时期代码", pa.Check.str_matches(codes.PERIOD_CODE), null=True),
        "period_year": column(pl.Int64, "calendar year the figure is about", "所属年份", null=True),
        "period_start": column(pl.Date, "first day", "起始日", null=True),
        "period_end": column(pl.Date, "last day", "截止日", null=True),
        "period_written": column(pl.String, "the words that told the period", "时期原文", null=True),
        "rank_scope": column(pl.String, "among whom a rank is", "排名范围", null=True),
        "base_mention_id": column(pl.String, "the level a change, share or rank belongs to", "所依数值", null=True),
        "part_of_mention_id": column(pl.String, "the total this is part of", "所属合计", null=True),
        "rule_name": column(pl.String, "rule that named it", "命名规则", null=True),
        "rule_context": column(pl.String, "rules that set period, basis and scenario", "语境规则", null=True),
        "char_start": column(pl.Int64, "offset of the numeral's first character, as in mentions", "起始位置", NOT_NEGATIVE),
        "char_end": column(pl.Int64, "offset after the numeral's last character, as in mentions", "结束位置", NOT_NEGATIVE),
        "surface": column(pl.String, "the text of the numeral's span, as in mentions", "原文"),
        "written_step": column(pl.Float64, "what one unit of the last written digit stands for, in unit; 0 for things counted one by one", "末位所代表的数量", NOT_NEGATIVE, null=True),
    },
    (
        Rule("redacted_has_no_value", "A redacted figure has no value and no bounds", "隐去的数字没有数值和上下限",
             ~_red | (c("value").is_null() & c("value_low").is_null() & c("value_high").is_null()), "validity"),
        Rule("redacted_is_suppressed", "Status Q stands exactly where a figure is redacted, with its mask", "状态 Q 仅用于隐去的数字并保留掩码",
             ((c("obs_status") == "Q") == _red) & (_red == c("mask").is_not_null())),
        Rule("planned_has_force", "A target force stands exactly where a figure is planned", "目标力度仅用于计划数",
             (c("scenario") == "planned") == c("target_force").is_not_null()),
        Rule("rank_is_a_place", "A rank is in 位, at 1 or later", "排名以位计且不小于 1", ~_rank | ((c("unit") == "位") & (c("value").is_null() | (c("value") >= 1))), "validity"),
        Rule("bounds_in_order", "The lower bound is not above the upper bound", "下限不高于上限", c("value_low") <= c("value_high"), "validity"),
        Rule("exact_has_bounds", "An exact value has itself as bounds", "精确值的上下限即其本身",
             (c("approximation") != "exact") | c("value").is_null() | ((c("value_low") == c("value")) & (c("value_high") == c("value")))),
        Rule("down_is_negative", "A fall is not positive, a rise not negative", "下降不为正、上升不为负",
             c("value").is_null() | c("change_direction").is_null() | c("change_basis").is_null()
             | ((c("change_direction") == "down") & (c("value") <= 0)) | ((c("change_direction") == "up") & (c("value") >= 0))
             | (c("change_direction") == "flat")),
        Rule("missing_value_has_reason", "A value is missing only where it is redacted, a range, vague or unreadable", "数值缺失须有原因",
             c("value").is_not_null() | _red | (c("approximation") != "exact") | (c("obs_status") == "L"), "completeness"),
        Rule("percentage_has_unit", "A percentage is in a unit of share or change", "百分比须有比率单位",
             (c("kind") != "percentage") | c("unit").is_not_null(), "validity"),
    ),
)  # fmt: skip

INDICATORS = table(
    "indicators",
    "The catalogue of indicators, and those derived from names in the reports · 指标目录",
    ("indicator_id",),
    {
        "indicator_id": column(pl.String, "identity", "指标编号"),
        "name_zh": column(pl.String, "Chinese name", "中文名称", null=True),
        "name_en": column(pl.String, "English name", "英文名称", null=True),
        "kind": column(pl.String, "kind of its level", "类别", null=True, codes=codes.KINDS),
        "unit": column(pl.String, "usual unit", "计量单位", null=True),
        "dimension": column(pl.String, "dimension of the unit", "量纲", null=True),
        "sector": column(pl.String, "field", "领域", null=True),
        "aliases": column(pl.String, "other written forms, by |", "别名", null=True),
        "definition": column(pl.String, "what it measures", "定义", null=True),
        "flow_or_stock": column(pl.String, "flow or stock", "流量或存量", null=True, codes=codes.FLOW_OR_STOCK),
        "price_basis": column(
            pl.String, "prices its growth is measured in: nominal, constant", "价格基准", null=True, codes=codes.PRICE_BASES
        ),
        "lower_bound": column(DECIMAL, "lowest plausible value", "合理下限", null=True),
        "upper_bound": column(DECIMAL, "highest plausible value", "合理上限", null=True),
        "better": column(pl.String, "which way is better: up, down", "优劣方向", null=True, codes=codes.BETTER),
        "origin": column(pl.String, "catalogue or derived", "来历", codes=codes.ORIGINS),
    },
)

UNITS = table(
    "units",
    "Units and classifiers, each with its dimension and factor · 计量单位",
    ("unit",),
    {
        "unit": column(pl.String, "canonical unit", "计量单位"),
        "kind": column(pl.String, "count, amount, percentage", "类别"),
        "dimension": column(pl.String, "dimension; units of one dimension convert", "量纲"),
        "factor": column(DECIMAL, "to the base of the dimension", "换算系数"),
        "aliases": column(pl.String, "other written forms, by |", "别名", null=True),
    },
)

CORE: tuple[Table, ...] = (SOURCES, SOURCE_TEXTS, DOCUMENTS, SECTIONS, MENTIONS, OBSERVATIONS, INDICATORS, UNITS)
