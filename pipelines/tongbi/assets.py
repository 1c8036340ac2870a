"""The pipeline as Dagster assets: each loads, calls one function, and reports. No logic here."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import dagster as dg

from tongbi import checks, ingest, quality, validate
from tongbi.errors import QualityError, TongbiError
from tongbi.shards import Manifest, sweep
from tongbi.stages import INPUTS, run_stage
from tongbi.warehouse.build import build, new_file, resolved
from tongbi.warehouse.publish import finish, publish
from tongbi.workshop import Workshop

RETRY = dg.RetryPolicy(max_retries=2, delay=1, backoff=dg.Backoff.EXPONENTIAL)


@contextmanager
def plain_errors() -> Iterator[None]:
    """A user's mistake ends the run with its sentence and is not tried again; anything else is retried."""
    try:
        yield
    except TongbiError as error:
        raise dg.Failure(str(error), allow_retries=False) from error


def by_batch(manifests: list[Manifest]) -> dg.TableMetadataValue:
    """Rows, bytes and shards of each batch."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for m in manifests:
        for i, n in enumerate((1, int(m.reused), m.rows, m.bytes)):
            sums[m.batch][i] += n
    records = [
        dg.TableRecord({"batch": batch, "shards": n, "reused": kept, "rows": rows, "bytes": size})
        for batch, (n, kept, rows, size) in sorted(sums.items())
    ]
    columns = [dg.TableColumn("batch", "string"), *(dg.TableColumn(c, "int") for c in ("shards", "reused", "rows", "bytes"))]
    return dg.MetadataValue.table(records, dg.TableSchema(columns))


def report(manifests: list[Manifest]) -> dict[str, Any]:
    """An asset's metadata: rows, bytes, how many shards were reused and recomputed, a table by batch."""
    reused = sum(m.reused for m in manifests)
    return {
        "dagster/row_count": sum(m.rows for m in manifests),
        "bytes": sum(m.bytes for m in manifests),
        "shards_reused": reused,
        "shards_recomputed": len(manifests) - reused,
        "seconds": round(sum(m.seconds for m in manifests if not m.reused), 3),
        "by_batch": by_batch(manifests),
    }


def schema_of(name: str) -> dg.TableSchema:
    """A table's columns for the Dagster UI."""
    model = validate.TABLES[name].model
    columns = [
        dg.TableColumn(n, str(c.dtype.type), description=c.description, constraints=dg.TableColumnConstraints(nullable=c.nullable))
        for n, c in model.columns.items()
    ]
    return dg.TableSchema(columns)


@dg.asset(
    group_name="read",
    kinds={"file"},
    required_resource_keys={"workshop"},
    retry_policy=RETRY,
    description=validate.TABLES["sources"].comment,
    metadata={"dagster/column_schema": schema_of("sources")},
)
def sources(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """Every file under raw/ as text in shards, or why not."""
    shop: Workshop = context.resources.workshop
    with plain_errors():
        packed = ingest.pack(shop.settings, shop.pool, shop.tell("sources"))
    shop.manifests["texts"] = packed.manifests
    shop.save_sources(packed.sources)
    counts = {row["status"]: row["len"] for row in packed.sources.group_by("status").len().to_dicts()}
    return dg.MaterializeResult(metadata={**report(packed.manifests), "dagster/row_count": packed.sources.height, **counts})


@dataclass(frozen=True)
class _Stage:
    group: str
    after: str


STAGES = {
    "documents": _Stage("segment", "sources"),
    "sections": _Stage("segment", "documents"),
    "mentions": _Stage("extract", "sections"),
    "observations": _Stage("extract", "mentions"),
}


def stage_asset(name: str) -> dg.AssetsDefinition:
    """The asset of a stage that runs shard by shard."""

    @dg.asset(
        name=name,
        group_name=STAGES[name].group,
        kinds={"polars", "parquet"},
        deps=[STAGES[name].after],
        required_resource_keys={"workshop"},
        retry_policy=RETRY,
        check_specs=checks.specs(name),
        description=validate.TABLES[name].comment,
        metadata={"dagster/column_schema": schema_of(name)},
    )
    def stage(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        shop: Workshop = context.resources.workshop
        with plain_errors():
            manifests = run_stage(name, shop.settings, shop.pool, shop.tell(name))
        shop.manifests[name] = manifests
        found = quality.check_results(name, manifests)
        return dg.MaterializeResult(metadata=report(manifests), check_results=checks.results(name, found))

    return stage


@dg.asset(
    group_name="publish",
    kinds={"duckdb"},
    deps=["observations"],
    required_resource_keys={"workshop"},
    retry_policy=RETRY,
    description="The published DuckDB file: core tables, the quality record and the views to query · 数据仓库",
)
def warehouse(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """Build a new file, check it, and swap it in if no promise is broken."""
    shop: Workshop = context.resources.workshop
    settings = shop.settings
    manifests = {stage: shop.results(stage) for stage in ("texts", *INPUTS)}
    with plain_errors():
        frames = resolved(settings, shop.sources())
        built = new_file(settings)
        con = build(settings, frames, built)
        try:
            shop.verdict = quality.evaluate(con, settings, shop.run(context.run_id), manifests, frames)
        finally:
            finish(con)
        if shop.verdict.status == "fail":
            quality.write_report(settings, built)  # the page of a run that broke says what broke
            raise QualityError("not published, the warehouse of the last run stays: " + " · ".join(shop.verdict.errors))
        published = publish(settings, built)
    swept = sweep(settings.shards_dir, {m.output for ms in manifests.values() for m in ms})
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(str(published)),
            "bytes": published.stat().st_size,
            "release_id": shop.verdict.release_id or "",
            "verdict": shop.verdict.status,
            "results_removed": swept,
            "dagster/row_count": sum(m.rows for m in manifests["observations"]),
            "by_batch": by_batch(manifests["observations"]),
        }
    )


@dg.asset(
    group_name="publish",
    kinds={"html"},
    deps=["warehouse"],
    required_resource_keys={"workshop"},
    retry_policy=RETRY,
    description="The data-quality report of the last run: one page, and the same for machines · 数据质量报告",
)
def quality_report(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """Write the page of the last run."""
    shop: Workshop = context.resources.workshop
    with plain_errors():
        paths = quality.write_report(shop.settings)
    return dg.MaterializeResult(
        metadata={"page": dg.MetadataValue.path(str(paths[0])), "files": len(paths), "bytes": sum(p.stat().st_size for p in paths)}
    )


ASSETS: list[dg.AssetsDefinition] = [sources, *(stage_asset(name) for name in STAGES), warehouse, quality_report]
