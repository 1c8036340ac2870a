"""Whether a figure happened, is expected or planned; and how binding a plan is."""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.context import AIM, HERE, carried, start
from tongbi.extract.few import few, without
from tongbi.extract.lexicon import any_of, cue, words

NONE = -1  # a target that speaks of no more figures


@cache
def _forces() -> dict[str, str]:
    return {word: force for force in ("anticipated", "strive", "binding") for word in words("cues", force)}


def wishes(leads: pl.DataFrame) -> pl.DataFrame:
    """Adds what the words since the figure before say of its scenario; most have none of them."""
    lead, clause = pl.col("lead"), pl.col("clause")
    hints = [*words("cues", "expected"), *words("cues", "planned"), *_forces(), "拟", "计划", "规划", "目标", "任务", "预算", "指标"]
    forces = any_of(sorted(_forces(), key=len, reverse=True))
    leads = few(leads, lead.str.contains(rf"(?:^|[^项]){cue('cues', 'settled')}"), ["clause"], _settled=pl.lit(True))
    leads = few(
        leads, lead.str.contains_any(hints), ["lead", "clause"],
        _expected=lead.str.contains(cue("cues", "expected")) & ~lead.str.contains("(?:未达|超|好于|高于|低于|不及|符合|达到)预期"),
        _asked=lead.str.contains(cue("cues", "planned")) & ~lead.str.contains("确保了|拟定|模拟|(?:超|超过|低于|高于|好于|未达)[^，,]{0,4}(?:预期)?目标"),
        _asked_here=clause.str.contains(cue("cues", "planned")),
        _draft=lead.str.contains("拟|计划(?:总|年度|完成)?投资"),
        _aims=lead.str.contains("目标[是为：:]"),
        _tasks=lead.str.contains("(?:主要|重点|工作|预期|总体|发展|奋斗)(?:目标|任务|指标)(?:是|：|:)"),
        _goal_set=clause.str.contains(f"{AIM}$"), _goal_told=clause.str.contains(f"{AIM}(?:[为是][：:]?|[（(])$|规划(?:建设|总)[^，,全居占]*$"),
        _urging=lead.str.contains(forces),
    )  # fmt: skip
    urge = lead.str.extract(rf"^.*({forces})", 1).replace_strict(_forces(), default=None, return_dtype=pl.String)
    leads = few(leads, pl.col("_urging"), ["lead"], _urge=urge)
    # 预计（下同）: all that the review tells
    below = pl.when(lead.str.contains("预计（下同）|预计，下同")).then(True)
    leads = few(leads, pl.col("_expected"), ["lead"], _below=below)
    told = ["_expected", "_asked", "_asked_here", "_settled", "_draft", "_aims", "_tasks", "_goal_set", "_goal_told"]
    return without(leads.with_columns(pl.col(told).fill_null(False)), "_urging")


def _given(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_goal` (the figure is called a goal) and `_given` (what a plan builds upon)."""
    clause = pl.col("clause")
    goal = pl.col("after").str.contains("^的?(?:年度)?(?:考核|预期|奋斗)?(?:目标|任务)(?:$|[，。；、”]|任务|提前)")
    unplanned = (pl.col("basis") != "plan").fill_null(True)
    changes = (pl.col("kind") == "percentage") & unplanned
    rows = few(rows, (changes, pl.col("after").str.head(1).is_in(list("的年考预奋目任"))), ["after"], _goal=goal)
    rows = rows.with_columns(_goal=pl.col("_goal").fill_null(False) | (pl.col("_called") & unplanned).fill_null(False))
    given = clause.str.contains("(?:利用[^内外省资]|依托|发挥|立足|坐拥)[^，,]{0,10}$") & (pl.col("kind") == "amount")
    return few(
        without(rows, "_called"), pl.col("section_type") == "plan", ["clause", "kind"], _given=given | clause.str.contains("[选定出]了$")
    )


def scenarios(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `scenario` and `target_force`: words first, section second. In: also what `wishes` adds."""
    told = ["_expected", "_asked", "_asked_here", "_settled", "_draft", "_goal", "_given", "_aims", "_tasks", "_tasked", "_below"]
    rows = _given(rows).with_columns(pl.col("_goal", "_given").fill_null(False))
    # 年度计划完成15000万元，完成投资14242万元
    done = pl.col("lead").str.contains("^[，,](?:实际)?完成投资") & pl.col("follows")
    rows = few(
        rows.with_columns(_due=pl.col("clause").shift(1)),
        done,
        ["_due"],
        _paid=pl.col("_due").str.contains("计划(?:总|年度)?(?:完成|投资)|年度投资"),
    )
    settled = (pl.col("_settled") | pl.col("_paid").fill_null(False)) & ~pl.col("_asked_here")
    # 拟 and 计划投资 speak of their own clause only, other words of the rest of the sentence
    state = pl.when(settled).then(False).when(pl.col("_asked") & ~pl.col("_draft")).then(True)
    other = (pl.col("section_type") != pl.col("section_type").shift(1)) | (pl.col("document") != pl.col("document").shift(1))
    review = start(other).fill_null(0)
    # 预期目标是：…；…。 goes on over semicolons
    urged = pl.when(pl.col("_urge").is_not_null()).then(HERE)
    aimed = pl.when("_aims").then(urged).when(urged.is_not_null()).then(NONE)
    rows = rows.with_columns(
        _planned=carried(state, pl.col("start")).fill_null(False) | (pl.col("_asked") & pl.col("_draft") & ~settled),
        _foreseen=(
            carried(pl.when("_expected").then(True), pl.col("start")).fill_null(False) | carried(pl.col("_below"), review).fill_null(False)
        ),
        _aimed=carried(aimed, start(pl.col("full"))),
        _urged=carried(urged, pl.col("start")),
        _in_plan=pl.col("section_type") == "plan",
        _past=(pl.col("p_year") < pl.col("plan_year")) & (pl.col("p_year") > 0) & (pl.col("plan_year") != pl.col("report_year")),
    )
    done = pl.col("_in_plan") & ((pl.col("_past") | pl.col("_was")).fill_null(False) | pl.col("_given"))
    ahead = ((pl.col("p_year") == pl.col("plan_year")) & (pl.col("plan_year") > pl.col("report_year"))).fill_null(False) & ~settled
    planned = ~done & (pl.col("_in_plan") | ahead | pl.col("_goal") | pl.col("_planned") | (pl.col("_tasked") & ~settled))
    # how much of a plan is done is no plan
    planned = planned & ((pl.col("basis") != "plan").fill_null(True) | pl.col("_in_plan"))
    rows = rows.with_columns(
        scenario=pl.when(planned)
        .then(pl.lit("planned"))
        .when(pl.col("_foreseen") & ~done)
        .then(pl.lit("expected"))
        .otherwise(pl.lit("actual"))
    )
    urges = rows["_urge"]
    force = pl.lit(urges).gather(pl.coalesce("_urged", pl.when(pl.col("_aimed") >= 0).then("_aimed"))).fill_null("plain")
    rows = few(rows, pl.col("scenario") == "planned", ["_urged", "_aimed"], target_force=force)
    return without(rows, *told, "_due", "_paid", "_urge", "_planned", "_foreseen", "_aimed", "_urged", "_in_plan", "_past")
