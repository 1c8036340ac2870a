"""Surfaces -> what they say as numbers: value, bounds, unit, mask. Each distinct surface is read once.

The rules of reading are those of everyday Chinese official prose (GB/T 15835 for the forms): a scale word multiplies,
余/多/几 and 以上 are lower bounds, a mask is a number that somebody hid and never becomes one.
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from tongbi.extract.grammar import DIGIT, HAN, MORE, SCALE, parts
from tongbi.extract.lexicon import written_units

DECIMAL = pl.Decimal(38, 6)
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10,
          "千亿": 10**11, "万亿": 10**12}  # fmt: skip
DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@cache
def chinese(text: str) -> int | float | None:
    """A Chinese numeral as a number: 一万五千亿, 二〇二三, 三点五, 十几 (10), 廿五; None if it is none."""
    text = text.rstrip("几余多").lstrip("数几").replace("廿", "二十")
    whole, dot, fraction = text.partition("点")
    if not whole:
        return None
    if whole == "半":
        return 0.5
    value = int("".join(str(DIGITS[c]) for c in whole)) if all(c in DIGITS for c in whole) else _positional(whole)
    return value if value is None or not dot else float(f"{value}.{''.join(str(DIGITS[c]) for c in fraction)}")


def _positional(text: str, above: int = 1) -> int | None:
    """A numeral with places. A last digit alone stands one place lower than the place before it: 三万五 is 35,000."""
    for mark in "亿万千百十":
        if mark in text:
            head, _, tail = text.rpartition(mark)
            place = PLACES[mark]
            high = _positional(head) if head else 1
            low = _positional(tail, place) if tail else 0
            return None if high is None or low is None else high * place + low
    if len(text) == 1 and above >= 100 and text in DIGITS:
        return DIGITS[text] * above // 10
    return int("".join(str(DIGITS[c]) for c in text)) if all(c in DIGITS for c in text) else None


def _number(column: str) -> list[pl.Expr]:
    """Split `n1` or `n2` into mantissa, scale words, second mantissa and 余/多."""
    n = pl.col(column)
    arabic = n.str.extract(rf"^([0-9][0-9,]*(?:\.[0-9]+)?|{DIGIT}[{DIGIT[1:-1]},.]*)", 1)
    rest = n.str.replace(rf"^(?:[0-9x][0-9x,.]*|[数几]?(?:{HAN}|几|点)+)", "")
    return [
        arabic.alias(f"{column}_arabic"),
        pl.when(arabic.is_null()).then(n.str.extract(rf"^([数几]?(?:{HAN}|几|点)+)", 1)).alias(f"{column}_han"),
        rest.str.replace_all(MORE, "").alias(f"{column}_scale"),
    ]


def _han_values(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Value of the distinct Chinese numerals of a column, with a trailing scale word after 余 counted (千余万)."""
    distinct = frame[column].drop_nulls().unique()
    table = pl.DataFrame(
        {column: distinct, f"{column}_value": [None if (v := chinese(s)) is None else str(v) for s in distinct]},
        schema={column: pl.String, f"{column}_value": pl.String},
    )
    return frame.join(table, on=column, how="left", maintain_order="left")


def _factors(column: str) -> tuple[pl.Expr, pl.Expr]:
    """What a scale string multiplies by, and the smaller number mixed in behind it (3万5千)."""
    scale = pl.col(f"{column}_scale")
    first = scale.str.extract(rf"^({SCALE})", 1).replace_strict(SCALES, default=1, return_dtype=pl.Int64)
    second = scale.str.replace(rf"^{SCALE}", "")
    more = second.str.extract(rf"^({SCALE})$", 1).replace_strict(SCALES, default=1, return_dtype=pl.Int64)
    number = second.str.extract(r"^([0-9]+(?:\.[0-9]+)?)", 1).str.to_decimal(scale=6)
    step = second.str.extract(r"([万千百])$", 1).replace_strict(SCALES, default=1, return_dtype=pl.Int64)
    factor = pl.when(number.is_null()).then(first * more).otherwise(first)
    return factor, (number * step.cast(pl.Decimal(38, 0))).cast(DECIMAL).fill_null(0)


def _value(column: str) -> pl.Expr:
    """The number of one side, scale applied; NULL when masked or vague."""
    factor, plus = _factors(column)
    plain = pl.col(f"{column}_arabic").str.replace_all(",", "")
    masked = plain.str.contains("x")
    arabic = pl.when(~masked).then(plain).otherwise(None).str.to_decimal(scale=6)
    han = pl.col(f"{column}_han_value").str.to_decimal(scale=6)
    number = pl.coalesce(arabic, han)
    return (number * factor.cast(pl.Decimal(38, 0))).cast(DECIMAL) + plus


def _fractions(surfaces: pl.Series) -> pl.DataFrame:
    """三分之二, 1/3 as a value in %; few distinct ones, read in Python."""
    out = []
    for s in surfaces:
        m = re.fullmatch(rf"([1-9一二三四五六七八九十两]+)分之([一二三四五六七八九十两半]+)强?", s)
        low = chinese(m[1]) if m and not m[1].isdigit() else int(m[1]) if m else None
        top = chinese(m[2]) if m else None
        out.append(f"{top / low * 100:.6f}" if low and top else None)
    return pl.DataFrame({"surface": surfaces, "fraction": out}, schema={"surface": pl.String, "fraction": pl.String})


def read(surfaces: pl.Series) -> pl.DataFrame:
    """Distinct normalised surfaces -> `surface`, `ordinal`, `negative`, `form` (`arabic` `mask` `mixed` `han` `other`),
    `value`, `low`, `high` (scale applied, unsigned), `is_range`, `more`, `bound`, `unit`, `unit_kind`, `unit_use`,
    `written_value`, `written_unit`, `mask`, `mask_digits`, `scaled` (a scale word was written).
    """
    raw = surfaces.unique().to_frame("surface").with_columns(p=pl.col("surface").str.extract_groups(parts())).unnest("p")
    raw = raw.with_columns(*_number("n1"), *_number("n2"))
    raw = _han_values(_han_values(raw, "n1_han"), "n2_han")
    joined = pl.concat_str(pl.col("n1"), pl.col("n2").fill_null(""))
    raw = raw.join(_fractions(raw["surface"].filter(raw["surface"].str.contains("分之"))), on="surface", how="left")
    raw = raw.with_columns(
        _unit=pl.coalesce("unit", "mid"),
        v1=_value("n1"),
        v2=_value("n2"),
        scale2=pl.coalesce(
            pl.when(pl.col("n2").is_not_null() & (pl.col("n1_scale") == "")).then(pl.col("n2_scale")), pl.lit("")
        ).str.extract(rf"^({SCALE})", 1).replace_strict(SCALES, default=1, return_dtype=pl.Int64),
        per=pl.when(pl.col("percent").is_not_null()).then(pl.lit("%")),
        has_mask=joined.str.contains("x"),
        has_digit=joined.str.contains("[0-9]"),
    )
    raw = _units(raw)
    return _finish(raw)


def _units(raw: pl.DataFrame) -> pl.DataFrame:
    """Canonical units, rates a/b included."""
    table = written_units()
    raw = raw.with_columns(
        u1=pl.col("_unit").str.extract(r"^([^/]+)", 1), u2=pl.col("_unit").str.extract(r"/(.+)$", 1)
    )
    whole = table.rename({"unit": "unit_w", "unit_kind": "kind_w", "unit_use": "use_w"})
    one = table.rename({"_unit": "u1", "unit": "unit_1", "unit_kind": "kind_1", "unit_use": "use_1"})
    two = table.select(u2="_unit", unit_2="unit")
    raw = raw.join(whole, on="_unit", how="left").join(one, on="u1", how="left").join(two, on="u2", how="left")
    rate = pl.when(pl.col("u2").is_not_null()).then(pl.concat_str("unit_1", pl.lit("/"), "unit_2"))
    return raw.with_columns(
        canonical=pl.coalesce("per", "unit_w", rate, "unit_1"),
        unit_kind=pl.coalesce(
            pl.when(pl.col("per").is_not_null()).then(pl.lit("percentage")),
            "kind_w",
            pl.when(pl.col("u2").is_not_null()).then(pl.lit("amount")),
            "kind_1",
        ),
        unit_use=pl.coalesce("use_w", "use_1"),
    )


def _finish(raw: pl.DataFrame) -> pl.DataFrame:
    """Shape of `read`: ends of ranges, masks, what was written."""
    fraction = pl.col("fraction").str.to_decimal(scale=6)
    is_range = pl.col("n2").is_not_null()
    scale2 = pl.col("scale2").cast(pl.Decimal(38, 0))
    low = pl.when(is_range).then((pl.col("v1") * scale2).cast(DECIMAL)).otherwise(pl.col("v1"))
    ten = pl.when(pl.col("canonical") == "成").then(10).otherwise(1).cast(pl.Decimal(38, 0))
    unit = pl.when(fraction.is_not_null() | (pl.col("canonical") == "成")).then(pl.lit("%")).otherwise(pl.col("canonical"))
    vague = pl.col("n1").str.contains("^[数几]")
    mask = pl.when(pl.col("has_mask")).then(
        pl.concat_str(
            pl.col("n1").str.extract(r"^([0-9x,.]+)", 1),
            pl.when(is_range).then(pl.concat_str(pl.lit("-"), pl.col("n2").str.extract(r"^([0-9x,.]+)", 1))).otherwise(pl.lit("")),
        )
    )
    ratio = pl.col("n1").str.contains("[:：∶]")
    hidden = pl.col("has_mask").fill_null(False) | ratio.fill_null(False)
    form = (
        pl.when(pl.col("n1").is_null() & fraction.is_null()).then(pl.lit("other"))
        .when(pl.col("has_mask") & pl.col("has_digit")).then(pl.lit("mixed"))
        .when("has_mask").then(pl.lit("mask"))
        .when("has_digit").then(pl.lit("arabic"))
        .otherwise(pl.lit("han"))
    )  # fmt: skip
    return raw.with_columns(
        form=form,
        is_range=is_range,
        vague=vague.fill_null(False),
        low=pl.when(~hidden).then(pl.coalesce(fraction, (low * ten).cast(DECIMAL))),
        high=pl.when(~hidden).then(pl.when(is_range).then((pl.col("v2") * ten).cast(DECIMAL)).otherwise(pl.coalesce(fraction, (low * ten).cast(DECIMAL)))),
        canonical=unit,
        unit_kind=pl.when(fraction.is_not_null()).then(pl.lit("percentage")).otherwise(pl.col("unit_kind")),
        more=pl.col("n1").str.contains(rf"{MORE}") & ~pl.col("n1").str.contains(f"^几"),
        mask=mask,
        mask_digits=pl.when(mask.is_not_null()).then(mask.str.extract(r"^([0-9x,]+)", 1).str.count_matches("x").cast(pl.Int64)),
        written_value=pl.coalesce("n1_arabic", "n1_han"),
        scaled=pl.col("n1_scale").str.contains(SCALE) | pl.col("n2_scale").fill_null("").str.contains(SCALE) | pl.col("n1_han").fill_null("").str.contains("[万亿]$"),
        written_unit=pl.concat_str(pl.col("n1_scale").str.replace_all(r"[0-9.]", ""), pl.col("_unit").fill_null("")),
        negative=pl.col("sign").is_not_null(),
        ordinal=pl.col("ordinal").is_not_null(),
        bound=pl.col("bound"),
    ).select(
        "surface", "form", "ordinal", "negative", "low", "high", "is_range", "vague", "more", "bound", "mask", "mask_digits",
        "written_value", "written_unit", "scaled", "unit_kind", "unit_use", "n1", "n2",
        unit="canonical", per=pl.col("percent").is_not_null(),
    )  # fmt: skip
