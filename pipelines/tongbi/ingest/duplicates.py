"""Which sources are copies of which: the same text, or nearly, in another file or format."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections import Counter
from typing import Any

import polars as pl

ORDER = {"text": 0, "docx": 1, "html": 2, "pdf": 3}
STOPS = "，。；：！、"
BLANKS = "\u3000\u00a0\u200b\ufeff"
MASKS = "xXｘＸ×＊*●○"
MASK = re.compile(r"(?<![A-Za-z])[xXｘＸ×＊●○]+(?![A-Za-z])|(?<=\d)\*+|\*+(?=[0-9%])")
WIDE = {0xFF10 + i: str(i) for i in range(10)} | {0xFF0E: "."}
NUMERALS = b"0123456789.xX*"
ASCII_BLANKS = b" \t\r\n\x0b\x0c"
FIGURES_ONLY = bytes(i if chr(i) in "0123456789." else 32 for i in range(256))
SKETCH, FIGURES = 256, 96  # how many of the least hashes of clauses and figures are kept
NEAR = 0.75  # likeness of two scrapes of one report, figures aside
TWIN = 0.5  # likeness of a redacted copy, in which names are masked too
ENOUGH = 4_000_000  # code points that are looked at; a longer file is known by its bytes or its beginning
FEW = 6  # signs below which a text is not called masked
CROWD = 300  # sources that share a clause above which it is a set phrase and tells nothing

COLUMNS = {"text_hash": pl.String, "sketch": pl.String, "clauses": pl.Int64, "figures": pl.String, "masks": pl.Int64, "top_year": pl.Int64}


def signature(text: str) -> dict[str, Any]:
    """Small facts of a text, enough to find its copies.

    `text_hash` of the text without blanks; `sketch`, the least hashes of its clauses without numerals and masks, and how many
    different `clauses` there are; `figures`, the same of its figures; how many `masks`; the year it names most (`top_year`).
    Replacing in strings and translating bytes is several times as fast as regular expressions here.
    """
    text = text if len(text) <= ENOUGH else text[:ENOUGH]
    bare = text.translate(WIDE) if "０" in text or "１" in text else text
    for blank in BLANKS:
        bare = bare.replace(blank, "")
    encoded = bare.encode("utf-8", "surrogatepass")
    numbers = encoded.translate(FIGURES_ONLY).split()
    years = Counter(n for n in numbers if len(n) == 4 and n[:2] in (b"19", b"20") and n.isdigit()).most_common(1)
    figures = {zlib.crc32(n) for n in set(numbers) if len(n) >= 3 and not (len(n) == 4 and n[:2] in (b"19", b"20"))}
    clauses = bare
    for stop in STOPS:
        clauses = clauses.replace(stop, "\n")
    for mask in MASKS[2:]:
        clauses = clauses.replace(mask, "")
    pieces = clauses.encode("utf-8", "surrogatepass").translate(None, NUMERALS + b" \t\r\x0b\x0c").split(b"\n")
    hashes = set(map(zlib.crc32, pieces)) - {0}
    return {
        "text_hash": hashlib.blake2b(encoded.translate(None, ASCII_BLANKS), digest_size=16).hexdigest(),
        "sketch": _packed(hashes, SKETCH),
        "clauses": len(hashes),
        "figures": _packed(figures, FIGURES),
        "masks": sum(1 for _ in MASK.finditer(text)) if sum(map(text.count, MASKS)) >= FEW else 0,
        "top_year": int(years[0][0]) if years else None,
    }


def _packed(hashes: set[int], size: int) -> str:
    least = sorted(hashes)[:size]
    return struct.pack(f">{len(least)}I", *least).hex()


def _unpacked(text: str) -> list[int]:
    return list(struct.unpack(f">{len(text) // 8}I", bytes.fromhex(text)))


def mark(sources: pl.DataFrame) -> pl.DataFrame:
    """Say which sources are copies. In: one row a source with `sha256`, `format`, `path`, `in_manifest` and COLUMNS.

    Out: the same with `status` duplicate and `duplicate_of`, and `same_text_as`: for a redacted copy the source_id of the same
    text unredacted. Of copies the one in the manifest loads, else text before docx before html before pdf, else the first
    path. A redacted and an unredacted copy both load. Two reports that share their wording and not their figures are none.
    """
    rank = pl.col("format").replace_strict(ORDER, default=9, return_dtype=pl.Int64)
    order = sources.filter(pl.col("status") == "loaded").sort(pl.col("in_manifest").not_(), rank, "path")
    shelf = Shelf()
    for row in order.iter_rows(named=True):
        shelf.put(row)
    told = {"source_id": pl.String, "copy_of": pl.String, "same_text_as": pl.String}
    ids = sorted(shelf.copies.keys() | shelf.twins.keys())
    table = pl.DataFrame([(i, shelf.copies.get(i), shelf.twins.get(i)) for i in ids], schema=told, orient="row")
    copied = pl.col("copy_of").is_not_null()
    return sources.join(table, on="source_id", how="left", maintain_order="left").with_columns(
        status=pl.when(copied).then(pl.lit("duplicate")).otherwise("status"), duplicate_of="copy_of"
    ).drop("copy_of")  # fmt: skip


class Shelf:
    """The sources that load, found by their bytes, their text or their clauses."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []
        self.exact: dict[str, str] = {}
        self.by_clause: dict[int, list[int]] = {}
        self.copies: dict[str, str] = {}
        self.twins: dict[str, str] = {}

    def put(self, row: dict[str, Any]) -> None:
        """Keep a source, or note what it copies."""
        name = row["source_id"]
        known = self.exact.get(row["sha256"] or "") or self.exact.get(row["text_hash"])
        row["clause_set"], row["figure_set"] = _unpacked(row["sketch"]), _unpacked(row["figures"])
        if known is None:
            alike = self.alike(row)
            known = next((other["source_id"] for like, other in alike if is_copy(row, other, like)), None)
            twin = next((other for like, other in alike if is_redaction(row, other, like)), None) if known is None else None
            if twin is not None:
                hidden, shown = (row, twin) if row["masks"] > twin["masks"] else (twin, row)
                self.twins.setdefault(hidden["source_id"], shown["source_id"])
        if known is not None:
            self.copies[name] = known
            return
        self.exact[row["sha256"] or name] = self.exact[row["text_hash"]] = name
        for clause in row["clause_set"]:
            places = self.by_clause.setdefault(clause, [])
            if len(places) <= CROWD:
                places.append(len(self.kept))
        self.kept.append(row)

    def alike(self, row: dict[str, Any]) -> list[tuple[float, dict[str, Any]]]:
        """Sources that share clauses with a row and their likeness, the likest first."""
        votes: Counter[int] = Counter()
        for clause in row["clause_set"]:
            places = self.by_clause.get(clause, ())
            if len(places) <= CROWD:
                votes.update(places)
        found = [(likeness(row["clause_set"], self.kept[k]["clause_set"], SKETCH), self.kept[k]) for k, _ in votes.most_common(8)]
        return sorted(found, key=lambda pair: -pair[0])


def likeness(a: list[int], b: list[int], size: int) -> float:
    """The share that two sets have in common (Jaccard), estimated from their least hashes."""
    least = sorted({*a, *b})[:size]
    both = {*a} & {*b}
    return sum(h in both for h in least) / len(least) if least else 0.0


def _same_redaction(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(abs(a["masks"] - b["masks"]) <= max(3, 0.1 * max(a["masks"], b["masks"])))


def _same_year(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return a["top_year"] is None or b["top_year"] is None or a["top_year"] == b["top_year"]


def is_copy(a: dict[str, Any], b: dict[str, Any], like: float) -> bool:
    """Whether two texts are one report: the same words, figures and redaction. Two years of one office share their words."""
    if like < NEAR or not _same_redaction(a, b) or not _same_year(a, b):
        return False
    if min(len(a["figure_set"]), len(b["figure_set"])) < 5:
        return like >= 0.9 and sorted(a["figure_set"]) == sorted(b["figure_set"])
    return likeness(a["figure_set"], b["figure_set"], FIGURES) >= NEAR


def is_redaction(a: dict[str, Any], b: dict[str, Any], like: float) -> bool:
    """Whether one of two texts is the other with its figures hidden."""
    return like >= TWIN and abs(a["masks"] - b["masks"]) > max(3, 0.3 * max(a["masks"], b["masks"])) and _same_year(a, b)
