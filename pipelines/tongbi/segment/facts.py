"""What a report tells about itself: title, organisation, level, region, sector, years, day, and what each rests on."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from tongbi.segment.lines import rows, table
from tongbi.segment.places import Place, level_of, look_up, names_in_path, places_in_path
from tongbi.segment.years import Years, normal, read_years

if TYPE_CHECKING:
    from tongbi.segment.titles import Report

FACTS = {
    "document_id": pl.Utf8,
    "source_id": pl.Utf8,
    "char_start": pl.Int64,
    "char_end": pl.Int64,
    "title": pl.Utf8,
    "organisation": pl.Utf8,
    "organisation_id": pl.Utf8,
    "organisation_type": pl.Utf8,
    "level": pl.Utf8,
    "region": pl.Utf8,
    "region_code": pl.Utf8,
    "sector": pl.Utf8,
    "report_type": pl.Utf8,
    "report_year": pl.Int64,
    "plan_year": pl.Int64,
    "delivered_on": pl.Date,
    "same_report_as": pl.Utf8,
    "evidence": pl.Utf8,
}
HEAD = 1500
MENTIONS = 300  # of a name in a text that are looked at


@cache
def compiled(name: str) -> re.Pattern[str]:
    """A pattern of facts.toml with P and M spelled out."""
    data = table("facts.toml")
    return re.compile(data[name].replace("P", data["place"]).replace("M", data["mask"]), re.M)


def facts(row: dict[str, Any], report: Report, end: int, ordinal: int, alone: bool) -> tuple[object, ...]:
    """One row of `core.documents` (see FACTS) for a report that stands at [report.start, end) of a source."""
    text = str(row["text"])[report.start : end]
    head = normal(text[:HEAD])
    path = str(row.get("path") or "")
    title, why_title = _title(row, report, path, alone)
    bare = re.sub(r"^\d{4}年(?:度)?", "", normal(title or "")).strip()
    kind = _report_type(title, report)
    if title is None and kind != "other" and re.search("[一-鿿]", names_in_path(path)[0]):
        title, why_title = names_in_path(path)[0], "file name"
    place, why_place = _place(row, bare, head, path, alone)
    organisation, why_organisation = _organisation(row, kind, bare, text, head, place)
    organisation_type = _organisation_type(organisation, kind)
    if place is None:
        place, why_place = _place_of_organisation(organisation, text, head)
    level = _level(row, place, organisation, kind, head)
    years = read_years(kind, normal(title or ""), report.headings, head[:1200], text, path)
    report_year, delivered = row.get("manifest_report_year") or years.report, row.get("manifest_delivered_on")
    evidence = {
        "title": why_title,
        "organisation": why_organisation,
        "region": why_place,
        "report_year": "manifest" if row.get("manifest_report_year") else years.evidence,
    }
    return (
        f"{row['source_id']}-{ordinal:03d}",
        row["source_id"],
        report.start,
        end,
        title,
        organisation,
        None,
        organisation_type,
        level,
        place.name if place else None,
        None,
        _sector(organisation, organisation_type, bare, kind),
        kind,
        report_year,
        _plan_year(years, report_year),
        delivered or years.delivered,
        None,
        "; ".join(f"{fact}: {why}" for fact, why in evidence.items() if why),
    )


def _title(row: dict[str, Any], report: Report, path: str, alone: bool) -> tuple[str | None, str | None]:
    if alone and row.get("manifest_title"):
        return str(row["manifest_title"]), "manifest"
    if report.title:
        return re.sub(r"[—―－-]{2,}.*会议上.*$", "", report.title), report.evidence
    stem = names_in_path(path)[0]
    if re.search("报告|总结|公报|纲要|计划|规划", stem):
        return stem, "file name"
    return None, None


def _report_type(title: str | None, report: Report) -> str:
    for kind in table("titles.toml")["type"]:
        if title and re.search(kind["pattern"], title):
            return str(kind["report_type"])
    if report.saluted:
        return "government_work_report"
    return "work_summary" if report.last_first >= 2 and (report.planned or report.reviewed) else "other"


def _place(row: dict[str, Any], title: str, head: str, path: str, alone: bool) -> tuple[Place | None, str | None]:
    if row.get("manifest_region"):
        return look_up(str(row["manifest_region"])), "manifest"
    if re.search(table("facts.toml")["national"], title):
        return look_up("全国"), "title"
    for name, where, text in (("title_place", "title", title), ("head_place", "head", "\n" + head[:600])):
        for found in compiled(name).finditer(text):
            place = next(filter(None, found.groups()), None)
            if place and len(place) >= 3 and not re.search(table("facts.toml")["not_in_places"], place):
                return look_up(place), where
    if "国务院" in head and re.search(r"(?:我代表|受)国务院", head):
        return look_up("全国"), "head"
    place_in_path = places_in_path(path) if alone else None
    return (place_in_path, "path") if place_in_path else (None, None)


def _organisation(row: dict[str, Any], kind: str, title: str, text: str, head: str, place: Place | None) -> tuple[str | None, str | None]:
    if row.get("manifest_organisation"):
        return str(row["manifest_organisation"]), "manifest"
    if kind == "government_work_report" or re.search("^.{2,12}国民经济和社会发展", title):
        return _government(head, kind, place)
    return _bureau(title, text)


def _government(head: str, kind: str, place: Place | None) -> tuple[str | None, str | None]:
    if place is None:
        return None, None
    if place.level == "national":
        return "国务院", "head"
    if kind == "bulletin":
        name = f"{place.name}统计局"
    else:
        name = f"{place.name}人民政府"
    return name, "head" if name in head else "region"


def _bureau(title: str, text: str) -> tuple[str | None, str | None]:
    """The organisation of a summary: the field in the title, completed by the fullest name in the text."""
    core = re.sub(table("titles.toml")["empty"], "", title)
    lead = re.match(r"(.{2,24}?(?:局|厅|委员会|委|办公室|大队|支队|中心|学校|医院|公司))(?=关于|\d{4}|20|半年|年度|工作)", title)
    core = re.sub("^(?:本|半)?年度?", "", lead.group(1)) if lead else core
    inside = re.search(r"[（(](乡镇|镇乡|街道|乡|镇)[）)]", title)
    if inside or re.search(r"(?:乡|镇|街道|苏木)(?:人民政府|政府|党委|办事处)?$", core):
        if core and not inside:
            return core, "title"
        found = compiled("masked_township").search(text) or compiled("any_township").search(text)
        return (found.group(), "text") if found else (None, None)
    if len(core) < 2:
        return _first_named(text)
    whole = bool(re.search(r"(?:局|厅|委员会|委|办公室|办|中心)$", core))
    if whole and compiled("placed").match(core):
        return core, "title"
    return _fullest(core, text, whole)


def _fullest(core: str, text: str, whole: bool) -> tuple[str | None, str | None]:
    """The fullest name in the text that a title's words are part of: masked place, place, rank, else its bare name."""
    ranked: dict[int, str] = {}
    at = text.find(core)
    for _ in range(MENTIONS):
        if at < 0 or 0 in ranked:
            break
        before, after = text[max(0, at - 12) : at], text[at + len(core) : at + len(core) + 4]
        ending = compiled("ending").match(after)
        if whole or ending:
            name = core if whole or not ending else core + ending.group()
            for rank, pattern in enumerate(("masked_before", "place_before", "rank_before")):
                found = compiled(pattern).search(before)
                if found and not (rank == 1 and re.search(table("facts.toml")["not_in_places"], found[1])):
                    ranked.setdefault(rank, found[1] + name)
                    break
            else:
                ranked.setdefault(3, name)
        at = text.find(core, at + 1)
    return (ranked[min(ranked)], "text") if ranked else (core, "title")


def _first_named(text: str) -> tuple[str | None, str | None]:
    """Who the first sentences say has worked: `2023年，县水利局坚持…`."""
    for found in compiled("head_organisation").finditer(text[:500]):
        if not re.search(table("facts.toml")["nobody"], found[1]):
            return found[1], "first paragraph"
    return None, None


def _organisation_type(organisation: str | None, kind: str) -> str:
    if kind == "government_work_report":
        return "government"
    for row in table("facts.toml")["organisation"]:
        if organisation and re.search(row["pattern"], organisation):
            return str(row["type"])
    return "other"


def _place_of_organisation(organisation: str | None, text: str, head: str) -> tuple[Place | None, str | None]:
    """The place in an organisation's name; where only its rank is written (县城管局), the place of that rank."""
    mask = table("facts.toml")["mask"]
    if not organisation:
        return None, None
    if re.search(r"(?:乡|镇|街道|苏木)$", re.sub("(?:人民政府|政府|党委|办事处)$", "", organisation)):
        return Place(re.sub("(?:人民政府|政府|党委|办事处)$", "", organisation), "township"), "organisation"
    found = re.match(rf"(?:(?:{mask}|[一-鿿]{{2,8}}?)(?:自治区|自治州|地区|省|市|区|县|旗|州))+", organisation)
    if found:
        return look_up(found.group()), "organisation"
    rank = organisation[0] if organisation[0] in "省市区县旗州" else _rank_in(head)
    if rank:
        masked = re.search(rf"(?<![A-Za-z]){mask}{rank}(?!长|委|道)", text)
        if masked:
            return look_up(masked.group()), "text"
    return None, None


def _rank_in(head: str) -> str | None:
    """The rank of whom an organisation obeys: 在区委、区政府的领导下 is said by a district's bureau."""
    found = re.search(r"(?:在|按照|围绕|落实)(?:[^。]{0,30}?)(省|市|区|县|旗|州)委[、和]?(?:\1(?:人民)?政府)", head)
    return found.group(1) if found else None


def _level(row: dict[str, Any], place: Place | None, organisation: str | None, kind: str, head: str) -> str | None:
    if row.get("manifest_level"):
        return str(row["manifest_level"])
    if organisation and re.search(r"(?:乡|镇|街道|苏木)(?:人民政府|政府|党委|办事处)?$", organisation):
        return "township"
    if place and place.level:
        return place.level
    if organisation and organisation[0] in "省市区县旗州":
        return level_of(organisation[0])
    if organisation and organisation.endswith("厅"):
        return "province"
    rank = _rank_in(head)
    return level_of(rank) if rank else None


def _sector(organisation: str | None, organisation_type: str, title: str, kind: str) -> str:
    if organisation_type in ("government", "township") or kind in ("government_work_report", "bulletin"):
        return "general"
    for text in (organisation or "", title):
        for row in rows("sectors.csv"):
            if re.search(row["words"], text):
                return row["sector"]
    return "general"


def _plan_year(years: Years, report_year: int | None) -> int | None:
    if years.plan is None or report_year is None:
        return years.plan
    return years.plan if years.report is None else years.plan + (report_year - years.report)


__all__ = ["FACTS", "date", "facts"]
