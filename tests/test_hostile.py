"""Files that mean harm, or that harm came to: each is told in one sentence and the others go on."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from making import make_docx, make_html, make_pdf, make_zip
from segmenting import split

from tongbi.ingest import Packed, pack
from tongbi.settings import Settings
from tongbi.shards import Pool

GOOD = "青山县水利局2023年工作总结\n一、主要工作\n全年完成投资3亿元。\n"
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'


def run(tmp_path: Path, files: dict[str, bytes] | None = None, **limits: Any) -> Packed:
    """Pack a folder of these files and one good one."""
    raw = tmp_path / "raw"
    raw.mkdir(exist_ok=True)
    (raw / "good.txt").write_text(GOOD, encoding="utf-8")
    for name, data in (files or {}).items():
        (raw / name).write_bytes(data)
    with Pool(1) as pool:
        return pack(Settings(raw_dir=raw, warehouse_dir=tmp_path / "warehouse", **limits), pool)


def errors(came: Packed) -> dict[str, str]:
    """path -> error of the quarantined; the good file must have loaded and every error be one plain sentence."""
    told = {path: (status, error) for path, status, error in came.sources.select("path", "status", "error").iter_rows()}
    assert told.pop("good.txt") == ("loaded", None)
    assert all(
        error and "\n" not in error and "Traceback" not in error and len(error) < 220
        for status, error in told.values()
        if status == "quarantined"
    )
    return {path: error for path, (status, error) in told.items() if status == "quarantined"}


def docx_of(body: str, extra: dict[str, bytes] | None = None) -> bytes:
    return make_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": body.encode(), **(extra or {})})


def hostile_files() -> dict[str, tuple[bytes, str]]:
    good_docx, good_pdf = make_docx([GOOD]), make_pdf([[GOOD.split("\n")[0]] * 3])
    entity = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + WORD.format("&x;")
    laughs = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + WORD.format("&b;")
    rng = random.Random(7)
    return {
        "empty.txt": (b"", "empty"),
        "empty.docx": (b"", "empty"),
        "blank.txt": ("\u3000 \r\n".encode() * 9, "no text"),
        "cut.docx": (good_docx[: len(good_docx) // 2], "cut off or damaged"),
        "cut.pdf": (good_pdf[: len(good_pdf) // 2], "cut off or damaged"),
        "nozip.docx": (GOOD.encode(), "cut off or damaged"),
        "nopdf.pdf": (b"%PDF-1.7\n" + bytes(rng.randbytes(3000)), "cut off or damaged"),
        "other.docx": (make_zip({"a.txt": b"x"}), "not a Word document"),
        "bomb.docx": (docx_of(WORD.format("0" * 60_000_000)), "unpacks to"),
        "entries.docx": (make_zip({f"word/{n}.xml": b"" for n in range(6000)}), "unpacks to"),
        "entity.docx": (docx_of(entity), "entities"),
        "laughs.docx": (docx_of(laughs), "entities"),
        "hidden.docx": (make_zip({"word/document.xml": WORD.format("x").encode(), "word/footer1.xml": laughs.encode()}), "entities"),
        "broken.docx": (docx_of("<w:document"), "damaged"),
        "binary.txt": (rng.randbytes(50_000).replace(b"\0", b"\1"), "not valid UTF-8"),
        "program.txt": (b"\x7fELF" + rng.randbytes(500), "not text"),
        "nul.txt": (GOOD.encode() + b"\0" + GOOD.encode(), "NUL"),
        "nuls.txt": (b"\0" * 10_000, "NUL"),
        "mixed.txt": ((GOOD * 20).encode() + (GOOD * 20).encode("gbk"), "mixes encodings"),
        "nested.html": (make_html("<div>" * 1_000_000 + GOOD).encode(), "nests more than"),
        "tables.html": (make_html("<table><tr><td>" * 200_000 + GOOD).encode(), "nests more than"),
    }


def test_each_is_told_in_one_sentence_and_the_others_go_on(tmp_path: Path) -> None:
    files = hostile_files()
    told = errors(run(tmp_path, {name: data for name, (data, _) in files.items()}))
    assert set(told) == set(files)
    for name, (_, words) in files.items():
        assert words in told[name], name


def test_entities_of_a_page_are_not_fetched(tmp_path: Path) -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + make_html(
        f'<p>&x;</p><iframe src="file:///etc/passwd"></iframe><p>{GOOD}</p>'
    )
    came = run(tmp_path, {"a.html": page.encode()})
    assert not errors(came)
    assert "root:" not in (tmp_path / "warehouse").joinpath("shards").rglob("*.parquet").__next__().read_bytes().decode("latin-1")


def test_limits_are_settings(tmp_path: Path) -> None:
    pages = make_pdf([["全年完成投资3亿元，新建水库2座。"] * 30] * 120)
    told = errors(run(tmp_path, {"big.txt": GOOD.encode() * 9000, "slow.pdf": pages}, max_file_bytes=600_000, max_seconds_per_file=0.2))
    assert "more than the limit of 600,000" in told["big.txt"]
    assert "longer than 0.2 seconds" in told["slow.pdf"]


def test_unpacking_has_a_limit(tmp_path: Path) -> None:
    assert "unpacks to" in errors(run(tmp_path, {"a.docx": make_docx([GOOD])}, max_unpacked_bytes=10_000))["a.docx"]


LINES = {
    "one line": "全年完成投资3.5亿元，同比增长5.2%，" * 60_000,
    "nested brackets": "（" * 1_000_000 + "）" * 1_000_000,
    "alternating brackets": "（一）" * 300_000,
    "square brackets": "[(<{" * 250_000,
    "markers": "一、工作\n" * 30_000,
    "inline markers": "一是好；" * 200_000,
    "titles": "某局2023年工作总结\n" * 30_000,
    "salutations": "各位代表：\n" * 30_000,
    "quotes": "“\n一、\n" * 30_000,
    "comments": "<!--" * 200_000,
    "signs": "##paid##" * 50_000,
    "blanks": " \u3000\n" * 200_000 + "末",
    "literals": "<U+00A0>" * 100_000,
    "dashes": "——\n" * 100_000,
    "one character": "一" * 1_000_000,
    "masks": "x" * 1_000_000,
}


@pytest.mark.parametrize("name", LINES)
def test_any_text_is_split_in_time_that_grows_with_its_length(name: str) -> None:
    begin = time.process_time()
    _made, documents, sections = split(LINES[name])
    assert time.process_time() - begin < 6
    assert documents["char_end"].to_list()[-1] == len(LINES[name])
    assert sections["char_end"].max() == len(LINES[name])


BIG = """
import os, resource, sys
os.environ["POLARS_MAX_THREADS"] = "1"
from pathlib import Path
import polars as pl
from tongbi.ingest import pack, read_texts
from tongbi.segment import documents, sections
from tongbi.settings import Settings
from tongbi.shards import Pool
home = Path(sys.argv[1])
with Pool(1) as pool:
    came = pack(Settings(raw_dir=home / "raw", warehouse_dir=home / "warehouse"), pool)
texts = pl.concat([read_texts(s.path) for s in came.shards])
found = documents(texts)
outline = sections(texts, found)
print(came.sources["status"].to_list(), found["char_end"].max() == texts["text"].str.len_chars().max(), outline.height,
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_a_line_of_200_mb_is_read_and_split_in_bounded_memory(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    line = "全年完成投资3.5亿元，同比增长5.2%，新建项目12个；".encode()
    (tmp_path / "raw/line.txt").write_bytes(line * (200_000_000 // len(line)))
    (tmp_path / "raw/good.txt").write_text(GOOD, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", BIG, str(tmp_path)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    statuses, whole, sections, megabytes = done.stdout.replace("['loaded', 'loaded']", "loaded").split()
    assert (statuses, whole) == ("loaded", "True")
    assert int(sections) >= 3
    assert int(megabytes) < 3500


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("机密", encoding="utf-8")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "link.txt").symlink_to(outside / "secret.txt")
    (raw / "folder").symlink_to(outside, target_is_directory=True)
    (raw / "up.txt").symlink_to("../outside/secret.txt")
    (raw / "gone.txt").symlink_to("nowhere.txt")
    (raw / "loop.txt").symlink_to("loop.txt")
    (raw / "inside.txt").symlink_to("good.txt")
    os.mkfifo(raw / "pipe.txt")
    came = run(tmp_path)
    told = errors(came)
    assert set(told) == {"link.txt", "folder", "up.txt", "gone.txt", "loop.txt", "pipe.txt"}
    assert all("leads out of the raw folder" in told[name] for name in ("link.txt", "up.txt", "folder"))
    assert "ordinary" in told["pipe.txt"]
    assert came.sources.filter(came.sources["path"] == "inside.txt")["status"].to_list() == ["duplicate"]


NAMES = [
    "新\n行.txt",
    "引\"号'.txt",
    "两..点.txt",
    "..前.txt.txt",
    "表情😀.txt",
    "空 格.txt",
    "-rf.txt",
    "a" * 200 + ".txt",
    "percent%2e%2e.txt",
    "分;号.txt",
    "\u202e反.txt",
]


def test_any_name_is_a_name(tmp_path: Path) -> None:
    shown = [name for name in NAMES if not name.startswith(".")]
    came = run(
        tmp_path,
        {
            name: f"{GOOD}第{n}号水库完成投资{n}亿元，新建渠道{n * 7}公里。{chr(0x4E00 + n) * 30}\n".encode() * (n + 1)
            for n, name in enumerate(shown)
        },
    )
    assert not errors(came)
    assert set(came.sources["path"]) == {*shown, "good.txt"}
    assert came.sources["source_id"].n_unique() == len(shown) + 1


def test_a_name_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with open(os.fsencode(tmp_path / "raw") + b"/\xff\xfe.txt", "wb") as file:
        file.write(GOOD.encode())
    assert errors(run(tmp_path)) == {"\\xff\\xfe.txt": "the file's name is not UTF-8: rename it"}


def test_five_thousand_files(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for n in range(5000):
        (raw / f"{n:04d}.txt").write_text(
            f"第{n}号乡2023年工作总结\n一、主要工作\n全年完成投资{n}万元，新建{chr(0x4E00 + n)}渠{n % 97}公里，检查{n % 89}次。\n",
            encoding="utf-8",
        )
    begin = time.perf_counter()
    came = run(tmp_path)
    assert time.perf_counter() - begin < 30
    assert came.sources.height == 5001
    assert not errors(came)


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("tongbi.ingest.pack")

    whole = module.map_shards

    def meanwhile(*args: Any, **more: Any) -> Any:
        (tmp_path / "raw/growing.txt").write_text(GOOD * 3, encoding="utf-8")
        (tmp_path / "raw/going.txt").unlink()
        return whole(*args, **more)

    monkeypatch.setattr(module, "map_shards", meanwhile)
    told = errors(run(tmp_path, {"growing.txt": GOOD.encode(), "going.txt": GOOD.encode()}))
    assert "changed while it was read" in told["growing.txt"]
    assert "cannot be opened" in told["going.txt"]
    monkeypatch.setattr(module, "map_shards", whole)
    assert not errors(run(tmp_path))


def test_a_file_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    closed = tmp_path / "raw/closed.txt"
    closed.write_text(GOOD, encoding="utf-8")
    closed.chmod(0)
    if os.geteuid() == 0:  # root may read everything
        opened = Path.open

        def guarded(self: Path, *args: Any, **more: Any) -> Any:
            if self.name == "closed.txt":
                raise PermissionError(13, "Permission denied")
            return opened(self, *args, **more)

        monkeypatch.setattr(Path, "open", guarded)
    assert errors(run(tmp_path)) == {"closed.txt": "the file cannot be opened (Permission denied): check its rights"}


def test_a_folder_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "raw/closed"
    closed.mkdir(parents=True)
    scan = os.scandir

    def guarded(path: Any = ".") -> Any:
        if str(path).endswith("/closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert errors(run(tmp_path)) == {"closed": "the folder cannot be opened (Permission denied): check its rights"}


def test_a_reader_that_fails_stops_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("tongbi.ingest.pack")

    read = module.read_text

    def failing(data: bytes, name: str, limit: int) -> Any:
        if name == "bad.txt":
            raise RecursionError("maximum recursion depth exceeded")
        if name == "worse.txt":
            raise ZeroDivisionError("division by zero")
        return read(data, name, limit)

    monkeypatch.setattr(module, "read_text", failing)
    told = errors(run(tmp_path, {"bad.txt": b"x", "worse.txt": b"y"}))
    assert "too deeply nested" in told["bad.txt"]
    assert "reader failed" in told["worse.txt"]
