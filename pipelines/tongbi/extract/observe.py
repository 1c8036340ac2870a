"""Indicator mentions -> observations: value, unit, kind, context and name of each figure."""

from __future__ import annotations

import polars as pl

from tongbi.extract.changes import bounds, changes
from tongbi.extract.context import BASE, PERIOD, STOP, of, sentences, start
from tongbi.extract.eras import headed
from tongbi.extract.few import few, mend, take, without
from tongbi.extract.kinds import kinds, lists
from tongbi.extract.leads import leads
from tongbi.extract.links import links, ranks
from tongbi.extract.names import names
from tongbi.extract.normalise import HIDE, veiled
from tongbi.extract.periods import held, periods
from tongbi.extract.rare import respectively, sectors, several
from tongbi.extract.scenarios import scenarios
from tongbi.extract.shape import shape
from tongbi.extract.spans import spans

# a report of less than a year: 2024年上半年工作总结
SPAN = "(上半年|前?[一二三]季度|第[一二三]季度|1月?份?[-—–~至到][0-9]{1,2}月)份?[^，,和及、下]{0,12}(?:总结|小结|情况|汇报|报告|回顾)"
# what the rules read of a mention and of its place; all else is looked up when a figure is done
READ = ["rule", "form", "negative", "low", "high", "is_range", "vague", "more", "bound", "scaled", "unit_kind", "n1", "unit"]
# what no rule asks for once kinds, changes and scenarios are told
TOLD = ["era", "era_start", "report_year", "plan_year", "report_span", "section_type", "is_range", "more", "bound", "change_word", "named",
        "_sep", "_turned", "_joined"]  # fmt: skip
# what is wanted once a figure has its name
KEPT = [
    "at", "place", "document", "sentence", "row", "new", "start", "full", "this_year", "rule", "gap", "lead", "clause", "form", "low", "high", "vague", "unit", "kind",
    "approximation", "direction", "basis", "base_year", "scenario", "target_force", "p_type", "p_span", "p_year", "indicator_name", "rule_name",
    "_bare", "_listed", "_each", "_phrase", "_several", "negative", "_inside", "_inside_first", "_early",
]  # fmt: skip


def observations(mentions: pl.DataFrame, texts: pl.DataFrame, documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Mentions (with their readings) -> `core.observations`; `indicator_id` and `organisation_id` are still NULL."""
    places = _places(mentions, documents, sections)
    rows = [_figures(mentions, places, _read(mentions, places))]
    for step in (leads, spans, kinds, changes, bounds, lists, scenarios, _told, names, _kept, sectors, respectively, ranks, several, links):
        rows.append(step(rows.pop()))  # handed on, not kept: what a step drops is freed
    return shape(rows.pop(), mentions, places)


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    return without(rows, *TOLD)


def _kept(rows: pl.DataFrame) -> pl.DataFrame:
    return rows[KEPT]


def _part(sections: pl.DataFrame) -> pl.Expr:
    """Heading of the part of the report (一、) that each section stands in."""
    if not {"heading", "level", "char_start"} <= set(sections.columns):
        return pl.lit(None, pl.String)
    top = pl.when(pl.col("level") <= 1).then(pl.col("heading").fill_null(""))
    return top.sort_by("char_start", "level").forward_fill().over("document_id", mapping_strategy="explode")


def _places(mentions: pl.DataFrame, documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """One row for each run of mentions in one section: its heading and the years of its document."""
    kind = pl.col("report_type") if "report_type" in documents.columns else pl.lit(None, pl.String)
    title = pl.col("title") if "title" in documents.columns else pl.lit(None, pl.String)
    facts = documents.select(
        "document_id", "organisation_id", "region", "report_year", "plan_year", report_type=kind, report_span=title.str.extract(SPAN, 1)
    )
    heads = sections.select(
        "section_id",
        "section_type",
        heading=pl.col("heading") if "heading" in sections.columns else pl.lit(None, pl.String),
        part=_part(sections),
    )
    run = mentions["section_id"].rle_id()
    firsts = (run != run.shift(1)).fill_null(True).arg_true()
    rows = mentions.select(pl.col("document_id", "section_id", "_source_id").gather(firsts))
    rows = rows.join(facts, on="document_id", how="left", maintain_order="left").join(
        heads, on="section_id", how="left", maintain_order="left"
    )
    rows = rows.with_columns(report_span=pl.coalesce("report_span", pl.col("part").str.extract(SPAN, 1)))
    plan = pl.col("section_type") == "plan"
    return rows.with_columns(
        source=pl.col("_source_id").rle_id(),
        document=pl.col("document_id").rle_id(),
        part_no=pl.struct("document_id", "part").hash(),
        type_no=pl.struct("document_id", "section_type").hash(),
        headed=headed(),
        in_plan=plan.fill_null(False),
        this_year=pl.when(plan).then(pl.coalesce("plan_year", "report_year")).otherwise("report_year"),
        # a work report is given to the congress in the year it plans: its 去年 is the year it reviews
        delivered_year=pl.when((plan | (pl.col("report_type") == "government_work_report")) & (pl.col("plan_year") > pl.col("report_year")))
        .then(pl.col("plan_year"))
        .otherwise(pl.col("report_year")),
    )


def _read(mentions: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """All mentions but page chrome, in order (`at`: their place in `mentions`), with `new` (first of a sentence), `sentence` and
    `hidden` (nothing of it stands in the text between figures)."""
    kind = pl.col("disposition")
    hidden = ((kind == "criterion") & (pl.col("_form") == "mask")) | ((pl.col("rule") == "ordinal") & pl.col("_unit").is_not_null())
    read = {c: f"_{c}" for c in ("surface", "gap", "after", "titled")}
    at, place = pl.int_range(pl.len(), dtype=pl.UInt32), pl.col("section_id").rle_id()
    rows = mentions.select("disposition", "rule", at=at, place=place, hidden=hidden, **read)
    if (places["section_type"] == "chrome").any():
        rows = rows.filter(pl.col("disposition") != "chrome")
    rows = rows.with_row_index("row").with_columns(
        *of(places, "source", "document", "part_no", "type_no", "headed", "in_plan", "this_year"),
        _stop=pl.col("gap").str.contains(f"[{STOP}]"),
    )
    new = (pl.col("source") != pl.col("source").shift(1)).fill_null(True) | pl.col("_stop")
    return rows.with_columns(new=new, sentence=new.cum_sum())


def _between(rows: pl.DataFrame) -> pl.Series:
    """The text before each figure, back to the figure before. References and names stand in it as written, periods as one
    sign each (`PERIOD`, `BASE`, `SINCE`), list markers as a comma."""
    kind, sign = pl.col("disposition"), pl.col("sign")
    first = (pl.col("source") != pl.col("source").shift(1)).fill_null(True)
    rows = rows.select("gap", "sign", "surface", "hidden", kind=kind, first=first)
    # from here on words that only looked like numerals may be seen again; spaces say nothing
    rows = mend(rows, veiled(pl.col("gap")) | pl.col("gap").str.contains(" ", literal=True), ["gap"], gap=_revealed(pl.col("gap")))
    # list markers take what closes them along; 上半年 is a period
    marked = (pl.col("kind").shift(1) == "list_marker") & ~pl.col("first")
    rows = mend(rows, marked, ["gap"], gap=pl.col("gap").str.replace("^[是要为则靠）)、.．]", ""))
    rows = mend(rows, (sign == PERIOD, pl.col("gap").str.contains("[上下]$")), ["gap"], gap=pl.col("gap").str.head(-1))
    # “十四五”末, compared with
    quoted = (sign == BASE) & pl.col("gap").str.ends_with("“") & pl.col("gap").shift(-1).str.starts_with("”") & ~pl.col("first").shift(-1)
    rows = rows.with_columns(_quoted=quoted)
    rows = mend(rows, pl.col("_quoted"), ["gap"], gap=pl.col("gap").str.head(-1))
    rows = mend(rows, pl.col("_quoted").shift(1), ["gap"], gap=pl.col("gap").str.slice(1))
    rows = mend(rows, pl.col("first"), ["gap"], gap=pl.concat_str(pl.lit("\n"), "gap"))
    figure = rows["kind"] == "indicator"
    gaps = rows["gap"].filter(figure)
    # where a figure follows a figure that is all
    alone = figure & figure.shift(1, fill_value=True)
    stands = (
        pl.when((pl.col("kind") == "indicator") | pl.col("hidden")).then(pl.lit(""))
        .when(pl.col("kind") == "list_marker").then(pl.lit("，"))
        .when((pl.col("kind") == "period") & sign.is_null()).then(pl.lit(PERIOD))
        .otherwise("sign")
    )  # fmt: skip
    rest = take(rows, (~alone).arg_true()).with_columns(_stands=stands)
    rest = mend(rest, pl.col("_stands").is_null(), ["surface"], _stands=_revealed(pl.col("surface")))
    return _pieces(rest, gaps, (~alone).filter(figure).arg_true())


def _pieces(rest: pl.DataFrame, gaps: pl.Series, at: pl.Series) -> pl.Series:
    """`gaps` with the text before those figures (the places `at`) that do not follow another."""
    figure = rest["kind"] == "indicator"
    # mostly one thing stands between
    single = figure & ~figure.shift(1, fill_value=True) & figure.shift(2, fill_value=True)
    ends = single.arg_true()
    before = take(rest[["gap", "_stands"]], ends - 1).rename({"gap": "_before"})
    text = take(rest[["gap"]], ends).hstack(before.get_columns()).select(pl.concat_str("_before", "_stands", "gap")).to_series()
    # else all up to the next figure
    more = take(rest[["kind", "gap", "_stands"]], (~(single | single.shift(-1, fill_value=False))).arg_true())
    run = (pl.col("kind") == "indicator").shift(1, fill_value=False).cum_sum()
    runs = more.select(run=run, parts=pl.concat_str("gap", "_stands")).group_by("run", maintain_order=True).agg("parts")
    texts = runs.select(pl.col("parts").list.join("")).to_series()
    single = single.filter(figure)
    others = at.filter(~single)
    return gaps.scatter(at.filter(single), text).scatter(others, texts.head(others.len()))


def _revealed(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many([*HIDE.values(), " "], [*HIDE, ""])


def _figures(mentions: pl.DataFrame, places: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The figures only. Their `gap` is all the text since the figure before; `full`: a full stop or a line ends in it."""
    rows, told = periods(rows, places)
    seen = ["row", "at", "place", "source", "document", "sentence", "told", "era", "after", "surface", "this_year"]
    figures = take(rows[seen], (rows["disposition"] == "indicator").arg_true())
    rows = rows[["disposition", "source", "sign", "gap", "surface", "hidden"]]
    between, rows = _between(rows), figures
    del figures
    read = mentions.select(pl.col(f"_{c}" if c != "rule" else c).alias(c) for c in READ)
    rows = held(rows, told).hstack(take(read, rows["at"]).get_columns())
    new = (pl.col("sentence") != pl.col("sentence").shift(1)).fill_null(True)
    # the text before a figure, and as the text after it the one before the next
    rows = rows.with_columns(
        *of(places, "report_year", "plan_year", "report_span", "section_type", "heading"),
        gap=between,
        after=pl.when(pl.col("source") == pl.col("source").shift(-1)).then(between.shift(-1)).otherwise("after"),
        new=new,
        follows=~new,
        start=start(new),
    )
    rows = few(without(rows, "told", "source"), pl.col("new"), ["gap"], full=pl.col("gap").str.contains("[。！\n]"))
    return sentences(rows.with_columns(pl.col("full").fill_null(False)), "new")
