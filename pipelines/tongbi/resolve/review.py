"""The review of names that fit no entry of the catalogue: suggestions to look through, and what was accepted of them."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import polars as pl

from tongbi.errors import ManifestError
from tongbi.resolve.catalogue import DATA, build, catalogue, rows
from tongbi.resolve.identity import nearest

ALIASES = DATA / "aliases.csv"
QUERY = """
select u.example as alias, u.indicator as bare, u.kinds, u.units, u.n_mentions, u.n_documents, t.sentence
from main.unmapped_indicators as u
left join steps.sentences as t on t.mention_id = u.mention_id
where u.indicator_id <> 'unnamed' and u.indicator_id not like 'g-%'
order by u.n_documents desc, u.n_mentions desc, u.example
limit ?
"""


def review(con: duckdb.DuckDBPyConnection, limit: int = 1000) -> pl.DataFrame:
    """The most frequent unmapped names, each with its nearest entries: one row a name.

    Columns: `alias`, `indicator_id` (the nearest entry), `accept` (empty: write yes to accept), `nearest`, `score`, `second`, `second_score`
    (of 100), `kinds`, `units`, `n_mentions`, `n_documents`, `sentence`.
    """
    found = con.execute(QUERY, [limit]).fetchall()
    schema = {
        "alias": pl.String,
        "bare": pl.String,
        "kinds": pl.String,
        "units": pl.String,
        "n_mentions": pl.Int64,
        "n_documents": pl.Int64,
        "sentence": pl.String,
    }
    names = pl.DataFrame(found, schema=schema, orient="row")
    near = nearest(names["bare"].unique(maintain_order=True).to_list(), limit=2)
    titles = catalogue().select(nearest_id="indicator_id", title="name_zh")
    near = near.join(titles, on="nearest_id", how="left")
    first = near.filter(pl.col("place") == 1).select("bare", indicator_id="nearest_id", nearest="title", score="score")
    second = near.filter(pl.col("place") == 2).select("bare", second="title", second_score="score")
    joined = names.join(first, on="bare", how="left", maintain_order="left").join(second, on="bare", how="left", maintain_order="left")
    return joined.select(
        "alias", "indicator_id", accept=pl.lit(""), nearest="nearest", score="score", second="second", second_score="second_score",
        kinds="kinds", units="units", n_mentions="n_mentions", n_documents="n_documents", sentence="sentence",
    )  # fmt: skip


def accept(reviewed: Path, aliases: Path = ALIASES) -> int:
    """Add the rows of a reviewed file whose `accept` is yes to the accepted aliases; returns how many.

    Raises ManifestError, and adds nothing, where an alias is of an indicator that there is not, or of two: the sentence names both.
    """
    yes = {"yes", "y", "1", "true", "是"}
    chosen = [
        {"alias": r["alias"], "indicator_id": r["indicator_id"]} for r in rows(reviewed) if (r.get("accept") or "").strip().lower() in yes
    ]
    empty = next((r for r in chosen if not r["alias"] or not r["indicator_id"]), None)
    if empty:
        raise ManifestError(
            f"{reviewed} accepts {empty['alias'] or 'a row without a name'} for {empty['indicator_id'] or 'no indicator'}: give both"
        )
    before = rows(aliases)
    new = [r for r in chosen if r not in [{k: b[k] for k in ("alias", "indicator_id")} for b in before]]
    build(rows(DATA / "indicators.csv"), before + new)
    with aliases.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, ["alias", "indicator_id"], lineterminator="\n").writerows(new)
    return len(new)
