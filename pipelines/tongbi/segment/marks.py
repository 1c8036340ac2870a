"""Where sections begin: markers at the head of paragraphs and inside them, breaks without marker, page chrome."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import polars as pl

from tongbi.segment.breaks import bodies, breaks, parts
from tongbi.segment.chrome import chrome_events
from tongbi.segment.closings import closings
from tongbi.segment.lines import ASCII, BLANK, CHINESE, DOC, covered, head_pattern, paragraphs, spell, table, where
from tongbi.segment.nesting import EVENT, LEAF, event, nested

BEFORE = r"[。；;：:！!？?，,、”）)\s　]"
FIRM = r"[。；;：:！!？?\s　”）)]"
# What a marker can begin with, and what stands in every marker inside a paragraph: cheap looks before the patterns, cut into
# pieces of few enough first signs (some sixty) to be found without reading sign by sign. A decimal is no number of a part.
FIRST_SIGN = rf"^[{CHINESE}第其（(〔\d①-⑳—―－–-]"
ITEM_SIGN = f"[{CHINESE}][是要]"
WHOLE = r"[0-9]{1,2}(?:[．、]|\.(?:[^0-9.．]|$))"
INNER_SIGNS = [
    f"第[{CHINESE}]{{1,3}}[，、,：:]",
    *(before + WHOLE for before in ("[。；：！？]", "[）”　]", " ", ":", ";", r"\)")),
    "（[0-9０-９]|①|②|③|④|⑤",
    r"\([0-9]{1,2}\)",
]
WIDE_WHOLE = r"[０-９](?:[．、)]|\.(?:[^\d.．]|$))"
MARKED = ["doc", "start", "inline", "marker", "kind", "deep", "num", "rest"]  # a marker, and what follows it
NEAR = 120  # code points after a marker in which its heading ends


@cache
def numbers() -> dict[str, int]:
    """Chinese ordinals to 99, Arabic ones and circled ones, as they stand in markers."""
    ones = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
    out = dict(ones) | {"十": 10} | {f"十{c}": 10 + i for c, i in ones.items()}
    out |= {f"{t}十{c}": 10 * k + i for t, k in ones.items() for c, i in ({"": 0} | ones).items()}
    out |= {str(i): i for i in range(1, 100)} | {chr(0x2460 + i): i + 1 for i in range(20)}
    return out


def events(texts: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Everything that begins a section, one row each: `doc` (row of the document), `start`, `doc_end`, `deep` (1 to 8,
    LEAF for pieces that nothing is inside of), `kind`, `marker`, `num`, `heading`, `said` (section type, if told)."""
    docs = _spans(texts, documents)
    lines = _in_documents(paragraphs(texts), docs)
    marked = at_heads(lines)
    inside = insides(lines)
    chrome = chrome_events(texts, docs, lines)
    numbered = _in_sequence(pl.concat([marked, inside]))
    numbered = numbered.filter(~covered(numbered, chrome))
    plain = lines.filter((pl.col("head").str.len_bytes() > 0) & ~covered(lines, chrome))
    plain = plain.join(marked.select("doc", "start"), on=["doc", "start"], how="anti", maintain_order="left")
    all_marks = nested(pl.concat([numbered, parts(plain, numbered, docs)]).sort("doc", "start"))
    all_marks = pl.concat([all_marks, bodies(plain, all_marks, docs)]).sort("doc", "start")
    typed, broken = breaks(plain, all_marks, docs, texts)
    ends = closings(plain, all_marks, docs)
    return _assemble(docs, typed, broken, ends, chrome)


def _spans(texts: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    order = texts.select("source_id", src=pl.int_range(pl.len(), dtype=pl.UInt32))
    docs = documents.join(order, on="source_id", how="inner", maintain_order="left").sort("src", "char_start")
    return docs.select(
        "document_id",
        "src",
        "title",
        "report_year",
        "report_type",
        doc=pl.int_range(pl.len(), dtype=pl.Int64),
        doc_start="char_start",
        doc_end="char_end",
    )


def _in_documents(lines: pl.DataFrame, docs: pl.DataFrame) -> pl.DataFrame:
    """Put each paragraph into its document: both are sorted, so one search does it."""
    of_docs, of_lines = (f["src"].cast(pl.Int64) * DOC + f[start] for f, start in ((docs, "doc_start"), (lines, "start")))
    index = of_docs.search_sorted(of_lines, side="right").cast(pl.Int64) - 1
    return lines.with_columns(doc=index, doc_end=docs["doc_end"].gather(index)).filter(pl.col("start") < pl.col("doc_end"))


def at_heads(lines: pl.DataFrame) -> pl.DataFrame:
    """Paragraphs that begin with a marker (MARKED)."""
    head = pl.col("head")
    found = lines.select("doc", "start", "head", inline="glued").filter(head.str.contains(FIRST_SIGN))
    found = found.with_columns(marker=head.str.extract(head_pattern(), 0)).filter(pl.col("marker").is_not_null())
    rest = head.str.slice(pl.col("marker").str.len_chars(), NEAR)
    found = known(found.with_columns(rest=rest), "pattern")
    found = found.with_columns(pl.col("marker").str.strip_chars(BLANK)).filter(
        pl.col("kind").is_not_null()
        & (pl.col("num").is_not_null() | (pl.col("kind") == "dash"))
        & ~((pl.col("kind") == "third") & pl.col("rest").str.contains(r"^[\d.．]"))
        & ~((pl.col("kind") == "first") & pl.col("rest").str.contains(rf"^[{CHINESE}]、"))
        & ~where(found, pl.col("kind") == "dash", head.str.contains(r"^[—―－–-]+\s*(?:[12１２]\S{3}年|.{0,40}会议上)"))
        & ~((pl.col("kind") == "item") & pl.col("rest").str.contains(r"^(?:一|素|点|件|塞|害|领|义|求)"))
    )
    return found.filter(~_quoted(lines, found)).select(MARKED)


def known(found: pl.DataFrame, where: str) -> pl.DataFrame:
    """Add `kind`, `deep` and `num` of each `marker`: a few different ones, looked up once each in outline.toml (`where`: its column)."""
    rows = [(marker, *parsed(marker, where)) for marker in found["marker"].unique().to_list() if marker is not None]
    schema = {"marker": pl.Utf8, "kind": pl.Utf8, "deep": pl.Int64, "num": pl.Int64}
    return found.join(pl.DataFrame(rows, schema=schema, orient="row"), on="marker", how="left", maintain_order="left")


@lru_cache(maxsize=4096)
def parsed(marker: str, where: str) -> tuple[str | None, int | None, int | None]:
    """Kind, level and ordinal of a marker, NULL where it is none."""
    for row in table("outline.toml")["marker"]:
        if where in row and re.fullmatch(spell(row[where]), marker):
            said = re.search(rf"[{CHINESE}]{{1,3}}|[0-9０-９]{{1,2}}|[①-⑳]", marker)
            return row["kind"], row["level"], numbers().get(said[0].translate(ASCII)) if said else None
    return None, None, None


def _quoted(lines: pl.DataFrame, found: pl.DataFrame) -> pl.Series:
    """Whether a paragraph begins inside quotation marks opened at most twenty paragraphs before."""
    balance = lines.select(
        "doc",
        "start",
        net=pl.col("head").str.count_matches("“").cast(pl.Int64) - pl.col("head").str.count_matches("”").cast(pl.Int64),
    )
    if not (balance["net"] != 0).any():
        return pl.repeat(False, found.height, eager=True)
    odd = balance.filter(pl.col("net") != 0).sort("doc", "start")
    closes = pl.col("net").shift(-1).over("doc") == -pl.col("net")
    opened = odd.with_columns(until=pl.col("start").shift(-1).over("doc"), ok=closes).filter(
        (pl.col("net") > 0) & pl.col("ok") & (pl.col("until") - pl.col("start") < 2000)
    )
    near = found.select("doc", "start").join_asof(
        opened.select("doc", "until", opened_at="start", start="start"),
        on="start",
        by="doc",
        strategy="backward",
        check_sortedness=False,
    )
    return (near["start"] > near["opened_at"]).fill_null(False) & (near["start"] <= near["until"]).fill_null(False)


def headline(rest: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """The heading in what follows a marker: to the first full stop, or to the first comma where that is far."""
    sentence = rest.str.slice(0, 80).str.extract(r"^[^。！？；;：:\n]+", 0)
    long = (sentence.str.len_chars() > 45) & kind.is_in(["item", "ordinal", "circled", "fourth", "third"])
    clause = pl.when(long).then(sentence).str.slice(0, 60).str.extract("^[^，,]+", 0)
    return pl.when(long).then(clause).otherwise(sentence).str.strip_chars(BLANK + "*#，,")


def insides(lines: pl.DataFrame) -> pl.DataFrame:
    """Markers inside paragraphs (`。一是…；二是…`, `：（1）…`; MARKED); whether they count on is seen later."""
    inside = {m["kind"]: spell(m["inside"]) for m in table("outline.toml")["marker"] if "inside" in m}
    soft = [inside[kind] for kind in ("item", "ordinal")]
    firm = [pattern for kind, pattern in inside.items() if kind not in ("item", "ordinal")]
    head = pl.col("head")
    signs = lines.select(item=head.str.contains(ITEM_SIGN), other=pl.any_horizontal(head.str.contains(sign) for sign in INNER_SIGNS))
    others = signs["other"] | where(lines, head.str.contains("[０-９]"), head.str.contains(WIDE_WHOLE))
    items = _cut(lines.filter(signs["item"] & ~others), f"{BEFORE}{inside['item']}")
    mixed = _cut(lines.filter(others), f"{BEFORE}(?:{'|'.join(soft)})|{FIRM}(?:{'|'.join(firm)})")
    cut = pl.concat([items, mixed])
    cut = known(cut.with_columns(marker=pl.col("inner").str.extract(f"^(?:{'|'.join(inside.values())})", 0)), "inside")
    rest = pl.col("inner").str.slice(pl.col("marker").str.len_chars())
    return (
        cut.with_columns(rest=rest, inline=pl.lit(True))
        .filter(
            ~((pl.col("kind") == "third") & pl.col("rest").str.contains(r"^[\d.．]"))
            & ~((pl.col("kind") == "item") & pl.col("rest").str.contains(r"^(?:一|素|点|件|塞|害|领|义|求)"))
        )
        .select(MARKED)
    )


def _cut(lines: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Cut paragraphs before each match: where it is (`doc`, `start`), and what follows its first sign (`inner`)."""
    cut = pl.col("head").str.replace_all("\x01", " ", literal=True).str.replace_all(pattern, "\x01${0}").str.split("\x01")
    pieces = lines.select("doc", "indent", "start", line=pl.int_range(pl.len()), piece=cut).explode("piece")
    size = pl.col("piece").str.len_chars().cast(pl.Int64)
    pieces = pieces.with_columns(at=size.cum_sum() - size, opens=pl.col("line") == pl.col("line").shift(1))
    first = pl.when(~pl.col("opens").fill_null(False)).then("at").forward_fill()
    return pieces.select(
        "doc", "opens", start=pl.col("start") + pl.col("indent") + pl.col("at") - first + 1, inner=pl.col("piece").str.slice(1, NEAR)
    ).filter("opens")


def _in_sequence(found: pl.DataFrame) -> pl.DataFrame:
    """Markers (MARKED) as events, inline ones only where they count on: a first with a second after it, another after its
    predecessor."""
    frame = found.sort("kind", "doc", "start")
    same_before = (pl.col("kind") == pl.col("kind").shift(1)) & (pl.col("doc") == pl.col("doc").shift(1))
    same_after = (pl.col("kind") == pl.col("kind").shift(-1)) & (pl.col("doc") == pl.col("doc").shift(-1))
    follows = (same_before & (pl.col("num").shift(1) == pl.col("num") - 1)).fill_null(False)
    starts = (pl.col("num") == 1) & (same_after & (pl.col("num").shift(-1) == 2)).fill_null(False)
    frame = frame.filter(~pl.col("inline") | follows | starts).sort("doc", "start")
    return frame.with_columns(heading=headline(pl.col("rest"), pl.col("kind")), said=pl.lit(None, dtype=pl.Utf8)).select(EVENT)


def _assemble(docs: pl.DataFrame, marked: pl.DataFrame, broken: pl.DataFrame, ends: pl.DataFrame, chrome: pl.DataFrame) -> pl.DataFrame:
    """One list of events: roots, markers, breaks, closings, chrome and what resumes after it."""
    preamble = docs.select(event("preamble", pl.lit(LEAF), pl.lit("preamble"), start="doc_start"))
    body = pl.concat([marked.select(EVENT), broken, ends, preamble])
    body = body.filter(~covered(body, chrome))
    chrome = chrome.with_columns(doc_end=docs["doc_end"].gather(chrome["doc"]))
    last = pl.col("stop") == pl.col("doc_end")
    begins = chrome.select(event("chrome", pl.when(last).then(1).otherwise(LEAF), pl.lit("chrome")))
    firsts = body.filter(pl.col("kind") != "preamble").group_by("doc").agg(first=pl.col("start").min())
    leads = pl.col("first").is_null() | (pl.col("stop") < pl.col("first"))
    resumes = chrome.filter(~last).join(firsts, on="doc", how="left")
    resumes = resumes.select(event("resume", pl.lit(LEAF), pl.when(leads).then(pl.lit("preamble")), start="stop"))
    every = pl.concat([body, begins, resumes])
    rank = pl.col("kind").replace_strict({"resume": 2, "preamble": 1, "chrome": 0}, default=0, return_dtype=pl.Int64)
    every = every.with_columns(rank=rank).sort("doc", "start", "rank", "deep").drop("rank")
    again = (pl.col("doc") == pl.col("doc").shift(1)) & (pl.col("start") == pl.col("start").shift(1))
    every = every.filter(~again.fill_null(False))
    return every.with_columns(docs[name].gather(every["doc"]) for name in ("document_id", "doc_end"))
