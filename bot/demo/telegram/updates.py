"""The bot's queue of incoming updates, as ``getUpdates`` reads it."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable

from bot.demo.telegram.errors import ApiError, JsonObject
from bot.demo.waiting import Changes

ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only to a bot which asks for them."""


KEPT_FOR = 24 * 3600
"""Seconds: Telegram drops what a bot has not fetched for longer."""


class UpdateQueue:
    """Updates wait here until an ``offset`` behind them acknowledges them, a day at most; one reader at a time.

    Args:
        changes: Announced whenever something came or was acknowledged.
        clock: Unix time in seconds.
    """

    def __init__(self, changes: Changes, clock: Callable[[], float]) -> None:
        self._waiting: deque[JsonObject] = deque()
        self._came: deque[float] = deque()
        self._clock = clock
        self._ids = itertools.count(700_001)
        self._allowed: frozenset[str] = frozenset()
        self._changes = changes
        self._reader = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, kind: str, content: JsonObject) -> None:
        """Queue an update for the bot, unless it did not ask for that kind."""
        wanted = kind in self._allowed if self._allowed else kind not in ON_REQUEST_ONLY
        if wanted:
            self._waiting.append({"update_id": next(self._ids), kind: content})
            self._came.append(self._clock())
            self._changes.announce()

    def allow(self, kinds: frozenset[str]) -> None:
        """Deliver only these kinds from now on; an empty set restores Telegram's default."""
        self._allowed = kinds

    def clear(self) -> None:
        """Forget what waits (``drop_pending_updates``)."""
        self._waiting.clear()
        self._came.clear()
        self._changes.announce()

    async def read(self, *, offset: int, limit: int, within: float) -> list[JsonObject]:
        """Updates from ``offset`` on, waiting up to ``within`` seconds for the first; drops those before it.

        A negative offset counts from the end of the queue.

        Raises:
            ApiError: 409 when another reader takes over meanwhile.
        """
        self._reader += 1
        reader = self._reader
        self._acknowledge(offset)
        self._changes.announce()
        try:
            return await self._changes.until(lambda: self._page(reader, limit), within=within)
        except TimeoutError:
            return []

    def _acknowledge(self, offset: int) -> None:
        if offset < 0:
            offset = self._waiting[offset]["update_id"] if -offset <= len(self._waiting) else 0
        oldest = self._clock() - KEPT_FOR
        while self._waiting and (self._waiting[0]["update_id"] < offset or self._came[0] < oldest):
            self._waiting.popleft()
            self._came.popleft()

    def _page(self, reader: int, limit: int) -> list[JsonObject] | None:
        if reader != self._reader:
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        return list(itertools.islice(self._waiting, limit)) or None
