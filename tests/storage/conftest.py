"""A real database in a temporary folder."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage import SqlStorage, open_storage, upgrade


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the test's database is, or will be."""
    return tmp_path / "sitrep.db"


@pytest.fixture
def url(database: Path) -> str:
    """The same as ``[storage] url`` has it."""
    return f"sqlite:///{database}"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest schema, made once: copying it is faster than making it."""
    path = tmp_path_factory.mktemp("migrated") / "sitrep.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
async def storage(migrated: Path, database: Path, url: str) -> AsyncIterator[SqlStorage]:
    """An open, empty database."""
    shutil.copyfile(migrated, database)
    async with open_storage(url) as opened:
        yield opened
