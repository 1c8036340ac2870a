"""Numerals that take more than multiplication, read in plain Python: characters (一万五千亿), pairs (七八千), fractions, figures
of several units. Each distinct one is read once; all values are exact.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from tongbi.extract.grammar import MORE
from tongbi.extract.lexicon import toml, unit_names

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
LONGEST = 60  # characters; what is longer is no number that anybody wrote
PAIR = re.compile(r"(|.*[十百千万亿])([一二两三四五六七八])([二两三四五六七八九])([十百千万亿]*)")
ONE, ZERO = "[一二三四五六七八九两]", "[零〇]?"
SECTION = rf"(?:{ONE}?千)?(?:{ZERO}{ONE}?百)?(?:{ZERO}{ONE}?十)?(?:{ZERO}{ONE})?"
# Places fall from left to right, but for 万 before 亿 (一万五千亿); 百千万 is a slogan.
WELL_FORMED = re.compile(rf"(?:{SECTION}兆)?{ZERO}(?:(?:{SECTION}万)?{ZERO}{SECTION}亿)?{ZERO}(?:{SECTION}万)?{ZERO}{SECTION}")
MILLIONTH = Decimal("0.000001")
EXACT = Context(prec=4 * LONGEST)


@lru_cache(maxsize=65536)
def chinese(text: str) -> Decimal | None:
    """A Chinese numeral as a number: 一万五千亿, 二〇二三, 三点五, 十几 (10), 廿五; None if it is none."""
    text = text.rstrip("几余多").lstrip("数几").replace("廿", "二十").replace("卅", "三十")
    whole, dot, fraction = text.partition("点")
    if not whole or len(text) > LONGEST:
        return None
    if whole in ("半", "一半"):
        return Decimal("0.5")
    plain = all(c in DIGITS for c in whole)
    value = _digits(whole) if plain else _positional(whole) if WELL_FORMED.fullmatch(whole) else None
    if value is None or not dot:
        return None if value is None else Decimal(value)
    rest = _digits(fraction)
    return None if rest is None else value + Decimal(rest).scaleb(-len(fraction))


def _digits(text: str) -> int | None:
    """Digits one after another: 二〇二三."""
    return int("".join(str(DIGITS[c]) for c in text)) if text and all(c in DIGITS for c in text) else None


def _positional(text: str, above: int = 1) -> int | None:
    """A numeral with places. A last digit alone stands one place lower than the place before it: 三万五 is 35,000."""
    for mark in "兆亿万千百十":
        if mark in text:
            head, _, rest = text.rpartition(mark)
            place = PLACES[mark]
            high = _positional(head) if head.strip("零〇") else 1
            low = _positional(rest, place) if rest else 0
            return None if high is None or low is None else high * place + low
    if len(text) == 1 and above >= 100 and text not in "零〇":
        return DIGITS[text] * above // 10 if text in DIGITS else None
    return _digits(text)


def _mixed(text: str) -> Decimal | None:
    """Arabic with scale words, several steps perhaps: 3万5千, 1亿3000万, 13万2, 1千零20, 200余万."""
    text = re.sub(f"{MORE}|[, ]", "", text)
    head = re.match(r"([0-9]*\.?[0-9]+)[ ]?([十百千万亿]*)", text)
    if not head:
        return None
    value = Decimal(head[1]) * _product(head[2])
    rest = text[head.end() :]
    if rest[:1] in DIGITS and rest[:1] != "零":
        spoken = chinese(rest)
        return None if spoken is None else value + spoken
    steps = re.compile(r"(零?)([0-9]+(?:\.[0-9]+)?)([十百千万亿]*)")
    if steps.sub("", rest):
        return None
    for zero, number, scale in steps.findall(rest):
        bare = not scale and not zero and len(number) == 1
        value += Decimal(number) * (PLACES[head[2][-1]] // 10 if bare and head[2] else _product(scale))
    return value


def _product(scale: str) -> int:
    """What scale words multiply by: 万亿, 百万."""
    out = 1
    for mark in scale:
        out *= PLACES[mark]
    return out


@lru_cache(maxsize=65536)
def side(text: str | None) -> tuple[Decimal, Decimal] | None:
    """One side of a numeral (`n1`, `n2` of the grammar) as low and high: 七八千 is 7000 to 8000; None if it is no number."""
    with localcontext(EXACT):
        return _side(text)


def _side(text: str | None) -> tuple[Decimal, Decimal] | None:
    if not text or len(text) > LONGEST or "x" in text:
        return None
    if re.match(r"[0-9.]", text):
        value = _mixed(text)
        return None if value is None else _bounded(value, value)
    run = re.match(r"[数几]?[〇零一二三四五六七八九十百千万亿两兆半廿卅]+几?(?:点[〇零一二三四五六七八九]+)?", text)
    if not run:
        return None
    rest = re.sub(MORE, "", text[run.end() :])
    vague = run[0][0] in "数几"
    if rest.strip("十百千万亿") or (vague and run[0].strip("数几十百千万亿")):
        return None
    scale = _product(rest) * (2 if vague else 1)  # 数十: 20 at least
    pair = PAIR.fullmatch(run[0].rstrip("几").replace("三两", "两三"))
    if pair and (DIGITS[pair[3]] - DIGITS[pair[2]] == 1 or pair[1] + pair[2] + pair[3] == "三五"):
        low, high = chinese(pair[1] + pair[2] + pair[4]), chinese(pair[1] + pair[3] + pair[4])
    else:
        low = high = chinese(run[0])
    return None if low is None or high is None else _bounded(low * scale, high * scale)


def _bounded(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal] | None:
    """To six decimals; None beyond what DECIMAL(38,6) holds, and where rounding would leave nothing of it."""
    if max(abs(low), abs(high)) >= 10**31 or (low and abs(low) < MILLIONTH):
        return None
    return low.quantize(MILLIONTH), high.quantize(MILLIONTH)


@lru_cache(maxsize=65536)
def special(surface: str) -> tuple[Decimal, str] | None:
    """Fractions and figures of several units: value and canonical unit. 三分之二 is 66.666667 %, 五元三毛 is 5.3 元."""
    bare = surface.removesuffix("强").replace(" ", "").replace(",", "")
    if len(bare) > LONGEST or "x" in bare:
        return None
    with localcontext(EXACT):
        found = _fraction(re.sub("强?(?:左右|以[上下内])$", "", bare)) or _compound(bare)
        value = found and _bounded(found[0], found[0])
        return (value[0], found[1]) if found and value else None


def _fraction(text: str) -> tuple[Decimal, str] | None:
    said = re.fullmatch(r"(?:(.+)又)?(.+)分之(.+)", text)
    slash = re.fullmatch(r"(?:([0-9]+)又)?([0-9]+)/([0-9]+)", text)
    if said:
        whole, low, top = said.groups()
    elif slash and int(slash[2]) < int(slash[3]):
        whole, top, low = slash.groups()
    else:
        return None
    first, under, over = side(whole or "〇"), side(low), side(top)
    if not (first and under and over and under[0]):
        return None
    return _decimal((Fraction(first[0]) + Fraction(over[0]) / Fraction(under[0])) * 100), "%"


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _compound(text: str) -> tuple[Decimal, str] | None:
    words = toml("words")
    half = re.fullmatch(rf"(.+?)(?:({'|'.join(words['halves'])})半|个半({'|'.join(words['half_of'])}))", text)
    if half:
        head, name = side(half[1]), half[2] or half[3]
        unit = "个百分点" if name == "百分点" else unit_names()[name]["unit"]
        return head and ((head[0] + Decimal("0.5")) * 10, "%") if unit == "成" else head and (head[0] + Decimal("0.5"), unit)
    for row in words["compound"]:
        chain = re.fullmatch(rf"(.+?)({'|'.join(row['first'])})[又零]?(.+)", text)
        head = side(chain[1]) if chain else None
        lower = re.findall(rf"(.+?)({'|'.join(sorted(row['then'], key=len, reverse=True))})", chain[3]) if chain else []
        steps = [(side(n.removeprefix("零") or "零"), Fraction(row["then"][u])) for n, u in lower]
        if chain and head and lower and chain[3].endswith(lower[-1][1]) and all(n for n, _ in steps):
            value = Fraction(head[0]) + sum((Fraction(n[0]) * f for n, f in steps if n), Fraction())
            return _decimal(value), unit_names()[row["first"][0]]["unit"]
    return None


__all__ = ["chinese", "side", "special"]
