"""One process at a time builds and publishes: an operating-system lock, freed even when its holder is killed."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from tongbi.errors import BusyError
from tongbi.settings import Settings


@contextmanager
def held(settings: Settings, say: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Hold the lock of a warehouse; waits up to `settings.lock_seconds`, saying for whom. Raises BusyError after that."""
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.lock_file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(f"{holder(settings.lock_file)} is building {settings.warehouse_dir}: waiting for it to finish")
        try:
            lock.acquire(timeout=settings.lock_seconds, poll_interval=0.2)
        except Timeout:
            raise BusyError(
                f"{holder(settings.lock_file)} has been building {settings.warehouse_dir} for more than "
                f"{settings.lock_seconds:g} seconds: wait for it, or stop that process and run again"
            ) from None
    try:
        _note(settings.lock_file)
        yield
    finally:
        lock.release()


def _beside(lock_file: Path) -> Path:
    return lock_file.with_name(lock_file.name + ".holder")


def _note(lock_file: Path) -> None:
    note = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
    _beside(lock_file).write_text(json.dumps(note), encoding="utf-8")


def holder(lock_file: Path) -> str:
    """Who holds the lock, as far as it was noted."""
    try:
        note = json.loads(_beside(lock_file).read_text(encoding="utf-8"))
        return f"process {note['pid']} on {note['host']} (since {note['since']})"
    except (OSError, ValueError, KeyError):
        return "another process"
