"""What a report's title looks like and over how many lines it goes; the report as found, before its facts are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from tongbi.segment.chrome import chrome_line_pattern
from tongbi.segment.lines import ASCII, CHINESE, table

BODY = 240  # code points of text between two titles that make the first one a report and not a list of contents
LONG = 160  # code points at either end of a paragraph that can tell what it is
ZERO_WIDTH = re.compile("[\u200b-\u200d\ufeff]+")
SUBTITLE = re.compile("[—―－-]{2,}.*$")
NUMBERED = re.compile(rf"[（(]?[{CHINESE}\d]{{1,3}}[）)、.．]|第[{CHINESE}]+(?:部分|[篇编章节])")
SURE = re.compile("政府工作报告|统计公报|纲要")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of titles.toml."""
    return re.compile(table("titles.toml")[name])


@dataclass
class Report:
    """One report found in a source, before its facts are read."""

    start: int
    title: str | None = None
    title_end: int = 0
    headings: list[str] = field(default_factory=list)
    last_first: int = 0
    planned: bool = False
    reviewed: bool = False
    saluted: bool = False
    evidence: str = "start of the text"
    last_at: int = 0  # where its last numbered heading of the first level stands
    parted: bool = False  # a heading without number has come since
    counted: int = 0  # up to where `prose` is counted
    prose: int = 0

    def prose_before(self, text: str, end: int) -> int:
        """Code points of sentences since the title: short lines, as lists of contents have, do not count."""
        begin = max(self.title_end, self.start)
        if end - begin <= BODY:
            return end - begin
        if self.counted < begin:
            self.counted, self.prose = begin, 0
        self.prose += sum(len(line) for line in text[self.counted : end].split("\n") if len(line) >= 50)
        self.counted = end
        return self.prose


def squeeze(line: str) -> str:
    """A line without its blanks: `政 府 工 作 报 告` reads 政府工作报告. Of a long paragraph the beginning and the end."""
    if len(line) > 2 * LONG:
        line = line[:LONG] + line[-LONG:]
    return ZERO_WIDTH.sub("", "".join(line.split()))


@lru_cache(maxsize=1024)
def chinese_number(text: str) -> int:
    """A Chinese or Arabic ordinal below one hundred; 0 if there is none."""
    digits = re.search(r"\d+", text)
    if digits:
        return int(digits.group())
    tens, mark, ones = re.sub(rf"[^{CHINESE}两]", "", text).replace("两", "二").rpartition("十")
    value = (CHINESE.find(tens[-1:]) + 1 if tens else 1) * 10 if mark else 0
    return value + (CHINESE.find(ones[-1:]) + 1 if ones else 0)


def title_strength(line: str) -> int:
    """2 for a line that must be a report's title, 1 for one that may be a title or a heading, 0 for neither."""
    if not 4 <= len(line) <= 60 or NUMBERED.match(line):
        return 0
    bare = SUBTITLE.sub("", line)
    if not pattern("ends").search(bare) or pattern("never").search(line) or chrome_line_pattern().match(line):
        return 0
    both = pattern("review").search(bare) and pattern("plan").search(bare)
    return 2 if both or SURE.search(bare) or named(bare) else 1


def named(title: str) -> str:
    """What a title says beyond years and words for reporting: the organisation or the field."""
    rest = pattern("empty").sub("", title.translate(ASCII))
    return rest if len(rest) >= 2 else ""


def named_fully(title: str) -> bool:
    """Whether a title says who reports."""
    return bool(re.search(r"(?:局|厅|委|办|政府|[省市县区旗州乡镇]|街道)", named(title)))


def join_rest(text: str, report: Report) -> None:
    """A title that goes on in the next line (`2023年工作总结` / `暨2024年工作打算`) takes it in."""
    if not report.title or report.evidence not in ("title line", "title over several lines"):
        return
    at = text.find(report.title[-6:], report.start, report.title_end + 600)
    after = text[at : at + 120].split("\n")[1:3] if at >= 0 else []
    rest = squeeze(next((line for line in after if squeeze(line)), ""))
    if 5 <= len(rest) <= 30 and rest[0] in "暨及和与并" and title_strength(rest):
        report.title, report.evidence = report.title + rest, "title over several lines"


def join_name(text: str, report: Report) -> None:
    """A title whose line before it names who reports (`县应急管理局` / `2023年工作总结`) takes that line in."""
    if not report.title or report.evidence not in ("title line", "title over several lines"):
        return
    at = text.find(report.title[:6], report.start, report.title_end + 1)
    before = text[max(report.start if report.start == 0 else 0, at - 60) : at] if at > 0 else ""
    lines = before.split("\n")
    if len(lines) < 2 or squeeze(lines[-1]):
        return
    last = next((i for i in range(len(lines) - 2, -1, -1) if squeeze(lines[i])), None)
    if last is None or last < len(lines) - 4 or (last == 0 and len(before) == 60):
        return
    name = squeeze(lines[last])
    if 2 <= len(name) <= 30 and pattern("named_before").search(name) and name not in report.title and not named_fully(report.title):
        report.title, report.evidence = name + report.title, "title over several lines"
        report.start = min(report.start, at - len("\n".join(lines[last:]))) if report.start else 0


def broken_title(text: str) -> str | None:
    """A title that was broken over the first lines of a text (`县农业农村局` / `2023` / `年工作总结`)."""
    lines = [line for line in map(squeeze, text[:600].split("\n")) if line][:7]
    for count in range(2, len(lines) + 1):
        if len(lines[count - 1]) > 40:
            break
        joined = "".join(lines[:count])
        if title_strength(joined) == 2 and not pattern("compilation").search(joined):
            return joined
    glued = re.match(r"^.{4,40}?(?:工作总结(?:[及和与暨].{2,16}?(?:打算|计划|思路|安排))?|政府工作报告)", lines[0] if lines else "")
    return glued.group() if glued and len(lines[0]) > 60 and "，" not in glued.group() else None
