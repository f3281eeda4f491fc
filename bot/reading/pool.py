"""The reading children, kept warm: whatever a document does to one of them, the program goes on."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

import structlog

from bot.core.reading import ReadOutcome, ReadRequest, Unreadable
from bot.reading.child import Child, ChildDiedError

_LARGE: Final = 1024 * 1024
"""A child that has read more than this is not kept: its memory would never shrink again."""

log = structlog.get_logger()


class ReadingPool:
    """A ``bot.services.ports.reading.Reader`` over up to ``size`` child processes, as an async context manager.

    Children start when they are first needed and are kept; leaving the context ends them all.
    """

    def __init__(
        self,
        *,
        size: int = 2,
        limit: timedelta = timedelta(seconds=20),
        memory_bytes: int = 512 * 1024 * 1024,
    ) -> None:
        """``limit`` is the wall time for one document, ``memory_bytes`` the address space of one child."""
        self._limit = limit
        self._memory_bytes = memory_bytes
        self._size = size
        self._slots = asyncio.Semaphore(size)
        self._idle: list[Child] = []
        self._children: set[Child] = set()
        self._closed = asyncio.Event()
        self._reaping: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        while self._idle:
            self._discard(self._idle.pop())
        for child in self._children:  # at work: whoever waits for their answers discards them
            child.kill()
        for _ in range(self._size):
            await self._slots.acquire()
        await asyncio.gather(*self._reaping)

    async def read(self, request: ReadRequest) -> ReadOutcome:
        """Read and split one document in a child. Raises nothing but cancellation, which ends the child in use.

        A document that ends a warm child gets one more try in a fresh one: the child may have died of something else.
        """
        async with self._slots:
            try:
                return await self._read(request)
            except TimeoutError:
                self._log("reading took too long", request)
                return Unreadable(f"reading took longer than {self._limit.total_seconds():g} s")
            except ChildDiedError as error:
                self._log("reading child died", request, how=str(error))
                return Unreadable(f"the reader crashed on it: {error}")
            except OSError as error:
                self._log("reading child did not start", request, how=str(error))
                return Unreadable(f"the reader could not be started: {error.strerror}")

    async def _read(self, request: ReadRequest) -> ReadOutcome:
        if (warm := self._warm()) is not None:
            try:
                return await self._ask(warm, request)
            except ChildDiedError as error:
                self._log("reading child died, trying once more", request, how=str(error))
        return await self._ask(await self._fresh(), request)

    async def _fresh(self) -> Child:
        if not self._closed.is_set():
            child = await Child.start(memory_bytes=self._memory_bytes, limit=self._limit)
            self._children.add(child)
            if not self._closed.is_set():
                return child
            self._discard(child)
        raise ChildDiedError("the program is ending")

    def _warm(self) -> Child | None:
        while self._idle:
            child = self._idle.pop()
            if child.is_alive:
                return child
            self._discard(child)
        return None

    async def _ask(self, child: Child, request: ReadRequest) -> ReadOutcome:
        keep = False
        try:
            await child.ready()
            async with asyncio.timeout(self._limit.total_seconds()):
                outcome = await child.ask(request)
            keep = len(request.body) <= _LARGE
            return outcome
        finally:
            if keep:
                self._idle.append(child)
            else:
                self._discard(child)

    def _discard(self, child: Child) -> None:
        child.kill()
        self._children.discard(child)
        task = asyncio.get_running_loop().create_task(child.reap())
        self._reaping.add(task)
        task.add_done_callback(self._reaping.discard)

    def _log(self, event: str, request: ReadRequest, **context: str) -> None:
        log.warning(event, host=_host(request.url), bytes=len(request.body), **context)


def _host(url: str | None) -> str | None:
    """All that logs tell of an address: the rest may carry a key."""
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None
