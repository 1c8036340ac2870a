"""Every unit and every word of the lists that read numerals is reached by a text; values are exact."""

import random
import tomllib
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from tongbi.extract.cut import cut
from tongbi.extract.lexicon import toml, unit_names, unit_rows
from tongbi.extract.normalise import full, normalise, reveal
from tongbi.extract.numerals import read

EXAMPLES = tomllib.loads((Path(__file__).parent / "corpus" / "readings.toml").read_text(encoding="utf-8"))


def readings(texts):
    """The numerals of texts, one list a text."""
    ids = [f"{i:04d}" for i in range(len(texts))]
    rows = cut(pl.DataFrame({"source_id": ids, "text": texts}))
    rows = rows.join(read(rows["surface"]), on="surface", how="left", maintain_order="left")
    found = {i: [] for i in ids}
    for row in rows.to_dicts():
        found[row["source_id"]].append(row)
    return [found[i] for i in ids]


def shown(text):
    """A text with half-width signs and masks, nothing hidden."""
    return pl.DataFrame({"t": normalise(pl.Series([text]))}).select(reveal(pl.col("t"))).item()


def test_there_are_enough_units():
    assert len(unit_rows()) >= 500
    assert all(row["name_en"] and row["name_en"] != "x" and row["kind"] in ("count", "amount", "percentage") for row in unit_rows())
    assert all(Decimal(row["factor"]) > 0 and row["use"] in ("strong", "weak") for row in unit_rows())


def test_a_form_names_one_unit():
    forms = [n for row in unit_rows() for n in [row["unit"], *filter(None, row["aliases"].split("|"))]]
    assert len(forms) == len(set(forms))


def test_every_unit_is_read():
    """A unit that another hides, or that no numeral reaches, is dead."""
    names = list(unit_names())
    dead = []
    number = {n: "十二" if n == "两" else "12" for n in names}  # behind digits 两 begins a word
    for name, rows in zip(names, readings([f"全年共有{number[n]}{n}，另有其他。" for n in names]), strict=True):
        unit = "%" if unit_names()[name]["unit"] == "成" else unit_names()[name]["unit"]
        if len(rows) != 1 or rows[0]["unit"] != unit or rows[0]["surface"] != shown(number[name] + name):
            dead.append((name, [(r["surface"], r["unit"]) for r in rows]))
    assert not dead


def test_every_hidden_word_hides_its_numeral():
    words = toml("words")["hidden"]
    shown = [w for w, rows in zip(words, readings([f"我们{w}。" for w in words]), strict=True) if rows]
    assert not shown


def test_hidden_words_come_back():
    texts = pl.Series([f"我们{w}，完成12家。" for w in toml("words")["hidden"]])
    assert pl.DataFrame({"t": normalise(texts)}).select(reveal(pl.col("t")))["t"].to_list() == texts.to_list()


def test_one_pass_normalises_as_all_do():
    """Texts that hold nothing seldom take one pass: it must notice whatever asks for more."""
    signs = [*"xXｘＸ×＊●○*０１９Ａｂｚ，,.．％－＋／～―億萬壹贰伍陆拾佰仟肆十一二万亿百ab <0\ue001\u3000\t%年元家号时。", "<U+00A0>", "<U+", "进一步", "统一", "分之",
             "Expo", "３，５００", "壹佰伍拾", "队伍", "/万人次", "二○一○年", "指数", "千瓦时"]  # fmt: skip
    rng = random.Random(4)
    texts = pl.Series(["".join(rng.choice(signs) for _ in range(rng.randint(0, 12))) for _ in range(4000)])
    want = full(texts.to_frame("text").with_row_index("i")).sort("i")["text"]
    assert normalise(texts).to_list() == want.to_list()


def test_nouns_are_no_units():
    """Behind a year each of them keeps its first character: 2024成都."""
    nouns = sorted({*toml("words")["nouns"]} - {*toml("words")["rarely"], *toml("words")["hidden"]})
    rows = readings([f"亮相2024{n}。" for n in nouns])
    assert [n for n, r in zip(nouns, rows, strict=True) if len(r) != 1 or r[0]["surface"] != "2024"] == []


def test_every_rate_is_read():
    rates = toml("words")["per"]
    rows = readings([f"平均12元/{r}，" for r in rates])
    assert [
        r for r, found in zip(rates, rows, strict=True) if len(found) != 1 or found[0]["surface"] != f"12元/{r}" or not found[0]["unit"]
    ] == []


@pytest.mark.parametrize("row", EXAMPLES["reading"], ids=lambda r: r["spellings"][0])
def test_reading(row):
    low = row.get("low", row.get("value"))
    for spelling, found in zip(row["spellings"], readings([f"其中{s}，" for s in row["spellings"]]), strict=True):
        assert len(found) == 1, (spelling, [f["surface"] for f in found])
        got = found[0]
        assert got["surface"] == shown(spelling), spelling
        want = (None, None) if low == "-" else (Decimal(low), Decimal(row.get("high", low)))
        assert (got["low"], got["high"]) == want, spelling
        assert got["unit"] == row.get("unit"), spelling


@pytest.mark.parametrize("text", EXAMPLES["none"], ids=lambda t: t[:8])
def test_no_numeral(text):
    assert readings([text]) == [[]]


@pytest.mark.parametrize("row", EXAMPLES["cut"], ids=lambda r: r["text"][:8])
def test_where_numerals_end(row):
    assert [r["surface"] for r in readings([row["text"]])[0]] == row["surfaces"]


def test_a_number_too_long_to_hold_is_no_number():
    for text in ("9" * 60 + "家", "一" * 80 + "家"):
        assert [(r["low"], r["high"]) for r in readings([text])[0]] == [(None, None)]


def test_long_numbers_are_exact_or_none():
    texts = {"1234567890123456789012345家": Decimal("1234567890123456789012345"), "9.5亿亿亿家": Decimal("9.5e24"), "999999999999999亿亿亿元": None,
             "1234567890123456789012345小时30分钟": Decimal("1234567890123456789012345.5"), "百分之999999999999999999999999999999999": None}  # fmt: skip
    assert [r[0]["low"] for r in readings([f"其中{t}，" for t in texts])] == list(texts.values())
