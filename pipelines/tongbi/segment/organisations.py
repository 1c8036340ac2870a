"""Who reports: the organisation as a title and a text name it, its type, and the place in its name."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tongbi.segment.lines import table
from tongbi.segment.places import Place, look_up

MENTIONS = 300  # of a name in a text that are looked at


@cache
def compiled(name: str) -> re.Pattern[str]:
    """A pattern of facts.toml with P and M spelled out."""
    data = table("facts.toml")
    return re.compile(data[name].replace("P", data["place"]).replace("M", data["mask"]), re.M)


def organisation_of(row: dict[str, Any], kind: str, title: str, text: str, head: str, place: Place | None) -> tuple[str | None, str | None]:
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


def organisation_type_of(organisation: str | None, kind: str) -> str:
    if kind == "government_work_report":
        return "government"
    for row in table("facts.toml")["organisation"]:
        if organisation and re.search(row["pattern"], organisation):
            return str(row["type"])
    return "other"


def place_of_organisation(organisation: str | None, text: str, head: str) -> tuple[Place | None, str | None]:
    """The place in an organisation's name; where only its rank is written (县城管局), the place of that rank."""
    mask = table("facts.toml")["mask"]
    if not organisation:
        return None, None
    if re.search(r"(?:乡|镇|街道|苏木)$", re.sub("(?:人民政府|政府|党委|办事处)$", "", organisation)):
        return Place(re.sub("(?:人民政府|政府|党委|办事处)$", "", organisation), "township"), "organisation"
    found = re.match(rf"(?:(?:{mask}|[一-鿿]{{2,8}}?)(?:自治区|自治州|地区|省|市|区|县|旗|州))+", organisation)
    if found:
        return look_up(found.group()), "organisation"
    rank = organisation[0] if organisation[0] in "省市区县旗州" else rank_in(head)
    if rank:
        masked = re.search(rf"(?<![A-Za-z]){mask}{rank}(?!长|委|道)", text)
        if masked:
            return look_up(masked.group()), "text"
    return None, None


def rank_in(head: str) -> str | None:
    """The rank of whom an organisation obeys: 在区委、区政府的领导下 is said by a district's bureau."""
    found = re.search(r"(?:在|按照|围绕|落实)(?:[^。]{0,30}?)(省|市|区|县|旗|州)委[、和]?(?:\1(?:人民)?政府)", head)
    return found.group(1) if found else None
