"""The ledger: every numeral of the texts as one mention with a disposition and the rule that decided it."""

from __future__ import annotations

import hashlib

import polars as pl

from tongbi.extract.cut import pieces
from tongbi.extract.dispositions import decide
from tongbi.extract.few import few
from tongbi.extract.normalise import normal
from tongbi.extract.numerals import read
from tongbi.extract.rare import each_share
from tongbi.extract.wordless import wordless

READ = ["form", "ordinal", "negative", "low", "high", "is_range", "vague", "more", "bound", "mask", "mask_digits", "written_value", "written_unit",
        "scaled", "unit_kind", "n1", "unit"]  # fmt: skip
FORMS = pl.Enum(["arabic", "mask", "mixed", "han", "other"])  # of `numerals.read`
ORDER = pl.col("text").cast(pl.Int64) * 2**32 + pl.col("char_start")  # where a numeral stands: one key to sort and search by


def mentions(texts: pl.DataFrame, documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Texts and their outline -> one row per numeral, in order of place.

    In: `texts` (`source_id, path, text`), `documents`, `sections` (contract columns). Out: the columns of `core.mentions`
    and, for `observations`, what was read: `_surface` and the windows `_gap`, `_after`, the reading of `numerals.read`
    prefixed `_`, and `_source_id`.
    """
    texts = texts.sort("source_id")
    # texts, leaf sections and distinct surfaces go by number until all is decided
    text, odd = normal(texts["text"])
    rows, words = wordless(pieces(pl.DataFrame({"source_id": pl.int_range(len(text), dtype=pl.UInt32, eager=True), "text": text})))
    del text
    rows, shares = each_share(rows)
    rows = pl.concat([rows, words, shares], rechunk=True).rename({"source_id": "text"}).sort(ORDER)
    kinds = read(rows["surface"]).rechunk()
    kind = rows.select("surface").join(kinds.select("surface").with_row_index("k"), on="surface", how="left", maintain_order="left")["k"]
    rows = _flags(rows.with_columns(kind=kind))
    leaves = _leaves(texts, documents, sections)
    leaf = _place(rows, leaves)
    rule = decide(rows, kinds)
    chrome = (leaves["section_type"] == "chrome").gather(leaf).fill_null(False)
    place = leaves.select("document_id", "section_id")[leaf]
    reading = kinds.select(pl.col(READ).exclude("form").name.prefix("_"), _form=pl.col("form").cast(FORMS), _surface="surface")[kind]
    decided = rule.with_columns(
        disposition=pl.when(chrome).then(pl.lit("chrome")).otherwise("disposition"),
        rule=pl.when(chrome).then(pl.lit("chrome_section")).otherwise("rule"),
    )
    return pl.concat(
        [
            _ids(rows, texts),
            place,
            rows.select("char_start", "char_end", surface=_original(rows, texts["text"], odd)),
            decided,
            reading,
            rows.select(pl.col("gap", "after", "titled").name.prefix("_")),
            texts.select(_source_id="source_id")[rows["text"]],
        ],
        how="horizontal",
    )


def _leaves(texts: pl.DataFrame, documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """The leaf sections in order of place: `text` (its number), `char_start`, `document_id`, `section_id`, `section_type`."""
    numbers = texts.select("source_id", text=pl.int_range(pl.len(), dtype=pl.UInt32))
    owner = documents.select("document_id", "source_id").join(numbers, on="source_id")
    leaves = sections.filter(~pl.col("section_id").is_in(sections["parent_id"].drop_nulls().implode())).join(owner, on="document_id")
    return leaves.select("text", "char_start", "document_id", "section_id", "section_type").sort("text", "char_start")


def _place(rows: pl.DataFrame, leaves: pl.DataFrame) -> pl.Series:
    """The number of the leaf section that each numeral stands in."""
    places = leaves.select("text", key=ORDER).with_row_index("leaf").with_columns(pl.col("key").set_sorted())
    found = rows.select("text", key=ORDER.set_sorted()).join_asof(places, on="key", strategy="backward")
    return found.select(pl.when(pl.col("text") == pl.col("text_right")).then("leaf")).to_series()


def _flags(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds whether a numeral stands inside quotes or a title: which mark of its line came last. Asked only where there is one, or a text begins."""
    first = (pl.col("text") != pl.col("text").shift(1)).fill_null(True)
    gap = pl.col("gap")
    asked = rows.select(first=first, ends=first | gap.str.contains("\n", literal=True))
    for name, pair in (("quoted", "“”"), ("titled", "《》")):
        # the end of a line closes all
        mark = few(
            asked.with_columns(rows["gap"]), gap.str.contains(f"[{pair}]"), ["gap"], mark=gap.str.extract(rf"[{pair}\n][^{pair}\n]*$", 0)
        )
        inside = pl.coalesce(pl.col("mark").str.starts_with(pair[0]), pl.when("ends").then(False)).forward_fill()
        rows = rows.with_columns(mark.select(inside.alias(name)).to_series())
    return rows


def _ids(rows: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Mention ids from path, text and place."""
    digests = (hashlib.sha256(t).hexdigest() for t in texts["text"].cast(pl.Binary))
    stamps = [hashlib.sha256(f"{p}\0{d}".encode()).hexdigest()[:12] for p, d in zip(texts["path"], digests, strict=True)]
    thousand, rest = rows["char_start"] // 1000, rows["char_start"] % 1000
    thousands = range((rows.select(pl.col("char_start").max() // 1000).item() or 0) + 1)
    return pl.DataFrame(
        [
            pl.Series("a", stamps, dtype=pl.String).gather(rows["text"]),
            pl.Series("b", [f"-{k:03d}" for k in thousands]).gather(thousand),
            pl.Series("c", [f"{k:03d}" for k in range(1000)]).gather(rest),
        ]
    ).select(mention_id=pl.concat_str("a", "b", "c"))


def _original(rows: pl.DataFrame, texts: pl.Series, odd: pl.Series) -> pl.Series:
    """Surfaces as written: cut out of the stored text only where normalising may have changed them."""
    touched = rows.select(odd.gather(rows["text"]) | pl.col("surface").str.contains(" ", literal=True)).to_series().arg_true()
    if touched.is_empty():
        return rows["surface"]
    few = rows.select("text", "char_start", "char_end")[touched]
    stored = {k: texts[k] for k in few["text"].unique()}
    written = [stored[k][a:b] for k, a, b in few.iter_rows()]
    return rows["surface"].clone().scatter(touched, pl.Series(written, dtype=pl.String))
