"""Paragraphs of texts with true offsets and what stands at their head; no judgement about what they mean."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import polars as pl

DATA = files("tongbi.segment") / "data"
CHINESE = "一二三四五六七八九十"
BLANK = (
    " \t\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff\u200b\u200c\u200d\u2060"
)
# One-character stand-ins for a line break: the stored text keeps them, the outline reads them as breaks.
BREAKS = ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\r"]
# A paragraph that lost its line break keeps the two ideographic blanks of its indent.
LOST_BREAKS = {f"{stop}　　": f"{stop}\n　" for stop in "。！；：”）"}

# A heading of the first or second level after a full stop or a title and not at the head of a line.
GLUED = rf"([。！][”）]?[ 　]*|工作(?:总结|计划|打算|思路|报告|安排))([{CHINESE}]{{1,3}}、[^{CHINESE}]|[（(][{CHINESE}]{{1,3}}[）)])"


HALF = {chr(0xFF10 + i): str(i) for i in range(10)}
ASCII = str.maketrans(HALF)
SHORT = 160  # code points, blanks included, of a line that may be a title or a heading
DOC = 1 << 36  # more code points than a text has: doc * DOC + start orders rows of many texts
NUMBERED = rf"[{CHINESE}]、|[（(][{CHINESE}]"  # a cheap look for lines that may hold one


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of this stage's data."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of this stage's data; lines that begin with # are notes."""
    import csv

    text = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in text if line and not line.startswith("#")))


def strings(texts: pl.DataFrame) -> Callable[[int], str]:
    """Texts by row as Python strings: fetching one costs its length, so the last few stay."""
    column = texts["text"]
    return lru_cache(maxsize=4)(lambda row: str(column[row]))


def half_width(words: pl.Series) -> pl.Series:
    """Words with their digits in ASCII: `２０２３年` reads 2023年."""
    return words.str.replace_many(HALF) if words.str.contains("[０-９]").any() else words


def spell(pattern: str) -> str:
    """A marker pattern with N and D spelled out."""
    return pattern.replace("N", f"[{CHINESE}]{{1,3}}").replace("D", r"\d{1,2}")


@cache
def head_pattern() -> str:
    """One expression for every kind of marker at the head of a paragraph."""
    markers = (f"(?:{spell(m['pattern'])})" for m in table("outline.toml")["marker"])
    return rf"^(?:{'|'.join(markers)})"


def paragraphs(texts: pl.DataFrame, wanted: str | None = None) -> pl.DataFrame:
    """Split texts into paragraphs: all, or the short ones and those that begin with one of the characters `wanted`.

    In: `text` (Utf8), one row a source, in any order. Out, one row a paragraph in text order: `src` (row of the
    source in `texts`), `start` (offset of the line's first code point, after a reseller's `##…##`), `size` (code
    points of the line), `head` (the line without blanks before and after; `<U+00A0>` literals are blanks here),
    `indent` (code points of blank before it), `glued` (true for what follows a numbered heading's place inside a line: texts
    that lost their line breaks).
    """
    text = pl.col("text")
    broken = texts["text"].str.contains(f"[{''.join(BREAKS)}]").any()
    for mark in BREAKS if broken else ():
        if texts["text"].str.contains(mark, literal=True).any():
            text = text.str.replace_all(mark, "\n", literal=True)
    if texts["text"].str.contains("[。！；：”）]　　").any():
        text = text.str.replace_many(LOST_BREAKS)
    cut = texts.select(src=pl.int_range(pl.len(), dtype=pl.UInt32), line=text.str.split("\n"))
    firsts = cut["line"].list.len().cum_sum().shift(1, fill_value=0)
    frame = cut.explode("line")
    frame = frame.with_columns(size=pl.col("line").str.len_chars().cast(pl.Int64), head=pl.col("line").str.strip_chars_start(BLANK))
    starts = (frame["size"] + 1).cum_sum() - (frame["size"] + 1)
    frame = frame.with_columns(
        start=starts - starts.gather(firsts).gather(frame["src"]),
        numbered=pl.col("head").str.slice(1).str.contains(NUMBERED),  # a number at the head itself is no number inside
    )
    if wanted:
        kept = (pl.col("size") <= SHORT) | pl.col("head").str.contains(rf"^[<{wanted}]") | pl.col("numbered")
        frame = frame.filter((pl.col("size") > 1) & kept)
    frame = _without_signs(_unglued(frame))
    return frame.select(
        "src",
        "start",
        "size",
        "glued",
        indent=pl.col("size") - pl.col("head").str.len_chars(),
        head=pl.col("head").str.strip_chars_end(BLANK),
    )


def _without_signs(frame: pl.DataFrame) -> pl.DataFrame:
    """`<U+00A0>` and the signs of Markdown at the head of a line are blanks; after a reseller's `##…##` the line begins.

    Few lines have any of them.
    """
    rows = frame.select(pl.col("head").str.contains(r"<U\+|##|^#|^\*\*[^*]+\*\*")).to_series().arg_true()
    if rows.len() == 0:
        return frame
    some = frame[rows]
    sign = some["line"].str.extract(rf"^(?:<U\+00A0>|[{BLANK}])*(?:##[A-Za-z]+##[{BLANK}]*)+", 0).fill_null("")
    skip = sign.str.len_chars().cast(pl.Int64)
    rest = some["head"].str.replace(rf"^(?:<U\+00A0>|##[A-Za-z]+##|#{{1,6}}\s+|[{BLANK}])+", "")
    rest = rest.str.replace(r"^\*\*([^*]+)\*\*", "${1}  ")  # of the same length, less the two before it
    alone = rest.str.len_chars() == 0  # a sign on a line of its own stays what the line is
    skip = skip.zip_with(~alone, pl.zeros(skip.len(), pl.Int64, eager=True))
    return frame.with_columns(
        head=frame["head"].scatter(rows, rest),
        start=frame["start"].scatter(rows, some["start"] + skip),
        size=frame["size"].scatter(rows, some["size"] - skip),
    )


def covered(frame: pl.DataFrame, spans: pl.DataFrame) -> pl.Series:
    """Whether rows (`doc`, `start`) begin inside one of the spans (`doc`, `start`, `stop`; sorted, apart from one another)."""
    return (frame["start"] < spans["stop"].gather(nearest(frame, spans))).fill_null(False)


def nearest(frame: pl.DataFrame, others: pl.DataFrame, after: bool = False) -> pl.Series:
    """For each row (`doc`, `start`) the number of the last row of `others` (`doc`, `start`; sorted) that stands at it or
    before it in its document, or of the first at it or `after`; NULL where there is none."""
    if others.is_empty() or frame.is_empty():
        return pl.repeat(None, frame.height, dtype=pl.Int64, eager=True)
    keys = others["doc"] * DOC + others["start"]
    at = keys.search_sorted(frame["doc"] * DOC + frame["start"], side="left" if after else "right").cast(pl.Int64) - (not after)
    at = at.set((at < 0) | (at == others.height), None)
    return at.set((others["doc"].gather(at) != frame["doc"]).fill_null(False), None)


def where(frame: pl.DataFrame, may: pl.Expr | pl.Series, test: pl.Expr) -> pl.Series:
    """A costly test on just those rows that may pass it; false for the others."""
    mask = may.clone() if isinstance(may, pl.Series) else frame.select(may.fill_null(False)).to_series()
    rows = mask.arg_true()
    return mask.scatter(rows, frame[rows].select(test.fill_null(False)).to_series()) if rows.len() else mask


def only(frame: pl.DataFrame, may: pl.Expr, value: pl.Expr) -> pl.Series:
    """A costly value for just those rows that may need it; NULL for the others."""
    mask = frame.select(may.fill_null(False)).to_series()
    return frame.filter(mask).select(value).to_series().gather((mask.cum_sum().cast(pl.Int64) - 1).set(~mask, None))


def _unglued(frame: pl.DataFrame) -> pl.DataFrame:
    """Cut lines before numbered headings that stand after a full stop inside them."""
    line = pl.col("line")
    inside = where(frame, pl.col("numbered"), line.str.contains(GLUED))
    if not inside.any():
        return frame.with_columns(glued=pl.lit(False))
    pieces = pl.col("line").str.replace_all("\x01", " ", literal=True).str.replace_all(GLUED, "${1}\x01${2}")
    frame = (
        frame.with_row_index("row")
        .with_columns(line=pl.when(pl.lit(inside)).then(pieces.str.split("\x01")).otherwise(pl.concat_list("line")))
        .explode("line")
    )
    size = pl.col("line").str.len_chars().cast(pl.Int64)
    glued = pl.col("row") == pl.col("row").shift(1)
    frame = frame.with_columns(size=size, glued=glued.fill_null(False), at=size.cum_sum() - size)
    first = pl.when(~pl.col("glued")).then(pl.col("at")).forward_fill()
    return frame.with_columns(start=pl.col("start") + pl.col("at") - first, head=line.str.strip_chars_start(BLANK))
