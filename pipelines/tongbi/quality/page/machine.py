"""The report for machines and for mail: JSON, JUnit XML, Markdown. Same checks, same ids, same severities."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as Xml

from tongbi.quality.page.render import plain

UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
MARKED = re.compile(r"([\\`*_{}\[\]<>|#])")
FORMAT = 1
Data = dict[str, Any]


def report_json(data: Data) -> str:
    """The whole as JSON; `report.schema.json` describes it."""
    kept = {
        k: data[k]
        for k in ("run", "checks", "failures", "failures_hidden", "metrics", "metrics_before", "findings", "unmapped", "units", "coverage")
    }
    return json.dumps({"format": FORMAT, **kept, "sources": data["sources"]}, ensure_ascii=False, default=plain, indent=1)


def junit(data: Data) -> str:
    """One suite a table, one case a check: failed checks are failures, warnings are said in `system-out`, unevaluated ones skipped."""
    suites = Xml.Element(
        "testsuites",
        name="tongbi",
        tests=str(len(data["checks"])),
        failures=str(_count(data, "fail")),
        skipped=str(_count(data, "not_evaluated")),
    )
    rows: dict[str, list[Data]] = {}
    for row in data["failures"]:
        rows.setdefault(row["check_id"], []).append(row)
    for name in sorted({c["table_name"] for c in data["checks"]}):
        mine = [c for c in data["checks"] if c["table_name"] == name]
        suite = Xml.SubElement(suites, "testsuite", name=name, tests=str(len(mine)), failures=str(sum(c["status"] == "fail" for c in mine)),
                               skipped=str(sum(c["status"] == "not_evaluated" for c in mine)))  # fmt: skip
        for check in sorted(mine, key=lambda c: c["check_id"]):
            _case(suite, check, rows.get(check["check_id"], []))
    Xml.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(suites, encoding="unicode") + "\n"


def _case(suite: Xml.Element, check: Data, rows: list[Data]) -> None:
    case = Xml.SubElement(suite, "testcase", classname=f"{check['dimension']}.{check['severity']}", name=check["check_id"])
    said = _fit(f"{check['sentence']}: {check['rows_failed']} of {check['rows_tested']} rows fail")
    listed = _fit("\n".join(f"{r['row_key']}: {r['detail'] or r['value'] or ''}" for r in rows[:20]))
    if check["status"] == "fail":
        Xml.SubElement(case, "failure", message=said).text = listed
    elif check["status"] == "not_evaluated":
        Xml.SubElement(case, "skipped", message="no rows to look at")
    elif check["status"] == "warn":
        Xml.SubElement(case, "system-out").text = f"warning: {said}\n{listed}"


def _fit(text: str) -> str:
    return UNFIT.sub("\ufffd", text)


def _count(data: Data, status: str) -> int:
    return sum(c["status"] == status for c in data["checks"])


def summary(data: Data) -> str:
    """A page of Markdown: verdict, counts, what failed or warns with its first row."""
    run, n = data["run"], {s: _count(data, s) for s in ("pass", "warn", "fail", "not_evaluated")}
    lines = [
        f"# Tongbi 同比: {run['verdict']}",
        "",
        f"Release `{run['release_id'] or '–'}`, run `{run['run_id']}` of {run['started_at']:%Y-%m-%d %H:%M} UTC, code `{run['code_version']}`, rules `{run['rules_version']}`.",
        "",
        f"{run['sources']} files, {run['documents']} reports, {run['mentions']} numerals, {run['observations']} observations. "
        f"Checks: {n['pass']} passed, {n['warn']} warn, {n['fail']} failed, {n['not_evaluated']} not evaluated.",
        "",
    ]
    first: dict[str, Data] = {}
    for row in data["failures"]:
        first.setdefault(row["check_id"], row)
    for status, head in (("fail", "## Errors 错误"), ("warn", "## Warnings 警告")):
        told = [c for c in data["checks"] if c["status"] == status]
        lines += [head, ""] if told else []
        for c in told:
            row = first.get(c["check_id"], {})
            lines.append(
                f"- **{_mark(c['sentence'])}** {_mark(c['sentence_zh'])} ({c['rows_failed']} of {c['rows_tested']}, `{c['check_id']}`)"
            )
            lines += [f"  - {_mark(text)}" for text in (row.get("detail"), row.get("detail_zh")) if text]
        lines += [""] if told else []
    return "\n".join(lines)


def _mark(text: str) -> str:
    """Text that Markdown shows as it is."""
    return MARKED.sub(r"\\\1", text.replace("\n", " "))
