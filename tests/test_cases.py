"""The public suites of other readers of Chinese numerals, by an adapter from our rows to each suite's way of marking.

The cases are data beside the project and not part of it: without them these tests are skipped. What an adapter does: choose the kind
that a suite labels, and shift the ends of a span as the suite has them (without the measure word, with 不小于). What it never does:
read a number itself.
"""

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from frames import frames

from tongbi.extract import mentions, observations
from tongbi.extract.changes import bounds
from tongbi.extract.context import sentences
from tongbi.extract.leads import leads
from tongbi.extract.lexicon import unit_names, units
from tongbi.extract.spoken import chinese, side

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.exists(), reason=f"the suites' cases are not there ({CASES})")

# What each suite must reach: share of spans, and of spans with their value (None where the suite gives no values).
LEAST = {
    "numbers": (0.97, 0.97), "percentages": (0.95, 0.95), "money, Recognizers": (0.95, 0.90), "money, JioNLP": (0.90, None),
    "dimensions": (0.90, 0.85), "ranges": (0.85, 0.80), "distances and masses": (0.90, 0.85), "user issues": (0.90, 0.80),
}  # fmt: skip
FILES = {
    "numbers": ["cn2an_parse", "recognizers_number_number", "recognizers_number_ordinal"],
    "percentages": ["recognizers_number_percent"],
    "money, Recognizers": ["recognizers_unit_currency"],
    "money, JioNLP": ["jionlp_money_extract"],
    "dimensions": ["recognizers_unit_dimension"],
    "ranges": ["recognizers_number_numberrange"],
    "distances and masses": ["duckling_distance", "duckling_quantity"],
    "user issues": ["user_issues"],
}
MEASURES = {"length", "area", "volume", "mass", "energy", "power", "data", "speed", "celsius", "time"}


@cache
def all_rows():
    """Our mentions of every case's text with their readings, bounds as for a figure, and the unit of the observation where one is stated."""
    texts = sorted({case["text"] for suite in FILES for case in load(suite)})
    source, documents, sections = frames(texts)
    found = mentions(source, documents, sections)
    facts = observations(found, source, documents, sections).select("mention_id", stated_unit="unit").unique("mention_id", keep="first")
    names = {c: c[1:] for c in found.columns if c.startswith("_") and c != "_surface"}
    out = bounds(leads(sentences(found.rename(names).with_columns(kind="unit_kind", rule="rule"))))
    table = {text: [] for text in texts}
    for row in out.join(facts, on="mention_id", how="left", maintain_order="left").to_dicts():
        table[texts[int(row["source_id"][1:])]].append(row)
    return table


def rows(text):
    return all_rows()[text]


def core(row):
    """Where the number itself stands, without sign, 百分之, 第 and unit: start, end and what it says; None for rows without a number."""
    at, surface, n1 = row["char_start"], row["_surface"], row["n1"]
    if n1 is None and row["low"] is not None:
        part = re.match(r".*分.?之.*|.*/.*", surface)
        return (at, row["char_end"], row["low"] / 100) if part else None
    if n1 is None:  # a period: 九年 holds the number nine
        m = re.match(r"[〇零一二三四五六七八九十百千万亿两0-9]+(?=[年个天])", surface)
        read = side(m[0]) if m else None
        return (at, at + m.end(), read[0]) if m and read else None
    n1 = n1.rstrip("余多") if re.search("[余多]$", n1) else n1
    start = surface.index(n1)
    value = chinese(n1) if re.fullmatch("[〇零一二三四五六七八九点]+", n1) else row["low"]
    if value is None:
        return None
    if value and row["unit"] == "%" and surface[start + len(n1) :][:1] == "成":
        value = value / 10
    return at + start, at + start + len(n1), value


def signed(row, start, value):
    """The sign belongs to the number."""
    if row["negative"] and value is not None:
        return row["char_start"], -value
    return start, value


def numbers(text):
    for row in rows(text):
        found = core(row)
        if found:
            start, end, value = found
            start, value = signed(row, start, value)
            if row["ordinal"]:
                start = row["char_start"]
            yield start, end, value


def percentages(text):
    for row in rows(text):
        if row["unit"] in ("%", "‰", "‱", "个百分点") and not re.search("分.?之", row["_surface"].lstrip("负百千万")[2:]):
            scale = {"‰": 10, "‱": 100}.get(row["unit"], 1)
            yield row["char_start"], row["char_end"], None if row["low"] is None else f"{plain(row['low'] / scale)}%"


def plain(value):
    """A decimal without the zeros of its scale."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def currency_names():
    names = {n: row for n, row in unit_names().items() if re.fullmatch("[A-Z]{3}", row["dimension"])}
    return names, re.compile(
        "|".join(sorted((n for n in names if len(n) > 1 and "元整" not in n and not n.isascii()), key=len, reverse=True))
    )


def money(text, stated=False):
    """Figures with a currency; its name before or after the figure belongs to the span."""
    names, _ = currency_names()
    canonical = {row["unit"]: row for row in names.values()}
    last = 0
    for row in rows(text):
        unit = row["unit"] or (row["stated_unit"] if stated else None)
        if unit in canonical:
            before = re.search(r"人民币\s*$", text[last : row["char_start"]])
            after = re.match("人民币", text[row["char_end"] :])
            start = last + before.start() if before else row["char_start"]
            end = row["char_end"] - len(row["bound"] or "")
            yield start, end + (after.end() if after else 0), row["low"], canonical[unit]["name_en"]
        last = row["char_end"]


def money_and_names(text):
    """Recognizers marks names of currencies without a figure, too."""
    figures = [(a, b, v, u) for a, b, v, u in money(text)]
    yield from figures
    names, pattern = currency_names()
    for m in pattern.finditer(text):
        if not any(a < m.end() and m.start() < b for a, b, *_ in figures):
            yield m.start(), m.end(), None, names[m[0]]["name_en"]


def measures(text, base=False):
    table = {u: (d, f) for u, d, f in units().select("unit", "dimension", "factor").iter_rows()}
    english = {row["unit"]: row["name_en"] for row in unit_names().values()}
    for row in rows(text):
        dimension, factor = table.get(row["unit"], (None, None))
        if dimension in MEASURES:
            value = row["low"] * (factor if base else 1) * (-1 if row["negative"] else 1)
            yield row["char_start"], row["char_end"], value, "gram" if base else english[row["unit"]]


BEFORE = {
    "大于等于": "[", "小于等于": "]", "不小于": "[", "不少于": "[", "不低于": "[", "不大于": "]", "不超过": "]", "大于": "(", "超过了": "(", "超过": "(", "至少有": "[",
    "至少": "[", "小于": ")", "低于": ")", "等于": "=", "位于": "", "比 ": "", "比": "",
}  # fmt: skip
AFTER = {"或者以上": "[", "以上": "(", "之下": ")", "以下": ")", "大": "(", " 低": ")", "低": ")"}


def ranges(text):
    """Ranges and one-sided bounds; the words of a bound, which our rows read into `approximation`, belong to the span."""
    out = []
    for row in rows(text):
        found = core(row)
        if not found or row["low"] is None:
            continue
        low, high = row["low"], row["high"]
        start, end = found[0], found[1]
        if row["negative"]:
            start, low, high = row["char_start"], -low, -high
        if row["is_range"]:
            unit = re.search(r"[^0-9〇零一二三四五六七八九十百千万亿两间之]+$", row["_surface"])
            end = row["char_end"] - (len(unit[0]) if unit else 0)
            begin = row["char_start"] - (2 if text[: row["char_start"]].endswith("位于") else 0)
            out.append((begin, end, f"[{plain(low)},{plain(high)})"))
            continue
        before = next((w for w in BEFORE if text[:start].endswith(w)), "")
        tail = text[end:]
        after = next((w for w in AFTER if tail.startswith(w)), "")
        mark = BEFORE.get(before) or AFTER.get(after, "")
        vague = row["surface"].startswith(row["surface"]) and row["more"]
        if vague and not mark:
            out.append((row["char_start"], row["char_start"] + len(row["n1"]), f"({plain(low)},)"))
        elif mark:
            value = {"[": f"[{plain(low)},)", "(": f"({plain(low)},)", "]": f"(,{plain(high)}]", ")": f"(,{plain(high)})"}
            out.append((start - len(before), end + len(after), value.get(mark, f"[{plain(low)},{plain(high)}]")))
    return joined(text, out)


def joined(text, found):
    """A lower and an upper bound right after one another are one range."""
    out = []
    for start, end, value in found:
        if out and out[-1][1] == start:
            low, high = sorted((out[-1][2], value), key=lambda v: v.startswith("(,"))
            if low.endswith(",)") and high.startswith("(,") and Decimal(low[1:-2]) < Decimal(high[2:-1]):
                out[-1] = (out[-1][0], end, low[:-1] + high[2:])
                continue
        out.append((start, end, value))
    return out


def issues(text):
    """The user issues mix kinds: every row in each kind's form."""
    for row in rows(text):
        if row["form"] == "other":
            yield "datetime", row["char_start"], row["char_end"], None
    for start, end, value, unit in money(text, stated=True):
        more = any(r["char_start"] == start and r["more"] for r in rows(text))
        yield "currency", start, end, (">" if more else "") + plain(value), unit
    for row in rows(text):
        if row["low"] is None:
            continue
        value = f"{plain(row['low'])}..{plain(row['high'])}" if row["low"] != row["high"] else plain(row["low"])
        if row["unit"] == "个" and not row["is_range"]:
            yield "number", row["char_start"], row["char_end"], value
        elif found := core(row):
            yield "number", found[0], found[1], value


READ = {
    "numbers": numbers, "percentages": percentages, "money, Recognizers": money_and_names, "money, JioNLP": money, "dimensions": measures,
    "ranges": ranges, "user issues": issues,
}  # fmt: skip


def same_value(want, got):
    if want is None:
        return True
    try:
        return got is not None and abs(Decimal(str(got)) - Decimal(want)) <= abs(Decimal(want)) * Decimal("1e-9")
    except ArithmeticError:
        return str(got) == want


def same_unit(want, got):
    def tidy(name):
        name = name.lower().replace("metre", "meter")
        return {"cny": "yuan", "chinese yuan": "yuan", "元": "yuan", "美元": "united states dollar"}.get(name, name)

    return want is None or got is None or tidy(want) == tidy(got)


def judge(suite, case):
    """For each listed span whether we have it, and with its value; a text without one is right when nothing of the kind is found."""
    base = "gram" in json.dumps(case["expect"]).lower()
    kinds = suite == "user issues" and {e["kind"] for e in case["expect"]}
    if suite == "distances and masses":
        found = list(measures(case["text"], base=base))
    else:
        found = list(READ[suite](case["text"]))
    if kinds is not False:
        found = [f[1:] for f in found if f[0] in (kinds or {"number", "currency"})]
    if case["suite"] == "cn2an_parse" and case["expect"][0]["kind"] == "currency":
        found = list(money(case["text"]))
    if not case["expect"]:
        return [(not found, not found)], len(found)
    out = []
    for e in case["expect"]:
        hits = [f for f in found if f[:2] == (e["start"], e["end"])]
        right = [f for f in hits if same_value(e["value"], f[2]) and same_unit(e["unit"], f[3] if len(f) > 3 else None)]
        out.append((bool(hits), bool(right)))
    return out, max(0, len({f[:2] for f in found}) - len(case["expect"]))


def load(suite):
    for name in FILES[suite]:
        path = CASES / f"{name}.jsonl"
        yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


@cache
def score(suite):
    results, extra, missed = [], 0, []
    for case in load(suite):
        judged, more = judge(suite, case)
        results += judged
        extra += more
        if not all(v for _, v in judged):
            missed.append((case["text"], [e["surface"] for e in case["expect"]], judged))
    n = len(results)
    return sum(s for s, _ in results) / n, sum(v for _, v in results) / n, n, extra, missed


@pytest.mark.parametrize("suite", LEAST)
def test_suite(suite):
    spans, values, n, extra, missed = score(suite)
    least_spans, least_values = LEAST[suite]
    print(f"\n{suite:22} {n:4} spans: {spans:.1%} found, {values:.1%} with value; {extra} more of the kind")
    for m in missed:
        print("   missed", m)
    assert spans >= least_spans
    if least_values is not None:
        assert values >= least_values
