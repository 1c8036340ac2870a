"""Places by name: which level a 市 or a 区 has, and which place a folder or file is named after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import PurePosixPath

from tongbi.segment.lines import rows, table

ENDINGS = "特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|州|盟|县|区|旗"


@dataclass(frozen=True)
class Place:
    """A place as it is named and its level (`national` `province` `city` `county` `township`)."""

    name: str
    level: str | None


@cache
def gazetteer() -> dict[str, Place]:
    """Full and short names of provinces and of what lies directly below them."""
    places: dict[str, Place] = {"全国": Place("全国", "national"), "中国": Place("全国", "national")}
    for row in rows("places.csv"):
        place = Place(row["name"], row["level"])
        places[row["name"]] = place
        places.setdefault(row["short"], place)
    for row in rows("places.csv"):
        if row["name"].endswith("自治州"):
            places.setdefault(f"{row['short']}州", Place(row["name"], "city"))
    return places


def level_of(ending: str) -> str | None:
    """The level that the ending of a name stands for."""
    for row in table("facts.toml")["level"]:
        if re.search(row["pattern"], ending):
            return str(row["level"])
    return None


def look_up(name: str) -> Place:
    """The place of that name, its level from the gazetteer, else from its ending (an unlisted 市 is county-level)."""
    known = gazetteer().get(name)
    if known:
        return known
    parts = re.findall(rf"(?:{table('facts.toml')['mask']}|[一-鿿]{{2,}}?)(?:{ENDINGS})", name)
    if len(parts) > 1 and "".join(parts) == name:
        return look_up(parts[-1])
    masked = re.match(table("facts.toml")["mask"], name)
    if name.endswith("市") and not masked:
        return Place(name, "county")
    return Place(name, level_of(name))


@lru_cache(maxsize=64)
def names_in_path(path: str) -> tuple[str, ...]:
    """The name of a file without its ending, then those of the folders above it."""
    pure = PurePosixPath(path)
    return (pure.stem, *reversed(pure.parent.parts))


def places_in_path(path: str) -> Place | None:
    """The place that a file, or else a folder above it, is named after."""
    return next(filter(None, map(place_in_name, names_in_path(path))), None)


@lru_cache(maxsize=1024)
def place_in_name(part: str) -> Place | None:
    """The place that a file or folder of that name is named after."""
    for token in re.split(r"[_\-\s.（）()]+", re.sub(r"(?:19|20)\d\d年?", " ", part)):
        name = re.sub(r"(?:人民)?(?:政府)?(?:工作)?(?:报告|总结).*$", "", token)
        if name in gazetteer():
            return gazetteer()[name]
        if len(name) >= 3 and re.fullmatch(r"[一-鿿]+(?:省|市|州|盟|县|区|旗)", name):
            return look_up(name)
    return None
