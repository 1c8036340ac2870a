"""A table of figures -> sentences, a row each: head cells, units and labels stand with the figures they belong to.

`粮食 | 650.0 | 17.3` under `产量（万吨） | 同比增长（%）` reads 粮食产量650.0万吨，同比增长17.3%.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

LONG = 80  # code points that no cell of a table of figures has
WIDEST, TALLEST = 60, 1000  # spans beyond these are mistakes


@dataclass
class Cell:
    """A cell as written, over `across` columns and `down` rows."""

    text: str
    across: int = 1
    down: int = 1


@cache
def cues() -> dict[str, re.Pattern[str]]:
    """The patterns of tables.toml, and what can be built of them."""
    told = tomllib.loads((files("tongbi.ingest") / "data" / "tables.toml").read_text(encoding="utf-8"))
    built = {
        "in_brackets": rf"[（(]({told['unit']})[）)]",
        "value": rf"^[+＋－±-]?[0-9０-９xXｘＸ×＊*●○][0-9０-９,，.．xXｘＸ×＊*●○]*(?:{told['unit']})?(?:左右|以上|以下)?$",
        "with_unit": r"[^0-9０-９,，.．xXｘＸ×＊*●○]$",
        "year": r"^(?:19|20)[0-9]{2}$",
        "date": r"^(?:19|20)[0-9]{2}年",
        "numbered": r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[0-9]{1,2}[、.．](?![0-9]))",
        "period": rf"^({told['period']})(.*)$",
    }
    return {name: re.compile(pattern) for name, pattern in (told | built).items()}


def squeeze(text: str) -> str:
    """A cell without line breaks; blanks inside short words are typesetting (`粮 食`)."""
    text = " ".join(text.split())
    return re.sub(r"(?<=[\u3400-\u9fff#]) (?=[\u3400-\u9fff])", "", text) if len(text) <= 24 else text


def unit_of(caption: str) -> list[str]:
    """The units that `单位：亿元、%` gives."""
    found = cues()["caption"].search(squeeze(caption).replace(" ", ""))
    return [u.strip() for u in re.split(r"[、,，/]", found[1]) if u.strip()] if found else []


def is_figures(rows: list[list[Cell]]) -> bool:
    """Whether a table holds figures, not the layout of a page: short cells, and some row with a value after another cell."""
    if len(rows) < 2 or any(len(squeeze(cell.text)) > LONG for row in rows for cell in row):
        return False
    value = cues()["value"]
    return any(value.match(squeeze(c.text).replace(" ", "")) for row in rows for c in row[1:]) and any(len(row) > 1 for row in rows)


def render(rows: list[list[Cell]], caption: list[str] | None = None) -> list[str]:
    """The lines of a table: titles and heads as they stand, then a sentence a row."""
    sheet = Sheet(caption or [])
    return [line for row in _grid(rows) if (line := sheet.line(row))]


def _grid(rows: list[list[Cell]]) -> list[list[tuple[str, bool]]]:
    """Cells on their columns as (text, own): what spans columns or rows stands in each, and is its own in the first."""
    pending: dict[int, tuple[int, str]] = {}
    out = []
    for row in rows:
        line: list[tuple[str, bool]] = []

        def held(line: list[tuple[str, bool]] = line) -> None:
            while len(line) in pending:
                left, text = pending.pop(len(line))
                if left > 1:
                    pending[len(line)] = (left - 1, text)
                line.append((text, False))

        for cell in row:
            held()
            text = squeeze(cell.text)
            for n in range(min(max(cell.across, 1), WIDEST)):
                if cell.down > 1:
                    pending[len(line)] = (min(cell.down, TALLEST) - 1, text)
                line.append((text, n == 0))
        held()
        out.append(line)
    return out


@dataclass
class Sheet:
    """What is known while the rows of a table are read: its units, its heads, the unit of the last label."""

    units: list[str]
    heads: list[str] = field(default_factory=list)
    in_head: bool = False
    label_unit: str = ""

    def line(self, row: list[tuple[str, bool]]) -> str:
        """One row as a line of text."""
        own = [text for text, mine in row if mine and text]
        if not own:
            return ""
        values = [j for j, (text, _) in enumerate(row) if self.is_value(j, text)]
        if values:
            self.in_head = False
            return self.sentence([text for text, _ in row], values)
        self.units = unit_of(" ".join(own)) or self.units
        if len(own) == 1:
            return own[0]
        if self.heads and all(cues()["nothing"].match(text) for text in own[1:]):
            self.in_head = False
            return "\t".join(own)
        texts = ["" if cues()["caption"].search(text) else text for text, _ in row]
        self.heads = [_stack(a, b) for a, b in zip(_pad(self.heads, len(texts)), texts, strict=False)] if self.in_head else texts
        self.in_head, self.label_unit = True, ""
        return "\t".join(own)

    def is_value(self, column: int, text: str) -> bool:
        bare = text.replace(" ", "")
        if not cues()["value"].match(bare) or cues()["date"].match(bare) or cues()["number_column"].match(self.head(column)):
            return False
        return not (cues()["year"].match(bare) and (column == 0 or not self.heads or self.in_head))

    def head(self, column: int) -> str:
        return self.heads[column].replace(" ", "") if column < len(self.heads) else ""

    def sentence(self, row: list[str], values: list[int]) -> str:
        """A row with values: each with its label, head and unit."""
        label, of_label = self.label(row[: values[0]])
        within, label = ("其中", label[2:]) if label.startswith("其中") else ("", label)
        given = next((row[j] for j in range(len(row)) if cues()["unit_column"].match(self.head(j))), "")
        parts: list[str] = []
        last, group = None, ""
        for j in range(values[0], len(row)):
            text = row[j].replace(" ", "")
            period, measure, of_head = self.measure(j)
            group = period or group
            if cues()["nothing"].match(text) or cues()["unit_column"].match(self.head(j)):
                continue
            if text == "持平":
                parts.append(f"{re.sub('增长|增减|升降|增幅|涨幅|下降', '', measure)}{text}")
                continue
            if j not in values:
                parts.append(f"{period}{measure}：{row[j]}" if self.head(j) else row[j])
                continue
            follows = parts and cues()["change"].match(measure) and group == last
            unit = self.unit(text, label, measure, (of_head, given, of_label))
            measure, text = _turned(measure, text, unit)
            again = len(measure) <= 3 and label[-1:] == measure[-1:]  # 发电量, 产量
            subject = measure if follows else f"{within}{group}{label}{'' if again else measure}"
            parts.append(f"{subject}{text}{unit}")
            last = group
        return "，".join(parts)

    def label(self, cells: list[str]) -> tuple[str, str]:
        """The words before the first value, without numbering, and their unit; rows below one with a unit share it."""
        words = [
            c
            for j, c in enumerate(cells)
            if c and not re.match(f"{cues()['unit_column'].pattern}|{cues()['number_column'].pattern}", self.head(j))
        ]
        words = [w for n, w in enumerate(words) if w not in words[:n]]
        text = cues()["numbered"].sub("", "".join(words).replace(" ", "")).replace("#", "其中")
        text = re.sub("^其中[：:]", "其中", text)
        if cues()["year"].match(text):
            text += "年"
        found = cues()["in_brackets"].search(text)
        if found:
            self.label_unit = found[1]
        return (text.replace(found[0], "") if found else text), self.label_unit

    def measure(self, column: int) -> tuple[str, str, str]:
        """A head as period, what is measured, and unit."""
        head = self.head(column)
        found = cues()["in_brackets"].search(head)
        unit = found[1] if found else ""
        head = head.replace(found[0], "") if found else head
        if not unit and (trailing := re.search("[（(]?±?([%％‰])[）)]?$", head)):
            unit, head = trailing[1], head[: trailing.start()]
        when = cues()["period"].match(head)
        period, head = (when[1], when[2]) if when else ("", head)
        if cues()["year"].match(period):
            period += "年"
        return period, "" if cues()["generic"].match(head) else head, unit.lstrip("±＋+-")

    def unit(self, text: str, label: str, measure: str, told: tuple[str, str, str]) -> str:
        """The unit of a value that is written without one: of its head, its row, its label, else the table's."""
        if cues()["with_unit"].search(text):
            return ""
        of_head, given, of_label = told
        rate = bool(cues()["rate"].search(measure or label))
        if of_head:
            return of_head
        if given or of_label:
            return "" if rate and cues()["change"].match(measure) else (given or of_label).lstrip("±＋+-")
        wanted = [u for u in self.units if (u in "%％‰") == rate]
        return wanted[0] if wanted else ""


def _turned(measure: str, text: str, unit: str) -> tuple[str, str]:
    """`比年初增减额 | -26.3` says which way it went: 比年初减少26.3."""
    found = re.search("(?:增减|升降)(?:幅度|[额量数幅])?", measure)
    if not found:
        return measure, text
    down = text[:1] in "-－−"
    word = ("下降" if down else "增长") if unit in ("%", "％") or text.endswith(("%", "％")) else ("减少" if down else "增加")
    return measure[: found.start()] + word + measure[found.end() :], text.lstrip("-－−+＋") if down else text.lstrip("+＋")


def _pad(heads: list[str], size: int) -> list[str]:
    return heads + [""] * (size - len(heads))


def _stack(above: str, below: str) -> str:
    """Two head cells over one another as one."""
    return below if above in below else above if below in above else above + below
