"""Databases that can't be used: one line that says what and what to do, and the file left as it was."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from bot.storage import open_storage, upgrade
from bot.storage.engine import check_library
from tests.builders import NOW

SOON = timedelta(milliseconds=50)

HOLD_OPEN = """
import asyncio, sys
from bot.storage import open_storage

async def hold():
    async with open_storage(sys.argv[1]):
        print("open", flush=True)
        await asyncio.to_thread(sys.stdin.readline)

asyncio.run(hold())
"""

OPEN_WITHOUT_PRIVILEGES = """
import asyncio, os, sys
from bot.core.errors import StorageError
from bot.storage import open_storage

async def open_and_close(url):
    async with open_storage(url):
        pass

asyncio.run(open_and_close(sys.argv[1]))  # loads every module, which may be out of reach below
if os.getuid() == 0:
    os.setuid(65534)
try:
    asyncio.run(open_and_close(sys.argv[2]))
except StorageError as error:
    print(error)
"""


def a_text_file(path: Path) -> None:
    """Something else altogether, longer than the header of a database."""
    path.write_text("Norvale Post, the paper of record.\n" * 100)


def the_database_of_another_program(path: Path) -> None:
    """A good SQLite file, but not ours."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.commit()


def a_newer_database(path: Path) -> None:
    """One that a later version has migrated."""
    upgrade(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'next-year'")
        connection.commit()


def a_cut_off_database(path: Path) -> None:
    """One that was copied only in part: its first page is whole, the rest is gone."""
    upgrade(f"sqlite:///{path}")
    path.write_bytes(path.read_bytes()[:4096])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (a_text_file, "is not a database"),
        (the_database_of_another_program, "is the database of another program"),
        (a_newer_database, r"was made by a newer Sitrep \(schema next-year\)"),
        (a_cut_off_database, "is damaged"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_untouched(
    make: Callable[[Path], None], says: str, database: Path, url: str
) -> None:
    """Refused in one line that names the file, with not a byte of it changed."""
    make(database)
    before = database.read_bytes()
    with pytest.raises(StorageError, match=says) as refused:
        asyncio.run(_open(url))
    assert str(database) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql+asyncpg://sitrep@localhost/sitrep", "names postgresql, but Sitrep keeps its data in SQLite"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sitrep.db", "is no database address"),
        ("sqlite:////nowhere/at/all/sitrep.db", "directory /nowhere/at/all of .* does not exist"),
        ("sqlite:////", "is not a file"),
    ],
)
async def test_an_address_that_names_no_file_is_refused(url: str, says: str) -> None:
    """The line names the key, ``[storage] url``, and says what to write."""
    with pytest.raises(StorageError, match=says) as refused:
        await _open(url)
    assert "[storage] url" in str(refused.value)


async def test_a_locked_database_is_refused(database: Path, url: str) -> None:
    """Another program in the middle of writing is waited for, but not for ever."""
    upgrade(url)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="is locked by another program"):
            await _open(url)


async def test_a_lock_met_later_is_named_and_passes(database: Path, url: str) -> None:
    """While another program writes, a write fails by name and reads go on; afterwards all is as before."""
    async with open_storage(url, busy_timeout=SOON) as storage:
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError, match="is locked by another program"):
                async with storage.write():
                    pass
            async with storage.read() as work:
                assert await work.feeds.all() == []
        async with storage.write() as work:
            await work.admins.grant(1, "owner", at=NOW)


def test_a_read_only_database_is_refused(world_readable: Path, url: str) -> None:
    """A user who may read the file but not write it is told so."""
    path = world_readable / "sitrep.db"
    upgrade(f"sqlite:///{path}")
    path.chmod(0o444)
    (world_readable / "sitrep.db.lock").chmod(0o666)
    before = path.read_bytes()
    assert "can't be written to" in _open_without_privileges(path, url)
    assert path.read_bytes() == before


def test_a_directory_that_may_not_be_written_is_refused(world_readable: Path, url: str) -> None:
    """Where no lock file can be made there can be no database either."""
    world_readable.chmod(0o555)
    assert "give this user write access there" in _open_without_privileges(world_readable / "sitrep.db", url)


@pytest.mark.parametrize(("version", "refused"), [((3, 39, 5), True), ((3, 40, 0), False), ((3, 53, 1), False)])
def test_an_sqlite_too_old_is_named(version: tuple[int, ...], refused: bool) -> None:
    """It is Python that brings SQLite, so the line says which one is there and which one is needed."""
    with pytest.raises(StorageError, match=r"SQLite 3\.39\.5, Sitrep needs 3\.40") if refused else nullcontext():
        check_library(version)


def test_a_second_instance_is_refused_by_name(database: Path, url: str) -> None:
    """The one that runs is named by its process id, whatever an earlier one has left in the lock file."""
    database.with_name("sitrep.db.lock").write_text("9999999999999\n")
    with _holding(url) as first, pytest.raises(StorageError, match=rf"another Sitrep \(process {first.pid}\)"):
        upgrade(url)


def test_a_killed_instance_locks_nobody_out(url: str) -> None:
    """After SIGKILL the lock file is still there, and the next start takes it."""
    with _holding(url) as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
        upgrade(url)


async def _open(url: str) -> None:
    async with open_storage(url, busy_timeout=SOON):
        pass


@contextmanager
def _holding(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the database open."""
    script = [sys.executable, "-c", HOLD_OPEN, url]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        if process.poll() is None:
            process.communicate("\n")


def _open_without_privileges(path: Path, warm_up: str) -> str:
    script = [sys.executable, "-c", OPEN_WITHOUT_PRIVILEGES, warm_up, f"sqlite:///{path}"]
    return subprocess.run(script, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def world_readable() -> Iterator[Path]:
    """A folder that a user without privileges can reach, unlike the one that pytest gives."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o777)
    yield path
    path.chmod(0o777)
    shutil.rmtree(path)
