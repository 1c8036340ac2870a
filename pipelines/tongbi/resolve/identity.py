"""Which indicator a name is: exact alias, then without the words around it, then by score; else an id made of the name.

Everything is done once for each distinct name, kind and unit. A match by score needs kind and dimension to agree, the telling words
(进口/出口, 城镇/农村, 新增/累计 …) to be the same, a threshold and a margin over the runner-up: a missed match is a derived id, which
still joins over years, a wrong one is a wrong comparison.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

import polars as pl
from rapidfuzz import fuzz, process

from tongbi.resolve.catalogue import catalogue, dimensions, forms, names
from tongbi.resolve.normal import bare, skeleton, squeezed, telling

THRESHOLD, MARGIN = 75.0, 4.0
KEY = ["indicator_name", "kind", "unit", "_change", "region"]
UNNAMED = "unnamed"


@dataclass(frozen=True)
class Match:
    """What a name was matched to: `method` is alias, normalised, phrase, scored or derived; scores are of 100."""

    name: str
    indicator_id: str
    name_zh: str | None
    method: str
    score: float
    runner_up: str | None
    runner_up_score: float


@cache
def _gates() -> pl.DataFrame:
    """Which kinds and dimensions of a figure an entry of each kind takes: `entry_kind, kind, change` (figure is a change)."""
    return pl.DataFrame(
        [
            ("amount", "amount", False), ("amount", "amount", True), ("count", "count", False), ("count", "count", True),
            ("percentage", "percentage", False), ("percentage", "percentage", True), ("amount", "percentage", True),
            ("count", "percentage", True), ("amount", "ranking", False), ("count", "ranking", False), ("percentage", "ranking", False),
            ("amount", "ranking", True), ("count", "ranking", True), ("percentage", "ranking", True),
        ],
        schema=["entry_kind", "kind", "_change"],
        orient="row",
    )  # fmt: skip


def _family(unit: pl.Expr, kind: pl.Expr) -> pl.Expr:
    """What may stand for one figure: money of any currency, one dimension, counts of any kind, shares and points."""
    dimension = unit.replace_strict(dimensions(), default=unit)
    return (
        pl.when(kind == "count").then(pl.lit("count"))
        .when(kind == "percentage").then(pl.lit("percentage"))
        .when(unit.is_in(["元", "美元", "欧元", "港元", "日元"])).then(pl.lit("money"))
        .otherwise(dimension)
    )  # fmt: skip


@cache
def _entries() -> pl.DataFrame:
    """Every written form of the catalogue in each shape: `form, squeezed, bare, skeleton, telling, family, …`."""
    table = forms(catalogue()).rename({"kind": "entry_kind", "unit": "entry_unit"})
    table = table.with_columns(squeezed=squeezed(pl.col("form")), family=_family(pl.col("entry_unit"), pl.col("entry_kind")))
    table = bare(table.with_columns(region=pl.lit(None, pl.String))).drop("region")
    return table.with_columns(skeleton=skeleton(pl.col("bare")), telling=telling(pl.col("bare")))


def identify(observations: pl.DataFrame) -> pl.DataFrame:
    """Observations (indicator_name, kind, unit, change_basis, region) -> the same rows with `indicator_id` filled."""
    rows = observations.with_columns(_change=pl.col("change_basis").is_not_null())
    found = resolve(rows.select(KEY).unique())
    rows = rows.drop("indicator_id", strict=False).join(
        found.select(*KEY, "indicator_id"), on=KEY, how="left", nulls_equal=True, maintain_order="left"
    )
    return rows.select(observations.columns if "indicator_id" in observations.columns else [*observations.columns, "indicator_id"])


def resolve(keys: pl.DataFrame) -> pl.DataFrame:
    """Distinct `indicator_name, kind, unit, _change, region` -> those and `indicator_id, method, score, bare`."""
    table = keys.with_columns(squeezed=squeezed(pl.col("indicator_name").fill_null(""))).with_row_index("row")
    table = bare(table).with_columns(family=_family(pl.col("unit"), pl.col("kind")))
    found = [_exact(table, "squeezed", "alias")]
    table = table.with_columns(bare=pl.when(_share()).then(pl.concat_str("bare", pl.lit("占比"))).otherwise("bare"))
    found.append(_exact(table.join(found[0], on="row", how="anti"), "bare", "normalised"))
    found.append(_phrased(table.join(pl.concat(found), on="row", how="anti")))
    found.append(_scored(table.join(pl.concat(found), on="row", how="anti")))
    table = table.join(pl.concat(found), on="row", how="left", maintain_order="left")
    return table.with_columns(indicator_id=pl.coalesce("indicator_id", derived_id()), method=pl.col("method").fill_null("derived"))


def _candidates(table: pl.DataFrame, column: str) -> pl.DataFrame:
    """Names joined with the entries that share `column` and whose kind fits; `fits` says whether the unit does too."""
    entries = _entries()
    pairs = table.join(
        entries.select(
            pl.col(column),
            "indicator_id",
            "only",
            "entry_kind",
            "entry_unit",
            form_bare="bare",
            form_telling="telling",
            entry_family="family",
        ),
        on=column,
    )
    pairs = pairs.join(_gates(), on=["entry_kind", "kind", "_change"], how="semi")
    pairs = pairs.filter(pl.col("only").is_null() | (pl.col("only") == pl.col("unit")))
    return pairs.with_columns(
        fits=(pl.col("kind") == "ranking")
        | ((pl.col("kind") == "percentage") & (pl.col("entry_kind") != "percentage"))
        | (pl.col("family") == pl.col("entry_family"))
    )


def _exact(table: pl.DataFrame, column: str, method: str) -> pl.DataFrame:
    """`row, indicator_id, method, score` of names that are a written form of just one entry: the one of their unit, else of their dimension.

    Where neither fits (秸秆离田 in 亩 and in 吨) it is still that thing: comparisons then say `unit_differs`.
    """
    pairs = _candidates(table, column).with_columns(
        near=(pl.col("unit") == pl.col("entry_unit")).fill_null(False).cast(pl.Int8) + pl.col("fits").fill_null(False)
    )
    pairs = pairs.filter(pl.col("near") == pl.col("near").max().over("row"))
    one = pairs.group_by("row").agg(pl.col("indicator_id").unique())
    one = one.filter(pl.col("indicator_id").list.len() == 1).with_columns(pl.col("indicator_id").list.first())
    return one.with_columns(method=pl.lit(method), score=pl.lit(100.0))


def _phrased(table: pl.DataFrame) -> pl.DataFrame:
    """`row, indicator_id, method, score` of names that are a phrase of names.toml: 研发经费支出占地区生产总值比重."""
    hit = pl.lit(None, pl.String)
    for row in names()["pattern"]:
        fits = (
            pl.col("squeezed").str.contains(row["match"]) & (pl.col("kind") == row["kind"]) & ~(pl.col("_change") & (pl.col("unit") == "%"))
        )
        hit = pl.when(hit.is_null() & fits).then(pl.lit(row["indicator_id"])).otherwise(hit)
    return table.select("row", indicator_id=hit, method=pl.lit("phrase"), score=pl.lit(100.0)).filter(pl.col("indicator_id").is_not_null())


def _scored(table: pl.DataFrame) -> pl.DataFrame:
    """`row, indicator_id, method, score` of names that share their skeleton with an entry and are alike enough to it alone."""
    table = table.with_columns(skeleton=skeleton(pl.col("bare")), telling=telling(pl.col("bare"))).filter(
        pl.col("skeleton").str.len_chars() >= 2
    )
    pairs = _candidates(table, "skeleton").filter("fits", pl.col("telling") == pl.col("form_telling"))
    unit = (pl.col("kind") != "count") | pl.col("entry_unit").is_null() | (_person("unit") == _person("entry_unit"))
    pairs = pairs.filter(unit)
    pairs = pairs.with_columns(
        score=pl.Series([fuzz.ratio(a, b) for a, b in pairs.select("bare", "form_bare").iter_rows()], dtype=pl.Float64)
    )
    best = pairs.group_by("row", "indicator_id").agg(pl.col("score").max()).sort("row", "score", descending=[False, True])
    best = best.group_by("row", maintain_order=True).agg(
        pl.col("indicator_id").first(), top=pl.col("score").first(), second=pl.col("score").slice(1, 1).first()
    )
    good = best.filter((pl.col("top") >= THRESHOLD) & (pl.col("top") - pl.col("second").fill_null(0) >= MARGIN))
    return good.select("row", "indicator_id", method=pl.lit("scored"), score="top")


def _person(column: str) -> pl.Expr:
    return pl.col(column).is_in(["人", "人次"])


def _share() -> pl.Expr:
    """A percentage that is no change, of a name that is no rate: 新能源公交车85% is a share, with an id of its own."""
    rate = pl.col("bare").str.contains(names()["rates"])
    return (pl.col("kind") == "percentage") & (pl.col("unit") == "%") & ~pl.col("_change") & ~rate & (pl.col("bare") != "")


def derived_id() -> pl.Expr:
    """An id made of the bare name alone, so that it is the same in every year and run (see `_ided`)."""
    nothing = pl.col("squeezed").is_in(names()["unnamed"])
    return pl.when(nothing).then(pl.lit(UNNAMED)).otherwise(_ided(pl.col("bare")))


def _ided(name: pl.Expr) -> pl.Expr:
    """`n-…`, or `g-…` for a name too general to join on."""
    kind = pl.when(name.is_in(names()["general"])).then(pl.lit("g-")).otherwise(pl.lit("n-"))
    return pl.concat_str(kind, name.map_elements(_digest, return_dtype=pl.String))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def match(name: str, kind: str, unit: str | None, *, change: bool = False, region: str | None = None) -> Match:
    """What one name is matched to, with its score and the runner-up."""
    key = pl.DataFrame(
        {"indicator_name": [name], "kind": [kind], "unit": [unit], "_change": [change], "region": [region]},
        schema={"indicator_name": pl.String, "kind": pl.String, "unit": pl.String, "_change": pl.Boolean, "region": pl.String},
    )
    row = resolve(key).row(0, named=True)
    near = nearest([row["bare"]], limit=2)
    others = [n for n in near.iter_rows(named=True) if n["nearest_id"] != row["indicator_id"]]
    titles = dict(catalogue().select("indicator_id", "name_zh").iter_rows())
    derived = row["method"] == "derived"
    best = near.row(0, named=True) if derived and near.height else None
    return Match(
        name=name,
        indicator_id=row["indicator_id"],
        name_zh=titles.get(row["indicator_id"]),
        method=row["method"],
        score=best["score"] if best else float(row["score"] or 0),
        runner_up=titles.get(others[0]["nearest_id"]) if others else None,
        runner_up_score=others[0]["score"] if others else 0.0,
    )


def nearest(bares: list[str], limit: int = 3) -> pl.DataFrame:
    """Bare names -> the entries nearest to each by characters: `bare, place, nearest_id, nearest_form, score` (of 100)."""
    entries = _entries().filter(pl.col("bare").str.len_chars() > 1)
    shape, ids = entries["bare"].to_list(), entries["indicator_id"].to_list()
    out: list[tuple[str, int, str, str, float]] = []
    for name in bares:
        best: dict[str, tuple[float, str]] = {}
        for form, score, i in process.extract(name, shape, scorer=fuzz.ratio, limit=8 * limit, score_cutoff=1):
            best.setdefault(ids[i], (score, form))
        places = enumerate(list(best.items())[:limit], 1)
        out += [(name, place, found, form, round(score, 1)) for place, (found, (score, form)) in places]
    schema = {"bare": pl.String, "place": pl.Int64, "nearest_id": pl.String, "nearest_form": pl.String, "score": pl.Float64}
    return pl.DataFrame(out, schema=schema, orient="row")


def derived(distinct: pl.DataFrame) -> pl.DataFrame:
    """Rows of `core.indicators` for derived ids: the most frequent name, kind and unit of each.

    In: distinct `indicator_id, indicator_name, kind, unit, region` of the observations and `n` (how often). Out: `indicator_id, name_zh,
    kind, unit, dimension, origin`.
    """
    known = catalogue()["indicator_id"].implode()
    rows = distinct.filter(pl.col("indicator_id").is_not_null() & ~pl.col("indicator_id").is_in(known))
    rows = rows.with_columns(late=pl.col("kind").is_in(["percentage", "ranking"]))
    order = ["indicator_id", "late", "n", "indicator_name", "kind", "unit"]
    rows = rows.sort(order, descending=[False, False, True, False, False, False])
    main = rows.group_by("indicator_id", maintain_order=True).agg(pl.col("indicator_name", "kind", "unit", "region").first())
    main = bare(main.with_columns(squeezed=squeezed(pl.col("indicator_name").fill_null(""))))
    shared = pl.concat_str("bare", pl.lit("占比"))
    return main.select(
        "indicator_id",
        name_zh=pl.when(pl.col("bare") == "")
        .then(pl.lit("未名"))
        .when(shared.pipe(_ided) == pl.col("indicator_id"))
        .then(shared)
        .otherwise("bare"),
        kind=pl.col("kind").replace("ranking", "percentage"),
        unit="unit",
        dimension=pl.col("unit").replace_strict(dimensions(), default=pl.col("unit")),
        origin=pl.lit("derived"),
    )
