"""Transactions: all or nothing, whoever cancels, crashes or writes at the same time."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.core.archive import AuditEntry
from bot.core.errors import StorageError
from bot.storage import SqlStorage, open_storage
from tests.builders import NOW

DIE_INSIDE = """
import asyncio, sys
from bot.storage import open_storage
from tests.builders import NOW, a_feed

async def die():
    async with open_storage(sys.argv[1]) as storage:
        async with storage.write() as work:
            await work.admins.set_value("committed", "yes")
        async with storage.write() as work:
            await work.admins.set_value("uncommitted", "yes")
            await work.feeds.add(a_feed(), at=NOW)
            print("inside", flush=True)
            await asyncio.to_thread(sys.stdin.readline)

asyncio.run(die())
"""


class ChangedMindError(Exception):
    """What a use case raises in the middle of its work."""


async def test_what_is_written_together_is_read_together(storage: SqlStorage) -> None:
    """After the block is left, all of it is there for the next reader."""
    async with storage.write() as work:
        await work.admins.grant(7, "owner", at=NOW)
        await work.admins.set_value("greeting", "hello")
    async with storage.read() as work:
        assert (await work.admins.owners(), await work.admins.get_value("greeting")) == ([7], "hello")


async def test_an_exception_undoes_everything(storage: SqlStorage) -> None:
    """Nothing of a block that raises is kept, and the exception comes through as it is."""

    async def change_my_mind() -> None:
        async with storage.write() as work:
            await work.admins.grant(7, "owner", at=NOW)
            raise ChangedMindError

    with pytest.raises(ChangedMindError):
        await change_my_mind()
    async with storage.read() as work:
        assert await work.admins.owners() == []


async def test_a_reader_sees_one_moment(storage: SqlStorage) -> None:
    """What is committed while a reader is at work is not seen by it, but by the next one."""
    async with storage.read() as reader:
        assert await reader.admins.get_value("greeting") is None
        async with storage.write() as work:
            await work.admins.set_value("greeting", "hello")
        assert await reader.admins.get_value("greeting") is None
    async with storage.read() as reader:
        assert await reader.admins.get_value("greeting") == "hello"


async def test_a_reader_can_not_write(storage: SqlStorage) -> None:
    """Writing through a reader is a mistake in the program, and is refused as one."""
    async with storage.read() as work:
        with pytest.raises(OperationalError, match="readonly"):
            await work.admins.set_value("greeting", "hello")


async def test_a_unit_of_work_ends_with_its_block(storage: SqlStorage) -> None:
    """What is kept of it afterwards can do nothing any more."""
    async with storage.write() as work:
        pass
    with pytest.raises(Exception, match="closed"):
        await work.feeds.all()


async def test_a_writer_inside_a_writer_is_refused(storage: SqlStorage) -> None:
    """A task that would wait for itself is told so at once, and its first transaction still commits."""
    async with storage.write() as work:
        await work.admins.set_value("greeting", "hello")
        with pytest.raises(RuntimeError, match="would wait for itself"):
            async with storage.write():
                pass
    async with storage.read() as work:
        assert await work.admins.get_value("greeting") == "hello"


async def test_concurrent_writers_all_succeed(storage: SqlStorage) -> None:
    """Eight tasks that read a number and write it back, one more: not one fails, not one is lost."""

    async def count(times: int) -> None:
        for _ in range(times):
            async with storage.write() as work:
                number = int(await work.admins.get_value("number") or 0)
                await work.admins.set_value("number", str(number + 1))

    await asyncio.gather(*(count(25) for _ in range(8)))
    async with storage.read() as work:
        assert await work.admins.get_value("number") == "200"


async def test_another_program_may_write_in_between(storage: SqlStorage, database: Path) -> None:
    """An operator's shell that writes at the same time makes neither side fail."""

    def shell(times: int) -> None:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=30)) as connection:
            for _ in range(times):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE settings SET value = value + 1 WHERE key = 'number'")
                connection.execute("COMMIT")

    async def count(times: int) -> None:
        for _ in range(times):
            async with storage.write() as work:
                number = int(await work.admins.get_value("number") or 0)
                await work.admins.set_value("number", str(number + 1))

    async with storage.write() as work:
        await work.admins.set_value("number", "0")
    await asyncio.gather(asyncio.to_thread(shell, 50), count(50))
    async with storage.read() as work:
        assert await work.admins.get_value("number") == "100"


@pytest.mark.parametrize("turns", range(0, 120, 3))
async def test_a_cancelled_writer_leaves_all_or_nothing(storage: SqlStorage, turns: int) -> None:
    """Cancelled after any number of turns of the loop, a transaction is whole or absent, and the next one works."""

    async def write() -> None:
        async with storage.write() as work:
            for number in range(5):
                await work.audit.add(AuditEntry(NOW, number, "test", "cancellation"))

    task = asyncio.create_task(write())
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    [outcome] = await asyncio.gather(task, return_exceptions=True)
    async with storage.write() as work:
        written = len(await work.audit.latest())
    assert written in {0, 5}
    assert written == 5 or isinstance(outcome, asyncio.CancelledError)


async def test_cancelled_tasks_cost_no_connection(storage: SqlStorage) -> None:
    """The statement at work is finished first, so the connection is as good as before and is used again."""
    opened = _connections_opened(storage)

    async def write() -> None:
        async with storage.write() as work:
            for number in range(5):
                await work.audit.add(AuditEntry(NOW, number, "test", "cancellation"))

    for turns in range(0, 60, 2):
        task = asyncio.create_task(write())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await write()
    assert len(opened) == 1


async def test_a_commit_happens_although_it_is_cancelled(storage: SqlStorage) -> None:
    """Cancelled at the last moment, the commit is finished first, and the cancellation raised after it."""

    async def write() -> None:
        async with storage.write() as work:
            await work.admins.set_value("greeting", "hello")
            task = asyncio.current_task()
            assert task is not None
            asyncio.get_running_loop().call_soon(task.cancel)

    async with storage.write():
        pass
    opened = _connections_opened(storage)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(write())
    async with storage.write() as work:
        assert await work.admins.get_value("greeting") == "hello"
    assert opened == []


async def test_a_cancelled_reader_gives_its_connection_back(storage: SqlStorage) -> None:
    """More readers than there are connections, all cancelled at work: the next ones find connections free."""

    async def read() -> None:
        async with storage.read() as work:
            while True:
                await work.feeds.all()

    tasks = [asyncio.create_task(read()) for _ in range(12)]
    for _ in range(50):
        await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    async def once() -> None:
        async with storage.read() as work:
            await work.feeds.all()

    await asyncio.wait_for(asyncio.gather(*(once() for _ in range(12))), timeout=30)


def test_killed_inside_a_transaction_nothing_of_it_is_left(database: Path, url: str) -> None:
    """After SIGKILL the file is sound, the commit before is there, and the unfinished transaction is not."""
    script = [sys.executable, "-c", DIE_INSIDE, url]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        process.send_signal(signal.SIGKILL)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    async def look() -> tuple[str | None, str | None, int]:
        async with open_storage(url) as storage, storage.read() as work:
            values = (await work.admins.get_value("committed"), await work.admins.get_value("uncommitted"))
            return *values, len(await work.feeds.all())

    assert asyncio.run(look()) == ("yes", None, 0)


async def test_a_full_disk_is_named_and_passes(storage: SqlStorage) -> None:
    """What did not fit is undone as a whole, and once there is room again the next write is made."""
    async with storage._engines.writer.connect() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1")

    async def write(length: int) -> None:
        async with storage.write() as work:
            await work.admins.set_value("small", "x")
            await work.admins.set_value("large", "x" * length)

    with pytest.raises(StorageError, match="the disk is full"):
        await write(1_000_000)
    async with storage.read() as work:
        assert await work.admins.get_value("small") is None
    async with storage._engines.writer.connect() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    await write(1_000_000)


async def test_a_database_damaged_underfoot_is_named(storage: SqlStorage, database: Path) -> None:
    """Readers tell it too, in the words that say what to do."""
    _damage(database)
    with pytest.raises(StorageError, match="is damaged; stop Sitrep and put a backup in its place"):
        async with storage.read() as work:
            await work.feeds.all()


async def test_a_large_write_leaves_no_large_wal(storage: SqlStorage, database: Path) -> None:
    """One big transaction blows the WAL up; the next ones cut it back."""
    wal = database.with_name("sitrep.db-wal")
    async with storage.write() as work:
        for number in range(100):
            await work.admins.set_value(f"key {number}", "x" * 1_000_000)
    assert wal.stat().st_size > 90 << 20
    for number in range(2):
        async with storage.write() as work:
            await work.admins.set_value("key", str(number))
    assert wal.stat().st_size <= 64 << 20


async def test_commits_reach_the_disk(storage: SqlStorage) -> None:
    """Every connection that writes does it in WAL mode with ``synchronous=FULL`` and foreign keys on."""
    async with storage._engines.writer.connect() as connection:
        pragmas = [
            await connection.exec_driver_sql(f"PRAGMA {name}")
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
        assert [pragma.scalar() for pragma in pragmas] == ["wal", 2, 1]


def _connections_opened(storage: SqlStorage) -> list[object]:
    """Grows with every connection that is opened for writing from now on."""
    opened: list[object] = []
    event.listen(storage._engines.writer.sync_engine, "connect", lambda connection, _: opened.append(connection))
    return opened


def _damage(path: Path) -> None:
    """Leave nothing but the file's header."""
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"Norvale Post" * (len(whole) // 12))
