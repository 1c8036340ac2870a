"""Texts to measure with: the demonstration reports with other figures, thinned to the density of real reports.

What belongs here: making texts of any size, the same for the same seed. What does not: measuring.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DENSITY = 14.6  # numerals a KB of UTF-8 in redacted bureau summaries
PLACES = "云岭嘉禾青泽松溪兰渡石屏枫林桐庐柳湾荷塘竹园沙洲白鹭金峰玉泉龙潭凤台虎山鹿野雁荡鹤鸣梅坞菊坪"  # their characters, two by two
PROSE = [
    "坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，加快构建新发展格局，着力推动高质量发展。",
    "持续优化营商环境，深化简政放权、放管结合、优化服务改革，推动政务服务事项网上办理、就近办理。",
    "加强干部队伍建设，严格落实中央八项规定精神，驰而不息纠治作风问题，营造风清气正的良好氛围。",
    "推动乡村产业振兴，做强特色种养、农产品加工和乡村旅游，促进农民增收致富，改善农村人居环境。",
    "强化安全生产责任，深入开展隐患排查治理，严防各类事故发生，切实保障人民群众生命财产安全。",
    "完善公共文化服务体系，推进文化惠民工程，丰富群众精神文化生活，弘扬社会主义核心价值观。",
    "加大生态保护修复力度，打好蓝天、碧水、净土保卫战，推动形成绿色生产方式和生活方式。",
    "健全社会保障体系，做好困难群众救助帮扶，促进充分就业，办好人民满意的教育，推进健康建设。",
]


def reports() -> list[str]:
    """The texts that come with the project, without what copies and pages hold twice."""
    paths = [*sorted((ROOT / "raw").rglob("*.txt")), *sorted((ROOT / "tests" / "texts").glob("*.txt"))]
    return [p.read_text(encoding="utf-8", errors="replace") for p in paths if "网络转载" not in p.parts]


def _varied(text: str, rng: random.Random) -> str:
    """The same text with other digits, and an invented place before most clauses: of real reports two clauses in three stand
    nowhere else. Years and the numbers of headings stay."""
    text = re.sub("(?<=[，；])(?=[\u4e00-\u9fff]{4})", lambda m: "".join(rng.choices(PLACES, k=2)) if rng.random() < 0.7 else "", text)
    return re.sub(
        r"(?<![0-9])(?!20[0-3][0-9])[0-9]+(?![0-9]*年)", lambda m: str(rng.randint(10 ** (len(m[0]) - 1), 10 ** len(m[0]) - 1)), text
    )


def _thinned(text: str, numerals: int, density: float, rng: random.Random) -> str:
    """The text with prose between its paragraphs until it holds about so many numerals a KB."""
    lines = text.split("\n")
    wanted = int(numerals / density * 1000)
    room = max(0, wanted - len(text.encode()))
    while room > 0:
        sentence = rng.choice(PROSE)
        k = rng.randrange(1, len(lines) + 1)
        lines[k - 1] += sentence
        room -= len(sentence.encode())
    return "\n".join(lines)


def texts(megabytes: float, seed: int = 1, thin: float = 1.0) -> Iterator[str]:
    """Reports of about 15 KB each, together so many MB of UTF-8; `thin` is the share of the usual density."""
    rng = random.Random(seed)
    base = [(t, _count(t)) for t in reports()]
    made = 0
    while made < megabytes * 1e6:
        text, numerals = base[rng.randrange(len(base))]
        out = _thinned(_varied(text, rng), numerals, DENSITY * thin, rng)
        made += len(out.encode())
        yield out


def _count(text: str) -> int:
    import polars as pl

    from tongbi.extract.cut import cut

    return cut(pl.DataFrame({"source_id": ["-"], "text": [text]})).height
