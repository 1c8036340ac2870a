"""The years of a report: which one it reviews, which one it plans, and the day it was delivered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tongbi.segment.lines import ASCII, HALF, table
from tongbi.segment.places import names_in_path

ZEROS = "○〇零Ｏ"
DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys(ZEROS, "0")
CENTURIES = [*ZEROS, "一九", "二一"]  # what stands in every spelled year
SPELLED = re.compile(rf"[二一][{ZEROS}一二三四五六七八九]{{3}}(?=年)")
REVIEW = r"总结|小结|回顾|完成情况|工作情况|成就|成效|成绩|亮点|公报|述职|发展情况|总体情况|运行情况"
PLAN = r"打算|安排|计划|思路|要点|设想|谋划|部署|展望|重点|任务|目标|规划|要求|工作建议|建议|下一?步|今后|明年|来年|新的一年|下半年"
YEAR = r"((?:19|20)\d\d)年"
MONTHS = r"月?[-—–~～至到]\d{1,2}月"
DAY = r"((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日"
DELIVERED = re.compile(rf"{DAY}.{{0,30}}(?:会议|大会|代表)")
DAY_ALONE = re.compile(rf"[（(]?{DAY}[）)]?")
DAY_IN_BRACKETS = re.compile(rf"[（(]{DAY}[^）)]{{0,40}}(?:会议|大会|代表)")
ANY_YEAR = re.compile(YEAR)
REVIEWED, PLANNED = re.compile(REVIEW), re.compile(PLAN)
YEAR_REVIEWED = re.compile(rf"{YEAR}(?:度|[上下]半年)?[^年]{{0,24}}(?:{REVIEW})")
YEAR_PLANNED = re.compile(rf"{YEAR}(?:度)?[^年]{{0,20}}(?:{PLAN})")
YEAR_IN_TITLE = re.compile(rf"{YEAR}(?:度|[上下]半年)?(?:[^年]{{0,24}}?(?:{REVIEW}|工作|总结))")
PLAN_IN_TITLE = re.compile(rf"^.{{0,8}}{YEAR}.{{0,6}}(?:{PLAN})")
YEARLESS = re.compile(r"((?:19|20)\d\d)(?=[上下]半年)")  # 2023上半年工作总结
MASKED_YEAR = re.compile("(?:19|20)[xX×*＊]{2}年")
PART_OF_YEAR = re.compile("上半年|半年度?|[一二三]季度")
# A year that a text without a title is of: 2021年以来，… 2023年1-6月份，…; and one that it only looks ahead to.
YEAR_TOLD = re.compile(rf"{YEAR}(?:度)?(?:以来|上半年|[前第]?[一二三]季度|全年|1{MONTHS})|(?:^|\n)[^，,。\n]{{0,6}}{YEAR}度?[，,]")
AHEAD = re.compile(rf"[到至《]{YEAR}|{YEAR}[^，,。]{{0,12}}》")
YEAR_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
LONGEST = 20_000  # characters of a text that are searched for its only year
ORDER = "一二三四五六七八九"
# 第十四个五年规划, “十四五”规划: the plan of a number of five years; the sixth began in 1981.
FIVE_YEARS = re.compile(
    rf"第(十?)([{ORDER}]?)个五年|[“\"](十)([{ORDER}]?)五[”\"]|(?<![二三四五六七八九])(十)([{ORDER}])五(?:规划|计划|时期)"
)


@dataclass(frozen=True)
class Years:
    """Years as read, and what the year reviewed rests on."""

    report: int | None
    plan: int | None
    delivered: date | None
    evidence: str | None


def normal(text: str) -> str:
    """Text with ASCII digits in years: `１９９６年`, `二○一二年`; as long as before."""
    if any(map(text.__contains__, HALF)):
        text = text.translate(ASCII)
    if not any(map(text.__contains__, CENTURIES)):
        return text
    return SPELLED.sub(lambda m: "".join(DIGITS[c] for c in m.group()), text)


def read_years(kind: str, title: str, headings: list[str], head: str, text: str, path: str) -> Years:
    """Decide the years of a report from its title, headings, head (normal, as the title is), body and path, in this order."""
    title = YEARLESS.sub(r"\1年", title)
    heads = normal("\n".join(headings)).split("\n") if headings else []
    delivered = _delivered(head, text)
    begins = five_years(title) if kind == "plan" else None
    if begins:
        return Years(begins - 1, begins, delivered, "five years planned")
    report, evidence = _report_year(kind, title, heads, head, text, path, delivered)
    plan = _plan_year(kind, title, heads, text, report)
    return Years(report, plan, delivered, evidence)


def five_years(title: str) -> int | None:
    """The first year of the five-year plan that a title names; “十五” is the tenth, “十四五” the fourteenth."""
    found = FIVE_YEARS.search(title)
    if not found:
        return None
    tens, ones = next((a, b) for a, b in zip(found.groups()[::2], found.groups()[1::2], strict=True) if a or b)
    return 1951 + 5 * ((10 if tens else 0) + (ORDER.find(ones) + 1 if ones else 0))


def _delivered(head: str, text: str) -> date | None:
    for line in _with_days(head.split("\n")):
        found = DELIVERED.search(line) or DAY_ALONE.fullmatch(line)
        if found:
            return _date(found)
    found = DAY_IN_BRACKETS.search(head[:600].replace("\n", ""))
    if found:
        return _date(found)
    for line in _with_days(normal(text[-400:]).split("\n")[-6:]):
        found = DAY_ALONE.fullmatch(line)
        if found:
            return _date(found)
    return None


def _with_days(lines: list[str]) -> list[str]:
    """The short lines that may hold a day."""
    return [line for line in map(str.strip, lines) if "日" in line and len(line) <= 80]


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    except ValueError:
        return None


def _report_year(
    kind: str, title: str, heads: list[str], head: str, text: str, path: str, delivered: date | None
) -> tuple[int | None, str | None]:
    government = kind == "government_work_report"
    if not government:
        found = YEAR_IN_TITLE.search(title)
        if found and not PLAN_IN_TITLE.search(title[: found.end() + 2]):
            return int(found.group(1)), "title"
        if kind == "bulletin" and (found := ANY_YEAR.search(title)):
            return int(found.group(1)), "title"
    for heading in heads:
        found = YEAR_REVIEWED.search(heading)
        if found:
            return int(found.group(1)), f"heading {heading[:20]}"
    planned = _planned_year(title if not government else "", heads)
    if planned:
        return planned - 1, "year planned"
    if delivered and (government or kind == "work_summary"):
        return (delivered.year if delivered.month >= 10 else delivered.year - 1), "day of delivery"
    if government and (found := ANY_YEAR.search(title)):
        if PART_OF_YEAR.match(title, found.end()):
            return int(found.group(1)), "title"
        return int(found.group(1)) - 1, "year of delivery in the title"
    found = YEAR_IN_PATH.search(names_in_path(path)[0])
    if found and kind != "other":
        year = int(found.group(1))
        return (year - 1, "year of delivery in the path") if government else (year, "path")
    if MASKED_YEAR.search(title) and len(MASKED_YEAR.findall(head)) > 1:
        return None, None
    found = ANY_YEAR.search(head[:600])
    if found and kind in ("work_summary", "government_work_report"):
        return int(found.group(1)), "first paragraph"
    if kind == "other" and (found := YEAR_TOLD.search(head[:200])):
        return int(found.group(1) or found.group(2)), "first paragraph"
    numbered = any(re.match("[一二三]、", h) for h in heads)
    years = set(ANY_YEAR.findall(AHEAD.sub("", normal(text[:LONGEST])))) if numbered or kind == "work_summary" else set()
    if kind in ("other", "work_summary") and len(years) == 1:
        return int(years.pop()), "only year in the text"
    return None, None


def _planned_year(title: str, heads: list[str]) -> int | None:
    for line in (title, *heads):
        found = YEAR_PLANNED.search(line)
        if found and not REVIEWED.search(line[found.end() : found.end() + 4]):
            return int(found.group(1))
    return None


def _plan_year(kind: str, title: str, heads: list[str], text: str, report: int | None) -> int | None:
    planned = _planned_year(title if kind != "government_work_report" else "", heads)
    if planned and (report is None or planned >= report) and (planned != report or not REVIEWED.search(title)):
        return planned
    if kind == "government_work_report":
        ahead = not heads or any(not REVIEWED.search(h) for h in heads)
        rest = PART_OF_YEAR.search(title)  # plans the rest of its year
        return (report if rest else report + 1) if report and ahead else None
    if report is None:
        return None
    plans = [h for h in (title, *heads) if PLANNED.search(h) and not re.search(r"完成情况|落实情况", h)]
    if not plans:
        return None
    return _unnamed_plan(plans, text, report)


def _unnamed_plan(plans: list[str], text: str, report: int) -> int:
    """The year of a plan that names none (`下一步打算`): the year reviewed if it is the rest of that year."""
    words = table("facts.toml")["plan_words"]
    titles = "".join(plans)
    at = max(text.rfind(plans[-1][:12]), 0)
    ahead = normal(text[at:]) if at > 0.2 * len(text) else ""
    if re.search(words["next_year"], titles + ahead) or f"{report + 1}年" in ahead:
        return report + 1
    if re.search(words["rest_of_year"], titles + ahead):
        return report
    return report if len(re.findall(words["within_year"], text)) >= 3 else report + 1
