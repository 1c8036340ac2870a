"""Bytes -> text: which encoding, strictly."""

from __future__ import annotations

import codecs
import re

from tongbi.errors import InputError

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAME = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "utf8": "utf-8"}
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)|<\?xml[^>]{0,80}encoding=["']([A-Za-z0-9_-]+)""", re.I)
COMMON = re.compile("[的一是在和了有中国年大发展工作人民政府建设]")
NOT_TEXT = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x7fELF", b"MZ\x90", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def decode(data: bytes, html: bool = False) -> tuple[str, str]:
    """Bytes -> text and the name of its encoding; raises InputError with the offset of what cannot be read."""
    if data.startswith(NOT_TEXT):
        raise InputError("the content is not text (a picture, archive or program): convert it to text first")
    for bom, name in BOMS:
        if data.startswith(bom):
            return _strict(data, name), name
    if b"\0" in data:
        return _wide(data)
    declared = _declared(data) if html else None
    if declared:
        try:
            return _strict(data, declared), declared
        except InputError:
            pass
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _legacy(data, error.start)


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
    if len(COMMON.findall(text[:4000])) * 50 < min(len(text), 4000) or "\0" in text:
        raise InputError(f"byte {data.index(0):,} is a NUL: the content is not text")
    return text, name


def _legacy(data: bytes, bad: int) -> tuple[str, str]:
    """GB18030 or Big5, whichever reads as Chinese; the more common characters win."""
    best: tuple[float, str, str] | None = None
    for name in ("gb18030", "big5"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        head = text[:20000]
        odd = sum("\ue000" <= c <= "\uf8ff" for c in head)
        score = (len(COMMON.findall(head)) - 3 * odd) / max(1, len(head))
        if best is None or score > best[0]:
            best = (score, name, text)
    if best is None or (best[0] < 0.005 and len(best[2]) > 200):
        raise InputError(f"byte {bad:,} is not valid UTF-8, and the file is not GB18030 or Big5 either: save it again as UTF-8")
    return best[2], best[1]
