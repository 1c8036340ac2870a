"""The ledger: every numeral of the texts as one mention with a disposition and the rule that decided it."""

from __future__ import annotations

import hashlib

import polars as pl

from tongbi.extract.cut import cut
from tongbi.extract.dispositions import decide
from tongbi.extract.normalise import ALTERED
from tongbi.extract.numerals import read
from tongbi.extract.rare import each_share
from tongbi.extract.wordless import wordless

MENTION = ["mention_id", "document_id", "section_id", "char_start", "char_end", "surface", "disposition", "rule"]


def mentions(texts: pl.DataFrame, documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Texts and their outline -> one row per numeral, in order of place.

    In: `texts` (`source_id, path, text`), `documents`, `sections` (contract columns). Out: the columns of `core.mentions`
    and, for `observations`, what was read: `_surface` and the windows `_gap`, `_after`, the reading of `numerals.read`
    prefixed `_`, `_source_id`, and the place's facts.
    """
    rows = wordless(each_share(cut(texts)))
    rows = _place(rows, documents, sections)
    rows = rows.join(read(rows["surface"]), on="surface", how="left", maintain_order="left").with_row_index("row")
    rows = _flags(rows)
    rows = decide(rows)
    chrome = pl.col("section_type") == "chrome"
    rows = rows.with_columns(
        disposition=pl.when(chrome).then(pl.lit("chrome")).otherwise("disposition"),
        rule=pl.when(chrome).then(pl.lit("chrome_section")).otherwise("rule"),
    )
    return _identify(rows, texts)


def _place(rows: pl.DataFrame, documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Leaf section and document of each numeral."""
    leaves = sections.filter(~pl.col("section_id").is_in(sections["parent_id"].drop_nulls().implode())).join(
        documents.select("document_id", "source_id"), on="document_id"
    )
    leaves = leaves.select("source_id", "document_id", "section_id", "section_type", "char_start").sort("source_id", "char_start")
    return rows.sort("source_id", "char_start").join_asof(
        leaves, on="char_start", by="source_id", strategy="backward", check_sortedness=False
    )


def _flags(rows: pl.DataFrame) -> pl.DataFrame:
    """Whether a numeral stands inside quotes or a title, and the unit of the next."""
    new = pl.col("source_id") != pl.col("source_id").shift(1)

    def inside(pair: str) -> pl.Expr:
        mark = pl.col("gap").str.extract(rf"([{pair}\n])[^{pair}\n]*$", 1)
        mark = pl.when(new.fill_null(True)).then(pl.coalesce(mark, pl.lit("\n"))).otherwise(mark)
        return mark.forward_fill() == pair[0]

    # 63、20、11批次: the unit at the end of a list is that of all
    listed = pl.col("after").str.contains("^[、和与及]$")
    told = pl.coalesce("unit", pl.when(~listed).then(pl.lit(""))).backward_fill().replace("", None)
    return rows.with_columns(
        before="gap",
        quoted=inside("“”"),
        titled=inside("《》"),
        next_unit=told.shift(-1),
    )


def _identify(rows: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Mention ids from path, text and place; the surface as it stands in the text."""
    stamps = [
        hashlib.sha256(f"{p}\0{hashlib.sha256(t.encode('utf-8', 'surrogatepass')).hexdigest()}".encode()).hexdigest()[:12]
        for p, t in zip(texts["path"], texts["text"], strict=True)
    ]
    stamp = pl.DataFrame({"source_id": texts["source_id"], "stamp": stamps}, schema={"source_id": pl.String, "stamp": pl.String})
    rows = rows.join(stamp, on="source_id", how="left", maintain_order="left")
    rows = rows.with_columns(
        mention_id=pl.concat_str("stamp", pl.lit("-"), pl.col("char_start").cast(pl.String).str.zfill(6)),
        _surface="surface",
        surface=_original(rows, texts),
    )
    keep = ["source_id", "gap", "after", "quoted", "titled", "form", "ordinal", "negative", "low", "high", "is_range", "vague", "more", "bound", "mask",
            "mask_digits", "written_value", "written_unit", "scaled", "unit_kind", "n1", "unit", "section_type"]  # fmt: skip
    return rows.select(*MENTION, "_surface", *[pl.col(c).alias(f"_{c}") for c in keep])


def _original(rows: pl.DataFrame, texts: pl.DataFrame) -> pl.Series:
    """Surfaces as written: cut out of the stored text only where normalising may have changed them."""
    odd = texts.filter(pl.col("text").str.contains(ALTERED))["source_id"]
    altered = pl.col("source_id").is_in(odd.implode()) | pl.col("surface").str.contains(" ", literal=True)
    touched = rows.select("source_id", "char_start", "char_end", "surface").with_row_index("k").filter(altered)
    if touched.is_empty():
        return rows["surface"]
    stored = dict(zip(texts["source_id"], texts["text"], strict=True))
    text = map(stored.__getitem__, touched["source_id"].to_list())
    written = [t[a:b] for t, a, b in zip(text, touched["char_start"].to_list(), touched["char_end"].to_list(), strict=True)]
    return rows["surface"].clone().scatter(touched["k"], pl.Series(written, dtype=pl.String))
