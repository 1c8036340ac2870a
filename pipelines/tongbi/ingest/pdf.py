"""PDF with a text layer -> text: broken lines joined, running heads, feet and page numbers told apart."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from tongbi.errors import InputError
from tongbi.ingest.reading import ReadText

PAGE_NUMBER = re.compile(r"^[\s\-—－_·第]*[0-9０-９](?:\s?[0-9０-９]){0,3}[\s\-—－_·页]*(?:[/共][\s0-9页]*)?$")
ENDS = re.compile(r"[。！？][”’」』）)]?\s*$")
STARTS = re.compile(
    r"^\s*(?:(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])、|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、](?![0-9])"
    r"|第\s?[一二三四五六七八九十]{1,4}\s?[章节篇部]|——|　　| {2,})"
)
# A few writers put `startxref` and its offset on one line, which the parser does not look for.
ONE_LINE_XREF = re.compile(rb"startxref[ \t]+(?=[0-9])")
HAN = "\u3400-\u9fff"
STOPS = "，。、；：！？（）“”‘’《》〈〉【】—…,;:()"
# Blanks that typesetting left between Chinese characters, their punctuation and figures.
TYPESET = re.compile(rf"(?<=[{HAN}{STOPS}]) +(?=[{HAN}{STOPS}0-9])|(?<=[0-9%％‰]) +(?=[{HAN}{STOPS}%％‰])")
# `2 0 0 1 年`: figures set a cell each.
CELLS = re.compile(r"(?<![0-9.])[0-9](?: ?[.] ?[0-9]| [0-9])+(?![0-9])")
IN_CELLS = re.compile(r"(?<=[0-9]) (?=[0-9])")
ADJACENT = re.compile(r"(?<=[0-9])(?=[0-9])")
AROUND = re.compile(r"(?<=[0-9]) ?([.\-－—∶:／/%％‰]) ?(?=[0-9])|(?<=[0-9]) (?=[.%％‰])")
SIZE = 12  # code points a page below which it has no text to speak of


def read_pdf(data: bytes) -> ReadText:
    """The bytes of a PDF -> its text. A scan, or a text layer that holds no characters, is refused."""
    pages = _pages(ONE_LINE_XREF.sub(lambda m: m.group()[:-1] + b"\n", data))
    text = "".join(line for page in pages for line in page)
    if len(text) < SIZE * max(1, len(pages)):
        raise InputError("the PDF has no text layer (a scan): run OCR first and put the text here")
    if (
        len(re.findall(rf"[{HAN}]", text)) + len(re.findall(r"[A-Za-z]{2,}", text)) < 0.1 * len(text)
        or text.count("(cid:") > len(text) / 50
    ):
        raise InputError("the PDF's text layer names no characters (its fonts are coded privately): run OCR and put the text here")
    return _assemble(pages)


def _pages(data: bytes) -> list[list[str]]:
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                pages.append([line.rstrip() for line in (page.extract_text() or "").split("\n") if line.strip()])
                page.close()
    except InputError:  # the time is up
        raise
    except Exception as error:
        if "password" in f"{type(error).__name__} {error}".lower():
            raise InputError("the PDF asks for a password: take it off and save the file again") from None
        raise InputError("the PDF is cut off or damaged: fetch it again, or print it to PDF anew") from None
    return pages


def in_cells(pages: list[list[str]]) -> bool:
    """Whether a document sets its figures a cell each (`2 0 0 1 年`), so that blanks inside them mean nothing."""
    spaced = sum(len(IN_CELLS.findall(line)) for page in pages for line in page)
    adjacent = sum(len(ADJACENT.findall(line)) for page in pages for line in page)
    return spaced > 3 * adjacent


def tidy(line: str, cells: bool) -> str:
    """A line without the blanks of typesetting; two numbers side by side stay two."""
    line = line.strip()
    if cells:
        line = IN_CELLS.sub("", line)
        line = AROUND.sub(lambda m: m.group(1) or "", line)
    else:
        line = CELLS.sub(lambda m: m.group().replace(" ", "") if _figure(m) else m.group(), line)
    return TYPESET.sub("", line)


def _figure(found: re.Match[str]) -> bool:
    """Whether single digits in a row are one figure: words stand before them and a unit or a year after."""
    line = found.string
    return bool(re.search(rf"[{HAN}（(] ?$", line[: found.start()])) and bool(re.match(rf" ?[%％‰{HAN}]", line[found.end() :]))


def _assemble(pages: list[list[str]]) -> ReadText:
    """Lines -> paragraphs; what repeats at the edges of pages, and page numbers, are chrome."""
    edges = Counter(key for page in pages for key in {_key(line) for line in (*page[:2], *page[-2:])})
    repeated = {key for key, n in edges.items() if n >= max(3, len(pages) // 3)}
    cells = in_cells(pages)
    tidied = [[tidy(line, cells) for line in page] for page in pages]
    lengths = sorted(len(line) for page in tidied for line in page)
    full = 0.75 * lengths[int(0.8 * len(lengths))]
    writer = Paragraphs()
    for page, clean in zip(pages, tidied, strict=True):
        for n, line in enumerate(page):
            edge = n < 2 or n >= len(page) - 2
            if edge and (PAGE_NUMBER.match(line) or _key(line) in repeated):
                writer.chrome.append(line.strip())
                continue
            text = clean[n]
            writer.line(text, starts=bool(STARTS.match(text)), ends=bool(ENDS.search(text)) or len(text) < full)
    return ReadText(*writer.finish())


def _key(line: str) -> str:
    """A running head by its words: page numbers in it vary."""
    return re.sub(r"[0-9０-９\s]+", "#", line.strip())


class Paragraphs:
    """Lines joined into paragraphs; chrome met inside one follows it, so that no sentence is torn."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.open = False
        self.chrome: list[str] = []
        self.spans: list[tuple[int, int]] = []

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def flush(self) -> None:
        for text in self.chrome:
            self.spans.append((self.length, self.length + len(text)))
            self.put(text + "\n")
        self.chrome = []

    def line(self, text: str, starts: bool, ends: bool) -> None:
        if self.open and starts:
            self.put("\n")
            self.open = False
        if not self.open:
            self.flush()
        elif re.search("[A-Za-z]$", self.parts[-1]) and re.match("[A-Za-z]", text):
            self.put(" ")
        self.put(text)
        self.open = not ends
        if ends:
            self.put("\n")

    def finish(self) -> tuple[str, None, str, list[tuple[int, int]]]:
        if self.open:
            self.put("\n")
        self.flush()
        return "".join(self.parts), None, "pdf", self.spans
