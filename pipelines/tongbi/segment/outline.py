"""Reports to their outline: sections with levels, headings, paths and types, tiling each document."""

from __future__ import annotations

import polars as pl

from tongbi.segment.lines import table
from tongbi.segment.marks import events
from tongbi.segment.nesting import LEAF, TOPS
from tongbi.segment.section_types import typed

SECTIONS = {
    "section_id": pl.Utf8,
    "document_id": pl.Utf8,
    "parent_id": pl.Utf8,
    "level": pl.Int64,
    "marker": pl.Utf8,
    "heading": pl.Utf8,
    "path": pl.Utf8,
    "section_type": pl.Utf8,
    "char_start": pl.Int64,
    "char_end": pl.Int64,
}
DEEPEST = 5  # of the levels that the contract counts


def sections(texts: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The outline of every document.

    In: text shard rows (`source_id`, `text`, optionally `chrome_spans`) and the rows that `documents` made of them.
    Out: `core.sections` columns, one row a section, in text order within a document, parents before children.
    Sections tile their document, and so do those without children.
    """
    if documents.is_empty() or texts.is_empty():
        return pl.DataFrame(schema=SECTIONS)
    marked = events(texts, documents)
    tree = _lead_ins(_tree(marked))
    return _named(typed(tree, documents))


def _tree(marked: pl.DataFrame) -> pl.DataFrame:
    """Add `end` and `parent` (row number, NULL at the top) to events sorted by document and start.

    A section ends where the next of its level or above begins; its parent is the nearest one before it of a level
    above. `deep` is the level as compared: pieces that nothing can be inside of stand at LEAF.
    """
    roots = (
        marked.group_by("doc", maintain_order=True)
        .first()
        .with_columns(deep=pl.lit(0, dtype=pl.Int64), kind=pl.lit("root"), start=pl.lit(-1, dtype=pl.Int64))
    )
    frame = pl.concat([roots.select(marked.columns), marked]).sort("doc", "start", "deep").with_row_index("row")
    row = pl.col("row").cast(pl.Int64)
    end, parent = pl.lit(None, dtype=pl.Int64), pl.lit(None, dtype=pl.Int64)
    for level in sorted(set(frame["deep"].to_list()) - {0}):
        closes = pl.when(pl.col("deep") <= level).then(pl.col("start")).shift(-1).backward_fill()
        above = pl.when(pl.col("deep") < level).then(row).shift(1).forward_fill()
        end = pl.when(pl.col("deep") == level).then(closes).otherwise(end)
        parent = pl.when(pl.col("deep") == level).then(above).otherwise(parent)
    frame = frame.with_columns(row=row, end=pl.when(end >= 0).then(end).otherwise("doc_end"), parent=parent)
    tops = frame["kind"] == "root"
    top = tops.gather(frame["parent"]).fill_null(True)
    return frame.with_columns(parent=pl.when(~top).then(pl.col("parent"))).filter(~tops)


def _lead_ins(tree: pl.DataFrame) -> pl.DataFrame:
    """Give every section that has children a first child without marker, from its heading to its first child."""
    firsts = tree.filter(pl.col("parent").is_not_null()).group_by("parent").agg(first=pl.col("start").min())
    leads = tree.join(firsts, left_on="row", right_on="parent").filter(pl.col("first") > pl.col("start"))
    leads = leads.with_columns(
        parent=pl.col("row"),
        end=pl.col("first"),
        marker=pl.lit(None, dtype=pl.Utf8),
        heading=pl.lit(None, dtype=pl.Utf8),
        deep=pl.lit(LEAF, dtype=pl.Int64),
        kind=pl.lit("lead"),
        said=pl.lit(None, dtype=pl.Utf8),
    ).drop("first")
    count = int(str(tree["row"].max())) + 1
    leads = leads.with_columns(row=pl.int_range(pl.len(), dtype=pl.Int64) + count)
    both = pl.concat([tree, leads.select(tree.columns)])
    both = both.with_columns(order=pl.when(pl.col("kind") == "lead").then(1).otherwise(0))
    both = both.sort("doc", "start", "order", "deep", maintain_order=True)
    place = pl.DataFrame({"row": both["row"], "place": range(both.height)}, schema={"row": pl.Int64, "place": pl.Int64})
    both = both.join(place.rename({"row": "parent", "place": "up"}), on="parent", how="left", maintain_order="left")
    return both.drop("parent", "order", "row").rename({"up": "parent"})


def _named(tree: pl.DataFrame) -> pl.DataFrame:
    """Identifiers, levels as the contract counts them, and paths of markers from the top."""
    step = pl.coalesce(
        pl.col("marker").str.strip_chars(" 　、，,.．：:"),
        pl.when(pl.col("kind") == "part").then(pl.col("heading")),
        pl.lit(""),
    )
    up = tree["parent"]
    first = tree["document_id"] != tree["document_id"].shift(1)
    opened = pl.when(first.fill_null(True)).then(pl.int_range(pl.len())).forward_fill()
    tree = tree.with_columns(
        section_id=pl.col("document_id") + "-s" + (pl.int_range(pl.len()) - opened + 1).cast(pl.Utf8).str.zfill(4),
        path=step,
        depth=_depth(up),
    )
    kinds = {row["kind"]: row["level"] for row in table("outline.toml")["marker"]}
    own = pl.coalesce(pl.col("kind").replace_strict(kinds, default=None, return_dtype=pl.Int64), "deep")
    tree = tree.with_columns(level=pl.when(pl.col("deep") < LEAF).then(pl.when(pl.col("kind").is_in(TOPS)).then("deep").otherwise(own)))
    above = tree["level"].gather(up)
    tree = tree.with_columns(level=pl.min_horizontal(pl.coalesce("level", (above + 1).fill_null(1)), DEEPEST))
    path = tree["path"]
    for depth in range(1, max(tree["depth"].to_list(), default=0) + 1):
        rows = (tree["depth"] == depth).arg_true()
        pair = pl.DataFrame({"own": path.gather(rows), "above": path.gather(up.gather(rows))})
        joined = pl.when(pl.col("above") == "").then("own").when(pl.col("own") == "").then("above")
        path = path.scatter(rows, pair.select(joined.otherwise(pl.col("above") + "/" + pl.col("own"))).to_series())
    tree = tree.with_columns(path=path)
    return tree.with_columns(
        parent_id=tree["section_id"].gather(up),
        section_type=pl.col("type"),
        char_start=pl.col("start"),
        char_end=pl.col("end"),
    ).select(pl.col(name).cast(kind) for name, kind in SECTIONS.items())


def _depth(up: pl.Series) -> pl.Series:
    """How many sections each one is inside of."""
    depth = pl.Series([0] * len(up), dtype=pl.Int64)
    current = up
    while current.null_count() < len(current):
        depth = depth + current.is_not_null().cast(pl.Int64)
        current = up.gather(current)
    return depth
