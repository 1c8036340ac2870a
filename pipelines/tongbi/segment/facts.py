"""What a report tells about itself: title, organisation, level, region, sector, years, day, and what each rests on."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from tongbi.segment.lines import rows, table
from tongbi.segment.organisations import compiled, organisation_of, organisation_type_of, place_of_organisation, rank_in
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
    organisation, why_organisation = organisation_of(row, kind, bare, text, head, place)
    organisation_type = organisation_type_of(organisation, kind)
    if place is None:
        place, why_place = place_of_organisation(organisation, text, head)
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
    rank = rank_in(head)
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
