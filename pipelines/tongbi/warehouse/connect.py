"""Reading a published warehouse: read-only, in one line. Nothing here imports Dagster or Polars: it must start fast."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tongbi.errors import NotBuiltError
from tongbi.settings import Settings


def connect(warehouse_dir: str | Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open the published warehouse for reading. Raises NotBuiltError where there is none or it cannot be read."""
    database = Settings.default(warehouse=Path(warehouse_dir) if warehouse_dir else None).database
    if not database.exists():
        raise NotBuiltError(f"there is no warehouse at {database}: run `tongbi build` first, or name its folder with --warehouse")
    try:
        return duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        raise NotBuiltError(f"{database} cannot be opened ({str(error).splitlines()[0]}): run `tongbi build` again") from None
