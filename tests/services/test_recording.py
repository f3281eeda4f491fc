"""Reads that brought nothing are recorded together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.core.archive import FeedSettings
from bot.core.errors import StorageError
from bot.services.ingest.recording import Recording
from bot.services.ports.storage import ReadState, UnitOfWork
from bot.storage import SqlStorage, open_storage
from tests.builders import NOW, minutes

FEEDS = 300


class CountingStorage:
    """The real database, which counts its write transactions and refuses those that it is told to."""

    def __init__(self, storage: SqlStorage) -> None:
        self._storage = storage
        self.writes = 0
        self.refused = {0}

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        self.writes += 1
        if self.writes in self.refused:
            raise StorageError("the disk is full")
        async with self._storage.write() as work:
            yield work

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._storage.read()


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[CountingStorage]:
    """A database with three hundred feeds."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        async with opened.write() as work:
            for number in range(FEEDS):
                await work.feeds.add(FeedSettings(f"https://norvale.example/{number}"), at=NOW)
        yield CountingStorage(opened)


async def _recorded(storage: CountingStorage) -> set[int]:
    async with storage.read() as work:
        return {feed.id for feed in await work.feeds.all() if feed.next_poll_at == NOW + minutes(feed.id)}


def _read(feed_id: int) -> ReadState:
    return ReadState(NOW, NOW + minutes(feed_id), ok=True)


async def test_many_reads_share_a_transaction(storage: CountingStorage) -> None:
    """Three hundred that end together are committed in a handful, each with its own next moment."""
    recording = Recording(storage)
    await asyncio.gather(*(recording.record(feed_id, _read(feed_id)) for feed_id in range(1, FEEDS + 1)))
    assert await _recorded(storage) == set(range(1, FEEDS + 1))
    assert storage.writes <= 3


async def test_one_that_could_not_be_stored_spoils_no_other(storage: CountingStorage) -> None:
    """Whoever held the turn is told; those that it had taken along are stored by the next."""
    storage.refused = {1}
    recording = Recording(storage)
    outcomes = await asyncio.gather(
        *(recording.record(feed_id, _read(feed_id)) for feed_id in (1, 2, 3)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [StorageError, type(None), type(None)]
    assert await _recorded(storage) == {2, 3}


async def test_one_that_is_cancelled_spoils_no_other(storage: CountingStorage) -> None:
    """A read that is cut short while it waits for its turn leaves the turn to the next."""
    recording = Recording(storage)
    tasks = [asyncio.create_task(recording.record(feed_id, _read(feed_id))) for feed_id in (1, 2, 3)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert {2, 3} <= await _recorded(storage)
