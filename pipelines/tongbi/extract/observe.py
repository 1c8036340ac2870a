"""Indicator mentions -> observations: value, unit, kind, context and name of each figure."""

from __future__ import annotations

import polars as pl

from tongbi.extract.changes import bounds, changes, scenarios
from tongbi.extract.context import BASE, FIGURE, LISTED, PERIOD, SINCE, STOP, STREAK, sentences
from tongbi.extract.kinds import kinds, lists
from tongbi.extract.links import links, ranks
from tongbi.extract.names import names
from tongbi.extract.normalise import HIDE
from tongbi.extract.periods import periods
from tongbi.extract.rare import respectively, sectors, several
from tongbi.extract.shape import shape
from tongbi.extract.spans import spans

# a report of less than a year: 2024年上半年工作总结
SPAN = "(上半年|前?[一二三]季度|第[一二三]季度)[^，,和及、下]{0,12}(?:总结|小结|情况|汇报|报告|回顾)"
# what is wanted once a figure has its name
KEPT = [
    "row", "mention_id", "document_id", "section_id", "organisation_id", "region", "report_year", "this_year", "section_type", "sentence", "new", "rule",
    "gap", "lead", "clause", "form", "low", "high", "vague", "mask", "mask_digits", "written_value", "written_unit", "unit", "kind", "approximation",
    "direction", "basis", "base_year", "scenario", "target_force", "p_type", "p_span", "p_year", "indicator_name", "rule_name", "_bare", "_listed",
    "_each", "_phrase", "_several", "negative",
]  # fmt: skip


def observations(mentions: pl.DataFrame, texts: pl.DataFrame, documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Mentions (with their readings) -> `core.observations`; `indicator_id` and `organisation_id` are still NULL."""
    rows = _facts(_read(mentions), documents, sections)
    rows = _figures(periods(rows))
    rows = bounds(changes(kinds(rows)))
    rows = names(scenarios(lists(rows)))
    return shape(links(several(ranks(respectively(sectors(rows.select(KEPT)))))))


def _read(mentions: pl.DataFrame) -> pl.DataFrame:
    """All mentions but page chrome, in order, with `new` (first of a sentence), `sentence` and `lead`: the sentence's
    text since the mention before."""
    rows = mentions.rename({c: c[1:] for c in mentions.columns if c.startswith("_") and c != "_surface"})
    rows = rows.rename({"surface": "written", "_surface": "surface"}).filter(pl.col("disposition") != "chrome")
    first = (pl.col("source_id") != pl.col("source_id").shift(1)).fill_null(True)
    rows = rows.with_row_index("row").with_columns(new=first | pl.col("gap").str.contains(f"[{STOP}]"))
    return rows.with_columns(
        sentence=pl.col("new").cast(pl.Int64).cum_sum(),
        lead=pl.when("new").then(pl.col("gap").str.extract(f"[^{STOP}]*$", 0)).otherwise("gap"),
    )


def _figures(rows: pl.DataFrame) -> pl.DataFrame:
    """The figures only. Their `gap` is all the text since the figure before: references and names stand in it as
    written, periods as one sign each (`PERIOD`, `BASE`, `SINCE`), list markers as a comma."""
    kind = pl.col("disposition")
    figure = kind == "indicator"
    hidden = ((kind == "criterion") & (pl.col("form") == "mask")) | ((pl.col("rule") == "ordinal") & pl.col("unit").is_not_null())
    sign = (
        pl.when(figure).then(pl.lit(FIGURE))
        .when(hidden).then(pl.lit(""))
        .when(kind == "list_marker").then(pl.lit(LISTED))
        .when("is_base").then(pl.lit(BASE))
        .when(kind != "period").then("surface")
        .when("is_from").then(pl.lit(SINCE))
        .when("is_streak").then(pl.lit(STREAK))
        .otherwise(pl.lit(PERIOD))
    )  # fmt: skip
    border = pl.when((pl.col("source_id") != pl.col("source_id").shift(1)).fill_null(True)).then(pl.lit("\n")).otherwise(pl.lit(""))
    # one text for all, cut again where figures stood: the pieces are what stands between them
    whole = rows.select(pl.concat_str(border, "gap", sign).str.join("")).to_series()
    # from here on words that only looked like numerals may be seen again; spaces say nothing; 上半年 is a period
    seen = {**{v: c for c, v in HIDE.items()}, " ": "", f"“{BASE}”": BASE, f"上{PERIOD}": PERIOD, f"下{PERIOD}": PERIOD}
    whole = whole.str.replace_many(list(seen), list(seen.values())).str.replace_all(f"{LISTED}[是要为则靠）)、.．]?", "，")
    joined = whole.str.split(FIGURE).explode().rename("joined")
    joined = pl.concat([joined, pl.Series("joined", [""])])
    rows = rows.filter(figure)
    # the text before a figure, and as the text after it the one before the next
    rows = rows.with_columns(gap=joined.head(rows.height), after_=joined.tail(-1).head(rows.height))
    same = (pl.col("source_id") == pl.col("source_id").shift(-1)).fill_null(False)
    rows = rows.with_columns(
        after=pl.when(same).then("after_").otherwise("after"),
        new=(pl.col("sentence") != pl.col("sentence").shift(1)).fill_null(True),
    ).drop("after_")
    return spans(sentences(rows).with_columns(follows=~pl.col("new")))


def _part(sections: pl.DataFrame) -> pl.Expr:
    """Heading of the part of the report (一、) that each section stands in."""
    if not {"heading", "level", "char_start"} <= set(sections.columns):
        return pl.lit(None, pl.String)
    top = pl.when(pl.col("level") <= 1).then(pl.col("heading").fill_null(""))
    return top.sort_by("char_start", "level").forward_fill().over("document_id", mapping_strategy="explode")


def _facts(rows: pl.DataFrame, documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Years of the document and heading of the section."""
    kind = pl.col("report_type") if "report_type" in documents.columns else pl.lit(None, pl.String)
    title = pl.col("title") if "title" in documents.columns else pl.lit(None, pl.String)
    facts = documents.select(
        "document_id", "organisation_id", "region", "report_year", "plan_year", report_type=kind, report_span=title.str.extract(SPAN, 1)
    )
    heads = sections.select(
        "section_id", heading=pl.col("heading") if "heading" in sections.columns else pl.lit(None, pl.String), part=_part(sections)
    )
    rows = rows.join(facts, on="document_id", how="left", maintain_order="left").join(
        heads, on="section_id", how="left", maintain_order="left"
    )
    plan = pl.col("section_type") == "plan"
    return rows.with_columns(
        this_year=pl.when(plan).then(pl.coalesce("plan_year", "report_year")).otherwise("report_year"),
        # a work report is given to the congress in the year it plans: its 去年 is the year it reviews
        delivered_year=pl.when((plan | (pl.col("report_type") == "government_work_report")) & (pl.col("plan_year") > pl.col("report_year")))
        .then(pl.col("plan_year"))
        .otherwise(pl.col("report_year")),
    )
