"""The shipped packs, loaded once."""

from __future__ import annotations

import pytest

from bot.packs import Packs, load_packs


@pytest.fixture(scope="session")
def packs() -> Packs:
    """What ships."""
    return load_packs()
