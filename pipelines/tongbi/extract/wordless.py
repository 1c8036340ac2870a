"""Figures that hold no numeral: 持平 (a change of 0; no 保持|平稳) and 首位 (rank 1). They become mentions of their own."""

from __future__ import annotations

import re

import polars as pl

PLACE = "[居列排位名国省市区县州盟旗界球部]"
FLAT = re.compile(rf"(?<![保支坚主维扶把])持平(?![稳台等衡安])|(?:(?<={PLACE})|(?<={PLACE} ))首位(?!度)")


def wordless(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with the text around shared out anew, and a row more for each 持平 and 首位 that stands between two numerals:
    what stood before the next numeral now stands before the word. In and out: the columns of `cut.cut`."""
    few = rows.select(pl.col("gap").str.contains("持平|首位")).to_series().arg_true()
    owner, added, ahead, behind = rows["source_id"], [], {}, {}
    for i, source, start, gap in zip(few, *rows.select("source_id", "char_start", "gap")[few], strict=True):
        found = list(FLAT.finditer(gap))
        base = start - len(gap)
        for k, m in enumerate(found):
            before = gap[found[k - 1].end() if k else 0 : m.start()]
            after = gap[m.end() : found[k + 1].start() if k + 1 < len(found) else len(gap)]
            added.append((source, base + m.start(), base + m.end(), m[0], before, after))
        if found:
            ahead[i] = gap[found[-1].end() :]
        if found and i and owner[i - 1] == source:
            behind[i - 1] = gap[: found[0].start()]
    rows = rows.with_columns(gap=_put(rows["gap"], ahead), after=_put(rows["after"], behind))
    return rows, pl.DataFrame(added, schema=rows.schema, orient="row")


def _put(texts: pl.Series, new: dict[int, str]) -> pl.Series:
    """Some texts replaced, by their place."""
    return texts.clone().scatter(list(new), pl.Series(list(new.values()), dtype=pl.String))
