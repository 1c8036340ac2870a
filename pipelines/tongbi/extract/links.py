"""Which figures belong to one another: ranks to what they rank, changes to their level, parts to their total."""

from __future__ import annotations

import polars as pl

from tongbi.extract.context import HERE, carried, carrier, start
from tongbi.extract.few import change, few, mend, spread, without
from tongbi.extract.lexicon import cue

# what is no more asked for
DONE = ["row", "new", "full", "gap", "clause", "_inside", "_inside_first", "_level", "_subject", "_of", "_same", "_whole", "_countable", "_opens",
        "_goes_on", "_last", "_full", "_start", "_total"]  # fmt: skip


def ranks(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `rank_scope`; a rank has no direction, and the basis of the growth if it ranks one. In: `lead, clause, kind, basis`."""
    rank = pl.col("kind") == "ranking"
    ranked = rows.select("sentence").filter(rows["kind"] == "ranking")["sentence"].unique()
    lead, among = pl.col("lead"), cue("cues", "rank_scope")
    scope = pl.coalesce(
        lead.str.extract(rf"(?:[居列位排占获在至入名]|跻身|保持)({among})[^，,]{{0,12}}$", 1),
        lead.str.extract(rf"({among})[^，,]{{0,16}}$", 1),
        lead.str.extract(rf"({among})[^，,]{{0,24}}$", 1),
        lead.str.extract(r"[居列位排名在为](省|市|区|县)[^，,]{0,4}$", 1),
        lead.str.extract(rf"({among})[^，,]*，[^，,]{{0,6}}$", 1),
    )
    growth = pl.col("clause").str.contains("同比|增速|增幅|增长率|增量")
    level = pl.col("clause").str.contains("总量|总额|额|量|规模|人均|水平|得分|成绩|均")
    rows = few(rows, pl.col("sentence").is_in(ranked.implode()), ["lead", "clause"], _scope=scope, _growth=growth, _level=level)
    grown = (pl.col("basis") == "yoy") & (pl.col("kind") == "percentage")
    # 增长5.8%，高于全市1.3个百分点，排名全市第3
    ahead = (pl.col("unit") == "个百分点") & pl.col("basis").is_null() & grown.shift(1)
    after_growth = (grown | ahead).shift(1).fill_null(False) & pl.col("_bare")
    rows = rows.with_columns(_from=carrier(pl.col("_scope"), pl.col("start")), _after_growth=after_growth)
    yoy = pl.col("_growth") | (pl.col("_after_growth") & ~pl.col("_level"))
    rows = change(
        rows, rank, ["_growth", "_level", "_after_growth"],
        basis=pl.when(yoy).then(pl.lit("yoy")), direction=pl.lit(None, pl.String),
    )  # fmt: skip
    return few(rows, rank, ["_from"], rank_scope=pl.lit(rows["_scope"]).gather("_from"))


def links(rows: pl.DataFrame) -> pl.DataFrame:
    """`base_at`: the level before a change, rank or share of the same name, at most a few figures back; `part_of_at`: the total
    before 其中 or 含, or the level that a share is a part of; both as the place of a mention."""
    level = pl.col("basis").is_null() & pl.col("direction").is_null() & (pl.col("kind") != "ranking") & (pl.col("rule_name") != "share")
    share, name = pl.col("rule_name") == "share", pl.col("indicator_name")
    rows = few(
        rows.with_columns(_level=level),
        share,
        ["indicator_name"],
        _subject=name.str.extract("^(.*?)占", 1),
        _of=name.str.extract("占(.+)比重$", 1),
    )
    # figures of one year of one document and one plan
    planned = (pl.col("scenario") == "planned") + 2 * (pl.col("scenario") == "expected").cast(pl.Int64)
    same = (pl.col("document").cast(pl.Int64) * 100_000 + pl.coalesce("p_year", "this_year").fill_null(0)) * 3 + planned
    rows = rows.with_columns(_same=same)
    key = pl.struct("_same", "name").hash()  # one number to join by: 64 bits, compared within 15 figures only
    levels = rows.select("row", "_same", "at", name="indicator_name")[rows["_level"].arg_true()].select("row", "at", key=key)
    changes = rows.select(pl.int_range(pl.len()).alias("i"), "row", "_same", "_subject", "rule_name", name="indicator_name")[
        (~rows["_level"]).arg_true()
    ]
    changes = mend(changes.with_columns(_null=share & pl.col("_subject").is_null()), share, ["_subject"], name=pl.col("_subject"))
    shares = rows.select(pl.int_range(pl.len()).alias("i"), "row", "_same", name="_of")[rows["_of"].is_not_null().arg_true()]
    wants = pl.concat(
        [changes.filter(~pl.col("_null")).select("i", "row", key=key, whole=False), shares.select("i", "row", key=key, whole=True)]
    ).sort("i")
    # the last level of the same name before each row
    found = wants.join_asof(levels, on="row", by="key", strategy="backward", tolerance=15, check_sortedness=False)
    base, whole = found.filter(~pl.col("whole")), found.filter("whole")
    columns = spread(base["i"], rows.height, base.select(base_at="at")) + spread(whole["i"], rows.height, whole.select(_whole="at"))
    rows = rows.with_columns(columns)
    return _parts(rows)


def opening(leads: pl.DataFrame) -> pl.DataFrame:
    """Adds which words begin the parts of a total: `_inside` (其中, 含), `_inside_first` (a clause begins with 其中)."""
    lead = pl.col("lead")
    leads = leads.with_columns(_inside=lead.str.contains_any(["其中", "（含", "(含"]))
    return few(leads, pl.col("_inside"), ["lead"], _inside_first=lead.str.contains("^[^，,]{0,2}其中"))


def _parts(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `part_of_at`. In: `_level, _whole, at, kind, unit, gap, clause, new, document` and what `opening` adds."""
    countable = pl.col("_level") & pl.col("kind").is_in(["amount", "count"])
    gap, new = pl.col("gap"), pl.col("new")
    inside = (pl.col("document") == pl.col("document").shift(1)).fill_null(False)
    opens = pl.when(pl.col("_inside") & inside).then(~new | pl.col("_inside_first"))
    rows = few(
        rows.with_columns(_countable=countable, _opens=opens), pl.col("_opens"), ["gap"], _goes_on=gap.str.contains("。[^。；;]{0,2}其中")
    )
    # 。其中，第一产业…；第二产业… goes on over semicolons
    rows = rows.with_columns(_last=pl.when("_countable").then(HERE).shift(1).forward_fill(), _full=start(pl.col("full")), _start=start(new))
    report = start((pl.col("document") != pl.col("document").shift(1)).fill_null(True))
    last = pl.when(pl.col("_last") >= report).then("_last")  # no total of the report before
    total = pl.coalesce(carried(pl.when("_opens").then(last), pl.col("_start")), carried(pl.when("_goes_on").then(last), pl.col("_full")))
    rows = rows.with_columns(_total=pl.when("_countable").then(total))
    # 其中新建7个、续建11个，已完工9个: how far all of them are, no part beside the others
    stage = pl.col("clause").str.contains("已", literal=True)
    units, places = rows["unit"].fill_null(""), rows["at"]
    alike = pl.lit(units).gather(pl.col("_total")) == pl.col("unit").fill_null("")
    part_of = pl.when(alike & ~stage).then(pl.lit(places).gather(pl.col("_total")))
    rows = few(rows, pl.col("_total").is_not_null(), ["_total", "unit", "clause"], part_of_at=part_of)
    return without(rows.with_columns(part_of_at=pl.coalesce("part_of_at", "_whole")), *DONE)
