"""What a view needs of how a figure is written: where it stands, its words, how fine its digits are."""

from __future__ import annotations

import polars as pl


def written(observations: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """`core.observations` with its last columns: `char_start`, `char_end`, `surface` of the mention, and `written_step`.

    `written_step` is what one unit of the last written digit stands for, in `unit`: 3.5万元 -> 1000; NULL where no number is written,
    0 for things counted one by one.
    """
    places = mentions.select("mention_id", "char_start", "char_end", "surface")
    number = pl.col("written_value").str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
    value = pl.col("value").cast(pl.Float64).abs()
    decimals = pl.col("written_value").str.extract(r"\.(\d+)").str.len_chars().fill_null(0)
    step = (
        pl.when((pl.col("kind") == "count") & (value == number)).then(0.0)
        .when(number != 0).then(value / number * pl.lit(10.0).pow(-decimals.cast(pl.Float64)))
    )  # fmt: skip
    return observations.join(places, on="mention_id", how="left", maintain_order="left").with_columns(written_step=step)
