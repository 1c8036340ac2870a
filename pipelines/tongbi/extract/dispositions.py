"""What a numeral is: the first rule of data/dispositions.toml that applies."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from tongbi.extract.few import mend
from tongbi.extract.rules import alike, candidates, rules

# the number of a mention without its unit
NUMERAL = "^第?[-−负]?[0-9x.,余多几数〇零一二三四五六七八九十百千万亿两半廿—–~～至到-]+"


def _classes(kinds: pl.DataFrame) -> tuple[list[tuple[int, ...]], pl.DataFrame]:
    """What rules can tell apart of the distinct surfaces by themselves: for each class of surfaces the rules that may take it;
    and `class` and `tail`, what follows the number, of each of `kinds`."""
    shapes = kinds.select("unit", "form", surface=alike(pl.col("surface")))
    distinct = shapes.unique(maintain_order=True)
    found = [candidates(*row) for row in distinct.select("surface", "unit", "form").iter_rows()]
    classes = {c: k for k, c in enumerate(dict.fromkeys(found))}
    distinct = distinct.with_columns(
        pl.Series("class", [classes[c] for c in found], dtype=pl.UInt32), tail=pl.col("surface").str.replace(NUMERAL, "")
    )
    of_kind = shapes.join(distinct, on=["surface", "form", "unit"], how="left", nulls_equal=True, maintain_order="left")
    return list(classes), of_kind.select("class", "tail")


def decide(rows: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """`disposition` and `rule`, one row for each of `rows`: `kind` (row of `kinds`), `gap`, `after`, `quoted`, `titled`.
    `kinds`: the distinct surfaces, `surface, unit, form`.

    Most numerals are decided by what they are themselves. Of the rules that look around, those that speak of few numerals ask
    these; for the others one pass for each part of what is around finds the few that any of them may take, and asks those.
    """
    classes, of_kind = _classes(kinds)
    # 63、20、11批次: the unit at the end of a list is that of all
    listed = ~kinds["unit"].is_not_null().gather(rows["kind"]) & pl.col("after").is_in(["、", "和", "与", "及"])
    told = rows.select(pl.when(~listed).then("kind").backward_fill().shift(-1)).to_series()
    seen = pl.DataFrame([
        pl.int_range(rows.height, dtype=pl.UInt32, eager=True).alias("row"), rows["quoted"], rows["titled"], rows["gap"].alias("before"), rows["after"],
        kinds["unit"].gather(told).alias("next_unit"), of_kind["tail"].gather(rows["kind"]), of_kind["class"].gather(rows["kind"]),
    ])  # fmt: skip
    before, after = pl.col("before"), pl.col("after")
    seen = mend(seen, before.str.ends_with(" "), ["before"], before=before.str.strip_chars_end(" "))
    seen = mend(seen, after.str.starts_with(" ") | after.str.ends_with(" "), ["after"], after=after.str.strip_chars(" "))
    seen = seen.with_columns(rest=pl.concat_str("tail", "after"))
    hits: list[tuple[int, pl.Series]] = []
    for lead, asked in _asked(classes, seen["class"]).items():
        masks = pl.DataFrame({rules()[n].name: [n in c for c in classes] for n in asked})
        needed = {"row", "class", *(column for n in asked for column, _ in rules()[n].around)}
        near = seen.select(_near(lead, asked, masks, seen["class"])).to_series()
        hits += _ask(seen.select(needed).filter(near), masks, asked)
    found = pl.DataFrame(hits, schema={"n": pl.Int32, "row": pl.List(pl.UInt32)}, orient="row").explode("row")
    first = found.drop_nulls().group_by("row").agg(pl.col("n").min())
    sure = pl.Series([next((n for n in c[-1:] if not rules()[n].around), len(rules())) for c in classes], dtype=pl.Int32)
    decided = sure.gather(seen["class"]).scatter(first["row"], first["n"])
    names = pl.DataFrame({"disposition": [*(r.disposition for r in rules()), "reference"], "rule": [*(r.name for r in rules()), "unread"]})
    return names[decided]


def _asked(classes: list[tuple[int, ...]], of_row: pl.Series) -> dict[str, list[int]]:
    """The rules to ask, by their `lead`; "": by the classes they speak of."""
    count = [0] * len(rules())
    for k, rows in of_row.value_counts().iter_rows():
        for n in classes[k]:
            count[n] += rows
    asked: dict[str, list[int]] = {}
    for n, rule in enumerate(rules()):
        if rule.around and count[n]:
            asked.setdefault(rule.lead if count[n] > len(of_row) / 20 else "", []).append(n)
    return asked


def _near(lead: str, asked: list[int], masks: pl.DataFrame, of_row: pl.Series) -> pl.Expr | pl.Series:
    """Which rows may be taken by any of some rules."""
    if lead == "":
        return masks.select(pl.any_horizontal(pl.all())).to_series().gather(of_row)
    if lead == "marks":
        return pl.col("quoted") | pl.col("titled")
    return pl.col(lead).str.contains("|".join(f"(?:{rules()[n].pattern})" for n in asked))


def _ask(few: pl.DataFrame, masks: pl.DataFrame, asked: list[int]) -> Iterator[tuple[int, pl.Series]]:
    """The numbers of some rules and the rows they take: each condition is asked where those before it held."""
    masks = masks[few["class"]]
    for n in asked:
        rule = rules()[n]
        left = {c: few[c].filter(masks[rule.name]) for c in ("row", *dict(rule.around))}
        for column, condition in rule.around:
            if left["row"].is_empty():
                break
            held = left[column].to_frame().select(condition).to_series()
            left = {c: values.filter(held) for c, values in left.items()}
        yield n, left["row"]
