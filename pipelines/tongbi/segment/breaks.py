"""Sections that no marker begins: headings without number, paragraphs where problems, plans or the closing start."""

from __future__ import annotations

import polars as pl

from tongbi.segment.lines import half_width, nearest, table, where
from tongbi.segment.nesting import LEAF, event
from tongbi.segment.section_types import cue, five_year_start, root_types

HEAD = 140
# A plan that begins with its year.
LATER = r"^....年[，,]?[^。]{0,40}(?:将|要|计划|打算|继续|总体要求|目标)"


def parts(plain: pl.DataFrame, marks: pl.DataFrame, docs: pl.DataFrame) -> pl.DataFrame:
    """Headings of the first level without number; the title is none.

    Whole lines of years and words like 工作回顾; and, where no part of a report is numbered 一、, any short line
    between the last of one numbering and the first of the next.
    """
    head = pl.col("head")
    titles = table("titles.toml")
    short = plain.filter((head.str.len_chars() <= 40) & ~head.str.contains("[。；，：！]$"))
    words = pl.lit(half_width(short["head"]))
    said = words.str.contains(titles["heading"]) & words.str.contains(f"(?:{titles['review']}|{titles['plan']}|问题|亮点|重点工作)")
    seconds = marks.filter(pl.col("deep") == 2)
    before, ahead = nearest(short, seconds), nearest(short, seconds, after=True)
    short = short.with_columns(
        said=said,
        n=seconds["num"].gather(before),
        at=seconds["start"].gather(before),
        n_next=seconds["num"].gather(ahead),
        numbered=short["doc"].is_in(marks.filter(pl.col("deep") == 1)["doc"].unique().to_list()),
        title=docs["title"].gather(short["doc"]),
        doc_start=docs["doc_start"].gather(short["doc"]),
    )
    between = ~pl.col("numbered") & (pl.col("n") >= 2) & (pl.col("n_next") == 1)
    last = ~(
        between & (pl.col("doc") == pl.col("doc").shift(-1)) & (pl.col("at") == pl.col("at").shift(-1)) & between.shift(-1).fill_null(False)
    )
    appendix = head.str.contains(cue("paragraph", "appendix"))
    found = short.filter(
        pl.col("said")
        | appendix
        | (
            between
            & last
            & (head.str.len_chars().is_between(4, 30))
            & ~head.str.contains(titles["salute_any"])
            & ~head.str.contains("[。；！]")
        )
    )
    return found.filter(
        (head.str.replace_all(r"\s", "") != pl.col("title").fill_null(""))
        & ~(
            pl.col("title").fill_null("").str.contains(head.str.replace_all(r"\s", ""), literal=True)
            & (pl.col("start") - pl.col("doc_start") < pl.col("title").str.len_chars() + 30)
        )
        & ((head.str.len_chars() >= 4) | head.str.contains(cue("paragraph", "appendix")))
    ).select(event("part", pl.lit(1), pl.lit(None), head))


def bodies(plain: pl.DataFrame, marks: pl.DataFrame, docs: pl.DataFrame) -> pl.DataFrame:
    """The text of a report without any numbered part or heading: what follows its title is its body."""
    marked = marks.filter(pl.col("deep") <= 3)["doc"].unique()
    if len(marked) == docs.height:
        return plain.clear().select(event("body", pl.lit(1), pl.lit("achievements")))
    bare = plain.join(marked.to_frame(), on="doc", how="anti").join(docs.select("doc", "title"), on="doc", how="left")
    title = pl.col("head").str.replace_all(r"\s", "") == pl.col("title").fill_null("")
    first = bare.filter(~title).group_by("doc").agg(start=pl.col("start").min())
    return first.select(event("body", pl.lit(1), pl.lit("achievements")))


def breaks(plain: pl.DataFrame, marks: pl.DataFrame, docs: pl.DataFrame, texts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Type the sections of the first level, then find the paragraphs that turn to something else inside them.

    Returns the marks with `said` filled for the first level, and the breaks as events.
    """
    marks = root_types(marks, docs, texts)
    roots = marks.filter(pl.col("deep") == 1)
    at, after = nearest(plain, roots), nearest(plain, roots, after=True)
    context = plain.select(
        "doc",
        "start",
        words=half_width(plain["head"].str.slice(0, HEAD)),
        size=pl.col("head").str.len_chars(),
        whole="head",
        root=roots["said"].gather(at),
        mixed=roots["mixed"].gather(at),
        root_at=roots["start"].gather(at),
        next_root=roots["start"].gather(after),
    )
    context = _promising(context)
    numbered, seconds = marks.filter(pl.col("deep") >= 2), marks.filter(pl.col("deep") == 2)
    after = nearest(context, seconds, after=True)
    context = context.with_columns(
        last_at=numbered["start"].gather(nearest(context, numbered)),
        next_num=seconds["num"].gather(after),
        next_at=seconds["start"].gather(after),
        report_year=docs["report_year"].gather(context["doc"]),
        report_type=docs["report_type"].gather(context["doc"]),
    )
    found = _judge(context)
    restarts = pl.col("next_at").is_not_null() & (pl.col("next_root").is_null() | (pl.col("next_at") < pl.col("next_root")))
    carries_on = restarts & (pl.col("next_num") != 1)
    deep = (
        pl.when(pl.col("kind_of") == "lead")
        .then(2)
        .when(carries_on & (pl.col("kind_of") == "plan"))
        .then(LEAF)
        .when((pl.col("kind_of") == "plan") | (restarts & (pl.col("next_num") == 1)))
        .then(1)
        .otherwise(2)
    )
    said = pl.when(pl.col("kind_of") != "lead").then(pl.col("kind_of"))
    again = (pl.col("kind_of") == pl.col("kind_of").shift(1)) & (pl.col("doc") == pl.col("doc").shift(1))
    again &= pl.col("root_at").eq_missing(pl.col("root_at").shift(1))
    again &= (pl.col("kind_of") == "plan") | pl.col("last_at").eq_missing(pl.col("last_at").shift(1))
    found = found.filter(~again.fill_null(False))
    return marks, found.select(event("break", deep, said))


def _promising(context: pl.DataFrame) -> pl.DataFrame:
    """Leave the paragraphs that can be a break at all; `near_end` marks the last two before the next part."""
    next_but_one = pl.col("next_root").shift(-2)
    other = (pl.col("next_root") != next_but_one) | (pl.col("doc") != pl.col("doc").shift(-2))
    near_end = other.fill_null(True) & pl.col("next_root").is_not_null()
    words = pl.col("words")
    told = words.str.contains("|".join(table("section_types.toml")["paragraph"]["any"])) | (pl.col("size") <= 70)
    told |= words.str.contains(r"^(?:(?:19|20)\d\d年|到20)")
    planned = (pl.col("root") == "plan") & (pl.col("size") > 70) & ~words.str.starts_with("各位")
    return context.with_columns(near_end=near_end).filter((told | pl.col("near_end")) & ~planned.fill_null(False))


def _judge(context: pl.DataFrame) -> pl.DataFrame:
    """Say what kind of break a paragraph is (`problems`, `plan`, `lead`), and drop those that are none."""
    words, long = pl.col("words"), pl.col("size") >= 12
    inside = pl.col("root_at").is_not_null()
    review = pl.col("root").is_in(["achievements", "highlights"])
    summary = ~inside & (pl.col("report_type") != "other")
    opened = (pl.col("last_at") >= pl.col("root_at")).fill_null(False) & inside
    may_plan = long & (review | summary | (pl.col("root") == "problems")) & (pl.col("report_type") != "bulletin")
    told = table("section_types.toml")["paragraph"]
    context = context.with_columns(
        five=where(context, pl.col("mixed").fill_null(False), _ahead(words)),
        problems=where(
            context,
            long & (review | summary) & (words.str.contains("|".join(told["any_problems"])) | pl.col("near_end")),
            _troubled(words) | _pressed(),
        ),
        plan=where(
            context,
            may_plan & words.str.contains("^[下今明来新未展]"),
            words.str.contains(cue("paragraph", "plan").split("|^Y年")[0]),
        ),
        later=where(context, may_plan & _later(words), words.str.contains(LATER)),
        lead=where(
            context,
            opened & ((pl.col("size") <= 70) | words.str.contains(r"^(?:各位|同志们)")),
            words.str.contains(table("titles.toml")["salute_any"])
            | ((pl.col("size") <= 70) & words.str.contains(cue("paragraph", "lead"))),
        ),
    )
    five, problems, plan, lead = (pl.col("five"), pl.col("problems"), pl.col("plan") | pl.col("later"), pl.col("lead"))
    kind = (
        pl.when(five)
        .then(pl.lit("plan"))
        .when(problems)
        .then(pl.lit("problems"))
        .when(plan)
        .then(pl.lit("plan"))
        .when(lead)
        .then(pl.lit("lead"))
    )
    return context.with_columns(kind_of=kind).filter(pl.col("kind_of").is_not_null())


def _troubled(words: pl.Expr) -> pl.Expr:
    """Whether a paragraph begins with what is wrong still, and not with how it was put right."""
    first = words.str.slice(0, 110)
    return first.str.contains(cue("paragraph", "problems")) & ~(
        first.str.contains(cue("paragraph", "not_problems")) & ~first.str.contains("清醒|同时")
    )


def _ahead(words: pl.Expr) -> pl.Expr:
    """Whether a paragraph begins with a five-year plan still to begin, or a draft of one."""
    begins = words.str.extract(r"^.{0,12}?[“‘\"]?十([一二三四五六七八九])五", 1)
    future = (five_year_start(begins) > pl.col("report_year")).fill_null(False)
    return future | words.str.contains(cue("paragraph", "ahead").split("F|")[1])


def _pressed() -> pl.Expr:
    """Whether one of the last two paragraphs before the next part is full of words for difficulties."""
    words = pl.col("whole")
    words = pl.when("near_end").then(words)
    many = (words.str.count_matches(cue("paragraph", "pressure")) >= 4).fill_null(False)
    return many & ~words.str.contains(cue("paragraph", "no_pressure")).fill_null(True)


def _later(words: pl.Expr) -> pl.Expr:
    """Whether a paragraph begins with a year after the one reviewed."""
    year = pl.when(words.str.contains("^[12]...年")).then(words.str.slice(0, 4).cast(pl.Int64, strict=False))
    return (year > pl.col("report_year")).fill_null(False)
