"""Where reports begin in a text: title lines, 篇N, salutations, numbering that starts again."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import polars as pl

from tongbi.segment.chrome import chrome_line_pattern
from tongbi.segment.facts import FACTS, facts
from tongbi.segment.lines import CHINESE, paragraphs, rows, table, where
from tongbi.segment.repeats import repeated
from tongbi.segment.titles import BODY, Report, broken_title, chinese_number, join_name, join_rest, named, pattern, squeeze, title_strength

SHORT = 80
FIRST = re.compile(rf"([{CHINESE}]{{1,3}})[、．.]")
FIRST_SPACED = re.compile(rf"([{CHINESE}]{{1,3}})\s?[、．.]")
COUNT = re.compile("(?:篇.{1,3}|[0-9０-９]+)$")
COUNT_LONGEST = 16  # code points that what `counted` looks for at the end of a line never has
DONE = re.compile("完成情况|落实情况|进展")
# What a paragraph begins with that can tell a report's beginning or its next part.
BEGINS = f"{CHINESE}篇第#【范各同尊现我受下今明来新"


def candidates(lines: pl.DataFrame) -> pl.DataFrame:
    """The paragraphs that can begin a report or tell that one has begun: a few a report."""
    head = pl.col("head")
    titles = table("titles.toml")
    title = r"[结告报划路排点想谋署算况要案编）)〕上0-9０-９一二三四五六七八九十]$|工\s*作\s*报\s*告|公\s*报"
    some = lines.filter(pl.col("size") > 1).with_row_index("line")
    short = some.filter(head.str.len_chars() <= SHORT)
    short = short.filter(head.str.contains(title) | head.str.contains(titles["heading"]))
    first = rf"[{CHINESE}]{{1,3}}\s?[、．.]"
    begins = "|".join(f"(?:{titles[name].removeprefix('^')})" for name in ("piece", "salute", "opening", "ahead"))
    long = some.filter(head.str.contains(f"^[{BEGINS}]"))
    long = long.filter(
        head.str.contains(f"^{first}") | where(long, ~head.str.contains(f"^[{CHINESE}]"), head.str.contains(f"^(?:{begins})"))
    )
    return pl.concat([short, long]).unique("line").sort("line").drop("line")


def broken(text: str, start: int, end: int) -> bool:
    """Whether a line is a piece of a sentence: the marks before and after it say that a line break fell into one."""
    before, after = text[max(0, start - 40) : start].rstrip(), text[end : end + 40].lstrip()
    return before[-1:] in tuple("《“‘（(，、") or after[:1] in tuple("》”’）)，、。；")


def reports_of(items: list[tuple[int, int, str]], text: str) -> list[Report]:
    """Walk through the candidate lines (start, indent, head) of one source and say where its reports begin."""
    found = [Report(0)]
    for position, (start, indent, head) in enumerate(items):
        current, line = found[-1], squeeze(head)
        piece = pattern("piece").match(head) or (pattern("counted").search(line, max(0, len(line) - COUNT_LONGEST)) and re.match("", head))
        if piece and pattern("part").match(head) and (rest := squeeze(head[piece.end() :])) and not title_strength(rest):
            piece = None
        strength = 2 if piece else title_strength(line)
        if strength and broken(text, start + indent, start + indent + len(head)):
            continue
        if strength:
            title = squeeze(head[piece.end() :]) if piece else line
            if pattern("counted").search(title):
                title = COUNT.sub("", title)
            _title(found, start, start + len(head), title, 3 if piece else strength, partial(current.prose_before, text, start))
        elif pattern("salute").search(head) or pattern("opening").search(head):
            restarts = _restarts(items, position)
            if current.last_first >= 2 and restarts and not _titled_since(current, start):
                found.append(Report(start, evidence="salutation"))
            found[-1].saluted = True
        elif restarted(current, line) and (begin := _preamble(text, start, current.last_at)) is not None:
            found.append(Report(begin, evidence="numbering that starts again"))
            _heading(found, start, line)
        else:
            _heading(found, start, line)
    return found


def restarted(current: Report, line: str) -> bool:
    """Whether a line is 一、 of a second review after the plan of the first, no heading or title between."""
    return bool(
        current.last_first >= 2
        and current.planned
        and not current.parted
        and line[:1] == "一"
        and line[1:2] in tuple("、．.")
        and pattern("review").search(line[:30])
        and not pattern("plan").search(line[:30])
    )


def _preamble(text: str, start: int, after: int) -> int | None:
    """Where the paragraph begins that leads to a 一、 without title: one that begins with a year or an office."""
    begin = start
    for _ in range(3):
        if begin <= after + 1:
            return None
        begin = text.rfind("\n", 0, begin - 1) + 1
        line = text[begin:start].strip()
        if begin > after and re.match(
            r"(?:(?:19|20)\d\d|[二2][0○〇xX]\S{2})年|今年|一年来|过去一?年|\S{2,16}(?:局|委|办|镇|乡|街道)(?:在|坚持|认真|紧紧|围绕)", line
        ):
            return begin
    return None


def _title(found: list[Report], start: int, end: int, title: str, strength: int, body: Callable[[], int]) -> None:
    current = found[-1]
    plain = strength == 1
    going = current.last_first > 0 or current.saluted or bool(current.headings)
    if current.title is None and not (going and body() > BODY):
        if pattern("compilation").search(title):
            return
        if not (plain and current.saluted):
            current.title, current.title_end = title, end
            current.evidence = "title line"
            if plain:
                current.headings.append(title)
        return
    if plain and not (current.planned and pattern("review").search(title) and going):
        current.headings.append(title)
        current.parted = True
        current.planned |= bool(pattern("plan").search(title))
        return
    whole = current.last_first >= 2 and current.planned  # a review and a plan have been: a short report may end
    if body() < (BODY // 3 if whole else BODY) and strength < 3:
        if not plain and len(title) <= 60 and not named(current.title or "") and named(title):
            current.title, current.title_end = title, end
        return
    if pattern("compilation").search(title):
        return
    found.append(Report(start, title, end, evidence="numbered piece" if strength == 3 else "title line"))


def _restarts(items: list[tuple[int, int, str]], position: int) -> bool:
    for _, _, head in items[position + 1 : position + 12]:
        if FIRST_SPACED.match(head):
            return chinese_number(head[:3].split("、")[0]) == 1
    return False


def _titled_since(current: Report, start: int) -> bool:
    return current.title is not None and start - current.title_end < BODY


def _heading(found: list[Report], start: int, line: str) -> None:
    current = found[-1]
    current.headings.append(line[:60])
    if first := FIRST.match(line):
        current.last_first, current.last_at, current.parted = chinese_number(first[1]), start, False
    else:
        current.parted = True
    if pattern("plan").search(line[:30]) and not DONE.search(line[:30]):
        current.planned = True


def documents(texts: pl.DataFrame) -> pl.DataFrame:
    """Find the reports in texts and read what is told about each.

    In: text shard rows, one a source: `source_id`, `path`, `text` and, where present, `manifest_title`,
    `manifest_organisation`, `manifest_region`, `manifest_level`, `manifest_report_year`, `manifest_delivered_on`.
    Out: `core.documents` columns, one row a report, documents tile their source; `organisation_id` and
    `same_report_as` are NULL; `evidence` (Utf8) says what each fact rests on. An empty text is one empty document.
    """
    lines = paragraphs(texts, BEGINS)
    by_source: dict[int, list[tuple[int, int, str]]] = {}
    for src, start, indent, head in candidates(lines).select("src", "start", "indent", "head").iter_rows():
        by_source.setdefault(src, []).append((start, indent, head))
    out = []
    for src, row in enumerate(texts.iter_rows(named=True)):
        found = reports_of(by_source.get(src, []), row["text"])
        unsure = found[0].title is None or title_strength(found[0].title) < 2
        if unsure and (title := broken_title(row["text"])):
            found[0].title, found[0].evidence = title, "title over several lines"
        for report in found:
            join_rest(row["text"], report)
            join_name(row["text"], report)
        if len(found) > 1:
            found = _without_repeats(row["text"], found)
            for report in found[1:]:
                report.start = _back_over_head(row["text"], report.start)
        out.extend(_rows(row, found))
    return pl.DataFrame(out, schema=FACTS, orient="row")


def _without_repeats(text: str, found: list[Report]) -> list[Report]:
    ends = [r.start for r in found[1:]] + [len(text)]
    spans = [(r.start, e) for r, e in zip(found, ends, strict=True)]
    kept: list[Report] = []
    for report, again in zip(found, repeated(text, spans), strict=True):
        if not (again and (report.title is None or report.title in {r.title for r in kept})):
            kept.append(report)
    return kept


def _back_over_head(text: str, start: int) -> int:
    """A report begins with the page head (buttons, source, breadcrumb) that stands before its title."""
    chrome = chrome_line_pattern()
    position = best = start
    for _ in range(40):
        if position <= 0:
            break
        begin = text.rfind("\n", 0, position - 1) + 1
        line = text[begin : position - 1].strip()
        if line and not chrome.match(line):
            break
        if line:
            best = begin
        position = begin
    return best


def _rows(row: dict[str, object], found: list[Report]) -> list[tuple[object, ...]]:
    text = str(row["text"])
    ends = [r.start for r in found[1:]] + [len(text)]
    return [
        facts(row, report, end, ordinal, alone=len(found) == 1) for ordinal, (report, end) in enumerate(zip(found, ends, strict=True), 1)
    ]


def declared_reports(texts: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """How many reports a file says it holds (`（4篇）` near its head) and how many were found.

    In: text shard rows and the documents found in them. Out: `source_id`, `declared`, `found` (Int64), one row for each source that declares a count.
    """
    counts = documents.group_by("source_id").agg(found=pl.len().cast(pl.Int64))
    heads = texts.select("source_id", head=pl.col("text").str.slice(0, 300).str.split("\n")).explode("head")
    number = pl.col("head").str.strip_chars().str.extract(table("titles.toml")["declared"], 1)
    said = heads.select("source_id", said=number).drop_nulls().unique("source_id", keep="first", maintain_order=True)
    said = said.with_columns(
        declared=pl.col("said").map_elements(chinese_number, return_dtype=pl.Int64),
    )
    return said.join(counts, on="source_id", how="left", maintain_order="left").select("source_id", "declared", "found")


__all__ = ["Report", "declared_reports", "documents", "rows"]
