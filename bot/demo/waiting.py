"""Waiting for something to become true, without polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Wakes whoever waits whenever something changed; announcing never blocks."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def announce(self) -> None:
        """Something changed: every waiter looks again."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self) -> None:
        """Until the next announcement."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    async def until(self, look: Callable[[], T | None], *, within: float | None = None) -> T:
        """The first result of ``look`` that is not ``None``, looking now and after every change.

        Args:
            look: Called at once, then after each announcement.
            within: In seconds; ``None`` waits for ever.

        Raises:
            TimeoutError: when it stayed ``None`` for that long.
        """
        async with asyncio.timeout(within):
            while (found := look()) is None:
                await self.wait()
            return found
