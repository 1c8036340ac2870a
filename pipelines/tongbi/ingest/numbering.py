"""The numbers that Word shows before list paragraphs and does not store in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HAN = "〇一二三四五六七八九十"


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered: `一` or `1`, the text around it, where it starts."""

    form: str
    text: str
    start: int


class Numbers:
    """Counts the list paragraphs of a document as they come."""

    def __init__(self, document: Any) -> None:
        self.count: dict[tuple[str, int], int] = {}
        self.lists: dict[str, str] = {}  # numId -> the list it belongs to
        self.restarts: dict[str, dict[int, int]] = {}
        self.levels: dict[str, dict[int, Level]] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for abstract in root.iterchildren(W + "abstractNum"):
            self.levels[_value(abstract, "abstractNumId")] = {_int(x.get(W + "ilvl"), 0): _level(x) for x in abstract.iter(W + "lvl")}
        for num in root.iterchildren(W + "num"):
            ref = num.find(W + "abstractNumId")
            self.lists[_value(num, "numId")] = "" if ref is None else _value(ref, "val")
            overrides = {_int(o.get(W + "ilvl"), 0): o.find(W + "startOverride") for o in num.iter(W + "lvlOverride")}
            self.restarts[_value(num, "numId")] = {k: _int(v.get(W + "val"), 1) for k, v in overrides.items() if v is not None}
        self._read_styles(document)

    def _read_styles(self, document: Any) -> None:
        nodes = {_value(s, "styleId"): s for s in document.styles.element.iter(W + "style")}
        for name, style in nodes.items():
            for _ in range(12):
                ref = style.find(f".//{W}numId")
                if ref is not None:
                    level = style.find(f".//{W}ilvl")
                    self.styles[name] = (_value(ref, "val"), 0 if level is None else _int(level.get(W + "val"), 0))
                    break
                base = style.find(W + "basedOn")
                if base is None or _value(base, "val") not in nodes:
                    break
                style = nodes[_value(base, "val")]

    def of(self, paragraph: Any, text: str) -> str:
        """The number of a paragraph as Word shows it, or nothing."""
        where = self._place(paragraph)
        if where is None or not text.strip():
            return ""
        number, level = where
        name = self.lists.get(number, "")
        levels = self.levels.get(name, {})
        if level not in levels:
            return ""
        for at, start in self.restarts.pop(number, {}).items():
            self.count[(name, at)] = start - 1
        self.count[(name, level)] = self.count.get((name, level), levels[level].start - 1) + 1
        for other in [k for k in self.count if k[0] == name and k[1] > level]:
            del self.count[other]
        out = levels[level].text
        for n in range(level + 1):
            one = levels.get(n, Level("decimal", "", 1))
            out = out.replace(f"%{n + 1}", written(self.count.get((name, n), one.start), one.form))
        return out if any(c.isalnum() for c in out) else ""

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        ref, level = paragraph.find(f"{W}pPr/{W}numPr/{W}numId"), paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
        if ref is not None:
            return _value(ref, "val"), 0 if level is None else _int(level.get(W + "val"), 0)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return None if style is None else self.styles.get(_value(style, "val"))


def written(n: int, form: str) -> str:
    """A count in the form that Word was told: decimal, Chinese, circled, letters."""
    if form in ("bullet", "none"):
        return ""
    if form.startswith(("chinese", "ideograph", "japanese", "taiwanese")) and 0 < n < 100:
        tens, ones = divmod(n, 10)
        return ("" if tens < 2 else HAN[tens]) + ("十" if tens else "") + (HAN[ones] if ones else "")
    if form.startswith("decimalEnclosedCircle") and 0 < n <= 20:
        return chr(0x2460 + n - 1)
    if form in ("lowerLetter", "upperLetter") and 0 < n <= 26:
        return chr((97 if form == "lowerLetter" else 65) + n - 1)
    if form == "decimalFullWidth":
        return str(n).translate({48 + i: 0xFF10 + i for i in range(10)})
    return str(n)


def _value(node: Any, name: str) -> str:
    return str(node.get(W + name) or "")


def _int(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else default


def _level(node: Any) -> Level:
    def told(tag: str, default: str) -> str:
        found = node.find(W + tag)
        return default if found is None else found.get(W + "val") or default

    return Level(told("numFmt", "decimal"), told("lvlText", ""), _int(told("start", "1"), 1))
