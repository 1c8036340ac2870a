"""Text made easy to read, one character for one character, so that every offset stays true.

Full-width forms become half-width, masks become `x`, and numerals inside words that are none (进一步, 统一) are hidden
behind private-use characters, which `reveal` turns back in names.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.lexicon import words

WIDE = {chr(c): chr(c - 0xFEE0) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
ODD = {"．": ".", "％": "%", "－": "-", "＋": "+", "／": "/", "～": "~", "﹪": "%", "〜": "~", "\x01": " ", "\r": "\n",
       "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\u3000": " ", "\u00a0": " ", "\t": " ", "﹒": ".", "：": "：",
       "１": "1", "①": "①", "；": "；", "―": "—", "\ufeff": " ", "\u200b": " "}  # fmt: skip
HIDDEN = "一二三四五六七八九十百千万亿两〇零半廿几数xX×0123456789"
HIDE = {c: chr(0xE000 + i) for i, c in enumerate(HIDDEN)}
MASK_SIGNS = "[×＊●○*]"


@cache
def _tables() -> tuple[list[str], list[str], list[str], list[str]]:
    wide = {**WIDE, **ODD, "Ｘ": "x", "ｘ": "x"}
    hide = {w: "".join(HIDE.get(c, c) for c in w) for w in words("words", "hidden")}
    return list(wide), list(wide.values()), list(hide), list(hide.values())


def _rare(text: pl.Expr) -> pl.Expr:
    """Masks written with × ＊ ● ○ *, for the few texts that hold any."""
    text = (
        text.str.replace_all(r"([0-9])×([0-9])", "${1}\ue0f0${2}")
        .str.replace_all(r"(^|\n)( *)[●○*]([^●○*])", "${1}${2}\ue0f1${3}")
        .str.replace_all("[×＊●]", "x")
        .str.replace_all(r"([0-9x.])[*]", "${1}x")
    )
    for _ in range(9):  # a half-width * is a mask only before a unit or beside a digit
        text = text.str.replace_all(r"[*]([0-9x.%‰万亿元个家人户名项件条起次场座辆台套处亩吨公平])", "x${1}")
    for _ in range(2):
        text = text.str.replace_all(r"([〇零一二三四五六七八九])○", "${1}〇")
    text = text.str.replace_all(r"○([〇零一二三四五六七八九])", "〇${1}").str.replace_all("○", "x", literal=True)
    return text.str.replace_all("\ue0f0", "×", literal=True)


def _latin(text: pl.Expr) -> pl.Expr:
    """Hide the x of Latin words (box, Expo); a mask stands beside no other letter. Then X is x."""
    x, big = HIDE["x"], HIDE["X"]
    for _ in range(2):
        text = text.str.replace_all(rf"([A-WYZa-wyz{x}{big}])x", f"${{1}}{x}").str.replace_all(
            rf"([A-WYZa-wyz{x}{big}])X", f"${{1}}{big}"
        )
    for _ in range(2):
        text = text.str.replace_all(rf"x([A-WYZa-wyz{x}{big}])", f"{x}${{1}}").str.replace_all(
            rf"X([A-WYZa-wyz{x}{big}])", f"{big}${{1}}"
        )
    return text


def normalise(texts: pl.Series) -> pl.Series:
    """Texts -> texts of the same number of characters, ready for `grammar.mention()`."""
    wide, narrow, word, veiled = _tables()
    col = pl.col("text")
    frame = pl.DataFrame({"text": texts}).with_row_index("i")
    frame = frame.with_columns(col.str.replace_many(wide, narrow))
    for found, mend in ((MASK_SIGNS, _rare), (r"[A-WYZa-wyz][xX]|[xX][A-WYZa-wyz]", _latin)):
        hit = frame.filter(col.str.contains(found))
        if hit.height:
            frame = pl.concat([frame.filter(~col.str.contains(found)), hit.with_columns(mend(col))])
    frame = frame.with_columns(col.str.replace_all("X", "x", literal=True))
    frame = frame.with_columns(col.str.replace_many(word, veiled, leftmost=True) if word else col)
    return frame.sort("i")["text"]


def reveal(text: pl.Expr) -> pl.Expr:
    """Hidden characters back to what they were."""
    return text.str.replace_many(list(HIDE.values()), list(HIDE))
