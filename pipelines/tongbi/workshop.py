"""What every asset of one run shares: settings, one worker pool, the lock, a voice for progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from tongbi.quality import Run, Verdict
from tongbi.settings import Settings
from tongbi.shards import Manifest, Pool, load_state, write_parquet
from tongbi.versions import code_version, rules_version
from tongbi.warehouse.lock import held

Progress = Callable[[str, Manifest, int], None]


def silent(_stage: str, _manifest: Manifest, _of: int) -> None:
    """Tell nobody."""


@dataclass
class Workshop:
    """One run's shared things; `verdict` and `manifests` are what it came to."""

    settings: Settings
    pool: Pool
    progress: Progress = silent
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC).replace(tzinfo=None))
    verdict: Verdict | None = None
    manifests: dict[str, list[Manifest]] = field(default_factory=dict)

    def tell(self, stage: str) -> Callable[[Manifest, int], None]:
        return lambda manifest, of: self.progress(stage, manifest, of)

    def run(self, run_id: str) -> Run:
        return Run(run_id, self.started_at, code_version(), rules_version())

    def results(self, stage: str) -> list[Manifest]:
        """The results of a stage: those of this run, else the last noted."""
        return self.manifests.get(stage) or load_state(self.settings.shards_dir, stage)

    def save_sources(self, sources: pl.DataFrame) -> None:
        write_parquet(sources, self._sources)

    def sources(self) -> pl.DataFrame:
        return pl.read_parquet(self._sources)

    @property
    def _sources(self) -> Path:
        return self.settings.shards_dir / "state" / "sources.parquet"


@contextmanager
def opened(settings: Settings, progress: Progress = silent, say: Callable[[str], None] = print) -> Iterator[Workshop]:
    """Hold the warehouse's lock and a pool for as long as a run lasts."""
    with held(settings, say), Pool(settings.workers) as pool:
        yield Workshop(settings, pool, progress)
