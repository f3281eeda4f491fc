"""The only SQL: one SQLite file, its schema and migrations, and the repositories of the use cases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.core.archive import Feed
from bot.core.errors import StorageError
from bot.storage.engine import BUSY_TIMEOUT, connected, database_path
from bot.storage.faults import faults_named
from bot.storage.feeds import SqlFeeds
from bot.storage.instance_lock import instance_lock
from bot.storage.migrations import check_directory, current, newest, upgrade, upgrade_locked
from bot.storage.unit_of_work import SqlStorage, SqlUnitOfWork

__all__ = ["SqlStorage", "SqlUnitOfWork", "current", "newest", "open_storage", "stored_feeds", "upgrade"]


@asynccontextmanager
async def open_storage(url: str, *, busy_timeout: timedelta = BUSY_TIMEOUT) -> AsyncIterator[SqlStorage]:
    """The database at ``url``, migrated and ours alone until the ``async with`` is left.

    Raises ``StorageError``, one line that says what is wrong and what to do: no such directory, locked, read-only,
    newer than this program, not a database, in use by another instance. The file is left as it was then.
    """
    path = database_path(url)
    check_directory(path)
    with instance_lock(path):
        await asyncio.to_thread(upgrade_locked, path, busy_timeout=busy_timeout)
        async with connected(path, busy_timeout=busy_timeout) as engines:
            yield SqlStorage(engines, path)


async def stored_feeds(url: str) -> Sequence[Feed]:
    """The feeds in the database at ``url``, read beside a running program; none where there is no database yet.

    Raises ``StorageError`` when it cannot be read, or has another schema than this program's.
    """
    path = database_path(url)
    revision = current(url)
    if revision is None:
        return ()
    if revision != newest():
        raise StorageError(f"{path} has schema {revision}, this version needs {newest()}; run: sitrep db upgrade")
    with faults_named(path):
        async with connected(path, busy_timeout=BUSY_TIMEOUT) as engines, engines.reader.connect() as connection:
            return await SqlFeeds(connection).all()
