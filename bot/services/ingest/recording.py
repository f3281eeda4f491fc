"""Records reads that brought nothing, many in one transaction: most reads of most feeds are such."""

from __future__ import annotations

import asyncio

from bot.services.ports.storage import ReadState, Storage

MOST_AT_ONCE = 256


class Recording:
    """Whoever comes while a transaction is under way waits for it, and goes into the next one with all others."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._turn = asyncio.Lock()
        self._waiting: dict[int, ReadState] = {}

    async def record(self, feed_id: int, state: ReadState) -> None:
        """Record a good read; it is committed when this returns.

        Raises:
            StorageError: It could not be stored.
        """
        self._waiting[feed_id] = state
        async with self._turn:
            # Whoever had the turn before may have taken this one along.
            if self._waiting.get(feed_id) is state:
                await self._record_waiting(feed_id)

    async def _record_waiting(self, first: int) -> None:
        others = [feed_id for feed_id in self._waiting if feed_id != first]
        batch = {feed_id: self._waiting[feed_id] for feed_id in [first, *others[: MOST_AT_ONCE - 1]]}
        try:
            async with self._storage.write() as work:
                await work.feeds.record_reads(batch)
        except BaseException:
            # The others try for themselves; a read that is recorded twice is the same read.
            self._waiting.pop(first, None)
            raise
        for feed_id, state in batch.items():
            if self._waiting.get(feed_id) is state:
                del self._waiting[feed_id]
