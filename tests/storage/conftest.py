"""A real database in a temporary folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage import SqlStorage, open_storage


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the test's database is, or will be."""
    return tmp_path / "sitrep.db"


@pytest.fixture
def url(database: Path) -> str:
    """The same as ``[storage] url`` has it."""
    return f"sqlite:///{database}"


@pytest.fixture
async def storage(url: str) -> AsyncIterator[SqlStorage]:
    """An open, empty database."""
    async with open_storage(url) as opened:
        yield opened
