"""The regexes of numerals: what one mention looks like, from its first character to its last.

They are run on normalised text (`normalise.py`): half-width digits, masks as `x`, words that only look like numerals hidden.
"""

from __future__ import annotations

from functools import cache

from tongbi.extract.lexicon import any_of, unit_names, unit_pattern

DIGIT = "[0-9x]"
ARABIC = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|{DIGIT}+)(?:\.{DIGIT}+)?"
HAN_DIGIT = "[〇零一二三四五六七八九]"
HAN = "[一二三四五六七八九十百千万亿两〇零半廿]"
CHINESE = rf"(?:[数几][十百千万亿]+|{HAN}+几?(?:点{HAN_DIGIT}+)?)"
SCALE = "(?:万亿|百亿|千亿|百万|千万|亿|万|千|百|十)"
MORE = "[余多几]"
NUMBER = rf"(?:{ARABIC}(?:[ ]?{MORE}?{SCALE})?(?:{ARABIC}[万千百])?|{CHINESE}){MORE}?{SCALE}?"
TO = "(?:--|——|-|—|–|~|～|至|到|−|─|－)"
BOUND = "(?:以上|以下|以内|之内|左右|上下|之间)"

DATES = [
    rf"{DIGIT}{{4}}[-/.]{DIGIT}{{1,2}}[-/.]{DIGIT}{{1,2}}日?",
    rf"{DIGIT}{{4}}年?度?{TO}{DIGIT}{{2,4}}年度?",
    rf"(?:{DIGIT}{{4}}|xx|{HAN_DIGIT}{{4}}|{HAN_DIGIT}{{2}}(?:x|xx))年度?(?:上半年|下半年|[年月]?底|末|初|前?[一二三四1-4x]季度)?",
    rf"{DIGIT}{{1,2}}(?:月份?)?{TO}{DIGIT}{{1,2}}月份?(?:底|末|初)?",
    rf"{DIGIT}{{1,2}}月{DIGIT}{{1,2}}[日号]?(?:{TO}(?:{DIGIT}{{1,2}}月)?{DIGIT}{{1,2}}[日号]?)?",
    rf"[一二三四五六七八九十]{{1,3}}月份?(?:[一二三四五六七八九十]{{1,3}}日|底|末|初)?",
    rf"{DIGIT}{{1,2}}月份?(?:底|末|初|[上中下]旬)?",
    rf"{DIGIT}{{1,2}}日(?:{TO}{DIGIT}{{1,2}}日)?",
    rf"前?(?:第?[一二三四]|[1-4x])季度",
    rf"[一两二三四五六七八九十半0-9x]{{1,4}}(?:个月|周年|年)(?:多|间|内|以来|来)?",
    r"[0-9]{1,2}[:：][0-9]{2}",
]
LATIN = r"[A-WYZa-wyz][A-Za-z]*[-.]?[0-9][0-9A-Za-z.]*"
RATIO = rf"{DIGIT}+(?:\.{DIGIT}+)?(?:[:：∶]{DIGIT}+(?:\.{DIGIT}+)?){{1,4}}"
FRACTION = rf"(?:[1-9一二三四五六七八九十两]+分之[一二三四五六七八九十两半]+强?)"


@cache
def parts() -> str:
    """One ordinary numeral with named groups; matched on each distinct surface only."""
    unit = unit_pattern()
    tail = rf"(?:[ ]?{unit}(?:/{unit})?)"
    return (
        rf"^(?P<percent>[百千万]分之)?(?P<ordinal>第)?(?P<sign>[-−负])?(?P<n1>{NUMBER}|{RATIO})"
        rf"(?P<mid>{tail})?(?:(?P<to>{TO})(?P<percent2>[百千万]分之)?(?P<sign2>[-−负])?(?P<n2>{NUMBER}))?(?P<unit>{tail})?(?P<bound>{BOUND})?$"
    )


@cache
def _scale_like_units() -> str:
    """Units that begin like a scale word (千瓦时, 千米): to be tried before 千 is taken for a scale."""
    return any_of([u for u in sorted(unit_names(), key=lambda u: (-len(u), u)) if u[0] in "千百万亿兆"])


@cache
def mention() -> str:
    """One mention, without groups: the cut."""
    unit = unit_pattern()
    tail = rf"(?:[ ]?{unit}(?:/{unit})?)"
    signed = rf"(?:[-−]{ARABIC}[%‰]|负{ARABIC}(?:%|‰|个百分点))"
    second = rf"{TO}(?:[百千万]分之)?[-−]?"
    like_scale = rf"{ARABIC}{MORE}?[万亿]?{MORE}?(?:{second}{ARABIC}[万亿]?)?{_scale_like_units()}(?:/{unit})?(?:{BOUND})?"
    number = (
        rf"(?:[百千万]分之)?第?(?:{RATIO}|{NUMBER})(?:{tail}?{second}{NUMBER})?"
        rf"(?:{tail})?(?:{BOUND})?"
    )
    product = rf"{DIGIT}+×{DIGIT}+{SCALE}?(?:{tail})?"
    return "|".join([*DATES, LATIN, FRACTION, product, signed, like_scale, number])
