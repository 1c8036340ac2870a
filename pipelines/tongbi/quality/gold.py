"""Extraction against the project's own gold set: precision, recall and field accuracy by kind.

The gold set is files of `tests/gold` beside the project: one JSON row per numeral, each naming its text. Where it is not there, as in an
installed package, nothing is measured and the report says so.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from rapidfuzz import fuzz

from tongbi import segment
from tongbi.extract import mentions as read_mentions
from tongbi.extract import observations as read_observations
from tongbi.ingest import read_text
from tongbi.ingest.pack import texts_schema
from tongbi.quality.verdict import Run
from tongbi.settings import PROJECT_ROOT, Settings
from tongbi.validate.codes import KINDS

FOLDER = PROJECT_ROOT / "tests" / "gold"
SAME = {"approximation": "approx", "change_direction": "direction", "change_basis": "basis", "scenario": "status", "period_year": "period_year",
        "period_type": "period_type", "kind": "kind"}  # fmt: skip
UNITS = {"千米": "公里", "平方": "平方米"}
NUMERAL = re.compile("[0-9０-９xXｘＸ×＊●○〇一二两三四五六七八九十百千万亿半]")
PEOPLE = {"位": "人", "名": "人"}

Row = dict[str, Any]


def metrics(settings: Settings, run: Run, folder: Path = FOLDER) -> dict[str, float | None]:
    """Figures named `gold.…`; empty where there is no gold set. Measured once for the same code, rules and gold set, then remembered."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        return {}
    digest = hashlib.sha256("\0".join((run.code_version, run.rules_version)).encode())
    for path in files:
        digest.update(path.read_bytes())
    memory = settings.history_dir / "gold.json"
    key = digest.hexdigest()
    try:
        kept = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = {}
    if kept.get("key") != key:
        kept = {
            "key": key,
            "metrics": measure([json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]),
        }
        memory.parent.mkdir(parents=True, exist_ok=True)
        temporary = memory.with_suffix(f".tmp{os.getpid()}")
        temporary.write_text(json.dumps(kept), encoding="utf-8")
        os.replace(temporary, memory)
    return dict(kept["metrics"])


def measure(gold: list[Row]) -> dict[str, float | None]:
    """Extract the texts that gold rows name and compare numeral by numeral."""
    by_text: dict[str, list[Row]] = defaultdict(list)
    for row in gold:
        by_text[row["text"]].append(row)
    count: Counter[str] = Counter()
    for path, found in read(sorted(by_text)).items():
        compare(by_text[path], found, count)
    return rates(count)


def read(paths: list[str]) -> dict[str, list[Row]]:
    """Mentions of each text with their observations as `subjects`."""
    rows = []
    for path in paths:
        text = read_text((PROJECT_ROOT / path).read_bytes(), Path(path).name)
        spans = [{"char_start": s, "char_end": e} for s, e in text.chrome_spans]
        rows.append({"source_id": path, "path": path, "batch": "gold", "format": text.format, "text": text.text, "chrome_spans": spans})
    texts = pl.DataFrame(rows, schema={**texts_schema(), "manifest_delivered_on": pl.Date}) if rows else pl.DataFrame()
    documents = segment.documents(texts)
    sections = segment.sections(texts, documents)
    mentions = read_mentions(texts, documents, sections)
    subjects: dict[str, list[Row]] = defaultdict(list)
    for row in read_observations(mentions, texts, documents, sections).to_dicts():
        subjects[row["mention_id"]].append(row)
    placed = mentions.join(documents.select("document_id", "source_id"), on="document_id", how="left", maintain_order="left")
    found: dict[str, list[Row]] = {path: [] for path in paths}
    for row in placed.select("source_id", "mention_id", "char_start", "char_end", "surface", "disposition").to_dicts():
        found[row["source_id"]].append({**row, "subjects": subjects[row["mention_id"]]})
    return found


def compare(gold: list[Row], found: list[Row], count: Counter[str]) -> None:
    """Count agreements of one text into `count`; a mention answers one gold row only."""
    at = {i: row for row in found for i in range(row["char_start"], row["char_end"])}
    used: set[str] = set()
    for row in gold:
        over = Counter(at[i]["mention_id"] for i in range(row["start"], row["end"]) if i in at)
        mention = (
            at[next(i for i in range(row["start"], row["end"]) if i in at and at[i]["mention_id"] == over.most_common(1)[0][0])]
            if over
            else None
        )
        seen = mention["disposition"] if mention else "word"
        count["numerals"] += 1
        count["disposition"] += seen == row["disposition"]
        if row["disposition"] != "indicator":
            continue
        kind = row["kind"]
        count[f"gold/{kind}"] += 1
        if mention is None or seen != "indicator" or mention["mention_id"] in used or not mention["subjects"]:
            continue
        used.add(mention["mention_id"])
        count[f"hit/{kind}"] += 1
        verdicts = max((judge(row, subject) for subject in mention["subjects"]), key=lambda v: sum(v.values()))
        for field, right in verdicts.items():
            count[f"asked/{field}/{kind}"] += 1
            count[f"right/{field}/{kind}"] += right
        count[f"record/{kind}"] += all(verdicts.values())
    for mention in found:  # 首位, 持平 hold no numeral: the gold has no row for them
        if (
            mention["disposition"] == "indicator"
            and mention["mention_id"] not in used
            and mention["subjects"]
            and NUMERAL.search(mention["surface"])
        ):
            count[f"extra/{mention['subjects'][0]['kind']}"] += 1


def judge(gold: Row, fact: Row) -> dict[str, bool]:
    """Field by field, whether an observation says what a gold row says."""
    right = {ours: (fact[ours] or "none") == (gold[theirs] or "none") for ours, theirs in SAME.items()}
    right["value"] = _value(gold) == ((fact["value_low"], fact["value_high"]) if isinstance(gold["value"], list) else fact["value"])
    right["redacted"] = fact["is_redacted"] == (gold["mask"] is not None)
    right["unit"] = _unit(fact["unit"], gold["kind"]) == _unit(gold["unit"], gold["kind"])
    right["name"] = _alike(gold["name"] or "", fact["indicator_name"] or "")
    if gold["kind"] == "ranking":
        right["rank_scope"] = (fact["rank_scope"] or "") == (gold.get("scope") or "")
    return right


def _value(gold: Row) -> Any:
    """The gold value signed and scaled; a range as its ends; None where redacted."""
    scale = Decimal(str(gold["multiplier"])) * (-1 if gold["direction"] == "down" and gold["basis"] != "none" else 1)
    if gold["mask"] is not None or gold["value"] is None:
        return None
    if isinstance(gold["value"], list):
        return tuple(sorted(Decimal(str(v)) * scale for v in gold["value"]))
    return Decimal(str(gold["value"])) * scale


def _unit(unit: str | None, kind: str) -> str | None:
    unit = UNITS.get(unit or "", unit)
    return PEOPLE.get(unit or "", unit) if kind == "count" else "位" if kind == "ranking" else unit


def _alike(wanted: str, name: str) -> bool:
    """The same thing in about the same words."""
    return bool(name) and (
        wanted == name or fuzz.ratio(wanted, name) >= 60 or (min(len(wanted), len(name)) >= 2 and (wanted in name or name in wanted))
    )


def rates(count: Counter[str]) -> dict[str, float | None]:
    """Counts -> shares, for all kinds together and for each."""
    out: dict[str, float | None] = {
        "gold.numerals": float(count["numerals"]),
        "gold.disposition": _share(count["disposition"], count["numerals"]),
    }
    fields = sorted({key.split("/")[1] for key in count if key.startswith("asked/")})
    for name, kinds in (("", KINDS), *((f".{k}", (k,)) for k in KINDS)):
        total = {part: sum(count[f"{part}/{k}"] for k in kinds) for part in ("gold", "hit", "extra", "record")}
        out[f"gold.indicators{name}"] = float(total["gold"])
        out[f"gold.precision{name}"] = _share(total["hit"], total["hit"] + total["extra"])
        out[f"gold.recall{name}"] = _share(total["hit"], total["gold"])
        out[f"gold.record{name}"] = _share(total["record"], total["gold"])
        for field in fields:
            right, asked = (sum(count[f"{part}/{field}/{k}"] for k in kinds) for part in ("right", "asked"))
            out[f"gold.field.{field}{name}"] = _share(right, asked)
    return out


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None
