"""The extraction once more in plain Python, simple and slow: where numerals are, what they are worth, what carries in a sentence.

The rules of language (the grammar, the tables of words and units, what a period is) are the project's own; what this does again is
everything that columns and windows could get wrong: offsets, neighbours, joins, values, and how far a period holds.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from tongbi.extract import grammar
from tongbi.extract.cut import COUNTERS
from tongbi.extract.lexicon import toml, unit_names, words
from tongbi.extract.spoken import WELL_FORMED

WIDE = {**{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}}
SPACES = "\x01\u3000\u00a0\t\ufeff\u200b"
LINES = "\r\x85\u2028\u2029"
HAN_DIGITS = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2}
PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
CAPITALS = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True))


def python(pattern):
    """A pattern of the grammar for Python's engine, which has look-around and no ASCII-only boundary."""
    return pattern.replace(r"(?-u:\b)", r"(?![0-9A-Za-z_])").replace(r"(?-u:\B)", r"(?<![0-9A-Za-z_])")


@cache
def hidden():
    """Words whose numerals are none, by their first character."""
    table = {}
    rates = [f"/{w}" for w in toml("words")["per"]]
    for word in [*words("words", "kept"), *words("words", "hidden"), *rates]:
        table.setdefault(word[0], []).append(word)
    return {c: sorted(found, key=len, reverse=True) for c, found in table.items()}


def masks(text):
    """Signs that stand for digits as x; text is half-width already."""
    out = list(text)
    for m in re.finditer(r"(?m)^ *([●○*])(?![●○*]|$)", text):
        out[m.start(1)] = "·"
    text = "".join(out)
    text = re.sub(r"(?<=[0-9])×(?=[0-9])", "\0", text)
    text = re.sub("[×＊●]", "x", text).replace("\0", "×")
    text = re.sub(r"(?<=[0-9x.])[*]", "x", text) if "*" in text else text
    text = re.sub(
        r"[*]{1,9}(?=[0-9x.%‰万亿元个家人户名项件条起次场座辆台套处亩吨公平余多天日月年批份篇部本株头只艘间栋所斤米])",
        lambda m: "x" * len(m[0]),
        text,
    )
    text = re.sub(r"(?<=[〇零一二三四五六七八九])○+|○(?=[〇零一二三四五六七八九])", lambda m: "〇" * len(m[0]), text)
    return text.replace("○", "x")


def normal(text):
    """The text one character for one character as the grammar reads it."""
    text = re.sub("[\ue000-\ue0ff]", "\ufffd", text)
    text = re.sub("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))", ",", text)
    keep = set("！＂＃＄＆＇（）＊，：；＜＝＞？＠［＼］＾＿｀｛｜｝")
    other = {"﹪": "%", "〜": "~", "﹒": ".", "―": "—", "億": "亿", "萬": "万", "Ｘ": "x", "ｘ": "x"}
    table = {c: d for c, d in WIDE.items() if c not in keep} | other | dict.fromkeys(SPACES, " ") | dict.fromkeys(LINES, "\n")
    text = capitals(text)
    text = masks("".join(table.get(c, c) for c in text))
    text = re.sub("[A-Za-z]+", lambda m: m[0] if not m[0].strip("xX") else re.sub("[xX]", "\ue0ff", m[0]), text)
    return hide(text.replace("X", "x"))


def capitals(text):
    """Financial capitals, by the project's own pattern."""
    from tongbi.extract.normalise import CAPITALS as runs

    return runs.sub(lambda m: "".join(CAPITALS.get(c, c) for c in m[0]), text)


def hide(text):
    """Numerals of words that are none, put out of sight; the longest word at each place, from left to right."""
    kept, out, i = set(words("words", "kept")), [], 0
    table = hidden()
    while i < len(text):
        word = next((w for w in table.get(text[i], ()) if text.startswith(w, i)), None)
        if word is None:
            out.append(text[i])
            i += 1
            continue
        out.append(word if word in kept else re.sub("[一二三四五六七八九十百千万亿两〇零半廿几数xX×0-9卅负]", "\ue0ff", word))
        i += len(word)
    return "".join(out)


@cache
def engine():
    """The grammar compiled: the core, and what follows it behind long and behind short numerals."""
    first = r"(?=[0-9x.第负前A-WYZa-wyz〇零一二三四五六七八九十百千万亿两数几半廿卅−-])"
    unit = sorted((u for u in unit_names() if "/" not in u[1:]), key=len, reverse=True)
    rates = sorted(toml("words")["per"], key=len, reverse=True)
    return re.compile(first + "(?:" + python(grammar.core()) + ")"), unit, rates


def follow(text, weak, surface):
    """The unit and the bound that begin a text, by trying every name."""
    noun = max((n for n in toml("words")["nouns"] if text.startswith(n)), key=len, default=None)
    if text.startswith("项目标"):
        return "项"
    if noun:
        digits = re.match("[0-9]", surface) and not re.fullmatch("(?:19|20)[0-9]{2}", surface)
        return noun[0] if (digits and noun[0] in COUNTERS) or noun in toml("words")["rarely"] else ""
    at = 0
    _, unit_list, rates = engine()
    for start in (1, 0) if text.startswith(" ") else (0,):
        begins = {u: text.startswith(u, start) or (u[0] == "/" and same(text[start : start + len(u)], u)) for u in unit_list}
        found = next((u for u in unit_list if begins[u] and fits(u, text, start, weak)), None)
        if found:
            at = start + len(found)
            rate = next((r for r in rates if same(text[at : at + 1 + len(r)], "/" + r)), None)
            at += 1 + len(rate) if rate else 0
            break
    m = re.match(rf"(?:{grammar.OPEN})(?:{grammar.BOUND})?", text[at:])
    return text[: at + m.end()]


def same(text, word):
    """Equal where what is hidden in the text is not looked at."""
    return (
        len(text) == len(word)
        and text[0] == word[0]
        and all(
            a == b or (a == "\ue0ff" and b in "一二三四五六七八九十百千万亿两〇零半廿几数卅负") for a, b in zip(text, word, strict=True)
        )
    )


def fits(unit, text, start, weak):
    latin = re.fullmatch("[A-Za-z]+[23]?", unit)
    after = text[start + len(unit) : start + len(unit) + 1]
    return (weak or unit_names()[unit]["use"] != "weak") and not (latin and re.match("[0-9A-Za-z_]", after))


def numerals(text):
    """The numerals of a text: start, end, normalised surface, the normalised text since the one before and up to the next."""
    read, found, at = normal(text), [], 0
    core = engine()[0]
    spans = []
    for m in core.finditer(read):
        spans.append((m.start(), m.end()))
    for k, (start, end) in enumerate(spans):
        limit = spans[k + 1][0] if k + 1 < len(spans) else len(read)
        rest, surface = read[end:limit], read[start:end]
        if re.search(grammar.NOT_COUNTED, surface):
            m = re.match(grammar.BOUND, rest)
            more = m[0] if m else ""
        else:
            more = follow(rest, weak=not re.search(grammar.SHORT, surface), surface=surface)
        found.append([start, end + len(more), surface + more, read[at:start], None])
        at = end + len(more)
    for row, following in zip(found, [*found[1:], None][: len(found)], strict=True):
        row[4] = following[3] if following else read[row[1] :]
    return [tuple(row) for row in found]


def number(text):
    """One number in digits, characters or both, as (low, high); None for masks and what is no number."""
    if len(text) > 60 or not re.fullmatch("[0-9., 余多几数零点半廿卅兆〇一二三四五六七八九十百千万亿两]+", text):
        return None
    text = re.sub("[,余多 ]", "", text)
    vague = re.fullmatch("[数几][十百千万亿]+几?", text)
    if vague:
        value = spoken(text[1:].rstrip("几"))
        return None if value is None else twice(value * 2)
    text = text.replace("几", "") if re.match("[0-9.]", text) else text
    some = re.fullmatch("(.+)几([十百千万亿]+)", text)
    if some:
        head = number(some[1])
        return None if head is None else (cut(head[0] * place(some[2])), cut(head[1] * place(some[2])))
    text = text.rstrip("几")
    pair = re.fullmatch("(|.*[十百千万亿])([一二两三四五六七八])([二两三四五六七八九])([十百千万亿]*)", text.replace("三两", "两三"))
    if pair and (HAN_DIGITS[pair[3]] - HAN_DIGITS[pair[2]] == 1 or pair[1] + pair[2] + pair[3] == "三五"):
        low, high = spoken(pair[1] + pair[2] + pair[4]), spoken(pair[1] + pair[3] + pair[4])
        return None if low is None or high is None else (cut(low), cut(high))
    value = arabic(text) if re.match("[0-9.]", text) else spoken(text)
    return None if value is None else twice(value)


def twice(value):
    value = cut(value)
    return None if value is None else (value, value)


def cut(value):
    if abs(value) >= 10**31 or (value and abs(value) < Decimal("0.000001")):
        return None
    return value.quantize(Decimal("0.000001"), rounding=ROUND_HALF_EVEN)


def place(text):
    out = Decimal(1)
    for c in text:
        out *= PLACES[c]
    return out


def arabic(text):
    """3万5千, 13万2, 1千零20, 1亿五千万: a number and a place, again and again."""
    total, last = Decimal(0), None
    m = re.match(r"([0-9]*\.?[0-9]+)([十百千万亿]*)", text)
    total, last, text = Decimal(m[1]) * place(m[2]), m[2], text[m.end() :]
    if text and text[0] in HAN_DIGITS and text[0] != "零":
        rest = spoken(text)
        return None if rest is None else total + rest
    steps = "(零?)([0-9]+(?:[.][0-9]+)?)([十百千万亿]*)"
    if re.sub(steps, "", text):
        return None
    for zero, digits, scale in re.findall(steps, text):
        alone = not scale and not zero and len(digits) == 1 and last
        total += Decimal(digits) * (PLACES[last[-1]] // 10 if alone else place(scale))
    return total


def spoken(text):
    """A number in characters, place by place from left to right: the way one reads it aloud."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if text in ("半", "一半"):
        return Decimal("0.5")
    whole, dot, fraction = text.partition("点")
    if not whole or any(c not in HAN_DIGITS and c not in PLACES for c in whole + fraction):
        return None
    if not any(c in PLACES for c in whole):
        value = Decimal("".join(str(HAN_DIGITS[c]) for c in whole))
    elif WELL_FORMED.fullmatch(whole):
        value = groups(whole)
    else:
        return None
    if dot:
        value += Decimal("0." + "".join(str(HAN_DIGITS[c]) for c in fraction)) if fraction else 0
    return value


def groups(text):
    """Each place multiplies what stands before it and is smaller; a lone last digit is one place lower than the place before."""
    terms, digits, above = [], "", 1
    for c in text:
        if c in HAN_DIGITS:
            digits += str(HAN_DIGITS[c])
            continue
        size = PLACES[c]
        unit = above / 10 if len(digits) == 1 and 100 <= above < 10**4 <= size else 1
        smaller = sum(t for t in terms if t < size) + Decimal(digits or 0) * Decimal(unit)
        terms = [t for t in terms if t >= size] + [(smaller or 1) * size]
        digits, above = "", size
    tail = Decimal(digits or 0)
    if len(digits) == 1 and above >= 100:
        tail = tail * above / 10
    return sum(terms) + tail


def reading(surface):
    """What a normalised surface is worth: low, high, unit; (None, None, unit) where it is masked or no number."""
    row = compound(surface) or ratio_of(surface)
    if row:
        return row
    for like in (True, False):
        m = re.match(python(grammar.parts(like_scale=like)), surface)
        if m and (m["unit"] or not like):
            break
    if not m:
        return None, None, None
    one, two = m["n1"], m["n2"]
    unit = unit_of(m["unit"] or (m["mid"] if two else None), m["percent"])
    ten = 10 if unit == "成" else 1
    unit = "%" if unit == "成" else unit
    share = re.fullmatch("([0-9.]+)[:：∶]([0-9.]+)", one)
    if share and Decimal(share[2]):
        value = cut(Decimal(share[1]) * 100 / Decimal(share[2]))
        return value, value, unit
    if "x" in one + (two or "") or re.search("[:：∶]", one):
        return None, None, unit
    first, second = number(one), number(two) if two else None
    if two:
        shared = re.match("(?:[0-9.,]+|[一二两三四五六七八九十]{1,3})[余多几]?((?:[百千]?(?:万亿|万|亿))$|[百千]$)", two)
        times = place(shared[1]) if shared and not m["mid"] and not re.search("[百千万亿]", one) else 1
        low = None if first is None else first[0] * times * (-1 if m["sign"] else 1) * ten
        high = None if second is None else second[1] * (-1 if m["sign2"] else 1) * ten
        return low, high, unit
    return (None, None, unit) if first is None else (first[0] * ten, first[1] * ten, unit)


def unit_of(written, percent):
    if percent:
        return {"百": "%", "千": "‰", "万": "‱"}[percent.strip("负")[0]]
    if not written:
        return None
    written, names = written.strip(" "), unit_names()
    if written in names:
        return names[written]["unit"]
    one, slash, two = written.partition("/")
    if not slash:
        return None
    return names[one]["unit"] + "/" + (names[two]["unit"] if two in names else two)


def ratio_of(surface):
    """三分之二 and 2/3 in per cent."""
    bare = re.sub("强?(?:左右|以[上下内])?$", "", surface).replace(" ", "").replace(",", "")
    m = re.fullmatch("(?:(.+)又)?([^分]+)分之(.+)", bare)
    if m and not re.match("负?[百千万]$", m[2]) and "x" not in bare:
        whole, low, top = (number(t) if t else (Decimal(0),) for t in m.groups())
    else:
        m = re.fullmatch("(?:([0-9]+)又)?([0-9]+)/([0-9]+)", bare)
        if not m or int(m[2]) >= int(m[3]):
            return None
        whole, top, low = (number(t) if t else (Decimal(0),) for t in m.groups())
    if not (whole and low and top and low[0]):
        return None
    value = ((whole[0] + top[0] / low[0]) * 100).quantize(Decimal("0.000001"))
    return value, value, "%"


def compound(surface):
    """五元三毛, 三斤半, 两个半小时."""
    bare = surface.replace(" ", "").replace(",", "")
    table = toml("words")
    if len(bare) > 60 or "x" in bare:
        return None
    for unit in sorted(table["halves"], key=len, reverse=True):
        if bare.endswith(unit + "半") and (head := number(bare[: -len(unit) - 1])):
            value = head[0] + Decimal("0.5")
            return (value * 10, value * 10, "%") if unit == "成" else (value, value, unit_names()[unit]["unit"])
    for unit in table["half_of"]:
        if bare.endswith("个半" + unit) and (head := number(bare.removesuffix("个半" + unit))):
            value = head[0] + Decimal("0.5")
            return value, value, "个百分点" if unit == "百分点" else unit_names()[unit]["unit"]
    for row in table["compound"]:
        for unit in row["first"]:
            head, found, tail = bare.partition(unit)
            steps = re.findall(
                f"[又零]?([0-9.]+|[一二三四五六七八九十百千万亿两]+?)({'|'.join(sorted(row['then'], key=len, reverse=True))})", tail
            )
            if not (
                found
                and steps
                and re.sub("[又零]", "", tail) == "".join(n + u for n, u in steps)
                and (low := number(head) if head else None)
            ):
                continue
            parts = [(number(n), row["then"][u].split("/")) for n, u in steps]
            if not all(n for n, _ in parts):
                continue
            value = low[0] + sum(n[0] * Decimal(top) / Decimal(bottom) for n, (top, bottom) in parts)
            value = value.quantize(Decimal("0.000001"))
            return value, value, unit_names()[row["first"][0]]["unit"]
    return None


def carried(rows):
    """What holds for each of `(own, text before)` in order: the last own one since the sentence began."""
    state, out = None, []
    for own, before, first in rows:
        if first or re.search("[。！？；;\n]", before):
            state = None
        state = own if own is not None else state
        out.append(state)
    return out
