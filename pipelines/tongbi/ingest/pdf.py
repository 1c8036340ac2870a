"""PDF with a text layer -> text: broken lines joined, running heads, feet and page numbers told apart."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from tongbi.errors import InputError
from tongbi.ingest.reading import ReadText

PAGE_NUMBER = re.compile(r"^[\s\-—－_·第]*[0-9]{1,4}[\s\-—－_·页]*(?:[/共][\s0-9页]*)?$")
ENDS = re.compile(r"[。！？；：:;.]\s*$")
STARTS = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、]|第[一二三四五六七八九十]{1,3}[章节篇]|　　|  {2,})")
SPACED = re.compile(r"(?<=[0-9]) (?=[0-9])|(?<=[\u4e00-\u9fff，。、；：（）“”《》]) +(?=[\u4e00-\u9fff0-9，。、；：（）“”《》])|(?<=[0-9%％]) +(?=[\u4e00-\u9fff，。、；])")


def read_pdf(data: bytes) -> ReadText:
    """The bytes of a PDF -> its text. A scan has no text layer and is refused."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = []
            for page in pdf.pages:
                pages.append([line.rstrip() for line in (page.extract_text() or "").split("\n") if line.strip()])
                page.close()
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"the PDF is cut off or damaged ({type(error).__name__}): fetch it again, or print it to PDF anew") from None
    if sum(len(line) for page in pages for line in page) < 20 * max(1, len(pages)):
        raise InputError("the PDF has no text layer (a scan): run OCR first and put the text here")
    return _assemble(pages)


def _assemble(pages: list[list[str]]) -> ReadText:
    """Lines -> paragraphs; what repeats at the edges of pages, and page numbers, are chrome."""
    edges = Counter(re.sub(r"[0-9]+", "#", line) for page in pages for line in {*page[:2], *page[-2:]})
    repeated = {line for line, n in edges.items() if n >= max(3, len(pages) // 3)}
    lengths = sorted(len(line) for page in pages for line in page)
    full = 0.75 * lengths[int(0.8 * len(lengths))]
    writer = Paragraphs()
    for page in pages:
        for n, line in enumerate(page):
            edge = n < 2 or n >= len(page) - 2
            if edge and (PAGE_NUMBER.match(line) or re.sub(r"[0-9]+", "#", line) in repeated):
                writer.chrome.append(line.strip())
                continue
            writer.line(SPACED.sub("", line.strip()), starts=bool(STARTS.match(line)), ends=bool(ENDS.search(line)) or len(line) < full)
    return ReadText(*writer.finish())


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
        self.put(text)
        self.open = not ends
        if ends:
            self.put("\n")

    def finish(self) -> tuple[str, None, str, list[tuple[int, int]]]:
        if self.open:
            self.put("\n")
        self.flush()
        return "".join(self.parts), None, "pdf", self.spans
