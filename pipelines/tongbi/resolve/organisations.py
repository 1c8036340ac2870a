"""Who a report is of, over the years: one id for an organisation under all its names, and which reports are the same.

The id is region and office, `青澜区/transport`: an office of data/organisations.csv under any of its names, else the name itself. A masked
region (`xx区`) is not a place: its reports join only within one folder, with the same pattern and office, and no two of one year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import polars as pl

from tongbi.resolve.catalogue import DATA, rows
from tongbi.resolve.regions import codes

MASK = re.compile(r"[xXｘＸ×＊*●○某]")
RANK = "[省市区县州旗盟乡镇]"
ENDINGS = "(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|州|盟|县|区|旗)"


@cache
def offices() -> dict[str, str]:
    """Name of an office without its place -> the office."""
    found: dict[str, str] = {}
    for row in rows(DATA / "organisations.csv"):
        for name in row["names"].split("|"):
            found.setdefault(name, row["office"])
    return found


def office(organisation: str | None, region: str | None, kind: str | None, level: str | None) -> str | None:
    """The part of the id that says which organisation of its region it is; None where nothing is known of it."""
    if kind == "government" or (kind == "township" and level == "township"):
        return "government"
    if not organisation:
        return None
    name = re.sub(r"[\s（）()]", "", organisation)
    for prefix in (region or "", *_tails(region)):
        if prefix and name.startswith(prefix) and len(name) - len(prefix) > 1:
            name = name[len(prefix) :]
            break
    known = offices()
    name = next((n for n in (name, _without_place(name)) if n in known), _without_place(name))
    return known.get(name, name)


def _tails(region: str | None) -> list[str]:
    """The last parts of a region's name: 枫屿县 of 某市枫屿县."""
    return re.findall(rf".+?{ENDINGS}", region or "")[-1:]


def _without_place(name: str) -> str:
    """A name without the masked or abbreviated place before it: xx区, 区, 我."""
    cut = re.sub(rf"^(?:[xXｘＸ×＊*●○某]{{1,4}}{RANK}?|[我本该]?{RANK})(?=.{{2,}})", "", name)
    return re.sub(rf"^[一-鿿]{{2,8}}?{ENDINGS}(?=.{{3,}})", "", cut) if cut == name else cut


def organisations(documents: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """All documents -> the same rows with `organisation_id`, `region_code`, `same_report_as`, and `organisation_evidence`.

    In: the contract's columns of documents and `evidence`; sources with `source_id, path, batch, same_text_as`.
    """
    about = {row["source_id"]: row for row in sources.iter_rows(named=True)}
    full = _full_regions(documents, about)
    found = [_identity(row, about.get(row["source_id"], {}), full) for row in documents.iter_rows(named=True)]
    found = _apart(documents, found)
    same = _same_reports(documents, found, about)
    code = codes()
    return documents.with_columns(
        organisation_id=pl.Series([f[0] for f in found], dtype=pl.String),
        region_code=pl.Series([code.get(r or "") for r in documents["region"]], dtype=pl.String),
        same_report_as=pl.Series(same, dtype=pl.String),
        organisation_evidence=pl.Series([f[1] for f in found], dtype=pl.String),
    )


def _full_regions(documents: pl.DataFrame, about: dict[str, Any]) -> dict[tuple[str, str], str]:
    """(batch, township without its county) -> the one full name the batch has for it."""
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in documents.iter_rows(named=True):
        region, batch = row["region"], (about.get(row["source_id"]) or {}).get("batch") or ""
        parts = re.findall(r"[一-鿿]+?(?:县|区|旗|市)(?=[一-鿿]{2,}(?:街道|乡|镇|苏木)$)", region or "")
        if row["level"] == "township" and parts:
            names[batch, (region or "")[len(parts[0]) :]].add(region)
    return {key: next(iter(found)) for key, found in names.items() if len(found) == 1}


def _identity(row: dict[str, Any], source: dict[str, Any], full: dict[tuple[str, str], str]) -> tuple[str | None, str]:
    """The id of one document's organisation and what it rests on."""
    region, evidence = row["region"], []
    longer = full.get((source.get("batch") or "", region or ""))
    if longer and longer != region:
        evidence.append(f"{region} is the only township of that name in its batch: {longer}")
        region = longer
    what = office(row["organisation"], region, row["organisation_type"], row["level"])
    if what is None and region is None:
        return None, "neither organisation nor region is known"
    if what is None:
        what = f"{row['organisation_type'] or 'other'}:{row['sector'] or 'general'}"
        evidence.append("no name: by type and sector")
    if region and MASK.search(region) is None:
        evidence.insert(0, "region and office" if "manifest" not in (row.get("evidence") or "") else "manifest")
        return f"{region}/{what}", "; ".join(evidence)
    if (
        region is None
        and row["organisation"]
        and MASK.search(row["organisation"]) is None
        and re.match(rf"[一-鿿]{{2,}}{ENDINGS}", row["organisation"])
    ):
        return f"{row['organisation']}/{what}", "the organisation's name"
    folder = str(PurePosixPath(source.get("path") or "").parent)
    where = folder if folder not in (".", "") else (source.get("path") or row["source_id"])
    pattern = (region or "?").lower()
    evidence.append(f"masked: {pattern} in {where}")
    return f"{pattern}@{where}/{what}", "; ".join(evidence)


def _apart(documents: pl.DataFrame, found: list[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    """Masked reports that one folder has twice for a year cannot be told apart: each then stands for itself."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, (identity, evidence) in enumerate(found):
        if identity and "masked: " in evidence:
            groups[identity].append(i)
    out = list(found)
    for identity, members in groups.items():
        years = [documents["report_year"][i] for i in members]
        alone = len(members) == 1 or len(set(years)) < len(years) or None in years
        for i in members:
            evidence = found[i][1]
            if alone:
                what = identity.rsplit("/", 1)
                out[i] = (f"{what[0]}#{documents['document_id'][i]}/{what[1]}" if len(members) > 1 else identity, f"{evidence}; alone")
            else:
                out[i] = (identity, f"{evidence}; joined over {len(members)} reports by folder, pattern and office")
    return out


def _same_reports(documents: pl.DataFrame, found: list[tuple[str | None, str]], about: dict[str, Any]) -> list[str | None]:
    """For each document the one it is another copy of: the source it shares its text with, or the same report of another source.

    Two reports are the same where organisation, type, year reviewed and day (as far as known) agree and the sources differ.
    """
    first: dict[tuple[Any, ...], tuple[str, str]] = {}
    of_source: dict[str, list[int]] = defaultdict(list)
    for i, source in enumerate(documents["source_id"]):
        of_source[source].append(i)
    out: list[str | None] = [None] * documents.height
    order = sorted(
        range(documents.height), key=lambda i: ((about.get(documents["source_id"][i]) or {}).get("path") or "", documents["char_start"][i])
    )
    masks = {i: (about.get(documents["source_id"][i]) or {}).get("masks") or 0 for i in order}
    for i in sorted(order, key=lambda i: masks[i]):
        row = documents.row(i, named=True)
        twin = (about.get(row["source_id"]) or {}).get("same_text_as")
        if twin and len(of_source.get(twin, ())) == len(of_source[row["source_id"]]):
            out[i] = documents["document_id"][of_source[twin][of_source[row["source_id"]].index(i)]]
            continue
        key = (found[i][0], row["report_type"], row["report_year"], row["plan_year"])
        if found[i][0] is None or row["report_year"] is None or row["report_type"] == "other":
            continue
        known = first.setdefault(key, (row["document_id"], row["source_id"]))
        if known[1] != row["source_id"]:
            out[i] = known[0]
    return out
