"""The search index made anew: exactly what it was, or what it was before."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from bot.services.ports.storage import Facts
from bot.storage import SqlStorage, open_storage
from bot.storage.reindex import count_indexed, reindex
from tests.builders import NOW, archive, new_news, revised_news

KILLED_AFTER_SOME = """
import asyncio, os, signal, sys
from bot.storage import reindex

def die(_done):
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(reindex.reindex(sys.argv[1], on_progress=die))
"""


@pytest.fixture
async def filled(migrated: Path, database: Path, url: str) -> Path:
    """A database with updates of two feeds and languages, places, housekeeping, and one that was revised."""
    shutil.copyfile(migrated, database)
    facts = Facts(places=("tarvin",), nearest=("tarvin",), within=("norvale",))
    async with open_storage(url) as storage:
        ids = await archive(
            storage,
            replace(new_news("Shells fell on the market of Tarvin.", heading="Tarvin under fire"), facts=facts),
            new_news("Обстрел рынка продолжался весь день.", topics=("civilian-shelling", "humanitarian")),
            new_news("This page is updated every hour.", service=True),
        )
        await archive(storage, new_news("The bridge of Karst is closed."), url="https://radio.example/live")
        async with storage.write() as work:
            await work.news.revise([revised_news(ids[0], "Shells fell on the school of Tarvin.")], at=NOW)
    return database


async def test_an_index_made_anew_is_what_writing_made(filled: Path, url: str) -> None:
    """Every stem and token of every update, housekeeping left out, stands where it stood, and no other."""
    before = _instances(filled)
    _run(filled, "INSERT INTO news_words (news_words) VALUES ('delete-all')")
    _run(filled, "INSERT INTO news_words (rowid, words, tags) VALUES (99, 'ghost', '')")
    assert _instances(filled) != before
    told: list[int] = []
    assert await reindex(url, on_progress=told.append) == sum(told) == await count_indexed(url) == 3
    assert _instances(filled) == before


async def test_an_index_made_anew_is_kept_up_as_before(filled: Path, url: str) -> None:
    """A later revision takes exactly its old words out."""
    await reindex(url, on_progress=_unheard)
    async with open_storage(url) as storage, storage.write() as work:
        await work.news.revise([revised_news(1, "Quiet in Tarvin.")], at=NOW)
    words = {term for term, _, _ in _instances(filled)}
    assert "school" not in words
    assert "quiet" in words


async def test_the_vocabulary_made_anew_holds_the_words_that_stand(filled: Path, url: str) -> None:
    """Words of the archive are there to be meant by a mistyped one; those of no current text are forgotten."""
    assert "market" in _vocabulary(filled)
    _run(filled, "DELETE FROM vocabulary WHERE folded = 'bridge'")
    await reindex(url, on_progress=_unheard)
    assert {"school", "bridge", "tarvin", "рынка"} <= _vocabulary(filled)
    assert "market" not in _vocabulary(filled)
    async with open_storage(url) as storage, storage.read() as work:
        assert "bridge" in await work.news.spelled_like("bridgs")


async def test_killed_half_way_the_index_is_as_it_was(filled: Path, url: str) -> None:
    """A process killed after the first updates has changed nothing."""
    before = _instances(filled)
    command = [sys.executable, "-c", KILLED_AFTER_SOME, url]
    killed = await asyncio.to_thread(subprocess.run, command, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert _instances(filled) == before


async def test_beside_a_running_instance_nothing_is_made_anew(storage: SqlStorage, url: str) -> None:
    """It is refused by name: the running one would wait for as long as it takes."""
    await archive(storage, new_news())
    with pytest.raises(StorageError, match="in use by another Sitrep"):
        await reindex(url, on_progress=_unheard)


async def test_a_database_that_is_not_there_is_not_made(database: Path, url: str) -> None:
    """It is told, and no file appears."""
    with pytest.raises(StorageError, match="holds no database"):
        await reindex(url, on_progress=_unheard)
    assert not _exists(database)


def _unheard(_done: int) -> None:
    """Nobody looks at the progress."""


def _exists(path: Path) -> bool:
    return path.exists()


def _instances(database: Path) -> list[tuple[str, int, str]]:
    """Every term in the index with its update and column, in order of their places."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'news_words', 'instance')")
        rows = connection.execute('SELECT term, doc, col FROM terms ORDER BY doc, col, "offset", term')
        return rows.fetchall()


def _vocabulary(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {folded for (folded,) in connection.execute("SELECT folded FROM vocabulary")}


def _run(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute(statement)
