"""What a section is about (achievements, problems, plan …), from headings, then from content, then inherited."""

from __future__ import annotations

import re

import polars as pl

from tongbi.segment.lines import half_width, only, strings, table

AHEAD = re.compile(rf"\n[ \u3000]*(?={table('titles.toml')['ahead'][1:]})")
RUN_ON = 25  # code points above which a heading runs on into its sentence, so that its first clause counts
YEAR = "(?:19|20)[0-9]{2}年"


def cue(group: str, name: str) -> str:
    """A pattern of section_types.toml; Y and R are left to those who know the report's year."""
    return str(table("section_types.toml")[group][name])


def five_year_start(numeral: pl.Expr) -> pl.Expr:
    """The first year of a five-year plan by the middle character of its name: 十四五 begins in 2021."""
    order = numeral.replace_strict({c: i for i, c in enumerate("一二三四五六七八九", 1)}, default=None, return_dtype=pl.Int64)
    return order * 5 + 2001


def root_types(marks: pl.DataFrame, docs: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Fill `said` for marks of the first level (and below where a heading says it outright); add `mixed`: a heading
    that promises both a review and what comes after."""
    frame = marks.with_columns(docs[name].gather(marks["doc"]) for name in ("report_year", "report_type", "src", "doc_end"))
    frame = frame.with_columns(words=half_width(marks["heading"].fill_null("")))
    heading = pl.col("words")
    top = pl.col("deep") == 1
    mixed = heading.str.contains(cue("heading", "review")) & heading.str.contains("(?:目标|任务|规划|总体要求).{0,8}$|说明$")
    clause = pl.when(heading.str.len_chars() > RUN_ON).then(heading.str.extract("^[^，,]+", 0))
    body = pl.col("kind") == "body"
    told = only(frame, top & ~body, pl.struct(typed=pl.coalesce(_of_heading(clause), _of_heading(heading)), mixed=mixed)).struct.unnest()
    below = only(frame, pl.col("deep").is_in([2, 3]) & (heading.str.len_chars() <= 20), _of_subheading(heading))
    frame = frame.with_columns(
        said=pl.when(body).then("said").when(top).then(told["typed"]).otherwise(below), mixed=told["mixed"].fill_null(False)
    )
    return _silent(frame, texts).select(*marks.columns, "mixed")


def _of_heading(heading: pl.Expr) -> pl.Expr:
    year = heading.str.extract(YEAR, 0).str.head(4).cast(pl.Int64)
    later, known = (year > pl.col("report_year")).fill_null(False), (year <= pl.col("report_year")).fill_null(False)

    def has(name: str) -> pl.Expr:
        return heading.str.contains(cue("heading", name))

    return (
        pl.when(has("problems") & ~has("not_problems"))
        .then(pl.lit("problems"))
        .when(has("highlights"))
        .then(pl.lit("highlights"))
        .when(has("review") & ~(later & ~known))
        .then(pl.lit("achievements"))
        .when(later | has("plan"))
        .then(pl.lit("plan"))
        .when(known)
        .then(pl.lit("achievements"))
    )


def _of_subheading(heading: pl.Expr) -> pl.Expr:
    bare = heading.str.replace_all(YEAR, "R年")
    year = heading.str.extract(YEAR, 0).str.head(4).cast(pl.Int64)
    later = (year > pl.col("report_year")).fill_null(False)

    def has(name: str) -> pl.Expr:
        return bare.str.contains(cue("subheading", name).replace("Y年", "R年"))

    short = heading.str.len_chars() <= 20
    return (
        pl.when(short & has("problems"))
        .then(pl.lit("problems"))
        .when(short & has("highlights") & ~later)
        .then(pl.lit("highlights"))
        .when(short & has("review") & ~later)
        .then(pl.lit("achievements"))
        .when(short & (heading.str.len_chars() >= 4) & has("plan"))
        .then(pl.lit("plan"))
    )


def _silent(frame: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Headings of the first level that say nothing: what came before if that is a plan, else what the text says."""
    roots = frame.filter(pl.col("deep") == 1).sort("doc", "start")
    if roots["said"].null_count() == 0:
        return frame
    same = pl.col("doc") == pl.col("doc").shift(-1)
    roots = roots.with_columns(stop=pl.when(same).then(pl.col("start").shift(-1)).otherwise("doc_end"))
    silent = roots.filter(pl.col("said").is_null())
    of = strings(texts)
    spans = silent.select("src", "start", "stop").iter_rows()
    body = pl.Series([AHEAD.split(of(s)[a : min(b, a + 3000)], maxsplit=1)[0] for s, a, b in spans], dtype=pl.Utf8)
    scores = silent.select("doc", "start").with_columns(
        plan=body.str.count_matches(cue("content", "plan")), done=body.str.count_matches(cue("content", "review"))
    )
    roots = roots.join(scores, on=["doc", "start"], how="left", maintain_order="left")
    said = (
        pl.when(pl.col("said").is_not_null())
        .then(pl.col("said"))
        .when(pl.col("report_type").is_in(["bulletin"]))
        .then(pl.lit("achievements"))
        .when(pl.col("report_type") == "plan")
        .then(pl.lit("plan"))
        .when(pl.col("plan") > pl.col("done"))
        .then(pl.lit("plan?"))
        .otherwise(pl.lit("achievements?"))
    )
    filled: dict[tuple[int, int], str] = {}
    previous: tuple[int, str | None] = (-1, None)
    for doc, start, word in roots.select("doc", "start", said.alias("w")).iter_rows():
        before = previous[1] if previous[0] == doc else None
        if word.endswith("?"):
            word = "plan" if before == "plan" else word[:-1] if before else "achievements"
        filled[(doc, start)] = word
        previous = (doc, word)
    told = pl.DataFrame(
        [(d, s, w) for (d, s), w in filled.items()], schema={"doc": pl.Int64, "start": pl.Int64, "told": pl.Utf8}, orient="row"
    )
    frame = frame.join(told, on=["doc", "start"], how="left", maintain_order="left")
    return frame.with_columns(said=pl.coalesce("told", "said")).drop("told")


def typed(tree: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Add `type`: what a section says of itself, else what the one around it is, else achievements."""
    teller = tree.select(pl.when(pl.col("said").is_not_null()).then(pl.int_range(pl.len()))).to_series()
    up = tree["parent"]
    for _ in range(7):
        teller = teller.zip_with(teller.is_not_null(), teller.gather(up))
    return tree.with_columns(type=tree["said"].gather(teller).fill_null("achievements"))
