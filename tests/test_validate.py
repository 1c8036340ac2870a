"""Frames against their models: counts, failing rows, shapes that are wrong, and what no model of one table can say."""

from __future__ import annotations

import polars as pl
import pytest

from tongbi import validate
from tongbi.validate import promises


def mentions(n: int = 3, **changes: list) -> pl.DataFrame:
    rows = {
        "mention_id": [f"m{i}" for i in range(n)], "document_id": ["d"] * n, "section_id": ["s"] * n, "char_start": [10 * i for i in range(n)],
        "char_end": [10 * i + 2 for i in range(n)], "surface": ["12"] * n, "disposition": ["indicator"] * n, "rule": ["r"] * n,
    }  # fmt: skip
    return pl.DataFrame({**rows, **changes}, schema=validate.MENTIONS.polars_schema())


def failed(frame: pl.DataFrame, table: validate.Table = validate.MENTIONS) -> dict[str, int]:
    return {o.check_id: o.rows_failed for o in validate.outcomes(frame, table) if o.rows_failed}


def test_a_sound_frame_fails_nothing_and_every_claim_is_counted() -> None:
    found = validate.outcomes(mentions(), validate.MENTIONS)
    assert [o.check_id for o in found] == [c for c, _ in validate.claims(validate.MENTIONS)]
    assert all(o.rows_tested == 3 and o.rows_failed == 0 for o in found)


def test_failing_rows_are_counted_and_named() -> None:
    frame = mentions(surface=["12", None, ""], disposition=["indicator", "guess", "period"])
    assert failed(frame) == {
        "mentions.surface.present": 1, "mentions.surface.str_length": 1, "mentions.disposition.isin": 1, "mentions.surface_has_span_length": 1,
    }  # fmt: skip
    told = {o.check_id: o.failures for o in validate.outcomes(frame, validate.MENTIONS) if o.failures}
    assert told["mentions.disposition.isin"] == (("m1", "guess"),)
    assert told["mentions.surface.present"] == (("m1", "NULL"),)


def test_a_key_that_is_there_twice_names_both_rows() -> None:
    found = {o.check_id: o for o in validate.outcomes(mentions(mention_id=["a", "b", "a"]), validate.MENTIONS)}
    assert (found["mentions.key"].rows_failed, [k for k, _ in found["mentions.key"].failures]) == (2, ["a", "a"])


def test_an_empty_frame_tests_nothing() -> None:
    assert {o.rows_tested for o in validate.outcomes(mentions(0), validate.MENTIONS)} == {0}


def test_a_sample_is_kept_unless_all_are_asked_for() -> None:
    frame = mentions(50, disposition=["guess"] * 50)
    kept = {
        sample: len(next(o for o in validate.outcomes(frame, validate.MENTIONS, sample) if o.rows_failed).failures)
        for sample in (20, 5, None)
    }
    assert kept == {20: 20, 5: 5, None: 50}


@pytest.mark.parametrize("column", validate.MENTIONS.columns)
def test_a_wrong_type_is_found_and_values_are_not_judged(column: str) -> None:
    frame = mentions().with_columns(pl.lit(1, pl.Int32).alias(column))
    assert failed(frame) == {f"mentions.{column}.type": 3}
    tested = {o.check_id: o.rows_tested for o in validate.outcomes(frame, validate.MENTIONS)}
    assert tested["mentions.key"] == 0


def test_a_column_too_many_too_few_or_out_of_order_is_found() -> None:
    frame = mentions()
    for wrong in (frame.with_columns(stranger=1), frame.drop("rule"), frame.select(frame.columns[::-1])):
        assert "mentions.columns" in failed(wrong)


@pytest.mark.parametrize("table", validate.CORE, ids=lambda t: t.name)
def test_every_table_describes_every_column_in_both_languages(table: validate.Table) -> None:
    assert " · " in table.comment
    for column in table.model.columns.values():
        en, _, zh = (column.description or "").partition(" · ")
        assert en
        assert zh


TEXTS = pl.DataFrame({"source_id": ["s"], "text": ["2023年完成12件，<U+00A0>增长3%。"]})
DOCUMENTS = pl.DataFrame({"document_id": ["d"], "source_id": ["s"], "char_start": [0], "char_end": [24]})


def spans(*found: tuple[int, int, str]) -> pl.DataFrame:
    columns = {"mention_id": pl.String, "document_id": pl.String, "char_start": pl.Int64, "char_end": pl.Int64, "surface": pl.String}
    return pl.DataFrame([(f"m{s}", "d", s, e, t) for s, e, t in found], schema=columns, orient="row")


SOUND = ((0, 5, "2023年"), (7, 10, "12件"), (21, 23, "3%"))


def test_a_complete_ledger_is_complete_and_escape_literals_are_no_digits() -> None:
    assert promises.ledger_complete(spans(*SOUND), TEXTS, DOCUMENTS).rows_failed == 0
    assert promises.spans_true(spans(*SOUND), TEXTS, DOCUMENTS).rows_failed == 0


def test_a_missing_a_doubled_and_an_overlapping_numeral_are_found() -> None:
    assert promises.ledger_complete(spans(*SOUND[:2]), TEXTS, DOCUMENTS).failures == (("s", "6 of 7 digits are in the ledger"),)
    assert promises.ledger_complete(spans(*SOUND, (0, 5, "2023年")), TEXTS, DOCUMENTS).rows_failed == 2
    assert ("m3", "overlaps the mention before") in promises.ledger_complete(
        spans(SOUND[0], (3, 5, "3年"), *SOUND[1:]), TEXTS, DOCUMENTS
    ).failures


def test_a_span_beside_its_surface_is_found() -> None:
    outcome = promises.spans_true(spans((1, 6, "2023年")), TEXTS, DOCUMENTS)
    assert outcome.failures == (("m1", "'2023年' at '023年完'"),)


@pytest.mark.parametrize(
    ("parts", "bad"), [([(0, 4), (4, 9)], 0), ([(0, 4), (5, 9)], 1), ([(0, 5), (4, 9)], 1), ([(1, 9)], 1), ([(0, 8)], 1), ([], 1)]
)
def test_tiling(parts: list[tuple[int, int]], bad: int) -> None:
    columns = {"by": pl.String, "char_start": pl.Int64, "char_end": pl.Int64}
    frame = pl.DataFrame([("x", s, e) for s, e in parts], schema=columns, orient="row")
    whole = pl.DataFrame([("x", 0, 9)], schema=columns, orient="row")
    assert promises.tiles(frame, whole, "by", "check", "table").rows_failed == bad
