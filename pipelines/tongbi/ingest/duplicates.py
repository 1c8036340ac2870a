"""Which sources are copies of which: the same text, or nearly, in another file or format."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib

import polars as pl

ORDER = {"text": 0, "docx": 1, "html": 2, "pdf": 3}
SQUEEZE = re.compile(r"[\s\u3000\u200b\ufeff，。、；：！？“”‘’（）()《》【】—…·,.;:!?\"'-]+")
MASKED = re.compile(r"[0-9０-９xXｘＸ×＊*●○]+")
MASK = re.compile(r"(?<![A-Za-z])[xXｘＸ×＊●○]+(?![A-Za-z])")
SHINGLE, HASHES = 8, 48
NEAR = 0.8


def signature(text: str) -> dict[str, object]:
    """Small facts of a text, enough to find its copies: hashes, a min-hash sketch, how much of it is masked."""
    bare = SQUEEZE.sub("", text)
    plain = MASKED.sub("#", bare)
    step = max(1, len(plain) // 3000)
    sketch = sorted({zlib.crc32(plain[i : i + SHINGLE].encode()) for i in range(0, max(1, len(plain) - SHINGLE), 1) if _kept(plain, i, step)})[:HASHES * 8]
    return {
        "text_hash": _hash(bare),
        "masked_hash": _hash(plain),
        "sketch": struct.pack(f"<{len(sketch)}I", *sketch).hex(),
        "masks": len(MASK.findall(text)),
        "digits": sum(c.isdigit() for c in bare),
        "chars": len(plain),
        "figures": _hash("|".join(re.findall(r"[0-9.]+", text)[:400])),
        "numbers": len(re.findall(r"[0-9.]+", text)),
    }


def _kept(text: str, i: int, step: int) -> bool:
    """A sample of places that depends on what stands there, not on where, so that two copies sample alike."""
    return step == 1 or ord(text[i]) % step == 0


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _sketch(text: str) -> frozenset[int]:
    data = bytes.fromhex(text)
    return frozenset(struct.unpack(f"<{len(data) // 4}I", data))


def mark(sources: pl.DataFrame) -> pl.DataFrame:
    """Sets `status` duplicate and `duplicate_of`. In: sources with the columns of `signature`, and `in_manifest`.

    Of copies the one in the manifest loads, else text before docx before html before pdf, else the first path. A redacted
    and an unredacted copy both load.
    """
    loaded = sources.filter(pl.col("status") == "loaded").with_columns(
        rank=pl.col("format").replace_strict(ORDER, default=9, return_dtype=pl.Int64)
    ).sort(pl.col("in_manifest").not_(), "rank", "path")  # fmt: skip
    kept: list[dict] = []
    by_shingle: dict[int, list[int]] = {}
    copies: dict[str, str] = {}
    for row in loaded.iter_rows(named=True):
        row["set"] = _sketch(row["sketch"])
        twin = _twin(row, kept, by_shingle)
        if twin is not None:
            copies[row["source_id"]] = twin
            continue
        for shingle in list(row["set"])[:64]:
            by_shingle.setdefault(shingle, []).append(len(kept))
        kept.append(row)
    table = pl.DataFrame({"source_id": list(copies), "copy_of": list(copies.values())}, schema={"source_id": pl.String, "copy_of": pl.String})
    return sources.join(table, on="source_id", how="left", maintain_order="left").with_columns(
        status=pl.when(pl.col("copy_of").is_not_null()).then(pl.lit("duplicate")).otherwise("status"), duplicate_of="copy_of"
    ).drop("copy_of")  # fmt: skip


def _twin(row: dict, kept: list[dict], by_shingle: dict[int, list[int]]) -> str | None:
    """The source that a row copies."""
    votes: dict[int, int] = {}
    for shingle in row["set"]:
        for k in by_shingle.get(shingle, ()):
            votes[k] = votes.get(k, 0) + 1
    for k in sorted(votes, key=votes.__getitem__, reverse=True)[:5]:
        other = kept[k]
        both = len(row["set"] & other["set"])
        like = both / max(1, min(len(row["set"]), len(other["set"])))
        size = min(row["chars"], other["chars"]) / max(1, row["chars"], other["chars"])
        if like >= NEAR and size >= 0.6 and _same_redaction(row, other) and _same_figures(row, other, like):
            return other["source_id"]
    return None


def _same_redaction(a: dict, b: dict) -> bool:
    """Masks where the other has figures make two copies of one report that both load."""
    return abs(a["masks"] - b["masks"]) <= max(3, 0.1 * max(a["masks"], b["masks"]))


def _same_figures(a: dict, b: dict, like: float) -> bool:
    """Two years of one office share their words, not their figures."""
    return a["figures"] == b["figures"] or like >= 0.97 or abs(a["numbers"] - b["numbers"]) <= 0.1 * max(a["numbers"], b["numbers"]) and like >= 0.9
