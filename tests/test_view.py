"""The reader: every numeral of a report marked in its text, its outline beside it, its facts at hand."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import duckdb
import pytest

from tongbi import quality
from tongbi.errors import InputError, NotBuiltError
from tongbi.quality.page.locate import visible
from tongbi.settings import Settings

FILE = "枫屿县城市管理局/2023年工作总结.txt"
MARK = re.compile(r'<span tabindex="0" role="button" class="m ([^"]*)" id="m-([^"]*)"[^>]*>(.*?)</span>', re.S)


@pytest.fixture(scope="module")
def page(built: Settings) -> str:
    return quality.write_view(built, FILE, None).read_text(encoding="utf-8")


def test_every_numeral_is_marked_once_with_its_surface(page: str, con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("select m.mention_id, m.surface from core.mentions as m join core.documents as d using (document_id) join core.sources as s using (source_id) where s.path = ?", [FILE]).fetchall()  # fmt: skip
    body = page[page.index("<main") : page.index("</main>")]
    marks = {m[2]: html.unescape(m[3]) for m in MARK.finditer(body)}
    assert marks == dict(rows)
    assert len(rows) > 50


def test_the_text_is_whole(page: str, con: duckdb.DuckDBPyConnection) -> None:
    text = con.execute("select text from core.source_texts join core.sources using (source_id) where path = ?", [FILE]).fetchall()[0][0]
    body = html.unescape(re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("</main>")].split(">", 1)[1]))
    assert re.sub(r"\s", "", body) == re.sub(r"\s", "", visible(text))


def test_the_outline_points_into_the_text(page: str) -> None:
    links = re.findall(r'<li class="l\d"><a href="#([^"]+)"', page)
    anchors = set(re.findall(r'<a class="s" id="([^"]+)"', page))
    assert len(links) > 5
    assert set(links) <= anchors


def test_kinds_statuses_and_dispositions_are_distinct(page: str) -> None:
    classes = " ".join(m[1] for m in MARK.finditer(page))
    for name in ("d-indicator", "d-period", "d-list_marker", "k-count", "k-amount", "k-percentage", "o-A", "o-F"):
        assert name in classes


def test_a_redacted_figure_keeps_what_is_known(built: Settings) -> None:
    text = quality.write_view(built, "青澜区交通运输局/2023年工作总结.txt", None).read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1])
    hidden = [s for m in data["mentions"].values() for s in m["subjects"] if s["obs_status"] == "Q"]
    assert hidden
    assert all("value" not in s and s["mask"] for s in hidden)
    assert "o-Q" in text


def test_a_report_is_found_by_id_file_path_or_title(built: Settings, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    document, title = con.execute(
        "select document_id, title from core.documents join core.sources using (source_id) where path = '枫屿县禾岭乡/2024年工作总结.txt'"
    ).fetchall()[0]
    for name in (
        document,
        "枫屿县禾岭乡/2024年工作总结.txt",
        "raw/枫屿县禾岭乡/2024年工作总结.txt",
        "./枫屿县禾岭乡/2024年工作总结.txt",
        title,
    ):
        path = quality.write_view(built, name, tmp_path / "page.html")
        assert document in path.read_text(encoding="utf-8")


def test_what_fits_nothing_or_several_is_said(built: Settings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no report"):
        quality.write_view(built, "没有这份报告", None)
    with pytest.raises(InputError, match="name one of them by its id"):
        quality.write_view(built, "枫屿县2022年部门乡镇工作总结汇编.txt", None)
    with pytest.raises(NotBuiltError):
        quality.write_view(Settings.default(warehouse=tmp_path), "x", None)


def test_a_report_of_a_compilation_has_only_its_own_text(built: Settings, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = con.execute(
        "select document_id, title from core.documents join core.sources using (source_id) where path like '%汇编.txt' and report_type <> 'other' order by char_start"
    ).fetchall()
    assert len(rows) == 3
    texts = [
        quality.write_view(built, document, tmp_path / f"{i}.html").read_text(encoding="utf-8") for i, (document, _) in enumerate(rows)
    ]
    assert "棠坞乡" in texts[2]
    assert "棠坞乡" not in texts[0][texts[0].index("<main") :]


def test_rows_of_the_report_link_to_reader_pages_that_are_there(built: Settings) -> None:
    text = (built.report_dir / "index.html").read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1])
    assert data["readers"]
    for document in data["readers"]:
        assert (built.report_dir / "view" / f"{document}.html").exists()
    columns = data["failures"]["columns"]
    for row in (dict(zip(columns, r, strict=True)) for r in data["failures"]["rows"]):
        if row["mention_id"] and row["document_id"] in data["readers"]:
            reader = (built.report_dir / "view" / f"{row['document_id']}.html").read_text(encoding="utf-8")
            assert f'id="m-{row["mention_id"]}"' in reader
