"""Surfaces -> what they say as numbers: value, bounds, unit, mask. Each distinct surface is read once.

The rules of reading are those of everyday Chinese official prose (GB/T 15835 for the forms): a scale word multiplies,
余/多/几 and 以上 are lower bounds, a mask is a number that somebody hid and never becomes one.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from tongbi.extract.grammar import MORE, SCALE, parts
from tongbi.extract.lexicon import unit_names, written_units
from tongbi.extract.spoken import LONGEST, chinese, side, special

DECIMAL = pl.Decimal(38, 6)
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10,
          "千亿": 10**11, "万亿": 10**12}  # fmt: skip
SIMPLE = rf"^([0-9][0-9,]{{0,14}}(?:\.[0-9]{{1,6}})?)[ ]?({SCALE}?)$"
RATE_BASES = {"百": "%", "千": "‰", "万": "‱"}
MANY = 10**16  # times a number of 15 digits still is a DECIMAL(38,6)
SAID = ["low", "high", "said_unit"]


@cache
def _groups(column: str, pattern: str) -> pl.Expr:
    """The groups of a pattern. Made once: Polars compiles the pattern when it makes the expression, to see the names."""
    return pl.col(column).str.extract_groups(pattern)


def _parts(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds the named groups of `grammar.parts`; a unit that begins like a scale word (千瓦时) is tried first.

    What is longer than anybody writes a number is none: groups are found slowly, and a hostile text may be one numeral.
    """
    short = pl.col("surface").str.len_bytes() <= 3 * LONGEST
    like = pl.col("surface").str.contains("[百千兆].")
    frame = frame.with_columns(_like=pl.when(~short).then(2).when(like).then(1).otherwise(0))
    scaled = frame.filter(pl.col("_like") == 1).with_columns(p=_groups("surface", parts(like_scale=True))).unnest("p")
    usual = pl.concat([frame.filter(pl.col("_like") == 0), scaled.filter(pl.col("n1").is_null()).select(frame.columns)])
    usual = usual.with_columns(p=_groups("surface", parts())).unnest("p")
    return pl.concat([usual, scaled.filter(pl.col("n1").is_not_null()), frame.filter(pl.col("_like") == 2)], how="diagonal").drop("_like")


def _sides(raw: pl.DataFrame) -> pl.DataFrame:
    """Adds `low_1, high_1, low_2, high_2`: both sides as numbers, NULL where masked or none. Plain ones as a column, the rest one by one."""
    distinct = pl.concat([raw["n1"], raw["n2"]]).drop_nulls().unique().to_frame("n")
    both = distinct.with_columns(_plain=pl.col("n").str.contains(SIMPLE))
    plain = both.filter("_plain").with_columns(m=_groups("n", SIMPLE)).unnest("m")
    number = pl.col("1").str.replace_all(",", "", literal=True).str.to_decimal(scale=6)
    factor = pl.col("2").replace_strict(SCALES, default=1, return_dtype=pl.Int64).cast(pl.Decimal(38, 0))
    plain = plain.select("n", low=(number * factor).cast(DECIMAL)).with_columns(high="low")
    rest = both.filter(~pl.col("_plain"))["n"].to_list()
    read = [side(n) for n in rest]
    slow = pl.DataFrame(
        {"n": rest, "low": [str(r[0]) if r else None for r in read], "high": [str(r[1]) if r else None for r in read]},
        schema={"n": pl.String, "low": pl.String, "high": pl.String},
    ).with_columns(pl.col("low", "high").str.to_decimal(scale=6).cast(DECIMAL))
    table = pl.concat([plain, slow])
    for k in ("1", "2"):
        named = table.rename({"n": f"n{k}", "low": f"low_{k}", "high": f"high_{k}"})
        raw = raw.join(named, on=f"n{k}", how="left", maintain_order="left")
    return raw


def _specials(raw: pl.DataFrame) -> pl.DataFrame:
    """Adds `s_value, s_unit`: fractions and figures of several units, which are no single number and unit."""
    odd = raw.filter(pl.col("n1").is_null() & pl.col("surface").str.contains("分 ?之|/|半|[0-9一二三四五六七八九十两百][^0-9]"))["surface"]
    found = [(s, *r) for s in odd if (r := special(s))]
    schema = {"surface": pl.String, "s_value": pl.String, "s_unit": pl.String}
    table = pl.DataFrame([(s, f"{v:.6f}", u) for s, v, u in found], schema=schema, orient="row")
    kinds = {row["unit"]: row["kind"] for row in unit_names().values()}
    table = table.with_columns(
        s_value=pl.col("s_value").str.to_decimal(scale=6).cast(DECIMAL),
        s_kind=pl.col("s_unit").replace_strict(kinds, default="amount", return_dtype=pl.String),
    )
    return raw.join(table, on="surface", how="left", maintain_order="left")


def _units(raw: pl.DataFrame) -> pl.DataFrame:
    """Adds `canonical, unit_kind, unit_use`; rates that the table does not name are a/b of two that it does."""
    table = written_units()
    raw = raw.with_columns(
        _unit=pl.coalesce("unit", "mid").str.strip_chars(" "),
        per=pl.col("percent").str.extract("([百千万])", 1).replace_strict(RATE_BASES, default=None, return_dtype=pl.String),
    ).with_columns(u1=pl.col("_unit").str.extract(r"^([^/]+)", 1), u2=pl.col("_unit").str.extract(r"/(.+)$", 1))
    whole = table.rename({"unit": "unit_w", "unit_kind": "kind_w", "unit_use": "use_w"})
    one = table.rename({"_unit": "u1", "unit": "unit_1", "unit_kind": "kind_1", "unit_use": "use_1"})
    two = table.select(u2="_unit", unit_2="unit")
    raw = raw.join(whole, on="_unit", how="left").join(one, on="u1", how="left").join(two, on="u2", how="left")
    divided = pl.col("u2").is_not_null()
    rate = pl.when(divided).then(pl.concat_str("unit_1", pl.lit("/"), pl.coalesce("unit_2", "u2")))
    return raw.with_columns(
        canonical=pl.coalesce("s_unit", "per", "unit_w", rate, "unit_1"),
        unit_kind=pl.coalesce(
            "s_kind",
            pl.when(pl.col("per").is_not_null()).then(pl.lit("percentage")),
            "kind_w",
            pl.when(divided).then(pl.lit("amount")),
            "kind_1",
        ),
        unit_use=pl.coalesce("use_w", "use_1"),
    )


def _bounds(raw: pl.DataFrame) -> pl.DataFrame:
    """Adds `low, high, is_range, scale_1, scale_2`: in 3至5亿元 the scale word of the second side is that of the first too."""
    trailing = r"(?:百|千)?(?:万亿|万|亿)$|[百千]$"
    shared = pl.col("n2").str.extract(rf"^(?:[0-9.,]+|[一二两三四五六七八九十]{{1,3}}){MORE}?({trailing})", 1)
    bare = pl.col("mid").is_null() & ~pl.col("n1").str.contains("[百千万亿]") & pl.col("n2").is_not_null()
    factor = pl.when(bare).then(shared).replace_strict(SCALES, default=1, return_dtype=pl.Int64).cast(pl.Decimal(38, 0))
    two = pl.col("n2").is_not_null()
    sign_1 = pl.when(pl.col("sign").is_not_null() & two).then(-1).otherwise(1).cast(pl.Decimal(38, 0))
    sign_2 = pl.when(pl.col("sign2").is_not_null()).then(-1).otherwise(1).cast(pl.Decimal(38, 0))
    ten = pl.when(pl.col("canonical") == "成").then(10).otherwise(1).cast(pl.Decimal(38, 0))
    ratio = _groups("n1", r"^([0-9.]+)[:：∶]([0-9.]+)$")  # 2.5:1 is 250 %, as 三分之二 is 66.7 %
    share = ratio.struct.field("1").cast(pl.Float64, strict=False) * 100 / ratio.struct.field("2").cast(pl.Float64, strict=False)
    share = pl.when(share.is_finite()).then(share.round(6).cast(DECIMAL, strict=False))
    hidden = (pl.col("has_mask") | (pl.col("n1").str.contains("[:：∶]") & share.is_null())).fill_null(False)
    first = (pl.col("low_1") * factor * sign_1 * ten).cast(DECIMAL)
    second = pl.when(two).then((pl.col("high_2") * sign_2 * ten).cast(DECIMAL)).otherwise((pl.col("high_1") * ten).cast(DECIMAL))
    pair = (pl.col("low_1") != pl.col("high_1")).fill_null(False)
    return raw.with_columns(
        shared=pl.when(bare).then(shared),
        low=pl.when(~hidden).then(pl.coalesce("s_value", share, first)),
        high=pl.when(~hidden).then(pl.coalesce("s_value", share, second)),
        is_range=two | pair,
        two=two,
        canonical=pl.when(pl.col("canonical") == "成").then(pl.lit("%")).otherwise("canonical"),
    )


def _form(raw: pl.DataFrame) -> pl.Expr:
    """Which signs the numeral is written in; dates and Latin tokens are `other`."""
    return (
        pl.when(pl.col("n1").is_null() & pl.col("s_value").is_null()).then(pl.lit("other"))
        .when(pl.col("has_mask") & pl.col("has_digit")).then(pl.lit("mixed"))
        .when("has_mask").then(pl.lit("mask"))
        .when("has_digit").then(pl.lit("arabic"))
        .otherwise(pl.lit("han"))
    )  # fmt: skip


def _hidden_digits(mask: pl.Expr) -> pl.Expr:
    """Digits hidden before the point; of a range (x-xx) those of its longer end."""
    ends = [mask.str.extract(pattern, 1).str.count_matches("x").cast(pl.Int64) for pattern in (r"^([0-9x,]+)", r"-([0-9x,]+)")]
    return pl.max_horizontal(*ends)


def _written(raw: pl.DataFrame) -> pl.DataFrame:
    """Adds what was written: `written_value`, `written_unit`, `scaled`, `mask`, `mask_digits`."""
    n1, n2 = pl.col("n1"), pl.col("n2").fill_null("")
    arabic = n1.str.extract(r"^([0-9x.][0-9x,.]*)", 1)
    rest = (
        pl.when(arabic.is_not_null())
        .then(n1.str.replace(r"^[0-9x,.]+", ""))
        .otherwise(n1.str.extract(r"^(?:[数几]?[〇零一二三四五六七八九十百千万亿两半廿卅兆]+几?(?:点[〇零一二三四五六七八九]+)?)(.*)$", 1))
    )
    rest = rest.str.replace_all(rf"{MORE}| ", "")
    mask = pl.when("has_mask").then(
        pl.concat_str(
            n1.str.extract(r"^([0-9x,.]+)", 1),
            pl.when("two").then(pl.concat_str(pl.lit("-"), n2.str.extract(r"^([0-9x,.]+)", 1))).otherwise(pl.lit("")),
        )
    )
    spoken = pl.when(arabic.is_null()).then(n1.str.extract(r"^([数几〇零一二三四五六七八九十百千万亿两半廿卅兆点]+)", 1))
    return raw.with_columns(
        written_value=pl.coalesce(arabic, spoken, pl.when(pl.col("s_value").is_not_null()).then("surface")),
        written_unit=pl.concat_str(
            pl.coalesce("shared", rest.str.replace_all("[^十百千万亿]", ""), pl.lit("")), pl.col("_unit").fill_null("")
        ),
        scaled=rest.str.contains(SCALE).fill_null(False)
        | n2.str.contains(rf"[0-9x]{MORE}?{SCALE}")
        | (arabic.is_null() & n1.str.contains("[万亿][余多]?$")).fill_null(False),
        mask=mask,
        mask_digits=pl.when(mask.is_not_null()).then(_hidden_digits(mask)),
    )


def read(surfaces: pl.Series) -> pl.DataFrame:
    """Distinct normalised surfaces -> `surface`, `ordinal`, `negative`, `form` (`arabic` `mask` `mixed` `han` `other`),
    `low`, `high` (scale applied; the sign of a single number stands in `negative`, ranges are signed), `is_range`, `vague`, `more`, `bound`,
    `unit`, `unit_kind`, `unit_use`, `written_value`, `written_unit`, `mask`, `mask_digits`, `scaled` (a scale word was written).

    Most numerals are one plain number and what follows it: those are read once for each distinct rest, as 1 of it (`1万元以上`).
    """
    rest, size = pl.col("surface").str.strip_chars_start("0123456789.x"), pl.col("surface").str.len_chars()
    frame = surfaces.unique().to_frame("surface").with_columns(rest=rest)
    frame = frame.with_columns(head=pl.col("surface").str.head(size - pl.col("rest").str.len_chars()))
    plain = pl.col("head").str.contains(r"^(?:[0-9]{1,15}(?:\.[0-9]{1,6})?|x+(?:\.x+)?)$") & ~pl.col("rest").str.contains("[0-9x:：∶/分半]")
    frame = frame.with_columns(plain=plain, hidden=pl.col("head").str.starts_with("x"))
    simple = frame.filter("plain").with_columns(model=pl.concat_str(pl.when("hidden").then(pl.lit("x")).otherwise(pl.lit("1")), "rest"))
    rare = frame.filter(~pl.col("plain")).select("surface")
    table = _read(pl.concat([rare["surface"], simple["model"]]).unique())
    simple = simple.join(table.rename({"surface": "model"}), on="model", how="left", maintain_order="left")
    alike = (pl.col("form") == "other") | pl.col("n1").str.contains(rf"^[1x](?:{SCALE}|{MORE}| )*$") & pl.col("n2").is_null()
    alike = alike & (pl.col("low") < MANY).fill_null(True)
    known, odd = simple.filter(alike), simple.filter(~alike.fill_null(False))["surface"]
    full = rare.join(table, on="surface", how="left")
    return pl.concat([full, _scaled(known).select(full.columns), *([_read(odd)] if odd.len() else [])])


def _scaled(rows: pl.DataFrame) -> pl.DataFrame:
    """Readings of `1` or `x` and a rest -> those of `head` and the same rest."""
    number, shown = pl.col("n1").is_not_null(), ~pl.col("hidden")
    exact = pl.when(number & shown).then((pl.col("head").str.to_decimal(scale=6) * pl.col("low")).cast(DECIMAL))
    return rows.with_columns(
        low=exact,
        high=exact,
        n1=pl.concat_str("head", pl.col("n1").str.slice(1)),
        written_value=pl.when(number).then("head"),
        mask=pl.when(number & ~shown).then("head"),
        mask_digits=pl.when(number & ~shown).then(pl.col("head").str.extract("^(x+)", 1).str.len_chars().cast(pl.Int64)),
    )


def _read(surfaces: pl.Series) -> pl.DataFrame:
    """Every column of `read` for any surfaces."""
    raw = _parts(surfaces.to_frame("surface"))
    joined = pl.concat_str(pl.col("n1"), pl.col("n2").fill_null(""))
    either = pl.coalesce(joined, "surface")
    raw = raw.with_columns(has_mask=either.str.contains("x"), has_digit=either.str.contains("[0-9]"))
    raw = _written(_bounds(_units(_specials(_sides(raw)))))
    said = pl.when(pl.col("s_value").is_not_null()).then(pl.col("surface").str.extract("(左右|以[上下内])$", 1))
    bound = pl.coalesce("bound", said).str.replace("^(?:及|或者?)", "").replace({"间": "之间", "之上": "以上", "之下": "以下"})
    return raw.with_columns(
        form=_form(raw),
        vague=pl.col("n1").str.contains("^[数几]").fill_null(False),
        more=pl.col("n1").str.contains(MORE) & ~pl.col("n1").str.contains("^几"),
        negative=(pl.col("sign").is_not_null() | pl.col("percent").str.contains("负")).fill_null(False) & ~pl.col("two"),
        ordinal=pl.col("ordinal").is_not_null(),
        bound=bound,
    ).select(
        "surface", "form", "ordinal", "negative", "low", "high", "is_range", "vague", "more", "bound", "mask", "mask_digits",
        "written_value", "written_unit", "scaled", "unit_kind", "unit_use", "n1", "n2",
        unit="canonical", per=pl.col("percent").is_not_null(),
    )  # fmt: skip


__all__ = ["chinese", "read"]
