""".docx -> text: paragraphs, the numbers that Word generates for lists, tables a row a line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from tongbi.errors import InputError
from tongbi.ingest import tables
from tongbi.ingest.numbering import Numbers
from tongbi.ingest.reading import ReadText

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SAID = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
MAX_ENTRIES, MAX_RATIO = 5000, 300
PROLOG = 65_536  # bytes of a part in which a document type would be declared


def read_docx(data: bytes, max_unpacked: int) -> ReadText:
    """The bytes of a .docx -> its text. Refuses bombs and XML with entities."""
    _guard(data, max_unpacked)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
    except InputError:  # the time is up
        raise
    except Exception as error:
        raise InputError(f"the Word file is damaged ({type(error).__name__}): open it in Word or LibreOffice and save it again") from None
    numbers = Numbers(document)
    lines: list[str] = []
    for block in _blocks(document.element.body):
        if block.tag == W + "p":
            text = _text(block)
            lines.append(numbers.of(block, text) + text)
        else:
            lines += _table(block, numbers, lines)
    return ReadText("\n".join(lines), None, "docx")


def _guard(data: bytes, max_unpacked: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            total = sum(e.file_size for e in entries)
            if len(entries) > MAX_ENTRIES or total > max_unpacked or total > MAX_RATIO * max(len(data), 100_000):
                raise InputError(f"the Word file unpacks to {total:,} bytes, which no report needs: it is refused")
            if "word/document.xml" not in archive.namelist():
                raise InputError("the file is not a Word document: save it as .docx again")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        if b"<!DOCTYPE" in part.read(PROLOG).upper():
                            raise InputError("the Word file declares XML entities, which is refused: save it as .docx again")
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise InputError("the Word file is cut off or damaged: fetch it again, or open it in Word and save it as .docx") from None


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in parent.iterchildren():
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag == W + "sdt":
            for content in child.iterchildren(W + "sdtContent"):
                yield from _blocks(content)


def _text(paragraph: Any) -> str:
    """Runs, tabs and breaks of one paragraph; deleted text and what stands in for drawings of newer versions are left out."""
    out = []
    skipped = {id(n) for f in paragraph.iter(FALLBACK) for n in f.iter()}
    for node in paragraph.iter(W + "t", *SAID):
        if skipped and id(node) in skipped:
            continue
        if node.tag == W + "t":
            out.append(node.text or "")
        elif node.getparent().tag == W + "r":  # a tab stop is no tab
            out.append(SAID[node.tag])
    return "".join(out)


def _table(table: Any, numbers: Numbers, before: list[str]) -> list[str]:
    """A table of figures told row by row; any other table as its cells, beside each other where they are short."""
    rows = [list(row.iterchildren(W + "tc")) for row in table.iterchildren(W + "tr")]
    plain = [[tables.Cell(" ".join(_text(p) for p in cell.iter(W + "p")), _across(cell)) for cell in row] for row in rows]
    if tables.is_figures(plain):
        caption = next((tables.unit_of(line) for line in reversed(before[-3:]) if line.strip()), [])
        return tables.render(_merged(rows, plain), caption)
    out = []
    for row, cells in zip(rows, plain, strict=True):
        if len(row) > 1 and all(len(cell.text) <= tables.LONG for cell in cells):
            out.append("\t".join(tables.squeeze(cell.text) for cell in cells))
            continue
        for cell in row:
            for block in _blocks(cell):
                text = _text(block) if block.tag == W + "p" else ""
                out += [numbers.of(block, text) + text] if block.tag == W + "p" else _table(block, numbers, out)
    return [line for line in out if line.strip()]


def _across(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    written = "" if span is None else span.get(W + "val") or ""
    return int(written) if written.isdigit() and len(written) < 4 else 1


def _merged(rows: list[list[Any]], plain: list[list[tables.Cell]]) -> list[list[tables.Cell]]:
    """Cells that continue the one above take its text."""
    above: dict[int, str] = {}
    for row, cells in zip(rows, plain, strict=True):
        column = 0
        for node, cell in zip(row, cells, strict=True):
            merge = node.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(W + "val") != "restart" and not cell.text.strip():
                cell.text = above.get(column, "")
            above[column] = cell.text
            column += cell.across
    return plain
