"""Numbers of one run: rates, hits of every rule, and the recall gap."""

from __future__ import annotations

import duckdb
import polars as pl

from tongbi.quality.sqlchecks import ONCE

NUMERAL = ("indicator", "criterion", "masked_name", "reference")
TELLING = ("achievements", "highlights", "problems", "plan")
RATES = """
select
    count(*) as observations,
    count(*) filter (where o.is_redacted) as redacted,
    count(*) filter (where i.origin = 'catalogue') as catalogued,
    count(*) filter (where o.indicator_name is not null) as named,
    count(*) filter (where o.period_code is not null or o.is_redacted) as dated,
from core.observations as o
left join core.indicators as i on i.indicator_id = o.indicator_id
"""


def measure(con: duckdb.DuckDBPyConnection) -> dict[str, float | None]:
    """Figures named `rate.…`, `rule.…` and `gap.…`."""
    return {**rates(con), **rules(con), **gap(con)}


def rates(con: duckdb.DuckDBPyConnection) -> dict[str, float | None]:
    """Shares that tell how far the warehouse can be relied on; after `sqlchecks.run_all`, whose copy of the pairs it reads."""
    total, redacted, catalogued, named, dated = con.execute(RATES).fetchall()[0]
    numerals, indicators = con.execute("select count(*), count(*) filter (where disposition = 'indicator') from core.mentions").fetchall()[
        0
    ]
    pairs, comparable = con.execute(f"select count(*), count(*) filter (where comparable) from {ONCE['main.yoy']}").fetchall()[0]
    return {
        "rate.redacted": share(redacted, total),
        "rate.indicator_mentions": share(indicators, numerals),
        "rate.comparable_pairs": share(comparable, pairs),
        "rate.catalogued": share(catalogued, total),
        "rate.named": share(named, total),
        "rate.dated": share(dated, total),
    }


def rules(con: duckdb.DuckDBPyConnection) -> dict[str, float | None]:
    """How many rows each rule decided."""
    rows = con.execute(
        "select 'rule.mention.' || rule as metric, count(*)::double as n from core.mentions group by 1 "
        "union all select 'rule.name.' || rule_name, count(*)::double from core.observations where rule_name is not null group by 1 "
        "union all select 'rule.context.' || rule_context, count(*)::double from core.observations where rule_context is not null group by 1"
    ).fetchall()
    return dict(rows)


def gap(con: duckdb.DuckDBPyConnection) -> dict[str, float | None]:
    """Sentences that hold a numeral other than dates and list markers, and how many of them gave no indicator."""
    found = sentences(con)
    without = found.filter(pl.col("indicators") == 0).height
    return {"gap.sentences": float(found.height), "gap.without_indicator": float(without), "gap.share": share(without, found.height)}


def sentences(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Sentences of reporting and planning sections that hold a numeral other than dates and list markers: `document_id, source_id, char_start, char_end, numerals, indicators`."""
    texts = con.sql("select source_id, text from core.source_texts order by source_id").pl()
    mentions = con.sql(
        "select d.source_id, m.document_id, m.char_start, m.disposition, regexp_matches(m.surface, '[0-9０-９]') as digits from core.mentions as m "
        "join core.documents as d on d.document_id = m.document_id join core.sections as x on x.section_id = m.section_id "
        f"where m.disposition in {NUMERAL!r} and x.section_type in {TELLING!r} order by d.source_id, m.char_start"
    ).pl()
    cut = (
        texts.lazy()
        .select(
            "source_id",
            sentence=pl.col("text").str.replace_all("\x01", " ", literal=True).str.replace_all("[。！？；\n]", "$0\x01").str.split("\x01"),
        )
        .explode("sentence")
        .select("source_id", size=pl.col("sentence").str.len_chars().cast(pl.Int64))
        .with_columns(total=pl.col("size").cum_sum(), first=pl.col("source_id") != pl.col("source_id").shift(1, fill_value=""))
        .with_columns(base=pl.when("first").then(pl.col("total") - pl.col("size")).forward_fill())
        .select(
            "source_id", sentence_end=pl.col("total") - pl.col("base"), sentence_start=pl.col("total") - pl.col("size") - pl.col("base")
        )
        .filter(pl.col("sentence_end") > pl.col("sentence_start"))
        .collect()
    )
    placed = mentions.join_asof(
        cut, left_on="char_start", right_on="sentence_start", by="source_id", strategy="backward", check_sortedness=False
    )
    found: pl.DataFrame = (
        placed.group_by("source_id", "sentence_start", "sentence_end", maintain_order=True)
        .agg(
            document_id=pl.col("document_id").first(),
            numerals=pl.len(),
            digits=pl.col("digits").sum(),
            indicators=(pl.col("disposition") == "indicator").sum(),
            facts=pl.col("disposition").is_in(["indicator", "criterion"]).sum(),
        )
        .filter((pl.col("digits") > 0) | (pl.col("facts") > 0))
        .rename({"sentence_start": "char_start", "sentence_end": "char_end"})
        .select("document_id", "source_id", "char_start", "char_end", "numerals", "indicators")
    )
    return found


def share(part: int | None, whole: int | None) -> float | None:
    """Part of a whole; NULL of nothing."""
    return round((part or 0) / whole, 6) if whole else None
