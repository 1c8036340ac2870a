"""The few constructions that are truly sequential, in plain Python on just those rows: 分别, 均, ratios of three.

They are a few per cent of all figures; everything else is expressions.
"""

from __future__ import annotations

import re

import polars as pl

from tongbi.extract.few import few, mend, spread, without
from tongbi.extract.lexicon import any_of, toml, words

SPLIT = re.compile(r"[、，]|以及|和|及(?!以上|其)|与")
MEASURE = re.compile(
    r"((?:支持|占|用于|投向)[^、]*(?:比重|占比|投资|支出)|居民人均.*收入|人均.*收入|.{0,2}居民收入|(?:[两三四五六七八九十]大(?:重点|主导|优势|特色)?产业|(?:[两三四五六七八九十]大)?(?:产业集群|领域|行业|系统))?(?:总|年|综合|主营业务|营业|日均|平均|累计|人均|进出口|零售)?(?:排放总量|排放量|用水量|运营里程|营业里程|产量|产值|总产值|增加值|收入|总额|销售额|吞吐量|投资|比重|占比|数量|人数|总量|里程|面积|覆盖率|率|支出|余额|价格|规模|出口|进口|消费|周转量|客运量|货运量|收购价|价|起数|案件|警情|次数|标准|销量|成交额|投资额|零售额|交易额|签约额|营收|利润|税收|发电量|公用经费|经费|补助|补贴|待遇|工资|费用|参保人数|参保率|贷款余额|存款余额|存款|贷款|开票销售收入))$"
)


OWNED = set(words("names", "owned"))  # measures that say nothing without what the first of a list says
TRADE = re.compile(r"[^、]业((?:销售额|营业额|产值|总产值|增加值|营业收入|营收|收入|投资|增速|税收|出口)[^、]{0,3})$")
KIND = re.compile("限额以上|限上|规模以上|规上")  # speaks of all parts of a list: 限上批发业、零售业
WHOLE = re.compile(any_of(words("names", "of_all")))  # is told of the whole place, whatever stands before it

AREA = re.compile("[^、]{2,8}?(?:开发区|经开区|高新区|新区|园区|[省市区县旗州镇乡])")  # 云岭区、青泽区工业产值
SECTOR = re.compile("第?([一二三])((?:产业?[^、]*)?)")  # 第一、第二和第三产业增加值
PAIRS = toml("names")["pairs"]
JOINT = re.compile("[、，和与]|及(?!以上|其)")
SHARED = re.compile(f"[、，和及与]|{any_of(list(PAIRS))}")
NOTHING = set(words("names", "nothing"))
COMPARED = "(?:同比|环比|[比较与同][^、]{0,6}[年期月初])$"
LEADING = rf"^(?:{any_of(words('names', 'leading'))}|[、\s])+"


def distribute(phrase: str, n: int, exact: bool = False) -> list[str] | None:
    """Subjects of `A、B和C产量分别…`: n of them, each with the measure the last one shares; None if they do not fit
    (`exact`: if there are more of them than figures)."""
    if n == 2:
        for word, both in PAIRS.items():
            if word in phrase and not JOINT.search(phrase.replace(word, "")):
                return [phrase.replace(word, b) for b in both]
    thrice = re.match("(?:三次|三大)产业([^、，]*?)(?:分别.*)?$", phrase)
    if thrice and n == 3:
        return [f"第{i}产业{thrice[1]}" for i in "一二三"]
    if not JOINT.search(phrase):
        return None
    phrase = re.sub(
        r"[比较与同][^、，]{1,10}相比.*$|(?:平均)?每[^，、]*$|（[^）]*）$|(?:年均)?分别.*$|年均$|(?:力争|争取|确保|有望|预计|预期|实现|将)+$",
        "",
        phrase,
    )
    parts = [p for p in phrase.split("、") if p]
    if len(parts) != n:
        parts = [p for p in SPLIT.split(phrase) if p]
    if len(parts) < 2 or n < 2 or len(parts) < n or (exact and len(parts) > n):
        return None
    parts = parts[-n:]
    sector = SECTOR.fullmatch(parts[-1])
    if sector and all(SECTOR.fullmatch(p) for p in parts):
        return ["第" + p.lstrip("第")[0] + re.sub("^产业?", "产业", sector[2]) for p in parts]
    measure = TRADE.search(parts[-1]) or MEASURE.search(parts[-1])
    tail = measure[1] if measure and measure.start() > 0 else ""
    place = AREA.match(parts[-1])
    if place and all(AREA.fullmatch(p) for p in parts[:-1]):
        tail = parts[-1][place.end() :]
    out = [*(p if not tail or MEASURE.search(p) else p + tail for p in parts[:-1]), parts[-1]]
    # 生产安全事故起数、死亡人数
    owner = MEASURE.search(parts[0])
    if owner and owner.start() > 1:
        out[1:] = [parts[0][: owner.start()] + p if p in OWNED else p for p in out[1:]]
    kind = KIND.match(out[0])
    alike = tail or all(p.endswith("业") for p in parts)
    return [p if not kind or not alike or KIND.match(p) or WHOLE.match(p) else kind[0] + p for p in out]


def clean(phrase: str | None) -> str:
    """The subjects without the light words before them."""
    return re.sub(COMPARED, "", re.sub(LEADING, "", phrase or ""))


def each_share(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """5:30:65 is three numbers: the rows without such, and a row more for each number. In and out: the columns of `cut.cut`."""
    mine = rows["surface"].str.contains(r"^[0-9x.]+(?:[:：∶][0-9x.]+){2}$")
    parts = []
    for row in rows.filter(mine).iter_rows(named=True):
        bits = re.split("([:：∶])", row["surface"])
        start = row["char_start"]
        for i in range(0, len(bits), 2):
            end = start + len(bits[i])
            gap, after = bits[i - 1] if i else row["gap"], bits[i + 1] if i + 1 < len(bits) else row["after"]
            parts.append({**row, "surface": bits[i], "char_start": start, "char_end": end, "gap": gap, "after": after})
            start = end + 1
    return rows.filter(~mine) if parts else rows, pl.DataFrame(parts, schema=rows.schema)


def _runs(listed: list[bool]) -> list[tuple[int, int]]:
    """Lists of figures: from the head to behind the last."""
    runs, start = [], None
    for i, inside in enumerate([*listed, False]):
        if inside and start is None:
            start = i - 1
        elif not inside and start is not None:
            runs.append((start, i))
            start = None
    return runs


def respectively(rows: pl.DataFrame) -> pl.DataFrame:
    """Names of figures in a list, each its own subject: `A、B分别增长4%、5%`; after it also `增长…和…` of the same two;
    with nothing before 分别 the figures before are the subjects. Keys on `_each`, `_listed`."""
    lists = rows.select("sentence").filter(rows["_listed"])["sentence"].unique()
    mine = rows["sentence"].is_in(lists).arg_true()
    few = rows.select("_listed", "_each", "_phrase", "indicator_name", "rule_name", "sentence", "basis", "kind")[mine]
    if few.is_empty():
        return rows
    listed, each, phrase, name, rule, sentence, basis, kind = (few[c].to_list() for c in few.columns)
    last: tuple[int, list[str]] = (-1, [])
    for i, j in _runs([bool(v) for v in listed]):
        n = j - i
        said = clean(phrase[i]) if each[i] else ""
        said = "" if said in NOTHING else said
        subjects = distribute(said or name[i] or "", n, exact=not each[i]) if each[i] or basis[i] or SHARED.search(name[i] or "") else None
        if not subjects and last[0] == sentence[i] and len(last[1]) == n and rule[i] == "carried":
            subjects = last[1]
        if not subjects and not said and rule[i] == "carried" and (each[i] or basis[i]):
            start = i - 4 * n if each[i] else i - n
            before = [k for k in range(max(0, start), i) if sentence[k] == sentence[i] and basis[k] is None and kind[k] != "ranking"]
            own = list(dict.fromkeys(name[k] for k in before))
            subjects = own[-n:] if len(own) >= n else None
        if not subjects and each[i] and said and i >= n and sentence[i - n] == sentence[i] and (name[i - 1] or "").startswith(said):
            # 9个省级项目、31个市级项目分别完成投资3亿元、5亿元
            subjects = [f"{name[k]}{(name[i] or '').partition('分别')[2]}" for k in range(i - n, i)]
        if not subjects:
            continue
        last = (sentence[i], subjects)
        for k, subject in zip(range(i, j), subjects, strict=True):
            name[k], rule[k] = subject, "respectively"
    return _renamed(rows, mine, name, rule)


def _renamed(rows: pl.DataFrame, mine: pl.Series, name: list[str | None], rule: list[str | None] | None = None) -> pl.DataFrame:
    """Rows with new names (and what gave them) in the places `mine`."""
    found = {"indicator_name": name} | ({"rule_name": rule} if rule else {})
    return rows.with_columns(rows[c].clone().scatter(mine, pl.Series(values, dtype=pl.String)) for c, values in found.items())


SECTORS = ("第一产业占比", "第二产业占比", "第三产业占比")


def sectors(rows: pl.DataFrame) -> pl.DataFrame:
    """Names of the three shares of 三次产业结构 5:30:65; other ratios keep the name of the whole."""
    mine = rows["rule"].is_in(["ratio_first", "ratio_next"]).arg_true()
    named: list[str | None] = []
    place, whole = 0, False
    for rule, clause, name in rows.select("rule", "clause", "indicator_name")[mine].iter_rows():
        place = 0 if rule == "ratio_first" else place + 1
        whole = ("产业" in (clause or "") + (name or "")) or (whole and (rule == "ratio_next" or "产业" not in (clause or "")))
        named.append(SECTORS[place] if whole and place < 3 else name)
    return _renamed(rows, mine, named)


# what is no more asked for
DONE = ["sentence", "start", "rule", "lead", "_bare", "_listed", "_each", "_phrase", "_several", "_joint", "_scope", "_growth", "_level", "_from",
        "_after_growth"]  # fmt: skip


def several(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each subject of `A、B均增长4%`: adds `subject_no`."""
    able = (pl.col("_several") | (pl.col("basis").is_not_null() & (pl.col("kind") == "percentage"))) & ~pl.col("_listed")
    able = able & ~pl.col("_listed").shift(-1).fill_null(False)
    rows = few(
        rows, able & (pl.col("rule_name") != "respectively"), ["indicator_name"], _joint=pl.col("indicator_name").str.contains("[、和及与]")
    )
    both = rows["_joint"].arg_true()
    found: list[tuple[int, int, str]] = []
    for i, name, stated in rows.select(pl.int_range(pl.len()), "indicator_name", "_several")[both].iter_rows():
        parts = [p for p in SPLIT.split(name) if p]
        if len(parts) < 2 or (not stated and not all(len(p) > 2 and MEASURE.search(p) for p in parts)):
            continue
        found += [(i, n + 1, s) for n, s in enumerate(distribute(name, len(parts)) or [name])]
    subjects = pl.DataFrame(found, schema={"at": pl.Int64, "subject_no": pl.Int64, "indicator_name": pl.String}, orient="row")
    at = pl.concat([pl.int_range(rows.height, eager=True), subjects.filter(pl.col("subject_no") > 1)["at"]]).sort()
    mine = at.is_in(subjects["at"]).arg_true()
    number, _part = spread(mine, at.len(), subjects.select("subject_no", _part="indicator_name"))
    columns = without(rows, *DONE).get_columns()
    del rows  # each column is freed when its rows are taken
    rows = pl.DataFrame([columns.pop(0).rechunk()[at] for _ in range(len(columns))]).with_columns(number.fill_null(1), _part)
    return mend(rows, pl.col("_part").is_not_null(), ["_part"], indicator_name=pl.col("_part"), rule_name=pl.lit("several"))
