"""``sitrep db`` and ``sitrep check-config`` tell where the database stands, beside a running program too."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.core.archive import FeedSettings
from bot.storage import newest, open_storage
from tests.builders import NOW

RUNNER = CliRunner()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration with two feeds and a database that is not there yet."""
    path = tmp_path / "config.toml"
    path.write_text(
        f'[storage]\nurl = "sqlite:///{tmp_path / "sitrep.db"}"\n'
        '[[feeds]]\nurl = "https://norvale.example/day"\ninterval = "2m"\n'
        '[[feeds]]\nurl = "https://radio.example/live"\n',
        encoding="utf-8",
    )
    return path


def said(*arguments: str) -> str:
    """What a command prints; a failure is raised."""
    return RUNNER.invoke(app, list(arguments), catch_exceptions=False).stdout


def test_upgrade_makes_the_newest_schema(config: Path) -> None:
    """A database is made, then known to be current; doing it again changes nothing."""
    assert "none yet" in said("db", "current", "--config", str(config))
    assert newest() in said("db", "upgrade", "--config", str(config))
    assert said("db", "current", "--config", str(config)).count(newest()) == 2
    assert newest() in said("db", "upgrade", "--config", str(config))


def test_a_valid_configuration_says_so(config: Path) -> None:
    """Before the first start every feed of the file is still to come, and the missing token is named."""
    text = said("check-config", "--config", str(config))
    assert "The configuration is valid." in text
    assert "telegram.token is not set" in text
    assert text.count("is not in the database") == 2


async def test_feeds_that_differ_are_named(config: Path, tmp_path: Path) -> None:
    """A feed that the database has otherwise is named with both values, while the program runs on it."""
    async with open_storage(f"sqlite+aiosqlite:///{tmp_path / 'sitrep.db'}") as storage:
        async with storage.write() as work:
            other = FeedSettings("https://norvale.example/day", interval=timedelta(minutes=7))
            await work.feeds.add(other, at=NOW)
            await work.feeds.add(FeedSettings("https://radio.example/live"), at=NOW)
        text = await asyncio.to_thread(said, "check-config", "--config", str(config))
    lines = [line for line in text.splitlines() if line.startswith("feeds: ")]
    assert len(lines) == 1
    assert "https://norvale.example/day has interval = 0:07:00 in the database, 0:02:00 in the file" in lines[0]
