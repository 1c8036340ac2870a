"""The page of the quality record and its machine-readable twins: whole, escaped, small, capped, and made fast."""

from __future__ import annotations

import json
import re
import shutil
import time
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as Xml

import duckdb
import jsonschema
import pytest
from made import hostile_warehouse, large_warehouse

from tongbi import quality, run
from tongbi.quality.page.locate import around, visible
from tongbi.quality.page.render import embedded
from tongbi.settings import Settings
from tongbi.warehouse import connect

FILES = ("index.html", "report.json", "report.schema.json", "junit.xml", "summary.md")


def page_data(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)[1])


@pytest.fixture(scope="module")
def report(built: Settings) -> Path:
    """The folder of the report that the build of the demonstration corpus wrote."""
    quality.write_report(built)
    return built.report_dir


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return hostile_warehouse(tmp_path_factory.mktemp("hostile"))


def test_all_files_are_written_and_nothing_is_fetched(report: Path) -> None:
    assert all((report / name).stat().st_size > 500 for name in FILES)
    html = (report / "index.html").read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)\s*=\s*["\']?(?:https?:)?//', html)
    assert "@import" not in html
    assert "url(" not in html
    assert "default-src 'none'" in unescape(html)


def test_the_page_says_what_the_record_says(report: Path, con: duckdb.DuckDBPyConnection) -> None:
    html = (report / "index.html").read_text(encoding="utf-8")
    data = page_data(html)
    told = {row[data["checks"]["columns"].index("check_id")] for row in data["checks"]["rows"]}
    assert told == {r[0] for r in con.execute("select check_id from quality_latest").fetchall()}
    run_id, release, code, rules = con.execute("select run_id, release_id, code_version, rules_version from quality.runs").fetchall()[0]
    assert all(value in html for value in (run_id, release, code, rules))
    columns = data["failures"]["columns"]
    for row in (dict(zip(columns, r, strict=True)) for r in data["failures"]["rows"]):
        if row["mention_id"]:
            surface = con.execute("select surface from core.mentions where mention_id = ?", [row["mention_id"]]).fetchall()[0][0]
            assert row["sentence"][1] == visible(surface)
            assert surface in con.execute("select sentence from main.facts where mention_id = ?", [row["mention_id"]]).fetchall()[0][0]
    assert data["matrix"]["rows"]
    assert data["coverage"]["rows"]


def test_the_matrix_tells_redacted_from_not_mentioned_and_planned(report: Path, con: duckdb.DuckDBPyConnection) -> None:
    data = page_data((report / "index.html").read_text(encoding="utf-8"))["matrix"]
    rows = [dict(zip(data["columns"], r, strict=True)) for r in data["rows"]]
    ranks = {rank for row in rows for rank in row["cells"].values()}
    assert {0, 3, 4} <= ranks
    row = next(r for r in rows if r["organisation"] == "青澜区交通运输局" and r["cells"].get("2023") == 3)
    assert set(row["cells"]) == {"2022", "2023", "2024"}


def test_json_follows_its_schema(report: Path) -> None:
    schema = json.loads((report / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads((report / "report.json").read_text(encoding="utf-8")), schema)


def test_junit_has_a_case_a_check(report: Path) -> None:
    root = Xml.parse(report / "junit.xml").getroot()
    data = json.loads((report / "report.json").read_text(encoding="utf-8"))
    cases = {c.get("name"): c for c in root.iter("testcase")}
    assert set(cases) == {c["check_id"] for c in data["checks"]}
    assert int(root.get("tests", 0)) == len(cases)
    assert int(root.get("skipped", 0)) == sum(c["status"] == "not_evaluated" for c in data["checks"])
    for check in data["checks"]:
        assert (cases[check["check_id"]].find("failure") is not None) == (check["status"] == "fail")


def test_the_summary_names_every_warning(report: Path) -> None:
    text = (report / "summary.md").read_text(encoding="utf-8")
    data = json.loads((report / "report.json").read_text(encoding="utf-8"))
    assert all(f"`{c['check_id']}`" in text for c in data["checks"] if c["status"] in ("warn", "fail"))


def test_untrusted_text_is_shown_as_text_everywhere(hostile: Settings) -> None:
    quality.write_report(hostile)
    with connect(hostile.warehouse_dir) as con:
        document = con.execute("select document_id from core.documents limit 1").fetchall()[0][0]
    view = quality.write_view(hostile, document, None)
    for path in (hostile.report_dir / "index.html", view):
        html = path.read_text(encoding="utf-8")
        assert html.count("<script") == 2  # the data and the page's own
        assert "<img" not in html
        assert "</style></script>" not in html
        assert "\u202e" not in html
        assert "⟨U+202E⟩" in html or path != view
        assert path != view or "{{ 7 * 7 }}" in unescape(re.sub(r"<[^>]+>", "", html))
    data = json.loads((hostile.report_dir / "report.json").read_text(encoding="utf-8"))
    assert any("<b>.docx" in row["path"] for row in data["sources"]["rows"])
    Xml.parse(hostile.report_dir / "junit.xml")
    assert "<b>" not in re.sub(r"\\<b\\>", "", (hostile.report_dir / "summary.md").read_text(encoding="utf-8"))


def test_json_in_a_page_cannot_end_its_element() -> None:
    text = str(embedded({"a": "</script><!-- \u2028 &"}))
    assert "<" not in text
    assert ">" not in text
    assert "\u2028" not in text
    assert json.loads(text) == {"a": "</script><!-- \u2028 &"}


def test_a_sentence_is_cut_around_its_span() -> None:
    text = "上一句。" + "甲" * 300 + "12件" + "乙" * 300 + "。下一句。"
    at = text.index("12件")
    before, span, after = around(text, at, at + 3)
    assert (span, before[0], after[-1]) == ("12件", "…", "…")
    assert len(before) < 200
    assert around("第一句1件。第二句2件！", 6 + 3, 6 + 5) == ("第二句", "2件", "！")


@pytest.fixture(scope="module")
def large(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return large_warehouse(built, tmp_path_factory.mktemp("large"))


def test_a_large_record_is_capped_in_the_page(large: Settings) -> None:
    start = time.process_time()
    quality.write_report(large)
    seconds = time.process_time() - start
    size = (large.report_dir / "index.html").stat().st_size
    data = page_data((large.report_dir / "index.html").read_text(encoding="utf-8"))
    assert len(data["checks"]["rows"]) >= 5000
    assert len(data["failures"]["rows"]) <= 3000
    hidden = json.loads((large.report_dir / "report.json").read_text(encoding="utf-8"))["failures_hidden"]
    assert hidden + len(data["failures"]["rows"]) >= 100_000
    assert size < 5_000_000
    assert seconds < 10


def test_the_page_of_real_reports_is_small_and_made_fast(shared: Path, tmp_path: Path) -> None:
    settings = Settings.default(shared / "corpus", tmp_path, workers=2)
    came = run.build(settings)
    assert came.error is None, came.error
    shutil.rmtree(settings.report_dir)
    start = time.process_time()
    quality.write_report(settings)
    assert time.process_time() - start < 5
    assert (settings.report_dir / "index.html").stat().st_size < 5_000_000
