"""The regexes of numerals: what one mention looks like, from its first character to its last.

They are run on normalised text (`normalise.py`): half-width digits, masks as `x`, words that only look like numerals hidden.
Rust's regex engine has no look-around; `(?-u:\\b)`, the boundary of ASCII words, says that no digit or letter follows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tongbi.extract.lexicon import toml, unit_names
from tongbi.extract.normalise import conceal, veil

DIGIT = "[0-9x]"
EDGE = r"(?-u:\b)"
ARABIC = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.{DIGIT}+)?{EDGE}|{DIGIT}+(?:\.{DIGIT}+)?)"
HAN_DIGIT = "[〇零一二三四五六七八九]"
HAN = "[〇零一二三四五六七八九十百千万亿廿卅]"
PART = rf"(?:{HAN}|两[百千万亿])"  # 两 is a digit before a place and at the head; elsewhere it may be the weight
RUN = rf"(?:{PART}+(?:兆{PART}+)?半?|两{HAN}*|半)"
LONG_RUN = rf"(?:(?:{HAN}|两[百千万亿]){PART}+)"
CHINESE = rf"(?:[数几][十百千万亿]+|{RUN}几?(?:点{HAN_DIGIT}+)?)"
SCALE = "(?:万亿|百亿|千亿|百万|千万|亿|万|千|百|十)"
BIG = "(?:[百千]?万亿?|[百千十]?亿)"
SMALL = "[千百十]"
MORE = "[余多几]"
MIXED = rf"(?:零?{ARABIC}[万千百]|(?:[一二三四五六七八九][千百十])+万?)*"  # 1亿3000万, 3万5千, 3万五千
TAIL_DIGIT = rf"[0-9]+(?:\.[0-9]+)?[万千百](?:零[0-9]{{1,4}}|[1-9]){EDGE}"  # 13万2, 1千零20
POINTED = r"(?-u:\B)\.[0-9]+"  # .5
FIGURE = rf"(?:{TAIL_DIGIT}|(?:{ARABIC}|{POINTED})(?:[ ]?{MORE}?{BIG}(?:{MORE}?{BIG})*{MIXED})?{MORE}?)"
SPOKEN = rf"(?:{CHINESE}(?:{MORE}?{SCALE})*{MORE}?)"
BELOW = rf"(?:[ ]?{SMALL}(?:{MORE}?{BIG}|[0-9]{{1,3}}[百十])?{MORE}?)"  # 5千, 5千余万, 3千5百
NUMBER = rf"(?:{FIGURE}{BELOW}?|{SPOKEN})"
TO = "(?: ?(?:--|——|-|—|–|~|～|−|─|－) ?|至|到)"
AND = "[和与跟]"
OPEN = "(?:[（(]不?含[）)])?"  # 1万（含）-5万元
BOUND = "(?:(?:(?:及|或|或者)?以[上下])|以内|之[内上下间]|左右|上下)"
PER = "(?:负?[百千万]分之)"

DATES = [
    rf"{DIGIT}{{4}}[-/.]{DIGIT}{{1,2}}[-/.]{DIGIT}{{1,2}}日?",
    rf"{DIGIT}{{4}}年?度?(?:--|——|-|—|–|~|至|到|−|─) ?{DIGIT}{{2,4}}年度?",
    rf"(?:{DIGIT}{{4}} ?|xx ?|{HAN_DIGIT}{{4}}|{HAN_DIGIT}{{2}}(?:x|xx))年度?(?:上半年|下半年|[年月]?底|末|初|前?[一二三四1-4x]季度)?",
    rf"{DIGIT}{{1,2}}(?: ?月份?)?{TO}{DIGIT}{{1,2}} ?月份?(?:底|末|初)?",
    rf"{DIGIT}{{1,2}} ?月 ?{DIGIT}{{1,2}} ?[日号]?(?:{TO}(?:{DIGIT}{{1,2}}月)?{DIGIT}{{1,2}}[日号]?)?",
    r"[一二三四五六七八九十]{1,3}月份?(?:[一二三四五六七八九十]{1,3}日|月?[底末初])?",
    rf"{DIGIT}{{1,2}} ?月份?(?:月?[底末初]|[上中下]旬)?",
    rf"{DIGIT}{{1,2}}日(?:{TO}{DIGIT}{{1,2}}日)?",
    r"前?(?:第?[一二三四]|[1-4x])季度",
    r"前(?:十[一二]|[二两三四五六七八九十]|[0-9x]{1,2})个月",
    r"[一两二三四五六七八九十半0-9x]{1,4}(?:个月|周年|年)(?:多|间|内|以来|来)?",
    r"[0-9]{1,2}[:：][0-9]{2}",
]
LATIN = r"[A-WYZa-wyz][A-Za-z]*[-.]?[0-9][0-9A-Za-z.]*"
COLON = "[:：∶]"
PLAIN = rf"{DIGIT}+(?:\.{DIGIT}+)?"
RATIO = rf"{PLAIN}(?:{COLON}{PLAIN}){{1,4}}"
SHARES = rf"{PLAIN}(?:{COLON}{PLAIN}){{2}}"  # 5:30:65
WHOLE = rf"(?:[0-9][0-9,]*|[一二三四五六七八九十两]{HAN}*)"
FRACTION = rf"(?:(?:[0-9]+又|{HAN}{{1,9}}又)?{WHOLE}分 ?之(?:{ARABIC}|{RUN})强?|(?:[0-9]+又)?[0-9]{{1,2}}/[0-9]{{1,3}}{EDGE})"
SIGNED = rf"(?:[-−]{ARABIC}{SCALE}?(?:[%‰℃]|个百分点|摄氏度|美?元))"


def trie(words: list[str]) -> str:
    """An alternation of literal words that prefers the longest, with common beginnings written once."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def pattern(node: dict[str, Any]) -> str:
        branches = [re.escape(c) + pattern(rest) for c, rest in node.items() if c]
        if not branches:
            return ""
        body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
        return body + "?" if "" in node else body

    return f"(?:{pattern(tree)})"


@cache
def tail(weak: bool = True) -> str:
    """A unit, or a rate of two. Weak units (一 面, 一 层) are none behind a single Chinese digit."""
    rows = {n: row for n, row in unit_names().items() if "/" not in n[1:] and (weak or row["use"] != "weak")}
    latin = [n for n in rows if re.fullmatch("[A-Za-z]+[23]?", n)]
    unit = rf"(?:{trie([f for n in rows if n not in latin for f in _forms(n)])}|{trie(latin)}{EDGE})"
    return rf"(?:[ ]?{unit}(?:/{per()})?)"


def _forms(unit: str) -> set[str]:
    """How a unit stands in normalised text: those of 3.85/10万 with their numerals hidden."""
    return {unit, veil(unit) if unit.startswith("/") else conceal(unit)}


@cache
def per() -> str:
    """What a rate is for each of: 日, 人, 万元, 人·月. Their numerals are hidden in the text; `read` sees them revealed."""
    names = toml("words")["per"]
    return trie([*names, *map(veil, names)])


@cache
def inner() -> str:
    """A unit of the first of two numbers: 15万元至20万元. Common ones only, for speed."""
    return rf"(?:[ ]?{trie(toml('words')['inner'])})"


@cache
def _like_scale() -> str:
    """Units that hold a numeral (千瓦时, 个百分点): to be tried before 千 is taken for a scale or 百 for a number."""
    return trie([u for u in unit_names() if re.search("[百千万亿兆].|.[百千万亿0-9]", u) and "/" not in u]) + rf"(?:/{per()})?"


@cache
def compounds() -> str:
    """What makes of a number one of several units: 元三毛, 斤八两, 小时20分钟; 成半, 两半, 个半小时."""
    words = toml("words")
    small = rf"(?:[0-9]{{1,4}}(?:\.[0-9]+)?|{PART}{{1,4}})"
    chains = []
    for row in words["compound"]:
        lower = trie(list(row["then"]))
        chains.append(rf"{trie(row['first'])}[又零]?{small}{lower}(?:零?{small}{lower})?")
    return rf"(?: ?(?:{'|'.join(chains)}|{trie(words['halves'])}半|个半{trie(words['half_of'])}))"


@cache
def parts(like_scale: bool = False) -> str:
    """One ordinary numeral with named groups; matched on each distinct surface only. `like_scale`: where 千 belongs to the unit."""
    unit = rf"[ ]?{_like_scale()}" if like_scale else tail()
    number = rf"(?:{ARABIC}(?:[ ]?{MORE}?{BIG}(?:{MORE}?{BIG})*)?{MORE}?|[数几]?{PART}+?几?)" if like_scale else NUMBER
    first = number if like_scale else rf"{RATIO}|[一三]两|{NUMBER}"
    second = rf"(?P<mid>{unit})?{OPEN}(?:{TO}|{AND})(?:[百千万]分之)?(?P<sign2>[-−负])?(?P<n2>{number})"
    return (
        rf"^(?P<percent>负?[百千万]分之)?(?P<ordinal>第)?(?P<sign>[-−负])?(?P<n1>{first})(?:{second})?"
        rf"(?P<unit>{unit})?{OPEN}(?P<bound>{BOUND}|间)?$"
    )


@cache
def core() -> str:
    """One mention without its last unit and bound, without groups: the cut. (850 units in this regex would cost two thirds of its speed.)"""
    like_scale = rf"[ ]?{_like_scale()}"
    second = rf"{OPEN}{TO}(?:[百千万]分之)?[-−负]?(?:{FIGURE}(?:{like_scale}|{SMALL}{MORE}?)?|[数几]?{PART}+?几?{like_scale}|{SPOKEN})"
    between = rf"{inner()}?{AND}[-−负]?{NUMBER}{inner()}?之?间"
    more = rf"(?:{between}|{inner()}?{second})?"
    begin = rf"{PER}?负?"
    dated = trie([u for u in unit_names() if len(u) > 1 and re.match("[年月日]|个月", u)])  # 50日元 is no 50日
    several = rf"{begin}{NUMBER}(?:{compounds()}|{dated})"
    figure = rf"{begin}(?:{FIGURE}(?:{like_scale}|{BELOW}?{more})|[数几]?{PART}+?几?{like_scale}|[一三]两|{SPOKEN}(?:两|{more}))"
    ordinal = rf"第{NUMBER}(?:{second})?"
    signed = rf"{SIGNED}(?:{TO}[-−]?{ARABIC}{inner()}?)?"
    product = rf"{PLAIN}(?:×{PLAIN})+{BIG}?(?:{like_scale})?"
    return "|".join([SHARES, several, *DATES, LATIN, FRACTION, product, signed, RATIO, ordinal, figure])


@cache
def suffix(weak: bool) -> str:
    """What of the text after `core` belongs to the mention: unit and bound. Nouns that only begin like a unit (10部门) are tried first."""
    return rf"^(?:{trie(toml('words')['nouns'])}|{tail(weak)}?{OPEN}(?:{BOUND})?)"


NOT_COUNTED = (
    r"[年月日季底末初旬号来内间]$|度$|^[A-WYZa-wyz]|[:：∶/]|^[0-9x]{4}[-.][0-9x]{1,2}[-.]|分 ?之[^百千万]*$"  # cores that take no unit
)
SHORT = rf"^第|^负?(?:{HAN}|两|半)几?{MORE}?$"  # cores after which weak units are none
