"""Redacted reports still compare: one year of a real pair is masked, and what is left of every pair is looked at."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from marts import ROOT, files, frames, load

KEY = "organisation_id, indicator_id, kind, coalesce(change_basis, ''), period_window, year"


def masked(text: str, con: duckdb.DuckDBPyConnection, path: str) -> str:
    """The text with the digits of every indicator written in them replaced by x, as a publisher does."""
    places = con.execute(
        """
        select m.char_start, m.char_end
        from core.mentions as m
        join core.documents as d on d.document_id = m.document_id
        join core.sources as s on s.source_id = d.source_id
        where s.path = ? and m.disposition = 'indicator'
        """,
        [path],
    ).fetchall()
    characters = list(text)
    for start, end in places:
        for i in range(start, end):
            if characters[i].isdigit() or (text[start] == "第" and characters[i] in "一二三四五六七八九十"):
                characters[i] = "x"
    return "".join(characters)


@pytest.fixture(scope="module")
def both(shared: Path) -> tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]:
    """The marts over one district, with its report on 2013 as published and with it masked."""
    found = [(p, d) for p, d in files(shared / "corpus") if p.startswith("district/")]
    plain = load(frames(found))
    target = next(p for p, _ in found if "_2014_" in p)
    hidden = [(p, masked(d.decode("utf-8"), plain, p).encode() if p == target else d) for p, d in found]
    return plain, load(frames(hidden))


def pairs(con: duckdb.DuckDBPyConnection, more: str) -> dict[tuple[object, ...], tuple[object, ...]]:
    rows = con.execute(
        f"""
        select {KEY}, reason, direction, stated_change_pct
        from yoy
        where year in (2013, 2014) and mention_id is not null and prev_mention_id is not null {more}
        """
    ).fetchall()
    return {row[:6]: row[6:] for row in rows}


def test_every_pair_is_still_there_and_says_what_was_hidden(both: tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]) -> None:
    plain, hidden = both
    before = pairs(plain, "and value is not null and prev_value is not null")
    after = pairs(hidden, "")
    assert len(before) >= 20
    assert [key for key in before if key not in after] == []
    assert {after[key][0] for key in before} <= {"redacted", "redacted_previous"}
    for key, (_, direction, stated) in before.items():
        reason, still, change = after[key]
        if direction is not None and (stated is not None or key[3]):
            assert still == direction, key
        if reason == "redacted_previous":
            assert change == stated, key


def test_ranks_stay(both: tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]) -> None:
    plain, hidden = both
    query = "select indicator_id, year, rank, prev_rank, rank_scope, reason from rank_changes where year not in (2013, 2014) order by all"
    assert plain.execute(query).fetchall() == hidden.execute(query).fetchall()


@pytest.fixture(scope="module")
def county() -> tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]:
    """The marts over the reports of one county of the demonstration corpus, with the one on 2023 as it is and with it masked."""
    found = [(p, d) for p, d in files(ROOT / "raw") if p.startswith("枫屿县人民政府/")]
    plain = load(frames(found))
    target = next(p for p, _ in found if "2024年" in p)
    return plain, load(frames([(p, masked(d.decode("utf-8"), plain, p).encode() if p == target else d) for p, d in found]))


def test_ranks_of_the_masked_year_are_rows_without_a_place(county: tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]) -> None:
    query = """
        select indicator_id, change_basis, period_window, year, rank_scope, prev_rank_scope, of_change, rank, prev_rank, status, prev_status, reason
        from rank_changes
        where year in (2023, 2024)
        order by all
    """
    plain, hidden = (con.execute(query).fetchall() for con in county)
    assert len(plain) >= 4
    assert [row[:7] for row in hidden] == [row[:7] for row in plain]
    for before, after in zip(plain, hidden, strict=True):
        assert before[-1] == "ok", before
        if before[3] == 2023:
            assert after[7:] == (None, before[8], "Q", before[10], "redacted")
        else:
            assert after[7:] == (before[7], None, before[9], "Q", "redacted_previous")
