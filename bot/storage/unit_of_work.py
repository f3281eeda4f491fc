"""Transactions: what is done in one ``async with`` commits together, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.admins import SqlAdmins
from bot.storage.audit import SqlAudit
from bot.storage.chats import SqlChats
from bot.storage.connection import connection_of, to_its_end
from bot.storage.days import SqlFollowedDays
from bot.storage.engine import READERS, Engines
from bot.storage.faults import faults_named
from bot.storage.feeds import SqlFeeds
from bot.storage.habits import SqlHabits
from bot.storage.inbox import SqlInbox
from bot.storage.news import SqlNews
from bot.storage.outages import SqlOutages
from bot.storage.outbox import SqlOutbox
from bot.storage.sites import SqlSites
from bot.storage.subscriptions import SqlSubscriptions


class SqlUnitOfWork:
    """The repositories of one transaction; see :class:`bot.services.ports.storage.UnitOfWork`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.feeds = SqlFeeds(connection)
        self.sites = SqlSites(connection)
        self.days = SqlFollowedDays(connection)
        self.news = SqlNews(connection)
        self.chats = SqlChats(connection)
        self.subscriptions = SqlSubscriptions(connection)
        self.habits = SqlHabits(connection)
        self.outbox = SqlOutbox(connection)
        self.outages = SqlOutages(connection)
        self.inbox = SqlInbox(connection)
        self.audit = SqlAudit(connection)
        self.admins = SqlAdmins(connection)


class SqlStorage:
    """Opens transactions on one database; see :class:`bot.services.ports.storage.Storage`.

    Writers queue here, first come first served, instead of meeting SQLite's lock. What the machine refuses (a lock
    held by another program, a full disk) is raised as ``StorageError``.
    """

    def __init__(self, engines: Engines, path: Path) -> None:
        self._engines = engines
        self._path = path
        self._turn = asyncio.Lock()
        # Waited for here, where a waiter can be cancelled, and never at the pool.
        self._readers = asyncio.Semaphore(READERS)
        self._writing: asyncio.Task[Any] | None = None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlUnitOfWork]:
        """One transaction that may write. Raises ``RuntimeError`` inside another one of the same task."""
        if self._writing is not None and self._writing is asyncio.current_task():
            raise RuntimeError("this task is inside a write transaction already, and would wait for itself")
        async with self._turn:
            self._writing = asyncio.current_task()
            try:
                with faults_named(self._path):
                    async with connection_of(self._engines.writer) as connection:
                        await to_its_end(connection.begin().start())
                        yield SqlUnitOfWork(connection)
                        await to_its_end(connection.commit())
            finally:
                self._writing = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlUnitOfWork]:
        """A snapshot as of its first statement; writing through it raises the driver's ``OperationalError``."""
        with faults_named(self._path, only_reads=True):
            async with self._readers, connection_of(self._engines.reader) as connection:
                yield SqlUnitOfWork(connection)
