"""Figures that hold no numeral: 持平 (a change of 0) and 首位 (rank 1). They become mentions of their own."""

from __future__ import annotations

import re

import polars as pl

PLACE = "[居列排位名国省市区县州盟旗界球部]"
FLAT = re.compile(rf"持平|(?:(?<={PLACE})|(?<={PLACE} ))首位(?!度)")


def wordless(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds a row for each 持平 and 首位 that stands between two numerals. In and out: the columns of `cut.cut`, in order.

    The text around is shared out anew: what stood before the next numeral now stands before the word.
    """
    few = rows.with_row_index("i").filter(pl.col("gap").str.contains("持平|首位"))
    if few.is_empty():
        return rows
    added, ahead, behind = [], {}, {}
    for i, source, start, gap in few.select("i", "source_id", "char_start", "gap").iter_rows():
        found = list(FLAT.finditer(gap))
        base = start - len(gap)
        for k, m in enumerate(found):
            before = gap[found[k - 1].end() if k else 0 : m.start()]
            after = gap[m.end() : found[k + 1].start() if k + 1 < len(found) else len(gap)]
            added.append((source, base + m.start(), base + m.end(), m[0], before, after))
        if found:
            ahead[i], behind[i] = gap[found[-1].end() :], gap[: found[0].start()]
    schema = {c: rows.schema[c] for c in ("source_id", "char_start", "char_end", "surface", "gap", "after")}
    # `after` of the numeral before ends where the word begins
    edits = pl.DataFrame({"i": list(ahead), "gap_": list(ahead.values())}, schema={"i": pl.UInt32, "gap_": pl.String})
    tails = pl.DataFrame(
        {"i": [i - 1 for i in behind if i], "after_": [t for i, t in behind.items() if i]}, schema={"i": pl.UInt32, "after_": pl.String}
    )
    indexed = (
        rows.with_row_index("i")
        .join(edits, on="i", how="left", maintain_order="left")
        .join(tails, on="i", how="left", maintain_order="left")
    )
    first = (pl.col("source_id") != pl.col("source_id").shift(-1)).fill_null(True)
    kept = indexed.with_columns(
        gap=pl.coalesce("gap_", "gap"), after=pl.when(first).then("after").otherwise(pl.coalesce("after_", "after"))
    ).drop("i", "gap_", "after_")
    more = pl.DataFrame(added, schema=schema, orient="row")
    return pl.concat([kept.select(list(schema)), more]).sort("source_id", "char_start", maintain_order=True)
