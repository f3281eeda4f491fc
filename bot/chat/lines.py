"""Chats are served side by side, and each chat in the order in which its messages and taps came."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")

AT_ONCE = 1_024
"""Updates in work or waiting for their chat, before no more are fetched."""


class Lines(Generic[T]):
    """One line a chat, each worked off by a task of its own; ``work`` raises nothing."""

    def __init__(self, work: Callable[[T], Awaitable[None]]) -> None:
        self._work = work
        self._lines: dict[int, deque[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._count = 0

    def add(self, chat_id: int, item: T) -> None:
        """Let ``item`` wait for its turn."""
        self._count += 1
        if chat_id in self._lines:
            self._lines[chat_id].append(item)
            return
        self._lines[chat_id] = deque([item])
        task = asyncio.create_task(self._work_off(chat_id), name=f"chat-{chat_id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def room(self) -> None:
        """Return once fewer than :data:`AT_ONCE` are waiting or in work."""
        while self._count >= AT_ONCE:
            self._changed.clear()
            await self._changed.wait()

    async def end(self, within: float) -> int:
        """Let what is in work and waits be done within so many seconds; returns how many were cut off instead."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        cut_off = self._count
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        return cut_off

    async def _work_off(self, chat_id: int) -> None:
        line = self._lines[chat_id]
        try:
            while line:
                await self._work(line.popleft())
                self._count -= 1
                self._changed.set()
        finally:
            del self._lines[chat_id]
