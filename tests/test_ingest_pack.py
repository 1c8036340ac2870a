"""Folders to shards: the same report in several formats, copies, the manifest, files that change or go."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest
from making import as_html, make_docx
from segmenting import frame

from tongbi.errors import ManifestError
from tongbi.ingest import Packed, pack, read_texts
from tongbi.ingest.duplicates import likeness, signature
from tongbi.ingest.reading import read_text
from tongbi.segment import documents, sections
from tongbi.settings import Settings
from tongbi.shards import Pool

ROOT = Path(__file__).parents[1]
REPORT = (ROOT / "raw/枫屿县人民政府/2023年政府工作报告.txt").read_text(encoding="utf-8")
SUMMARY = (ROOT / "raw/青澜区交通运输局/2024年工作总结.txt").read_text(encoding="utf-8")
LAST_YEAR = (ROOT / "raw/青澜区交通运输局/2022年工作总结.txt").read_text(encoding="utf-8")


def packed(tmp_path: Path, files: dict[str, bytes | str] | None = None, manifest: str | None = None) -> Packed:
    """What packing a raw folder gives; called again it adds to the same folder."""
    raw = tmp_path / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    for name, data in (files or {}).items():
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    if manifest is not None:
        (raw / "manifest.csv").write_text(manifest, encoding="utf-8")
    with Pool(1) as pool:
        return pack(Settings(raw_dir=raw, warehouse_dir=tmp_path / "warehouse"), pool)


def statuses(came: Packed) -> dict[str, tuple[str, str | None, str | None]]:
    """path -> status, the path it copies, the path of the same text unredacted."""
    paths = dict(came.sources.select("source_id", "path").iter_rows())
    rows = came.sources.select("path", "status", "duplicate_of", "same_text_as").iter_rows()
    return {path: (status, paths.get(copy), paths.get(same)) for path, status, copy, same in rows}


LOADED = ("loaded", None, None)


# The same report in every format


def observed(name: str, data: bytes) -> pl.DataFrame:
    """Everything that is observed in a file but for where it stands."""
    extract = import_module("tongbi.extract")
    read = read_text(data, name)
    texts = frame(read.text, paths=["batch/report.txt"], chrome=[read.chrome_spans])
    found = documents(texts)
    outline = sections(texts, found)
    mentions = extract.mentions(texts, found, outline)
    facts = extract.observations(mentions, texts, found, outline)
    told = facts.join(mentions.select("mention_id", "surface", "rule", at="char_start"), on="mention_id", how="left").sort(
        "at", "subject_no"
    )
    typed = told.join(outline.select("section_id", "section_type", "path"), on="section_id", how="left", maintain_order="left")
    return typed.drop([c for c in typed.columns if c.endswith("_id") and c != "indicator_id"] + ["at"])


@pytest.mark.parametrize("text", [REPORT, SUMMARY], ids=["government", "bureau"])
def test_the_same_report_gives_the_same_observations_in_every_format(text: str) -> None:
    plain = observed("a.txt", text.encode())
    assert plain.height > 30
    forms = {
        "gb18030": ("a.txt", text.encode("gb18030")),
        "utf-16": ("a.txt", text.encode("utf-16")),
        "crlf": ("a.txt", text.replace("\n", "\r\n").encode()),
        "docx": ("a.docx", make_docx(text.split("\n"))),
        "html": ("a.html", as_html(text).encode()),
        "gbk page": ("a.htm", as_html(text).replace("utf-8", "gbk").encode("gbk")),
    }
    for form, (name, data) in forms.items():
        assert observed(name, data).equals(plain), form


def test_chrome_yields_no_observation() -> None:
    page = f"当前位置：首页 > 公开 > 2023\n下载\n打印\n浏览次数：1532次\n时间：2024-01-09\n{REPORT}- 12 -\n责任编辑：王五\n相关报道：\n全县新增企业35家\n版权所有 12345678\n"
    assert observed("a.txt", page.encode()).equals(observed("a.txt", REPORT.encode()))


@pytest.mark.parametrize(
    "odd", ["\u2028", "\x85", "\u3000\u3000", "\u200b", "<U+00A0><U+00A0>"], ids=["U+2028", "NEL", "ideographic", "zero-width", "literal"]
)
def test_odd_blanks_and_breaks_change_no_observation(odd: str) -> None:
    text = REPORT.replace("\n", odd) if odd in "\u2028\x85" else REPORT.replace("\n", "\n" + odd)
    assert observed("a.txt", text.encode()).equals(observed("a.txt", REPORT.encode()))


# Copies


def other_scrape(text: str) -> str:
    """The same report as another site shows it: chrome, blanks, half-width punctuation, full-width digits."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    body = "\n".join(f"　　{line}" for line in text.split("\n")).translate(wide)
    return f"下载\n打印\n来源：某某网\n{body}\n责任编辑：王五\n上一篇：另一篇\n"


def test_copies_load_once_by_the_order_of_formats(tmp_path: Path) -> None:
    came = packed(tmp_path, {
        "甲/报告.html": as_html(REPORT), "乙/报告.docx": make_docx(REPORT.split("\n")), "丙/报告.txt": REPORT, "丙/再报告.txt": REPORT.encode("gb18030"),
        "丁/转载.txt": other_scrape(REPORT), "丁/别的.txt": SUMMARY,
    })  # fmt: skip
    copy = ("duplicate", "丁/转载.txt", None)
    assert statuses(came) == {
        "丁/转载.txt": LOADED, "丁/别的.txt": LOADED, "甲/报告.html": copy, "乙/报告.docx": copy, "丙/报告.txt": copy, "丙/再报告.txt": copy,
    }  # fmt: skip


def test_the_copy_that_the_manifest_names_loads(tmp_path: Path) -> None:
    came = packed(tmp_path, {"a.txt": REPORT, "b.html": as_html(REPORT)}, "path,title\nb.html,年报\n")
    assert statuses(came) == {"b.html": LOADED, "a.txt": ("duplicate", "b.html", None)}


def test_two_years_of_one_office_are_no_copies(tmp_path: Path) -> None:
    next_year = "".join(
        c if not c.isdigit() else str((int(c) * 7 + 3) % 10) for c in SUMMARY.replace("2024年", "甲年").replace("2025年", "乙年")
    )
    next_year = next_year.replace("甲年", "2025年").replace("乙年", "2026年")
    assert likeness(*(sketch(t) for t in (SUMMARY, next_year)), 256) > 0.95  # word for word but for the figures
    came = packed(tmp_path, {"2022.txt": LAST_YEAR, "2024.txt": SUMMARY, "2025.txt": next_year})
    assert set(statuses(came).values()) == {LOADED}


def sketch(text: str) -> list[int]:
    packed_hashes = signature(text)["sketch"]
    return [int(packed_hashes[i : i + 8], 16) for i in range(0, len(packed_hashes), 8)]


def redacted(text: str) -> str:
    """The text with its figures hidden and its years left."""
    import re

    return re.sub(r"(?<![0-9])(?!(?:19|20)\d\d年)\d[\d.]*", lambda m: re.sub(r"\d", "x", m.group()), text).replace("青澜区", "xx区")


def test_a_redacted_copy_loads_too_and_names_the_text_it_hides(tmp_path: Path) -> None:
    files = {
        "2022.txt": LAST_YEAR,
        "2024.docx": make_docx(SUMMARY.split("\n")),
        "隐去/a.txt": redacted(SUMMARY),
        "隐去/b.txt": other_scrape(redacted(SUMMARY)),
    }
    came = packed(tmp_path, files)
    assert statuses(came) == {
        "2022.txt": LOADED, "2024.docx": LOADED, "隐去/a.txt": ("loaded", None, "2024.docx"), "隐去/b.txt": ("duplicate", "隐去/a.txt", None),
    }  # fmt: skip


def test_two_redacted_reports_of_one_office_are_no_copies(tmp_path: Path) -> None:
    came = packed(tmp_path, {"a.txt": redacted(LAST_YEAR), "b.txt": redacted(SUMMARY)})
    assert set(statuses(came).values()) == {LOADED}


def test_copies_are_found_across_batches_and_runs(tmp_path: Path) -> None:
    packed(tmp_path, {"一/a.txt": REPORT})
    came = packed(tmp_path, {"二/b.txt": other_scrape(REPORT)})
    assert statuses(came) == {"一/a.txt": LOADED, "二/b.txt": ("duplicate", "一/a.txt", None)}


# The manifest


def test_the_manifest_is_read_into_the_shard(tmp_path: Path) -> None:
    manifest = "path,organisation,region,level,report_year,delivered_on,title,source_url\na.txt,县水务局,海滨县,county,2020,2021-01-05,年报,https://example.org/1\n"
    came = packed(tmp_path, {"a.txt": REPORT, "b.txt": SUMMARY}, manifest)
    assert came.sources.filter(pl.col("path") == "a.txt")["source_url"].to_list() == ["https://example.org/1"]
    texts = pl.concat([read_texts(shard.path) for shard in came.shards]).filter(pl.col("path") == "a.txt")
    one = documents(texts).row(0, named=True)
    assert (one["organisation"], one["region"], one["report_year"], one["title"]) == ("县水务局", "海滨县", 2020, "年报")
    assert str(one["delivered_on"]) == "2021-01-05"


WRONG = [
    ("path,title\n没有.txt,年报\n", "没有.txt"), ("path,level\na.txt,village\n", "village"), ("path,report_year\na.txt,去年\n", "去年"),
    ("path,delivered_on\na.txt,2021.1.5\n", "2021.1.5"), ("name,title\na.txt,年报\n", "path"),
]  # fmt: skip


@pytest.mark.parametrize(("manifest", "named"), WRONG, ids=[w for _, w in WRONG])
def test_a_wrong_manifest_is_an_error_that_names_the_row(tmp_path: Path, manifest: str, named: str) -> None:
    with pytest.raises(ManifestError, match=named) as caught:
        packed(tmp_path, {"a.txt": REPORT}, manifest)
    assert "manifest.csv" in str(caught.value)


def test_a_changed_manifest_is_taken_up(tmp_path: Path) -> None:
    packed(tmp_path, {"a.txt": REPORT}, "path,region\na.txt,海滨县\n")
    came = packed(tmp_path, manifest="path,region\na.txt,山前县\n")
    assert documents(read_texts(came.shards[0].path))["region"].to_list() == ["山前县"]


# What changes


def texts_of(came: Packed) -> dict[str, str]:
    every = pl.concat([read_texts(shard.path) for shard in came.shards])
    return dict(every.select("path", "text").iter_rows())


def test_a_file_that_goes_leaves_and_a_changed_one_is_read_again(tmp_path: Path) -> None:
    first = packed(tmp_path, {"一/a.txt": REPORT, "一/b.txt": SUMMARY, "二/c.txt": LAST_YEAR})
    assert set(texts_of(first)) == {"一/a.txt", "一/b.txt", "二/c.txt"}
    (tmp_path / "raw/一/b.txt").unlink()
    second = packed(tmp_path, {"一/a.txt": REPORT + "\n附：补充一句。\n"})
    assert set(second.sources["path"]) == {"一/a.txt", "二/c.txt"}
    assert texts_of(second)["一/a.txt"].endswith("附：补充一句。\n")
    assert [m.reused for m in second.manifests] == [m.batch == "二" for m in second.manifests]


def test_nothing_is_read_again_when_nothing_changed(tmp_path: Path) -> None:
    first = packed(tmp_path, {"一/a.txt": REPORT, "一/b.txt": SUMMARY, "坏.txt": b"\0\1\2"})
    second = packed(tmp_path)
    assert all(m.reused for m in second.manifests)
    assert second.sources.equals(first.sources)


def test_a_new_file_leaves_other_shards_alone_and_keeps_its_neighbours_place(tmp_path: Path) -> None:
    packed(tmp_path, {"一/a.txt": REPORT, "二/c.txt": LAST_YEAR})
    before = (tmp_path / "warehouse/shards/index.json").read_text(encoding="utf-8")
    came = packed(tmp_path, {"一/z.txt": SUMMARY})
    assert {m.batch: m.reused for m in came.manifests} == {"一": False, "二": True}
    after = (tmp_path / "warehouse/shards/index.json").read_text(encoding="utf-8")
    assert before != after
    assert came.sources.filter(pl.col("path") == "一/z.txt")["shard"][0] == came.sources.filter(pl.col("path") == "一/a.txt")["shard"][0]


def test_readmes_and_hidden_files_are_no_sources(tmp_path: Path) -> None:
    came = packed(
        tmp_path,
        {
            "a.txt": REPORT,
            "README.md": "x",
            "一/README.txt": "x",
            ".hidden": "x",
            "~$a.docx": "x",
            ".git/a.txt": "x",
            "corrections.toml": "x",
        },
    )
    assert came.sources["path"].to_list() == ["a.txt"]


def test_source_ids_come_from_paths_and_encodings_are_recorded(tmp_path: Path) -> None:
    first = packed(tmp_path / "1", {"一/a.txt": REPORT.encode("gb18030")})
    second = packed(tmp_path / "2", {"一/a.txt": SUMMARY.encode("utf-16")})
    assert first.sources["source_id"].to_list() == second.sources["source_id"].to_list()
    assert (first.sources["encoding"][0], second.sources["encoding"][0]) == ("gb18030", "utf-16")
    assert first.sources["bytes"][0] == os.path.getsize(tmp_path / "1/raw/一/a.txt")
