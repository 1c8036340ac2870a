"""One warehouse of the demonstration corpus for the whole test run, and where the optional real reports are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tongbi.settings import Settings
from tongbi.warehouse import connect

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demonstration corpus, built once by the same Dagster run that `tongbi build` makes."""
    from tongbi.run import build

    settings = Settings.default(ROOT / "raw", tmp_path_factory.mktemp("warehouse"), workers=1)
    came = build(settings)
    assert came.error is None, came.error
    return settings


@pytest.fixture
def con(built: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A reading connection to it."""
    with connect(built.warehouse_dir) as connection:
        yield connection


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports beside the project; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder of real reports beside the project, which is not here")
    return SHARED
