"""Bytes -> text: which encoding, strictly."""

from __future__ import annotations

import codecs
import re

from tongbi.errors import InputError

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
SAME = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "utf8": "utf-8",
        "big5-hkscs": "big5hkscs", "x-x-big5": "big5"}  # fmt: skip
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)|<\?xml[^>]{0,80}encoding=["']([A-Za-z0-9_-]+)""", re.I)
# The most frequent characters of official prose, simplified and traditional: a wrong decoding has hardly any of them.
COMMON = re.compile("[的一是在和了有中国年大发展工作人民政府建设國發會區縣與為業經濟產實]")
NOT_TEXT = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\x7fELF",
    b"MZ\x90",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
WINDOW, WINDOWS = 2000, 24
CHINESE = re.compile("[\u3400-\u9fff\ue000-\uf8ff]")
SURE = 30  # characters of several bytes that make a text UTF-8 beyond doubt


def decode(data: bytes, html: bool = False) -> tuple[str, str]:
    """Bytes -> text and the name of its encoding; raises InputError with the offset of what cannot be read."""
    if data.startswith(NOT_TEXT):
        raise InputError("the content is not text (a picture, archive or program): convert it to text first")
    for bom, name in BOMS:
        if data.startswith(bom):
            text = _strict(data, name)
            if "\0" in text:
                raise InputError(f"character {text.index(chr(0)):,} is a NUL: the content is not text")
            return text, name
    if b"\0" in data:
        return _wide(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        bad = error.start
    before = sum(b >= 0xC0 for b in data[max(0, bad - 20_000) : bad])
    if before >= SURE:
        raise InputError(f"byte {bad:,} is not valid UTF-8 although what stands before it is: the file is cut off or mixes encodings")
    declared = _declared(data) if html else None
    if declared and declared not in ("utf-8", "ascii", "iso-8859-1"):
        try:
            return _strict(data, declared), declared
        except InputError:
            pass
    return _legacy(data, bad)


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start:,} is not valid {name}: save the file again as UTF-8") from None


def _declared(data: bytes) -> str | None:
    found = DECLARED.search(data[:4096])
    if not found:
        return None
    name = (found[1] or found[2]).decode("ascii").lower()
    name = SAME.get(name, name)
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return name


def _wide(data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark: every other byte of ASCII and digits is zero."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text = ""
    if "\0" in text or not text or len(COMMON.findall(text[:4000])) * 50 < min(len(text), 4000):
        raise InputError(f"byte {data.index(0):,} is a NUL: the content is not text")
    return text, name


def _legacy(data: bytes, bad: int) -> tuple[str, str]:
    """GB18030 or Big5, whichever reads as Chinese all through; the more common characters win."""
    best: tuple[float, str, str] | None = None
    for name in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        score = _reads_as_chinese(text)
        if score is not None and (best is None or score > best[0]):
            best = (score, "big5" if name == "big5hkscs" else name, text)
    if best is None:
        raise InputError(f"byte {bad:,} is not valid UTF-8, and the file is not GB18030 or Big5 throughout either: save it again as UTF-8")
    return best[2], best[1]


def _reads_as_chinese(text: str) -> float | None:
    """The share of common characters, or None where a stretch of the text has next to none."""
    step = max(WINDOW, len(text) // WINDOWS)
    common = letters = 0
    for start in range(0, len(text), step):
        window = text[start : start + WINDOW]
        here, chinese = len(COMMON.findall(window)), len(CHINESE.findall(window))
        if chinese >= 100 and here < 0.01 * chinese:
            return None
        common, letters = common + here, letters + len(window)
    private = sum("\ue000" <= c <= "\uf8ff" for c in text[:WINDOW])
    share = (common - 3 * private) / max(1, letters)
    return share if share > 0 or letters < 200 else None
