"""The page and its machine-readable twins, written from the published warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from tongbi.quality.page import machine
from tongbi.quality.page.data import Data, collect
from tongbi.quality.page.fragments import Fragments, drift, gold, years
from tongbi.quality.page.render import TEMPLATES, columns, page, write_text
from tongbi.quality.view import readers
from tongbi.settings import Settings
from tongbi.warehouse import connect

VERDICTS = {
    "pass": ("✓ pass", "✓ 通过", "No check found anything.", "所有检查均未发现问题。"),
    "warn": ("! published with warnings", "! 已发布，有警告", "The promises of the pipeline hold; some files or reports need a look.", "程序的承诺全部成立；部分文件或报告需要查看。"),
    "fail": ("✕ not published", "✕ 未发布", "A promise of the pipeline is broken: the warehouse of the last good run stays.", "程序的承诺被违背，仍使用上一次合格的仓库。"),
}  # fmt: skip
WORDS = {
    "pass": ("✓ pass", "✓ 通过"),
    "warn": ("! warning", "! 警告"),
    "fail": ("✕ failed", "✕ 未通过"),
    "not_evaluated": ("– not evaluated", "– 未评估"),
}
SECTIONS = (
    ("todo", "To do", "待处理"), ("checks", "Checks", "检查"), ("failures", "Failing rows", "未通过的行"), ("matrix", "Missing", "缺失"), ("coverage", "Coverage", "覆盖"),
    ("findings", "Stated vs computed", "文中与计算"), ("sources", "Files", "文件"), ("quality", "Extraction", "抽取质量"), ("drift", "Drift", "变化"),
)  # fmt: skip


def write_report(settings: Settings, database: Path | None = None) -> list[Path]:
    """Write index.html, report.json, report.schema.json, junit.xml and summary.md to `settings.report_dir`, and a reader page for reports
    with failing rows.

    From the published warehouse, or from `database`, a file that was judged and not published: its page says what broke.
    Raises NotBuiltError where nothing was published.
    """
    con = duckdb.connect(str(database), read_only=True) if database else connect(settings.warehouse_dir)
    try:
        data = collect(con)
        linked = readers(con, settings, data)
    finally:
        con.close()
    fragments = Fragments(settings.report_dir / ".fragments.json")
    folder = settings.report_dir
    written = [
        write_text(folder / "index.html", html(data, linked, fragments)),
        write_text(folder / "report.json", machine.report_json(data)),
        write_text(folder / "report.schema.json", (TEMPLATES / "report.schema.json").read_text(encoding="utf-8")),
        write_text(folder / "junit.xml", machine.junit(data)),
        write_text(folder / "summary.md", machine.summary(data)),
    ]
    write_text(fragments.path, fragments.text())
    return written


def html(data: Data, linked: list[str], fragments: Fragments) -> str:
    """The page, from what `collect` gave."""
    numbers, before = data["metrics"], data["metrics_before"]
    tables = {k: columns(data[k]) for k in ("checks", "failures", "matrix", "coverage", "findings", "gap", "unmapped", "units")}
    shown = {**tables, "sources": columns(data["sources"]["rows"]), "rules": columns(rules(numbers, before)), "readers": linked}
    measured = {m: v for m, v in numbers.items() if m.startswith("gold.")}
    moved = {m: v for m, v in numbers.items() if m.startswith("drift.")}
    return page(
        "report", shown, run=data["run"], runs=data["runs"], verdicts=VERDICTS, words=WORDS, sections=SECTIONS, tiles=tiles(data), todo=todo(data), hidden=data["failures_hidden"],
        chart=fragments.get(years, data["years"]) if data["years"] else None,
        gold=fragments.get(gold, {"now": measured, "before": {m: v for m, v in before.items() if m.startswith("gold.")}}) if measured else None,
        numerals=f"{measured.get('gold.numerals') or 0:.0f}",
        drift=fragments.get(drift, moved) if moved else None,
        gap=(f"{numbers.get('gap.without_indicator') or 0:,.0f}", f"{numbers.get('gap.sentences') or 0:,.0f}", percent(numbers.get("gap.share"))),
    )  # fmt: skip


def tiles(data: Data) -> list[tuple[str, str, str]]:
    """The figures at the head: value, English, Chinese."""
    run, files, numbers = data["run"], data["sources"]["counts"], data["metrics"]
    by_status = {s: sum(c["status"] == s for c in data["checks"]) for s in WORDS}
    fired = sum(c["canary_fired"] is True for c in data["checks"])
    return [
        (f"{files.get('loaded', 0):,} / {run['sources']:,}", "files loaded", "已载入文件"),
        (f"{run['documents']:,}", "reports", "报告"),
        (f"{run['mentions']:,}", "numerals accounted for", "入账数字"),
        (f"{run['observations']:,}", "observations", "观测值"),
        (percent(numbers.get("rate.redacted")), "redacted", "隐去率"),
        (percent(numbers.get("rate.indicator_mentions")), "of numerals are indicators", "数字为指标"),
        (percent(numbers.get("rate.comparable_pairs")), "of pairs comparable", "同比对可比"),
        (f"{by_status['pass']:,} / {len(data['checks']):,}", "checks passed", "检查通过"),
        (
            f"{by_status['warn']} · {by_status['fail']} · {by_status['not_evaluated']}",
            "warn · failed · not evaluated",
            "警告·未通过·未评估",
        ),
        (f"{fired:,} / {len(data['checks']):,}", "self-tests fired", "自检有效"),
    ]


def todo(data: Data) -> list[dict[str, Any]]:
    """Failed and warning checks with their first row and what to do."""
    first: dict[str, Data] = {}
    for row in data["failures"]:
        first.setdefault(row["check_id"], row)
    return [
        {**c, "failed": f"{c['rows_failed']:,}", "tested": f"{c['rows_tested']:,}", "detail": first.get(c["check_id"], {}).get("detail"),
         "detail_zh": first.get(c["check_id"], {}).get("detail_zh")}
        for c in data["checks"] if c["status"] in ("fail", "warn")
    ][:60]  # fmt: skip


def rules(now: Data, before: Data) -> list[Data]:
    """Hits of each rule, now and at the last release."""
    names = sorted({m for m in (*now, *before) if m.startswith("rule.")}, key=lambda m: -(now.get(m) or 0))
    return [{"rule": m.removeprefix("rule."), "now": now.get(m), "before": before.get(m)} for m in names]


def percent(value: float | None) -> str:
    """A share as per cent, or a dash."""
    return "–" if value is None else f"{100 * value:.1f} %"
