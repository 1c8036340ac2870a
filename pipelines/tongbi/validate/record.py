"""The tables of schema `quality`: runs, checks, failures and metrics, kept over runs."""

from __future__ import annotations

import polars as pl

from tongbi.validate import codes
from tongbi.validate.table import Table, column, table

RUN_ID = column(pl.String, "the run", "运行编号")

RUNS = table(
    "runs",
    "One row per run of the pipeline · 运行记录",
    ("run_id",),
    {
        "run_id": RUN_ID,
        "started_at": column(pl.Datetime("us"), "start (UTC)", "开始时间"),
        "finished_at": column(pl.Datetime("us"), "end (UTC)", "结束时间", null=True),
        "code_version": column(pl.String, "hash of the code", "代码版本"),
        "rules_version": column(pl.String, "hash of the rules and word lists", "规则版本"),
        "release_id": column(pl.String, "what was published", "发布编号", null=True),
        "verdict": column(pl.String, "pass, warn, fail", "结论", codes=codes.VERDICTS),
        "sources": column(pl.Int64, "files seen", "文件数"),
        "documents": column(pl.Int64, "reports", "报告数"),
        "mentions": column(pl.Int64, "numerals", "数字数"),
        "observations": column(pl.Int64, "observations", "观测值数"),
    },
    schema="quality",
)

CHECKS = table(
    "checks",
    "One row per check and run · 质量检查",
    ("run_id", "check_id"),
    {
        "run_id": RUN_ID,
        "check_id": column(pl.String, "the check", "检查编号"),
        "table_name": column(pl.String, "table it looks at", "表"),
        "column_name": column(pl.String, "column, if one", "列", null=True),
        "sentence": column(pl.String, "what it claims", "检查内容（英文）"),
        "sentence_zh": column(pl.String, "what it claims, in Chinese", "检查内容"),
        "dimension": column(pl.String, "dimension of quality", "质量维度", codes=codes.CHECK_DIMENSIONS),
        "severity": column(pl.String, "error blocks publishing, warn does not", "严重程度", codes=codes.SEVERITIES),
        "rows_tested": column(pl.Int64, "rows looked at", "检查行数"),
        "rows_failed": column(pl.Int64, "rows that break it", "未通过行数"),
        "status": column(pl.String, "pass, warn, fail, not_evaluated", "结果", codes=codes.CHECK_STATUS),
        "canary_fired": column(pl.Boolean, "the check caught a planted fault in this run", "自检有效", null=True),
        "warn_above": column(pl.Float64, "share of failed rows above which it warns", "警告阈值", null=True),
        "error_above": column(pl.Float64, "share of failed rows above which it fails; NULL never", "失败阈值", null=True),
    },
    schema="quality",
)

FAILURES = table(
    "failures",
    "Rows that break a check · 未通过的行",
    (),
    {
        "run_id": RUN_ID,
        "check_id": column(pl.String, "the check", "检查编号"),
        "row_key": column(pl.String, "key of the row", "行键", null=True),
        "value": column(pl.String, "the value found", "值", null=True),
        "detail": column(pl.String, "what is wrong, one sentence", "说明（英文）", null=True),
        "detail_zh": column(pl.String, "the same in Chinese", "说明", null=True),
    },
    schema="quality",
)

METRICS = table(
    "metrics",
    "One number per run and metric · 质量指标",
    ("run_id", "metric"),
    {"run_id": RUN_ID, "metric": column(pl.String, "the metric", "指标"), "value": column(pl.Float64, "its value", "值", null=True)},
    schema="quality",
)

RECORD: tuple[Table, ...] = (RUNS, CHECKS, FAILURES, METRICS)
