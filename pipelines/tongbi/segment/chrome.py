"""Which parts of a text belong to a page or a reseller and not to a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import polars as pl

from tongbi.segment.lines import half_width, rows, strings, table, where
from tongbi.segment.repeats import repeated_spans

INSIDE = re.compile(r"##\s?[A-Za-z]+\s?##")
WITHIN = "记者|报告。|\\.\\.\\.|……|···|．．．"  # what stands in every line that the patterns of scope `within` find
LONGEST_COMMENT = 20_000


@cache
def scope_pattern(scope: str) -> str:
    """All patterns of chrome.csv of one scope as one expression for the head of a paragraph."""
    return "^(?:" + "|".join(f"(?:{r['pattern']})" for r in rows("chrome.csv") if r["scope"] == scope) + ")"


@cache
def chrome_line_pattern() -> re.Pattern[str]:
    """Lines that are chrome wherever they stand."""
    return re.compile(f"{scope_pattern('line')}|{scope_pattern('within')}")


@cache
def compilation_pattern() -> str:
    """The title of a file of several reports, or the count it declares."""
    titles = table("titles.toml")
    return f"(?:{titles['compilation']}|^{titles['declared']})"


def chrome_events(texts: pl.DataFrame, docs: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Find the chrome of each document: single lines, the page's foot, markers inside lines, a compilation's title,
    text that stands twice, and what the reader of the file already knew. Out: spans `doc`, `start`, `stop`, in order."""
    head = pl.col("head")
    short = lines.filter((head.str.len_bytes() > 0) & (head.str.len_chars() <= 120))
    words = short.select("doc", "start", "size", head=half_width(short["head"]))
    within = where(words, head.str.contains(WITHIN), head.str.contains(scope_pattern("within")))
    found = words.with_columns(tail=head.str.contains(scope_pattern("tail")), line=head.str.contains(scope_pattern("line")))
    found = found.filter(pl.col("tail") | pl.col("line") | within)
    spans: dict[int, list[tuple[int, int]]] = {}
    ends = docs["doc_end"].to_list()
    for doc, start, size, tail in found.select("doc", "start", "size", "tail").iter_rows():
        spans.setdefault(doc, []).append((start, -1 if tail else start + size + 1))
    _compilation(texts, docs, short, spans)
    _contents(docs, lines, spans)
    _inside(texts, docs, spans)
    _known(texts, docs, spans)
    _repeats(texts, docs, short, spans)
    of = strings(texts)
    source, begin = docs["src"].to_list(), docs["doc_start"].to_list()
    out = []
    for doc, found_spans in sorted(spans.items()):
        text = of(source[doc])
        out += [(doc, a, b) for a, b in merged(text, begin[doc], ends[doc], found_spans)]
    return pl.DataFrame(out, schema={"doc": pl.Int64, "start": pl.Int64, "stop": pl.Int64}, orient="row").sort("doc", "start")


def is_blank(text: str) -> bool:
    """Whether nothing but blanks stands in a text; `<U+00A0>` is how some dumps write one."""
    return not text.replace("<U+00A0>", "").strip()


def _all_blank(text: str, start: int, end: int) -> bool:
    return is_blank(text[start : min(end, start + 80)]) and is_blank(text[start:end])


def merged(text: str, begin: int, end: int, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Chrome spans of one document in order, joined over blanks; a tail (stop −1) reaches to the document's end
    if little but short lines follow it, else to the end of its line."""
    out: list[tuple[int, int]] = []
    for a, b in sorted(spans):
        if b < 0:
            rest = text[a:end]
            prose = sum(len(line) for line in rest.split("\n") if len(line) > 100)
            b = end if prose < 0.5 * len(rest) and len(rest) < 0.4 * (end - begin) + 600 else (text.find("\n", a) + 1 or end)
        a, b = max(a, begin), min(b, end)
        while b < end and (text[b].isspace() or text.startswith("<U+00A0>", b)):
            b += 1 if text[b].isspace() else 8
        if b <= a:
            continue
        if out and (a <= out[-1][1] or _all_blank(text, out[-1][1], a)):
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((begin if _all_blank(text, begin, a) else a, b))
    return out


def _compilation(texts: pl.DataFrame, docs: pl.DataFrame, short: pl.DataFrame, spans: dict[int, list[tuple[int, int]]]) -> None:
    """The title of a file of several reports and the count it declares, before the first report's title."""
    head = pl.col("head")
    told = short.filter((pl.col("start") < 400) & (head.str.len_chars() <= 60)).filter(head.str.contains(compilation_pattern()))
    firsts = docs.filter(pl.col("doc_start") == 0).join(told, on="doc", how="semi", maintain_order="left").select("doc", "src")
    heads = texts["text"].gather(firsts["src"]).str.slice(0, 400).to_list()
    pattern = re.compile(compilation_pattern())
    for doc, head in zip(firsts["doc"].to_list(), heads, strict=True):
        position = 0
        for line in head.split("\n")[:8]:
            if len(line.strip()) <= 60 and pattern.search(line.strip()):
                spans.setdefault(doc, []).append((position, position + len(line) + 1))
            position += len(line) + 1


def _contents(docs: pl.DataFrame, lines: pl.DataFrame, spans: dict[int, list[tuple[int, int]]]) -> None:
    """A list of contents: before the title, else up to where its first entry stands again."""
    listed = lines.filter(pl.col("head").str.contains(table("titles.toml")["contents"]))
    if listed.is_empty():
        return
    head = lines.join(docs.select("doc", "doc_start", "title"), on="doc", how="left", maintain_order="left")
    head = head.filter(pl.col("start") - pl.col("doc_start") < 3000)
    listed = listed.join(head, on=["doc", "start"], how="semi")
    titled = head.filter(pl.col("head").str.replace_all(r"\s", "") == pl.col("title"))
    first = listed.group_by("doc").agg(a=pl.col("start").min())
    for doc, a, b in first.join(titled.group_by("doc").agg(b=pl.col("start").max()), on="doc", how="left").iter_rows():
        if b is None or b <= a:
            b = _again(head.filter((pl.col("doc") == doc) & (pl.col("start") >= a)), a)
        if b > a:
            spans.setdefault(doc, []).append((a, b))


def _again(lines: pl.DataFrame, start: int) -> int:
    """Where the list of contents that begins at `start` ends: its entries are short and its first one stands again."""
    words = [(at, re.sub(r"[\s.·…]*\d*$", "", head)) for at, head in lines.select("start", "head").iter_rows() if head]
    if len(words) < 4:
        return start
    entry = words[1][1]
    for at, head in words[2:]:
        if head == entry:
            return int(at)
        if len(head) > 60 or head.endswith("。"):
            break
    return start


def _inside(texts: pl.DataFrame, docs: pl.DataFrame, spans: dict[int, list[tuple[int, int]]]) -> None:
    """Resellers' markers such as `##paidbegin##`, which may stand before the text of a paragraph, and a page's comments."""
    of = strings(texts)
    finders: list[tuple[str, Callable[[str, int, int], Iterable[tuple[int, int]]]]] = [("##", _signs), ("<!--", _comments)]
    if not texts["text"].str.contains("|".join(sign for sign, _ in finders)).any():
        return
    for sign, find in finders:
        held = texts["text"].str.contains(sign, literal=True)
        if not held.any():
            continue
        for doc, src, begin, end in docs.select("doc", "src", "doc_start", "doc_end").iter_rows():
            if held[src] and (found := list(find(of(src), begin, end))):
                spans.setdefault(doc, []).extend(found)


def _signs(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    return (mark.span() for mark in INSIDE.finditer(text, begin, end))


def _comments(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of `<!-- … -->`; each end is looked for once, however many beginnings there are."""
    start, close = text.find("<!--", begin, end), -1
    while start >= 0:
        if close < start:
            close = text.find("-->", start, end)
            if close < 0:
                return
        if close - start <= LONGEST_COMMENT:
            yield start, close + 3
            start = text.find("<!--", close, end)
        else:
            start = text.find("<!--", start + 4, end)


def _known(texts: pl.DataFrame, docs: pl.DataFrame, spans: dict[int, list[tuple[int, int]]]) -> None:
    if "chrome_spans" not in texts.columns:
        return
    known = texts["chrome_spans"].to_list()
    for doc, src, begin, end in docs.select("doc", "src", "doc_start", "doc_end").iter_rows():
        for span in known[src] or []:
            if span["char_start"] < end and span["char_end"] > begin:
                spans.setdefault(doc, []).append((max(span["char_start"], begin), min(span["char_end"], end)))


def _repeats(texts: pl.DataFrame, docs: pl.DataFrame, short: pl.DataFrame, spans: dict[int, list[tuple[int, int]]]) -> None:
    """Only a title or salutation that heads several lines of its document makes a second reading worth the time."""
    head = pl.col("head")
    titled = head.str.replace_all(r"[ \u3000]", "").str.starts_with(pl.lit(docs["title"]).gather(pl.col("doc"))).fill_null(False)
    greets = head.str.starts_with("各位代表：")
    twice = (
        short.with_columns(titled=titled, greets=greets)
        .filter(pl.col("titled") | pl.col("greets"))
        .group_by("doc")
        .agg(pl.col("titled").sum(), pl.col("greets").sum())
        .filter((pl.col("titled") >= 2) | (pl.col("greets") >= 3))
    )
    of = strings(texts)
    for src, doc, begin, end in docs.join(twice, on="doc", how="semi").sort("doc").select("src", "doc", "doc_start", "doc_end").iter_rows():
        for span in repeated_spans(of(src), begin, end):
            spans.setdefault(doc, []).append(span)
