"""What a model of one table cannot say: spans are true to the text, the ledger covers every digit, sections tile."""

from __future__ import annotations

import polars as pl

from tongbi.validate.outcomes import SAMPLE, Outcome


def spans_true(mentions: pl.DataFrame, texts: pl.DataFrame, documents: pl.DataFrame) -> Outcome:
    """Every surface stands in its source's text at its offsets. In: core frames of one shard and `source_id, text`."""
    placed = mentions.join(documents.select("document_id", "source_id"), on="document_id", how="left")
    spans = placed.group_by("source_id").agg("mention_id", "char_start", "char_end", "surface")
    text_of = dict(texts.select("source_id", "text").iter_rows())
    bad: list[tuple[str, str]] = []
    for source_id, ids, starts, ends, surfaces in spans.iter_rows():
        text = text_of.get(source_id, "")
        cut = [text[s:e] for s, e in zip(starts, ends, strict=True)]
        if cut != surfaces:
            bad += [(i, f"{s!r} at {c!r}") for i, s, c in zip(ids, surfaces, cut, strict=True) if s != c]
    return Outcome("mentions.spans_true", "mentions", "surface", mentions.height, len(bad), tuple(bad[:SAMPLE]))


def ledger_complete(mentions: pl.DataFrame, texts: pl.DataFrame, documents: pl.DataFrame) -> Outcome:
    """Every digit of every text lies in exactly one mention: digits in all texts = digits in all surfaces, and no overlap."""
    digits = r"[0-9０-９]"
    placed = mentions.join(documents.select("document_id", "source_id"), on="document_id", how="left").sort("source_id", "char_start")
    overlap = placed.filter((pl.col("source_id") == pl.col("source_id").shift(1)) & (pl.col("char_start") < pl.col("char_end").shift(1)))
    plain = pl.col("text").str.replace_all(r"<U\+[0-9A-F]{4}>", "")
    want = texts.select("source_id", want=plain.str.count_matches(digits).cast(pl.Int64))
    have = placed.group_by("source_id").agg(have=pl.col("surface").str.count_matches(digits).sum().cast(pl.Int64))
    both = want.join(have, on="source_id", how="left").with_columns(pl.col("have").fill_null(0))
    short = both.filter(pl.col("want") != pl.col("have"))
    rows = [(s, f"{h} of {w} digits are in the ledger") for s, w, h in short.iter_rows()]
    rows += [(m, "overlaps the mention before") for m in overlap["mention_id"]]
    tested = int(want["want"].sum() or 0)
    return Outcome("mentions.ledger_complete", "mentions", None, tested, len(rows), tuple(rows[:SAMPLE]))


def tiles(parts: pl.DataFrame, whole: pl.DataFrame, by: str, check_id: str, table: str) -> Outcome:
    """Parts (`by`, `char_start`, `char_end`) tile their whole (`by`, `char_start`, `char_end`): no gap, no overlap."""
    order = parts.select(by, "char_start", "char_end").sort(by, "char_start", "char_end")
    first = (pl.col(by) != pl.col(by).shift(1)).fill_null(True)
    gaps = order.filter(~first & (pl.col("char_start") != pl.col("char_end").shift(1))).select(by)
    ends = order.group_by(by).agg(a=pl.col("char_start").min(), z=pl.col("char_end").max())
    edges = whole.select(by, "char_start", "char_end").join(ends, on=by, how="left")
    short = edges.filter(
        (pl.col("char_end") > pl.col("char_start"))
        & ((pl.col("a") != pl.col("char_start")) | (pl.col("z") != pl.col("char_end")) | pl.col("a").is_null())
    ).select(by)
    bad = pl.concat([gaps, short]).unique(maintain_order=True)[by].to_list()
    return Outcome(check_id, table, None, whole.height, len(bad), tuple((b, "parts do not tile it") for b in bad[:SAMPLE]))


def leaves(sections: pl.DataFrame) -> pl.DataFrame:
    """Sections that no other is part of."""
    return sections.filter(~pl.col("section_id").is_in(sections["parent_id"].drop_nulls().unique().implode()))
