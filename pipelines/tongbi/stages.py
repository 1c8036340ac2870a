"""The four stages that run shard by shard: read Parquet, call one pure function, check, write Parquet.

What belongs here: which frames a stage reads and which checks its result must keep. What does not: how it is computed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import polars as pl

from tongbi import resolve, segment, validate
from tongbi.extract import mentions as find_mentions
from tongbi.extract import observations as observe
from tongbi.extract import written
from tongbi.ingest import read_texts
from tongbi.resolve import corrections
from tongbi.settings import Settings
from tongbi.shards import Job, Manifest, Pool, Stopwatch, load_state, map_shards, result_path, save_state, stage_version, write_parquet
from tongbi.validate import Outcome, promises

INPUTS = {
    "documents": ("texts",),
    "sections": ("texts", "documents"),
    "mentions": ("texts", "documents", "sections"),
    "observations": ("texts", "documents", "sections", "mentions"),
}


def run_stage(stage: str, settings: Settings, pool: Pool, progress: Callable[[Manifest, int], None] | None = None) -> list[Manifest]:
    """Bring every shard of a stage up to date and note it as current; manifests in the order of the shards."""
    inputs = {name: {m.shard: m for m in load_state(settings.shards_dir, name)} for name in INPUTS[stage]}
    version = stage_version(stage)
    mended = corrections.load(settings.raw_dir) if stage == "observations" else []
    jobs = []
    for shard, texts in inputs["texts"].items():
        if not texts.rows:
            continue
        paths = tuple(inputs[name][shard].output for name in INPUTS[stage])
        told = corrections.of_batch(mended, texts.batch)
        stamp = version + (hashlib.sha256(told.encode()).hexdigest()[:8] if told else "")
        output = result_path(settings.shards_dir, stage, shard, paths, stamp)
        jobs.append(Job(shard, texts.batch, paths, output, (("corrections", told),)))
    manifests = map_shards(FUNCTIONS[stage], jobs, pool, progress)
    save_state(settings.shards_dir, stage, manifests)
    return manifests


def run_documents(job: Job) -> Manifest:
    """Texts -> `core.documents` of one shard, without what only all shards together can tell."""
    watch, (texts,) = Stopwatch(), _read(job)
    documents = segment.documents(texts).with_columns(organisation_evidence=pl.lit(None, pl.String))
    declared = [row for row in segment.declared_reports(texts, documents).to_dicts() if row["declared"] != row["found"]]
    return _write(job, documents, validate.DOCUMENTS, watch, [promises.tiles(documents, _whole(texts), "source_id", "documents.tile", "documents")],
                  {"declared": declared})  # fmt: skip


def run_sections(job: Job) -> Manifest:
    """Texts and documents -> `core.sections` of one shard."""
    watch, (texts, documents) = Stopwatch(), _read(job)
    sections = segment.sections(texts, documents)
    leaves = promises.leaves(sections)
    return _write(
        job, sections, validate.SECTIONS, watch, [promises.tiles(leaves, documents, "document_id", "sections.leaves_tile", "sections")]
    )


def run_mentions(job: Job) -> Manifest:
    """The outline -> `core.mentions` of one shard, with the readings that the next stage needs in columns `_…`."""
    watch, (texts, documents, sections) = Stopwatch(), _read(job)
    mentions = find_mentions(texts, documents, sections)
    true = promises.spans_true(mentions, texts, documents)
    return _write(job, mentions, validate.MENTIONS, watch, [true, promises.ledger_complete(mentions, texts, documents)])


def run_observations(job: Job) -> Manifest:
    """The ledger -> `core.observations` of one shard, indicators identified and corrections applied."""
    watch, (texts, documents, sections, mentions) = Stopwatch(), _read(job)
    facts = resolve.identify(observe(mentions, texts, documents, sections))
    told = dict(job.options)["corrections"]
    facts, log = corrections.apply(json.loads(told), facts, mentions, texts) if told else (facts, [])
    return _write(job, written(facts, mentions), validate.OBSERVATIONS, watch, [], {"corrections": log})


FUNCTIONS: dict[str, Callable[[Job], Manifest]] = {
    "documents": run_documents,
    "sections": run_sections,
    "mentions": run_mentions,
    "observations": run_observations,
}


def _read(job: Job) -> tuple[pl.DataFrame, ...]:
    texts, *others = job.inputs
    return read_texts(texts), *(pl.read_parquet(path) for path in others)


def _whole(texts: pl.DataFrame) -> pl.DataFrame:
    return texts.select("source_id", char_start=pl.lit(0, pl.Int64), char_end=pl.col("text").str.len_chars().cast(pl.Int64))


def _write(
    job: Job, frame: pl.DataFrame, table: validate.Table, watch: Stopwatch, more: list[Outcome], extra: dict[str, object] | None = None
) -> Manifest:
    """Check a result against its model, write it, and report."""
    found = [*validate.outcomes(frame.select(table.columns), table), *more]
    size = write_parquet(frame, job.output)
    return Manifest(
        job.shard, job.batch, job.output, frame.height, size, watch.seconds, False, tuple(o.as_dict() for o in found), extra or {}
    )


def current(settings: Settings, stage: str) -> list[Path]:
    """The result files of a stage, as last noted."""
    return [m.output for m in load_state(settings.shards_dir, stage)]
