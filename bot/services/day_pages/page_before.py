"""The database as reading the page before sees it: the feed's own state is that of its present page, and stays."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Any, cast

from bot.core.archive import Feed, FeedState
from bot.core.polling import FeedAlarm
from bot.services.ports.storage import Feeds, ReadState, Storage, UnitOfWork


class BesideStorage:
    """A :class:`bot.services.ports.storage.Storage` on another one, for an ``Ingest`` that reads pages before.

    Updates, topics and deliveries are stored as ever. How the read went is kept with the feed's followed day, and
    nothing that it finds out holds, alarms or moves the feed.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        async with self._storage.write() as work:
            yield cast("UnitOfWork", _Beside(work))

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._storage.read()


class _Beside:
    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self.feeds = cast("Feeds", _FeedsBeside(work))

    def __getattr__(self, repository: str) -> Any:
        return getattr(self._work, repository)


class _FeedsBeside:
    """What an ingest does to a feed's row; anything else it might do is an error, not a change of that row."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    async def get(self, feed_id: int) -> Feed | None:
        return await self._work.feeds.get(feed_id)

    async def record_read(self, feed_id: int, state: ReadState) -> None:
        await self._work.days.record_read(feed_id, state)

    async def record_reads(self, reads: Mapping[int, ReadState]) -> None:
        for feed_id, state in reads.items():
            await self.record_read(feed_id, state)

    async def set_state(self, feed_id: int, state: FeedState) -> None:
        """A page that is about to be left holds nothing."""

    async def postpone(self, feed_id: int, until: datetime) -> None:
        """The feed's own page decides when it is read."""

    async def set_alarm(self, feed_id: int, alarm: FeedAlarm | None) -> None:
        """A page that is about to be left is missed by nobody."""

    async def change_url(self, feed_id: int, url: str) -> bool:
        """Nor does the feed move with it."""
        return False
