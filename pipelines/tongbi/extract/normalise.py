"""Text made easy to read, one character for one character, so that every offset stays true.

Full-width forms become half-width, masks become `x`, financial capitals (壹佰) plain numerals, and numerals inside words that are none
(进一步, 统一) are hidden behind private-use characters, which `reveal` turns back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import product
from string import ascii_letters

import polars as pl

from tongbi.extract.lexicon import toml, words

WIDE = {chr(c): chr(c - 0xFEE0) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
ODD = {"．": ".", "％": "%", "－": "-", "＋": "+", "／": "/", "～": "~", "﹪": "%", "〜": "~", "\x01": " ", "\r": "\n",
       "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\u3000": " ", "\u00a0": " ", "\t": " ", "﹒": ".", "―": "—",
       "︰": ":", "\ufeff": " ", "\u200b": " ", "億": "亿", "萬": "万", "Ｘ": "x", "ｘ": "x"}  # fmt: skip
HIDDEN = "一二三四五六七八九十百千万亿两〇零半廿几数xX×0123456789卅负"
HIDE = {c: chr(0xE000 + i) for i, c in enumerate(HIDDEN)}
CAPITAL = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True))
LETTER = "A-WYZa-wyzＡ-ＷＹＺａ-ｗｙｚ"
# What only few texts hold, and what is mended in those alone: masks of other signs, x in Latin words, capitals, wide commas, private-use characters.
WIDE_COMMA = "[０-９]，[０-９]"
CAPITAL_SIGNS = "[壹贰叁柒捌玖佰仟]|[肆伍陆拾][万亿拾]|拾[肆伍陆一二三四五六七八九]"
ESCAPE = r"<U\+[0-9A-F]{4}>"  # how some dumps write a blank
# Signs that a surface may hold in another form than the text does, beside those of `_quick`.
ALTERED = rf"[{''.join(WIDE)}％．－＋／～﹪〜﹒]"


@cache
def _tables() -> tuple[list[str], list[str]]:
    """What is replaced by what: odd characters, and words with their numerals hidden. Words that are kept come first of their length."""
    hide = {w: w for w in words("words", "kept")}
    hide |= {w: veil(w) for w in words("words", "hidden")}
    hide |= {f"/{w}": f"/{veil(w)}" for w in toml("words")["per"] if veil(w) != w}
    found = [*WIDE, *ODD, *sorted(hide, key=lambda w: (-len(w), w))]
    return found, [*WIDE.values(), *ODD.values(), *(hide[w] for w in found[len(WIDE) + len(ODD) :])]


def veil(word: str) -> str:
    """A word with its numerals hidden."""
    return "".join(HIDE.get(c, c) for c in word)


@cache
def conceal(name: str) -> str:
    """A name as it stands in normalised text: 吨二氧化碳 holds a hidden word."""
    for word in words("words", "hidden"):
        name = name.replace(word, veil(word))
    return name


def _stars(text: pl.Expr) -> pl.Expr:
    """A half-width * is a mask only before a unit or beside a digit."""
    text = text.str.replace_all(r"([0-9x.])[*]", "${1}x")
    for _ in range(9):
        text = text.str.replace_all(
            r"[*]([0-9x.%‰万亿元个家人户名项件条起次场座辆台套处亩吨公平余多天日月年批份篇部本株头只艘间栋所斤米])", "x${1}"
        )
    return text


def _bullets(text: pl.Expr) -> pl.Expr:
    """A sign that begins a line alone is a bullet."""
    return text.str.replace_all(r"(^|\n)( *)[●○*]([^●○*])", "${1}${2}·${3}")


def _masks(text: pl.Expr) -> pl.Expr:
    """Masks written with × ＊ ●; × between digits is a product."""
    for _ in range(2):
        text = text.str.replace_all(r"([0-9])×([0-9])", "${1}\ue0f0${2}")
    return text.str.replace_many(["×", "＊", "●", "\ue0f0"], ["x", "x", "x", "×"])


def _circles(text: pl.Expr) -> pl.Expr:
    """○ is a zero among Chinese digits, else a mask."""
    for _ in range(2):
        text = text.str.replace_all(r"([〇零一二三四五六七八九])○", "${1}〇")
    return text.str.replace_all(r"○([〇零一二三四五六七八九])", "〇${1}").str.replace_all("○", "x", literal=True)


def _letters(run: re.Match[str]) -> str:
    """The x of Latin words (box, Expo) hidden; a mask stands beside no other letter."""
    word = run[0]
    return word if not word.strip("xX") else word.replace("x", HIDE["x"]).replace("X", HIDE["X"])


def _capitals(run: re.Match[str]) -> str:
    """壹佰伍拾 as 一百五十. 伍, 陆, 拾 and 肆 alone are ordinary characters (队伍, 登陆, 收拾)."""
    return "".join(CAPITAL.get(c, c) for c in run[0])


NUMERIC = "壹贰叁肆伍陆柒捌玖拾佰仟一二三四五六七八九十百千万亿零〇"
CAPITALS = re.compile(
    rf"[{NUMERIC}]*[壹贰叁柒捌玖佰仟][{NUMERIC}]*|[{NUMERIC}]*(?:[肆伍陆]拾|拾[肆伍陆])[{NUMERIC}]*"
    rf"|(?<![\u4e00-\u9fff])拾(?:[一二三四五六七八九][{NUMERIC}]*|[{NUMERIC}]*[万亿][{NUMERIC}]*)|[肆伍陆拾][万亿](?=[{NUMERIC}元])"
)


def _where(frame: pl.DataFrame, found: str, mend: Callable[[pl.Expr], pl.Expr]) -> pl.DataFrame:
    """The texts that hold `found`, mended; the others as they are."""
    hit = pl.col("text").str.contains(found)
    return (
        frame
        if not frame.select(hit.any()).item()
        else pl.concat([frame.filter(~hit), frame.filter(hit).with_columns(mend(pl.col("text")))])
    )


def _each(frame: pl.DataFrame, found: str, mend: Callable[[str], str]) -> pl.DataFrame:
    """The same with a function of one text."""
    return _where(frame, found, lambda text: text.map_elements(mend, return_dtype=pl.String))


def _seldom(frame: pl.DataFrame) -> pl.DataFrame:
    """The few texts that hold anything of this, mended."""
    frame = _where(frame, ESCAPE, lambda text: text.str.replace_all(ESCAPE, " " * 8))
    frame = _each(frame, r"[\x{E000}-\x{E0FF}]", lambda t: re.sub("[\ue000-\ue0ff]", "\ufffd", t))
    frame = _each(frame, WIDE_COMMA, lambda t: re.sub("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))", ",", t))
    frame = _each(frame, CAPITAL_SIGNS, lambda t: CAPITALS.sub(_capitals, t))
    frame = frame.with_columns(pl.col("text").str.replace_many(list(WIDE), list(WIDE.values())))
    frame = _where(frame, "[●○*]", _bullets)
    frame = _where(frame, "[×＊●]", _masks)
    frame = _where(frame, "[*]", _stars)
    frame = _where(frame, "○", _circles)
    return _each(frame, rf"[{LETTER}][xX]|[xX][{LETTER}]", lambda t: re.sub("[A-Za-z]+", _letters, t))


@cache
def _quick() -> tuple[list[str], list[str]]:
    """The same as `_tables`, but the signs of all that takes more are left out: a text that holds any loses characters."""
    digits, latin = list(WIDE)[:10], [c for c in [*ascii_letters, *list(WIDE)[10:]] if c not in "xXｘＸ"]
    pairs = [*product(latin, "xX"), *product("xX", latin), *product("肆伍陆拾", "万亿拾"), *product("拾", "肆伍陆一二三四五六七八九"),
             *product(digits, "，", digits)]  # fmt: skip
    signs = [*"×＊●○*Ｘｘ―億萬壹贰叁柒捌玖佰仟", "<U+", *map(chr, range(0xE000, 0xE100)), *map("".join, pairs)]
    found, instead = _tables()
    return [*signs, "X", *found], [*[""] * len(signs), "x", *instead]


def full(frame: pl.DataFrame) -> pl.DataFrame:
    """`text` of each row normalised, whatever it holds; rows may come out in another order."""
    found, instead = _tables()
    text = pl.col("text").str.replace_many(found, instead, leftmost=True).str.replace_all("X", "x", literal=True)
    return _seldom(frame).with_columns(text)


def normal(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Texts -> texts of the same number of characters, ready for `grammar.core()`; and in which of them a surface may be another than was
    written, but for blanks.

    Most texts take one pass; those that lose characters by it are done anew, with all that seldom occurs.
    """
    found, instead = _quick()
    done = texts.str.replace_many(found, instead, leftmost=True)
    few = pl.DataFrame({"text": texts, "done": done}).with_row_index("i").filter(done.str.len_bytes() < texts.str.len_bytes())
    lost = few["done"].str.len_chars() < few["text"].str.len_chars()
    if lost.any():
        again = full(few.select("i", "text").filter(lost))
        done = done.scatter(again["i"], again["text"])
    odd = texts.str.contains("X", literal=True)
    return done, odd.scatter(few["i"].filter(lost | few["text"].str.contains(ALTERED)), True)


def normalise(texts: pl.Series) -> pl.Series:
    """The texts of `normal`."""
    return normal(texts)[0]


def reveal(text: pl.Expr) -> pl.Expr:
    """Hidden characters back to what they were."""
    return text.str.replace_many(list(HIDE.values()), list(HIDE))


def veiled(text: pl.Expr) -> pl.Expr:
    """Whether there is a hidden character: all begin with the same two bytes."""
    return text.cast(pl.Binary).bin.contains(min(HIDE.values()).encode()[:2])
