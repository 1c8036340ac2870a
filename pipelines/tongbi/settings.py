"""What a run may be told: one frozen `Settings`, made in the command line or in `definitions.py` and passed down."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parent
SOURCE_TREE = PACKAGE.parents[1]
PROJECT_ROOT = SOURCE_TREE if (SOURCE_TREE / "pyproject.toml").exists() else Path.cwd()  # installed from a wheel: where one stands
SQL_DIR = PACKAGE / "sql" if (PACKAGE / "sql").is_dir() else SOURCE_TREE / "sql"


@dataclass(frozen=True)
class Settings:
    """Folders, sizes and tolerances of one run."""

    raw_dir: Path
    warehouse_dir: Path
    workers: int = 1
    batch: str | None = None
    shard_bytes: int = 8_000_000
    max_file_bytes: int = 256_000_000
    max_seconds_per_file: float = 60.0
    max_unpacked_bytes: int = 400_000_000
    rate_tolerance: float = 0.5  # 左右 of a rate, in percentage points
    level_tolerance: float = 0.05  # 左右 of a level, as a share
    lock_seconds: float = 600.0
    memory: str = "2800MB"  # what DuckDB may hold while it publishes; it spills to disk beyond

    @classmethod
    def default(
        cls, raw: Path | None = None, warehouse: Path | None = None, workers: int | None = None, batch: str | None = None
    ) -> Settings:
        """The project's folders, all cores, every batch."""
        return cls(
            raw_dir=Path(raw or PROJECT_ROOT / "raw").resolve(),
            warehouse_dir=Path(warehouse or PROJECT_ROOT / "warehouse").resolve(),
            workers=workers or os.cpu_count() or 1,
            batch=batch,
        )

    @property
    def shards_dir(self) -> Path:
        return self.warehouse_dir / "shards"

    @property
    def database(self) -> Path:
        return self.warehouse_dir / "tongbi.duckdb"

    @property
    def report_dir(self) -> Path:
        return self.warehouse_dir / "report"

    @property
    def history_dir(self) -> Path:
        return self.warehouse_dir / "history"

    @property
    def dagster_home(self) -> Path:
        return self.warehouse_dir / ".dagster"

    @property
    def lock_file(self) -> Path:
        return self.warehouse_dir / ".lock"
