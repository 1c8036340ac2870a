"""One file -> `ReadText`: picks the reader by content and name, keeps limits, says in one sentence why a file cannot be read."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tongbi.errors import InputError
from tongbi.ingest.decode import decode

HTML = {".html", ".htm", ".jsp", ".mht", ".mhtml", ".asp", ".aspx", ".shtml", ".php"}
TEXT = {".txt", ".md", ".text", ".markdown", ""}
CONVERT = {
    ".doc": "the old Word format is not read: open it in LibreOffice or Word and save it as .docx",
    ".wps": "the WPS format is not read: save it as .docx first",
    ".rtf": "RTF is not read: save it as .docx or text first",
    ".xls": "spreadsheets are not reports: paste the text into a .txt or .docx",
    ".xlsx": "spreadsheets are not reports: paste the text into a .txt or .docx",
    ".ppt": "slides are not read: save their text as .txt first",
    ".pptx": "slides are not read: save their text as .txt first",
    ".zip": "an archive is not read: unpack it here first",
    ".rar": "an archive is not read: unpack it here first",
    ".7z": "an archive is not read: unpack it here first",
}
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"}
OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class ReadText:
    """The text of a file, with the spans that its reader knows to be page furniture (`chrome_spans`)."""

    text: str
    encoding: str | None
    format: str
    chrome_spans: list[tuple[int, int]] = field(default_factory=list)


def read_text(data: bytes, name: str, max_unpacked: int = 400_000_000) -> ReadText:
    """The bytes of a file and its name -> its text. Raises InputError: one sentence, without the file's name."""
    suffix = Path(name).suffix.lower()
    if not data or data.isspace():
        raise InputError("the file is empty")
    if suffix in PICTURES:
        raise InputError("a picture holds no text: run OCR first and put the text here")
    if suffix in CONVERT:
        raise InputError(CONVERT[suffix])
    if data.startswith(OLE):
        raise InputError("this is an old Word file under another name: save it as .docx first")
    if suffix == ".docx":
        from tongbi.ingest.word import read_docx

        return _finish(read_docx(data, max_unpacked))
    if suffix == ".pdf" or data.startswith(b"%PDF"):
        from tongbi.ingest.pdf import read_pdf

        return _finish(read_pdf(data))
    if suffix in HTML:
        from tongbi.ingest.html import read_html

        return _finish(read_html(data, suffix))
    if suffix not in TEXT:
        raise InputError(f"files that end in {suffix} are not read: save it as .txt, .docx, .html or .pdf")
    text, encoding = decode(data)
    return _finish(ReadText(text, encoding, "text"))


def _finish(read: ReadText) -> ReadText:
    """Line ends become `\\n`, which must not move the chrome spans: readers of pages never give `\\r`."""
    text = read.text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        raise InputError("no text was found in the file")
    return ReadText(text, read.encoding, read.format, read.chrome_spans)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop reading a file after so long (in the main thread of a process; elsewhere there is no limit)."""
    if seconds <= 0 or threading.current_thread() is not threading.main_thread():
        yield
        return

    told = InputError(f"reading took longer than {seconds:g} seconds: split the file or convert it to text")
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True
        raise told

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except Exception:
        if stopped:  # a library may have caught it and made an error of its own of it
            raise told from None
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
