"""A finished file takes the place of the published one: readers keep what they have open and are never blocked."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from tongbi.settings import Settings


def finish(con: duckdb.DuckDBPyConnection) -> None:
    """Write everything into the one file and close it, so that no write-ahead log is left beside it."""
    con.execute("checkpoint")
    con.close()


def publish(settings: Settings, built: Path) -> Path:
    """Swap a finished file in. The old file's stale log, if a killed run left one, goes first: it would make the new one unreadable."""
    built.with_name(built.name + ".wal").unlink(missing_ok=True)
    settings.database.with_name(settings.database.name + ".wal").unlink(missing_ok=True)
    with built.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(built, settings.database)
    return settings.database
