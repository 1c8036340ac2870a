"""Extraction against gold rows, as the annotation guide judges them: figures by field for a text."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
from segmenting import split

from tongbi.extract import mentions, observations
from tongbi.ingest import read_text

Row = dict[str, Any]
NUMERAL = re.compile("[0-9０-９xXｘＸ×＊○零〇一二两三四五六七八九十百千万亿半]")
MASKED = re.compile(r"(?<![A-Za-z])[xXｘＸ＊●]+(?![A-Za-z])|(?<!\d)×|×(?!\d)")
UNITS = {"千米": "公里", "平方": "平方米", "％": "%"}
CONTRAST = re.compile("进出口|进口|出口|城镇|农村|限额以上|规模以上|新增")


def found(*texts: str, paths: list[str] | None = None) -> pl.DataFrame:
    """The ledger of some texts with what their figures say: one row per mention and subject, `source_id` s000, s001 …"""
    source, documents, sections = split(*texts, paths=paths)
    ledger = mentions(source, documents, sections)
    facts = observations(ledger, source, documents, sections).drop("document_id", "section_id")
    return ledger.rename({"_source_id": "source_id"}).join(facts, on="mention_id", how="left", maintain_order="left")


def gold_rows(path: Path) -> list[Row]:
    """The rows of one gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def text_of(path: Path) -> str:
    """A file as the pipeline reads it."""
    return read_text(path.read_bytes(), path.name).text


def _plain(words: str | None) -> str:
    words = unicodedata.normalize("NFKC", words or "").lower().replace("规上", "规模以上").replace("限上", "限额以上")
    return re.sub(r"[\s“”\"'‘’《》（）()、，,。·\-—的]", "", words)


def _pairs(words: str) -> list[str]:
    return [words[i : i + 2] for i in range(len(words) - 1)] or [words]


def same_name(want: str, got: str | None) -> bool:
    """The same words, one inside the other, or most pairs of characters shared; never across a contrast such as 进口 and 出口."""
    a, b = _plain(want), _plain(got)
    if not b or set(CONTRAST.findall(a)) != set(CONTRAST.findall(b)):
        return a == b
    short, long = sorted((a, b), key=len)
    if len(short) >= 2 and short in long and len(long) <= 3 * len(short):
        return True
    x, y = _pairs(a), _pairs(b)
    return 2 * sum(min(x.count(t), y.count(t)) for t in set(x)) / (len(x) + len(y)) >= 0.6


def _unit(unit: str | None, kind: str) -> str | None:
    if kind == "ranking":
        return "位"
    unit = UNITS.get(unit or "", unit)
    return "人" if kind == "count" and unit in ("位", "名") else unit


def judge(gold: Row, got: Row) -> dict[str, bool]:
    """Field by field: does an observation say what a gold row says? Both are of the same numeral."""
    sign = -1 if gold["direction"] == "down" and gold["basis"] != "none" else 1
    scale = Decimal(str(gold["multiplier"])) * sign
    hidden, ranged = gold["mask"] is not None, isinstance(gold["value"], list)

    def close(column: str, want: Any) -> bool:
        return got[column] is not None and abs(got[column] - Decimal(str(want)) * scale) <= Decimal("1e-6")

    if hidden:
        value = got["value"] is None
    elif ranged:
        low, high = sorted(gold["value"], reverse=sign < 0)
        value = close("value_low", low) and close("value_high", high)
    else:
        value = close("value", gold["value"])
    bound = {gold["approx"]} | ({"range"} if ranged or (hidden and re.search(r"[x\d][-—~～至][x\d]", gold["mask"])) else set())
    ok = {
        "span": (got["char_start"], got["char_end"]) == (gold["start"], gold["end"]),
        "kind": got["kind"] == gold["kind"],
        "redacted": (got["obs_status"] == "Q") == hidden,
        "value": value,
        "unit": _unit(got["unit"], got["kind"]) == _unit(gold["unit"], gold["kind"]),
        "approximation": got["approximation"] in bound,
        "direction": (got["change_direction"] or "none") == gold["direction"],
        "basis": (got["change_basis"] or "none") == gold["basis"],
        "scenario": got["scenario"] == gold["status"],
        "period_year": got["period_year"] == gold["period_year"],
        "period_type": got["period_type"] == gold["period_type"],
        "name": same_name(gold["name"], got["indicator_name"]),
    }
    if gold["kind"] == "ranking":
        ok["scope"] = _plain(got["rank_scope"]) == _plain(gold.get("scope"))
    return ok


class Score:
    """Counts of right and all, by field; several texts may be added up."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.wrong: list[str] = []

    def count(self, field: str, ok: bool) -> None:
        self.counts[field][0] += ok
        self.counts[field][1] += 1

    def __getitem__(self, field: str) -> float:
        right, of = self.counts[field]
        return right / of if of else 1.0

    def add(self, text: str, rows: list[Row], gold: list[Row]) -> None:
        """One text: its found rows (mention × subject) and its gold rows; only lines that the gold covers count."""
        lines, place, spans = {g["line"] for g in gold}, 0, []
        for number, line in enumerate(text.split("\n"), 1):
            if number in lines:
                spans.append((place, place + len(line)))
            place += len(line) + 1
        here: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if any(a <= row["char_start"] < b for a, b in spans):
                here[row["mention_id"]].append(row)
        heads = [subjects[0] for subjects in here.values()]
        owner: dict[int, Row] = {}
        for head in heads:
            self.count("spans_true", text[head["char_start"] : head["char_end"]] == head["surface"])
            for i in self._core(text, head["char_start"], head["char_end"]):
                owner.setdefault(i, head)
        self._ledger(text, spans, heads)
        used = set()
        for g in gold:
            at = [owner[i]["mention_id"] for i in self._core(text, g["start"], g["end"]) if i in owner]
            mention = max(set(at), key=at.count) if at else None
            disposition = here[mention][0]["disposition"] if mention else "word"
            self.count("disposition", disposition == g["disposition"])
            if g["disposition"] != "indicator":
                continue
            hit = mention is not None and disposition == "indicator" and mention not in used
            self.count("recall", hit)
            if hit:
                used.add(mention)
                self._judged(g, [judge(g, s) for s in here[mention]])
            else:
                self.count("record", False)
        for head in heads:
            if head["disposition"] == "indicator" and self._core(text, head["char_start"], head["char_end"]):
                self.count("precision", head["mention_id"] in used)

    def _judged(self, gold: Row, judged: list[dict[str, bool]]) -> None:
        best = max(judged, key=lambda ok: sum(ok.values()))
        for field, ok in best.items():
            self.count(field, ok)
        self.count("record", all(ok for field, ok in best.items() if field != "span"))
        if not all(best.values()):
            self.wrong.append(f"{gold['surface']} (line {gold['line']}): {', '.join(f for f, ok in best.items() if not ok)}")

    def _ledger(self, text: str, spans: list[tuple[int, int]], heads: list[Row]) -> None:
        cover: dict[int, int] = defaultdict(int)
        for head in heads:
            for i in range(head["char_start"], head["char_end"]):
                cover[i] += 1
            if MASKED.search(head["surface"]):
                self.count("no_invented_number", head["value"] is None and head["value_low"] is None and head["value_high"] is None)
        for a, b in spans:
            for m in re.finditer(r"[0-9０-９]|(?<![A-Za-z])[xX×＊]+(?![A-Za-z])", text[a:b]):
                self.count("ledger", cover[a + m.start()] == 1)
        self.count("no_overlap", all(n == 1 for n in cover.values()))

    @staticmethod
    def _core(text: str, start: int, end: int) -> list[int]:
        return [i for i in range(start, end) if NUMERAL.match(text[i])]

    @property
    def f1(self) -> float:
        """Of indicators: harmonic mean of precision and recall."""
        return 2 * self["precision"] * self["recall"] / max(1e-9, self["precision"] + self["recall"])
