"""What people sent is carried out once, whatever becomes of the program meanwhile.

    keep ──▶ (Telegram is told) ──▶ handling: effect and mark in one transaction ──▶ answer ──▶ done: erased

A program that dies before the effect carries the update out at its next start. One that dies between effect and answer
answers again: the same use case runs in a transaction that is undone, since its effect stands already.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.core.errors import StorageError
from bot.services.ports.clock import Clock
from bot.services.ports.inbox import Kept
from bot.services.ports.storage import Storage, UnitOfWork

_log = structlog.get_logger(__name__)

MAX_TRIES = 5
"""How often an update that breaks its handling, or the program, is begun anew before it is set aside."""
ASIDE_KEPT = timedelta(days=7)
"""How long the operator can look at what was set aside."""


@dataclass(slots=True)
class Handling:
    """The update that is being carried out here."""

    update_id: int
    again: bool
    """Its effect was committed before: what is written now is undone."""
    marked: bool = False
    """Its effect is committed since."""
    over: bool = False
    """It is carried out: what a task that it began writes later is no part of it."""


_handling: ContextVar[Handling | None] = ContextVar("handling", default=None)


class Inbox:
    """The updates that are not done yet."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._done: set[int] = set()
        self._erasing: asyncio.Task[None] | None = None

    async def keep(self, incoming: Sequence[Kept], *, last: int) -> Collection[int]:
        """Commit what came, so that Telegram may be told; ``last`` is the highest update id that came.

        Returns the ids that are new: the others were here before.

        Raises:
            StorageError: It could not be committed.
        """
        async with self._storage.write() as work:
            return await work.inbox.keep(incoming, last=last, at=self._clock.now())

    async def left_over(self) -> Sequence[Kept]:
        """At start: what an earlier run has not done, in order."""
        async with self._storage.write() as work:
            await work.inbox.erase_older(self._clock.now() - ASIDE_KEPT)
            return await work.inbox.left_over()

    async def begin_again(self, kept: Kept) -> Kept | None:
        """Count one more try before it is made; ``None`` when there were too many, and it is set aside.

        Raises:
            StorageError: It could not be counted.
        """
        async with self._storage.write() as work:
            if kept.tries >= MAX_TRIES:
                await work.inbox.set_aside(kept.update_id)
                _log.error("update_set_aside", update_id=kept.update_id, chat_id=kept.chat_id, tries=kept.tries)
                return None
            await work.inbox.begin_again(kept.update_id)
        return replace(kept, tries=kept.tries + 1)

    @contextmanager
    def handling(self, kept: Kept) -> Iterator[Handling]:
        """What is written inside through :class:`AppliedOnce` is the effect of this update."""
        handling = Handling(kept.update_id, again=kept.applied)
        token = _handling.set(handling)
        try:
            yield handling
        finally:
            handling.over = True
            _handling.reset(token)

    def done(self, update_id: int) -> None:
        """Erase it soon, together with what else is done by then."""
        self._done.add(update_id)
        if self._erasing is None or self._erasing.done():
            self._erasing = asyncio.create_task(self._erase(), name="erase-done")

    async def close(self) -> None:
        """Return once everything that is done is erased."""
        if self._erasing is not None:
            await self._erasing

    async def _erase(self) -> None:
        while self._done:
            done = frozenset(self._done)
            try:
                async with self._storage.write() as work:
                    await work.inbox.erase(done)
            except StorageError as error:
                # Erased with the next one that is done, or answered once more after a restart.
                _log.warning("inbox_not_erased", updates=len(done), reason=str(error))
                return
            self._done -= done


class _Undone(Exception):  # noqa: N818 - it ends a transaction, and tells of no error
    """The transaction is to leave nothing behind."""


class AppliedOnce:
    """The storage in which the first transaction of what a person asked for marks that as applied."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """As of the storage itself."""
        return self._storage.read()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """One transaction, and in it the mark of the update that is being carried out here, if one is."""
        handling = _handling.get()
        if handling is None or handling.over:
            async with self._storage.write() as work:
                yield work
            return
        with suppress(_Undone):
            async with self._storage.write() as work:
                if not handling.again and not handling.marked:
                    await work.inbox.mark_applied(handling.update_id)
                yield work
                if handling.again:
                    raise _Undone
        handling.marked = True
