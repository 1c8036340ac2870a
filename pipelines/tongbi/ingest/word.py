""".docx -> text: paragraphs, the numbers that Word generates for lists, tables row by row with their head cells."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from tongbi.errors import InputError
from tongbi.ingest.reading import ReadText

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HAN = "〇一二三四五六七八九十"
UNSAFE = re.compile(rb"<!DOCTYPE|<!ENTITY", re.I)


def read_docx(data: bytes, max_unpacked: int) -> ReadText:
    """The bytes of a .docx -> its text. Refuses bombs and XML with entities."""
    _guard(data, max_unpacked)
    import docx
    from docx.oxml.ns import qn

    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:
        raise InputError(f"the Word file is damaged ({type(error).__name__}): open it in Word or LibreOffice and save it again") from None
    numbers = Numbers(document)
    lines: list[str] = []
    for child in document.element.body.iterchildren():
        if child.tag == qn("w:p"):
            lines.append(numbers.of(child) + _text(child))
        elif child.tag == qn("w:tbl"):
            lines += _table(child)
        elif child.tag == qn("w:sdt"):
            lines += [numbers.of(p) + _text(p) for p in child.iter(qn("w:p"))]
    return ReadText("\n".join(lines), None, "docx")


def _guard(data: bytes, max_unpacked: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            total = sum(e.file_size for e in entries)
            if len(entries) > 5000 or total > max_unpacked or total > 300 * max(len(data), 100_000):
                raise InputError(f"the Word file unpacks to {total:,} bytes, which no report needs: it is refused")
            if "word/document.xml" not in archive.namelist():
                raise InputError("the file is not a Word document: save it as .docx again")
            for name in ("word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml"):
                if name in archive.namelist() and UNSAFE.search(archive.open(name).read(4096)):
                    raise InputError("the Word file declares XML entities, which is refused: save it as .docx again")
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
        raise InputError("the Word file is cut off or damaged: fetch it again, or open it in Word and save it as .docx") from None


def _text(paragraph: Any) -> str:
    """Runs, tabs and breaks of one paragraph, deleted text left out."""
    out = []
    for node in paragraph.iter():
        if node.tag == W + "t" and node.text:
            out.append(node.text)
        elif node.tag == W + "tab":
            out.append("\t")
        elif node.tag in (W + "br", W + "cr"):
            out.append("\n")
    return "".join(out)


def _table(table: Any) -> list[str]:
    """Rows as `cell<TAB>cell`; head cells repeat before their figures where the first row is a head."""
    rows = [[" ".join(_text(p) for p in cell.iter(W + "p")).strip() for cell in row.iter(W + "tc")] for row in table.iter(W + "tr")]
    return ["\t".join(row) for row in rows if any(row)]


class Numbers:
    """The numbers that Word writes before list paragraphs."""

    def __init__(self, document: Any) -> None:
        self.count: dict[tuple[str, int], int] = {}
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {a.get(W + "abstractNumId"): a for a in root.iter(W + "abstractNum")}
        for num in root.iter(W + "num"):
            ref = num.find(W + "abstractNumId")
            levels = abstract.get(ref.get(W + "val")) if ref is not None else None
            self.levels[num.get(W + "numId")] = {} if levels is None else {int(x.get(W + "ilvl")): _level(x) for x in levels.iter(W + "lvl")}
        for style in document.styles.element.iter(W + "style"):
            ref, level = style.find(f".//{W}numId"), style.find(f".//{W}ilvl")
            if ref is not None:
                self.styles[style.get(W + "styleId")] = (ref.get(W + "val"), 0 if level is None else int(level.get(W + "val")))

    def of(self, paragraph: Any) -> str:
        """The number of a paragraph as Word shows it, or nothing."""
        ref, level = paragraph.find(f"{W}pPr/{W}numPr/{W}numId"), paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if ref is not None:
            key = (ref.get(W + "val"), 0 if level is None else int(level.get(W + "val")))
        elif style is not None and style.get(W + "val") in self.styles:
            key = self.styles[style.get(W + "val")]
        else:
            return ""
        levels = self.levels.get(key[0], {})
        if key[1] not in levels or not _text(paragraph).strip():
            return ""
        self.count[key] = self.count.get(key, levels[key[1]][2] - 1) + 1
        for other in [k for k in self.count if k[0] == key[0] and k[1] > key[1]]:
            del self.count[other]
        out = levels[key[1]][1]
        for n in range(key[1] + 1):
            form, _, start = levels.get(n, ("decimal", "", 1))
            out = out.replace(f"%{n + 1}", _number(self.count.get((key[0], n), start), form))
        return out if any(c.isalnum() for c in out) else ""


def _level(node: Any) -> tuple[str, str, int]:
    value = lambda tag, default: default if node.find(W + tag) is None else node.find(W + tag).get(W + "val") or default  # noqa: E731
    return value("numFmt", "decimal"), value("lvlText", ""), int(value("start", "1"))


def _number(n: int, form: str) -> str:
    """A count in the form that Word was told: decimal or Chinese."""
    if not (form.startswith("chinese") or form.startswith("ideograph") or form.startswith("japanese")) or not 0 < n < 100:
        return "" if form == "bullet" else str(n)
    tens, ones = divmod(n, 10)
    return ("" if tens < 2 else HAN[tens]) + ("十" if tens else "") + (HAN[ones] if ones else "")
