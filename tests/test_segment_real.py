"""What the readers and the splitter make of real reports, against a table written by reading them."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import polars as pl
import pytest

from tongbi.ingest import Packed, pack, read_texts
from tongbi.segment import declared_reports, documents, sections
from tongbi.settings import Settings
from tongbi.shards import Pool

DATA = Path(__file__).parent / "data"
REAL = [line for line in (DATA / "real_reports.csv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
TABLE = {row["path"]: row for row in csv.DictReader(REAL)}


class Read:
    """A folder read and split."""

    def __init__(self, raw: Path, warehouse: Path) -> None:
        with Pool(1) as pool:
            self.packed: Packed = pack(Settings(raw_dir=raw, warehouse_dir=warehouse), pool)
        self.sources = self.packed.sources
        texts = pl.concat([read_texts(shard.path) for shard in self.packed.shards])
        keep = self.sources.filter(pl.col("status") == "loaded").select("source_id")
        self.texts = texts.join(keep, on="source_id", how="semi", maintain_order="left")
        self.documents = documents(self.texts)
        self.sections = sections(self.texts, self.documents)

    def text(self, source_id: str) -> str:
        return str(self.texts.filter(pl.col("source_id") == source_id)["text"][0])


@pytest.fixture(scope="module")
def corpus(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Read:
    return Read(shared / "corpus", tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def seed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Read:
    return Read(shared / "seed", tmp_path_factory.mktemp("seed"))


def test_the_table_lists_every_file(corpus: Read) -> None:
    assert set(corpus.sources["path"]) == set(TABLE)
    assert len(TABLE) == 62


@pytest.mark.parametrize("path", TABLE)
def test_each_file_is_what_reading_it_says(corpus: Read, path: str) -> None:
    want = TABLE[path]
    source = corpus.sources.row(by_predicate=pl.col("path") == path, named=True)
    if want["quarantine"]:
        assert source["status"] == "quarantined"
        assert want["quarantine"] in source["error"]
        return
    if want["duplicate_of"]:
        original = corpus.sources.row(by_predicate=pl.col("path") == want["duplicate_of"], named=True)
        assert (source["status"], source["duplicate_of"]) == ("duplicate", original["source_id"])
        return
    assert source["status"] == "loaded"
    found = corpus.documents.filter(pl.col("source_id") == source["source_id"])
    assert found.height == int(want["documents"])
    one = found.row(0, named=True)
    for field in ("region", "level", "report_year", "plan_year"):
        assert str(one[field] or "") == want[field], field
    present = corpus.sections.filter(pl.col("document_id") == one["document_id"])["section_type"].unique()
    assert set(present) == set(want["section_types"].split())


def test_sections_and_leaves_tile_every_real_document(corpus: Read, seed: Read) -> None:
    for read in (corpus, seed):
        for document in read.documents.iter_rows(named=True):
            mine = read.sections.filter(pl.col("document_id") == document["document_id"])
            parents = set(mine["parent_id"].drop_nulls())
            for part in (mine.filter(pl.col("parent_id").is_null()), mine.filter(~pl.col("section_id").is_in(list(parents)))):
                spans = sorted(part.select("char_start", "char_end").iter_rows())
                assert spans[0][0] == document["char_start"]
                assert spans[-1][1] == document["char_end"]
                assert all(a[1] == b[0] for a, b in itertools.pairwise(spans))


def test_an_outline_does_not_depend_on_the_other_texts_of_its_shard(corpus: Read) -> None:
    for n in range(0, corpus.texts.height, 7):
        alone = corpus.texts[n : n + 1]
        found = documents(alone)
        ids = found["document_id"].to_list()
        assert found.equals(corpus.documents.filter(pl.col("document_id").is_in(ids)))
        assert sections(alone, found).equals(corpus.sections.filter(pl.col("document_id").is_in(ids)))


SEED = [  # sector, organisation, level, type, years, number of headings of the first two levels under 一、 二、 三、
    ("transport", "xx区交通运输局", "county", "bureau", (2023, 2024), {"一、": 6, "二、": 7}),
    ("urban_management", "县城管局", "county", "bureau", (2023, 2024), {"一、": 5, "二、": 3, "三、": 5}),
    ("commerce", "区商务局", "county", "bureau", (2023, 2023), {"一、": 5, "二、": 4, "三、": 3}),
    ("general", "xx乡", "township", "township", (2023, 2024), {"一、": 3, "二、": 3, "三、": 3}),
]


def test_the_seed_holds_four_reports(seed: Read) -> None:
    found = seed.documents
    assert found.height == 4
    assert all("2023年工作总结" in title for title in found["title"])
    assert found["title"].str.contains("交通运输|城管局|商务局|镇乡").all()
    for row, (sector, organisation, level, kind, years, _) in zip(found.iter_rows(named=True), SEED, strict=True):
        assert row["sector"] == sector
        assert row["organisation"] == organisation
        assert row["level"] == level
        assert row["organisation_type"] == kind
        assert (row["report_year"], row["plan_year"]) == years
        assert row["report_type"] == "work_summary"


def test_the_outline_of_the_seed_has_its_headings(seed: Read) -> None:
    for document, (*_, want) in zip(seed.documents.iter_rows(named=True), SEED, strict=True):
        mine = seed.sections.filter(pl.col("document_id") == document["document_id"])
        tops = mine.filter((pl.col("level") == 1) & pl.col("marker").is_not_null())
        assert tops["marker"].to_list() == list(want)
        for marker, section in tops.select("marker", "section_id").iter_rows():
            below = mine.filter((pl.col("parent_id") == section) & pl.col("marker").is_not_null())
            assert below.height == want[marker]
            assert set(below["level"]) == {2}
        text = seed.text(document["source_id"])
        for row in mine.filter(pl.col("marker").is_not_null()).iter_rows(named=True):
            assert text.startswith(row["marker"], row["char_start"])
            assert text[row["char_start"] + len(row["marker"]) :].startswith(row["heading"])


def test_problems_stand_where_the_seed_has_them(seed: Read) -> None:
    kinds = seed.sections.group_by("document_id").agg(pl.col("section_type").unique()).sort("document_id")["section_type"]
    assert [("problems" in k, "highlights" in k) for k in kinds] == [(True, False), (False, True), (True, False), (False, True)]


def test_resellers_markers_and_the_compilation_title_are_chrome(seed: Read) -> None:
    chrome = seed.sections.filter(pl.col("section_type") == "chrome")
    text = seed.text(seed.texts["source_id"][0])
    words = [text[a:b].strip() for a, b in chrome.select("char_start", "char_end").iter_rows()]
    assert [w for w in words if w.startswith("##")] == ["##paidbegin##", "##paidend##"]
    assert words[0].endswith("（4篇）")


def test_a_declared_count_is_compared_with_what_was_found(seed: Read) -> None:
    assert declared_reports(seed.texts, seed.documents).rows() == [(seed.texts["source_id"][0], 4, 4)]
