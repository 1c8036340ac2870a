"""Which figures belong to one another: ranks to what they rank, changes to their level, parts to their total."""

from __future__ import annotations

import polars as pl

from tongbi.extract.context import carried
from tongbi.extract.few import few
from tongbi.extract.lexicon import cue


def ranks(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `rank_scope`; a rank has no direction, and the basis of the growth if it ranks one. In: `lead, clause, kind, basis`."""
    rank = pl.col("kind") == "ranking"
    ranked = rows.filter(rank)["sentence"].unique()
    lead, among = pl.col("lead"), cue("cues", "rank_scope")
    scope = pl.coalesce(
        lead.str.extract(rf"(?:[居列位排占获在至入名]|跻身|保持)({among})[^，,]{{0,12}}$", 1),
        lead.str.extract(rf"({among})[^，,]{{0,16}}$", 1),
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
    return rows.with_columns(
        rank_scope=pl.when(rank).then(carried(pl.col("_scope"), pl.col("new"))),
        basis=pl.when(rank).then(pl.when(pl.col("_growth") | (after_growth & ~pl.col("_level"))).then(pl.lit("yoy"))).otherwise("basis"),
        direction=pl.when(rank).then(None).otherwise("direction"),
    ).drop("_scope", "_growth", "_level")


def links(rows: pl.DataFrame) -> pl.DataFrame:
    """`base_mention_id`: the level before a change, rank or share of the same name, at most a few figures back;
    `part_of_mention_id`: the total before 其中 or 含, or the level that a share is a part of."""
    level = pl.col("basis").is_null() & pl.col("direction").is_null() & (pl.col("kind") != "ranking") & (pl.col("rule_name") != "share")
    same = ["document_id", "scenario", pl.coalesce("p_year", "this_year").fill_null(0).alias("year")]  # of one year and one plan
    levels = rows.filter(level).select(*same, "row", name="indicator_name", level_id="mention_id")
    share = pl.col("rule_name") == "share"
    subject = pl.when(share).then(pl.col("indicator_name").str.extract("^(.*?)占", 1)).otherwise("indicator_name")
    wants = rows.filter(~level | share).select(*same, "row", "subject_no", name=subject)
    base = _before(wants, levels).rename({"level_id": "base_mention_id"})
    wholes = rows.filter(share).select(*same, "row", "subject_no", name=pl.col("indicator_name").str.extract("占(.+)比重$", 1))
    whole = _before(wholes.drop_nulls("name"), levels).rename({"level_id": "whole_id"})
    keys = ["row", "subject_no"]
    rows = rows.join(base, on=keys, how="left", maintain_order="left").join(whole, on=keys, how="left", maintain_order="left")
    countable = level & pl.col("kind").is_in(["amount", "count"])
    last = pl.when(countable).then(pl.concat_str("mention_id", pl.lit(" "), pl.col("unit").fill_null("")))
    rows = rows.with_columns(_last=last.shift(1).forward_fill())
    inside = (pl.col("document_id") == pl.col("document_id").shift(1)).fill_null(False)
    opens = pl.col("lead").str.contains("其中|[（(]含") & inside & (~pl.col("new") | pl.col("lead").str.contains("^[^，,]{0,2}其中"))
    # 。其中，第一产业…；第二产业… goes on over semicolons
    full = pl.col("gap").str.contains("[。！\n]")
    total = carried(pl.when(opens).then("_last"), pl.col("new"))
    total = pl.coalesce(total, carried(pl.when(opens & pl.col("gap").str.contains("。[^。；;]{0,2}其中")).then("_last"), full))
    alike = total.str.extract(" (.*)$", 1) == pl.col("unit").fill_null("")
    stage = pl.col("clause").str.contains("已")  # 其中新建7个、续建11个，已完工9个: how far all of them are, no part beside the others
    part = pl.when(countable & alike & ~stage).then(total.str.extract(r"^(\S+)", 1))
    return rows.with_columns(part_of_mention_id=pl.coalesce(part, "whole_id"))


def _before(wants: pl.DataFrame, levels: pl.DataFrame) -> pl.DataFrame:
    """The last level of the same name before each row: `row, subject_no, level_id`."""
    found = wants.sort("row").join_asof(
        levels.sort("row"),
        on="row",
        by=["document_id", "scenario", "year", "name"],
        strategy="backward",
        tolerance=15,
        check_sortedness=False,
    )
    return (
        found.drop_nulls("level_id")
        .select("row", "subject_no", "level_id")
        .unique(["row", "subject_no"], keep="first", maintain_order=True)
    )
