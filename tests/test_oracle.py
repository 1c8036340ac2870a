"""The extraction against its plain-Python oracle: on every text at hand and on generated ones both say the same."""

import random
from functools import cache
from pathlib import Path

import oracle
import polars as pl
import pytest
from frames import frames

from tongbi.extract import mentions, observe, periods
from tongbi.extract.cut import cut
from tongbi.extract.numerals import read

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OURS = sorted([*(ROOT / "raw").rglob("*.txt"), *(ROOT / "tests" / "texts").glob("*.txt")])
OTHERS = sorted([*SHARED.glob("seed/*.txt"), *SHARED.glob("corpus/*/*.txt")])


def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")


@cache
def vectorised(text):
    rows = cut(pl.DataFrame({"source_id": ["t"], "text": [text]}))
    return rows.join(read(rows["surface"]), on="surface", how="left", maintain_order="left")


def compare(text):
    """Places, surfaces, neighbours, values and units of every numeral."""
    rows = vectorised(text)
    plain = oracle.numerals(text)
    ours = [*rows.select("char_start", "char_end", "surface").iter_rows()]
    assert ours == [tuple(p[:3]) for p in plain]
    for (gap, after), p in zip(rows.select(oracle_text("gap"), oracle_text("after")).iter_rows(), plain, strict=True):
        assert (gap, after) == (p[3], p[4])
    for surface, low, high, unit in rows.select("surface", "low", "high", "unit").iter_rows():
        assert (surface, low, high, unit) == (surface, *oracle.reading(surface))


def oracle_text(column):
    """Hidden characters alike: the oracle does not keep which they were."""
    return pl.col(column).str.replace_all(r"[\x{E000}-\x{E02F}]", "\ue0ff")


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.stem)
def test_our_texts(path):
    compare(text_of(path))


@pytest.mark.skipif(not OTHERS, reason="the shared reports are not there")
def test_shared_reports():
    """Every ninth report, and the seed: the rest of the corpus says the same and takes a minute."""
    for path in OTHERS[::9] + OTHERS[-1:]:
        compare(text_of(path))


PARTS = {
    "number": ["12", "1,100", "3.25", "1.5万", "200余万", "３５", "二十三", "一万五千", "三十几", "xx", "x.x", "1x.x", "××", "13万2", "1千零20", "数十", "近百", "七八", "壹佰伍拾", "半", "两", "廿五"],
    "join": ["", "", "", "-", "—", "至", "到", "、", "，", "。", "；", "\n", " ", "%至", "万元—", "和", "："],
    "unit": ["家", "个", "万元", "亿元", "%", "％", "个百分点", "吨/日", "元/平方米", "公里", "千瓦时", "平方米", "成", "倍", "年", "月", "日", "号线", "部门", "人次", "", "", "以上", "左右", "级"],
    "word": ["完成投资", "同比增长", "进一步", "统一", "其中", "今年以来，", "（一）", "“十四五”", "第", "截至", "G301", "box", "队伍", "比2020年", "百分之", "负", "三分之二", "五元三毛", "5:30:65", "三斤半", "2×35"],
}  # fmt: skip


def generated(rng):
    """A text of numerals, units and words in any order."""
    return "".join(rng.choice(PARTS[rng.choice(["word", "number", "unit", "join", "number", "unit"])]) for _ in range(rng.randint(1, 60)))


def test_generated_texts():
    rng = random.Random(76)
    for _ in range(400):
        compare(generated(rng))


def carry(texts):
    """Period type and year as columns carry them and as a loop does; what a period says by itself is read by the same rules."""
    source, documents, sections = frames(texts)
    found = mentions(source, documents, sections)
    places = observe._places(found, documents, sections)
    rows = observe._read(found, places)
    own = rows.join(periods._own_periods(rows, places), on="row", how="left", maintain_order="left")
    own = own.join(periods._named_periods(rows, places), on="row", how="left", maintain_order="left")
    new = (own["source"] != own["source"].shift(1)).fill_null(True)
    out = periods.held(*periods.periods(rows, places))
    for column, said in (("p_type", ("m_kind", "c_kind")), ("p_year", ("m_year", "c_year"))):
        mine = own.select(pl.coalesce(*said)).to_series()
        assert out[column].to_list() == oracle.carried(zip(mine, own["gap"], new, strict=True))


def test_a_period_holds_to_the_end_of_its_sentence():
    carry([text_of(p) for p in OURS])


@pytest.mark.skipif(not OTHERS, reason="the shared reports are not there")
def test_a_period_holds_to_the_end_of_its_sentence_in_shared_reports():
    carry([text_of(p) for p in OTHERS])


def test_a_period_holds_to_the_end_of_its_sentence_in_generated_texts():
    rng = random.Random(11)
    carry([generated(rng) for _ in range(300)])
