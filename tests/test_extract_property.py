"""Properties: a number in any spelling reads back as itself; any text at all gives a ledger that covers its digits and masks once."""

import re
from decimal import Decimal

import polars as pl
import pytest
from frames import frames
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tongbi.extract import mentions, observations
from tongbi.extract.cut import cut
from tongbi.extract.lexicon import unit_names
from tongbi.extract.numerals import read
from tongbi.extract.spoken import chinese

cn2an = pytest.importorskip("cn2an")
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MASK = r"(?<![A-Za-z])[xXｘＸ×＊]+(?![A-Za-z])"


def numerals(text):
    """What the first stage makes of a text: its numerals with their readings."""
    rows = cut(pl.DataFrame({"source_id": ["t"], "text": [text]}))
    return rows.join(read(rows["surface"]), on="surface", how="left", maintain_order="left")


def spellings(n):
    """A whole number as people write it."""
    yield str(n)
    yield f"{n:,}"
    yield str(n).translate({ord("0") + i: 0xFF10 + i for i in range(10)})
    yield cn2an.an2cn(n, "low")
    yield cn2an.an2cn(n, "up")
    for word, size in (("万", 10**4), ("亿", 10**8)):
        if n >= size and (n * 1000) % size == 0:
            yield f"{Decimal(n) / size:f}{word}"


@FEW
@given(n=st.one_of(st.integers(1, 10**4), st.integers(1, 10**12)), unit=st.sampled_from(["元", "人", "亩", "公里", "千瓦时", "%", "人次"]))
@example(n=10**8, unit="千瓦时")
@example(n=2 * 10**11, unit="元")
def test_a_number_reads_back(n, unit):
    for spelling in spellings(n):
        rows = numerals(f"共有{spelling}{unit}，其中").to_dicts()
        assert [(r["low"], r["high"]) for r in rows] == [(n, n)] or same_measure(rows, n, unit), spelling
        assert rows[0]["surface"].endswith(unit) or unit in unit_names()


def same_measure(rows, n, unit):
    """三千瓦时 may be 3 千瓦时 or 3000 瓦时: the same quantity."""
    one = rows[0]
    factor = Decimal(unit_names()[one["unit"]]["factor"]) / Decimal(unit_names()[unit]["factor"])
    return len(rows) == 1 and one["low"] * factor == n


@FEW
@given(value=st.decimals(0, 10**6, places=3), unit=st.sampled_from(["万元", "亿元", "万亩", "个百分点", "倍"]))
def test_a_decimal_reads_back(value, unit):
    size = {"万": 10**4, "亿": 10**8}.get(unit[0], 1)
    row = numerals(f"增加{value}{unit}。").to_dicts()[0]
    assert (row["low"], row["surface"]) == (value * size, f"{value}{unit}")


@FEW
@given(n=st.integers(0, 10**15))
def test_a_chinese_numeral_reads_back(n):
    assert chinese(cn2an.an2cn(n, "low")) == n


@FEW
@given(
    low=st.integers(1, 999),
    more=st.integers(1, 999),
    to=st.sampled_from(["-", "—", "至", "到", "～", "--"]),
    unit=st.sampled_from(["万元", "家", "%", "公里"]),
)
def test_a_range_reads_back(low, more, to, unit):
    row = numerals(f"需要{low}{to}{low + more}{unit}。").to_dicts()[0]
    size = 10**4 if unit == "万元" else 1
    assert (row["low"], row["high"], row["is_range"]) == (low * size, (low + more) * size, True)


@FEW
@given(
    digits=st.text("0123456789", min_size=1, max_size=6),
    cut_at=st.integers(0, 6),
    unit=st.sampled_from(["万元", "家", "%", "亿元", "公里"]),
    sign=st.sampled_from("xXｘＸ×＊●"),
)
def test_a_mask_never_becomes_a_number(digits, cut_at, unit, sign):
    masked = digits[:cut_at] + sign * max(1, len(digits) - cut_at + 1)
    for row in numerals(f"完成投资{masked}{unit}。").to_dicts():
        assert (row["low"], row["high"]) == (None, None)


HOSTILE = st.text(
    st.one_of(
        st.sampled_from(
            "0123456789０９xXｘＸ×＊●○*%％.,，。、：:；-—～至到一二三十百千万亿两零〇半几余多第负个家元公里日月年年“”《》（）()+/ \n\t\r\x00\x01\x0b\u2028\u3000\ue000\ue010\ue0f8\ue0ff\U000f0000壹贰拾佰廿卅兆成分之倍度AaBbGg"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=120,
)


def covered_once(text):
    """Every digit and mask stands in exactly one mention, and every mention is the text it points at."""
    source, documents, sections = frames([text])
    found = mentions(source, documents, sections)
    count = [0] * len(text)
    for start, end, surface in found.select("char_start", "char_end", "surface").iter_rows():
        assert text[start:end] == surface
        assert start < end
        for i in range(start, end):
            count[i] += 1
    assert not any(c > 1 for c in count)
    for m in re.finditer(rf"[0-9０-９]|{MASK}", text):
        assert all(count[i] == 1 for i in range(m.start(), m.end())), (text, m)
    facts = observations(found, source, documents, sections)
    assert facts.filter(
        pl.col("mask").is_not_null() & pl.any_horizontal(pl.col("value", "value_low", "value_high").is_not_null())
    ).is_empty()
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=HOSTILE)
@example(text="")
@example(text="\x01" * 5 + "12\x01家")
@example(text="\x00" + "5%")
@example(text="1" * 50 + "万亿" * 3)
@example(text="十" * 300)
@example(text="1.2.3万4.5.6亿7")
@example(text="x" * 200 + "%" + "×" * 7)
@example(text="3元x角")
@example(text="A×5 xA Ax 2×3×4 ××.×%")
def test_any_text_gives_a_ledger(text):
    covered_once(text)


@pytest.mark.parametrize("char", ["0", "x", "十", "万", "*", "●", "×", "第", "-", ",", ".", "年", "\x01", "\ue000"])
def test_one_character_again_and_again(char):
    covered_once(char * 5000)
