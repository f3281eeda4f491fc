"""Restoring: the backup in the database's place, whole, and silent about the past."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.archive import Validators
from bot.core.blackout import down_since
from bot.core.errors import StorageError
from bot.services.ports.storage import ReadState
from bot.storage import SqlStorage, open_storage
from bot.storage.backup import back_up_to
from bot.storage.checking import faults_in
from bot.storage.restoring import restore
from tests.builders import NOW, archive, new_news, subscribe

LATER = NOW + timedelta(days=2)

KILLED_AT_A_FILE_OPERATION = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.storage.restoring import restore

left = int(sys.argv[3])

def die(event, _arguments):
    global left
    if event in {"os.rename", "os.link", "os.remove", "sqlite3.connect"}:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
restore(Path(sys.argv[1]), Path(sys.argv[2]), now=datetime.now(UTC))
"""


LEAVES_A_WAL = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("INSERT INTO topics (slug) VALUES ('in-the-wal')")
connection.commit()
os._exit(0)
"""


@pytest.fixture
async def backup(migrated: Path, tmp_path: Path) -> Path:
    """A backup with an alert that waits, of a feed that is read."""
    source = tmp_path / "source.db"
    shutil.copyfile(migrated, source)
    async with open_storage(f"sqlite:///{source}") as storage:
        await subscribe(storage, 7)
        ids = await archive(storage, new_news("Shells fell on the market of Tarvin."))
        async with storage.write() as work:
            await work.outbox.enqueue_alerts(ids, at=NOW)
            read = ReadState(
                NOW, NOW, ok=True, baseline=True, body_hash="seen", validators=Validators("https://x.example", "etag")
            )
            await work.feeds.record_read(1, read)
    back_up_to(tmp_path / "backup.db", source, on_progress=lambda _written: None)
    return tmp_path / "backup.db"


async def test_a_restored_database_sends_nothing_that_waited(backup: Path, database: Path) -> None:
    """What waited in the backup has ended with the reason, and nothing is due however late it is."""
    done = restore(backup, database, now=LATER)
    assert (done.ended, done.aside) == (1, None)
    async with open_storage(f"sqlite:///{database}") as storage, storage.write() as work:
        assert await work.outbox.next_due_at() is None
        assert not (await work.outbox.claim(LATER, most=10)).parcels
        assert (await work.outbox.counts()).by_state.get("pending", 0) == 0
    with closing(sqlite3.connect(database)) as connection:
        (reason,) = connection.execute("SELECT reason FROM outbox").fetchone()
    assert reason.startswith("restored from a backup of 2")


async def test_after_a_restore_each_feed_begins_with_what_counts_as_seen(backup: Path, database: Path) -> None:
    """A feed has no baseline, asks for the whole document, and no time without reading is told of."""
    restore(backup, database, now=LATER)
    async with open_storage(f"sqlite:///{database}") as storage, storage.read() as work:
        (feed,) = await work.feeds.all()
        (stored,) = [await work.news.get(1)]
    assert (feed.baseline_at, feed.validators, feed.body_hash) == (None, None, None)
    assert down_since([feed], now=LATER, after=timedelta(minutes=30)) is None
    assert stored is not None


async def test_a_restore_beside_a_running_instance_is_refused(
    backup: Path, storage: SqlStorage, database: Path
) -> None:
    """The instance is named, and its database stays in place."""
    await archive(storage, new_news("The bridge of Karst is closed."))
    with pytest.raises(StorageError, match="in use by another Sitrep"):
        restore(backup, database, now=LATER)
    assert _texts(database) == ["The bridge of Karst is closed."]


def test_a_restore_keeps_the_present_file_with_its_wal(backup: Path, migrated: Path, database: Path) -> None:
    """Commits that stand only in the WAL of the file that is replaced are in what is kept of it."""
    shutil.copyfile(migrated, database)
    subprocess.run([sys.executable, "-c", LEAVES_A_WAL, str(database)], check=False)
    assert database.with_name("sitrep.db-wal").stat().st_size
    done = restore(backup, database, now=LATER)
    assert done.aside is not None
    with closing(sqlite3.connect(done.aside)) as connection:
        assert connection.execute("SELECT slug FROM topics").fetchall() == [("in-the-wal",)]
    assert _texts(database) == ["Shells fell on the market of Tarvin."]


def test_a_damaged_file_is_replaced_and_its_wal_kept_with_it(backup: Path, migrated: Path, database: Path) -> None:
    """The WAL of a file that can't be opened is not applied to the backup, and goes along with what is kept."""
    shutil.copyfile(migrated, database)
    subprocess.run([sys.executable, "-c", LEAVES_A_WAL, str(database)], check=False)
    wal = database.with_name("sitrep.db-wal").read_bytes()
    database.write_bytes(b"noise" * 4096)
    done = restore(backup, database, now=LATER)
    assert done.aside is not None
    assert done.aside.read_bytes() == b"noise" * 4096
    assert done.aside.with_name(f"{done.aside.name}-wal").read_bytes() == wal
    assert faults_in(database, full=True) == []
    assert _texts(database) == ["Shells fell on the market of Tarvin."]


@pytest.mark.parametrize(
    ("made", "told"),
    [(b"", "holds no database"), (b"no database at all" * 100, "file is not a database"), (None, "no backup")],
)
def test_what_is_no_backup_replaces_nothing(
    migrated: Path, database: Path, tmp_path: Path, made: bytes | None, told: str
) -> None:
    """An empty file, another file and none are refused, and the present database stays as it is."""
    shutil.copyfile(migrated, database)
    before = database.read_bytes()
    wrong = tmp_path / "wrong.db"
    if made is not None:
        wrong.write_bytes(made)
    with pytest.raises(StorageError, match=told):
        restore(wrong, database, now=LATER)
    assert database.read_bytes() == before


def test_a_damaged_backup_replaces_nothing(backup: Path, migrated: Path, database: Path) -> None:
    """A backup that breaks off is found before anything is changed."""
    shutil.copyfile(migrated, database)
    before = database.read_bytes()
    backup.write_bytes(backup.read_bytes()[:-4096])
    with pytest.raises(StorageError, match=r"is damaged \("):
        restore(backup, database, now=LATER)
    assert database.read_bytes() == before


def test_killed_at_any_file_operation_one_of_the_two_is_in_place(backup: Path, migrated: Path, database: Path) -> None:
    """However far it comes, what stands in the place is whole, and the same restore then works."""
    ended = -signal.SIGKILL
    found = set()
    step = 0
    while ended == -signal.SIGKILL:
        step += 1
        shutil.copyfile(migrated, database)
        command = [sys.executable, "-c", KILLED_AT_A_FILE_OPERATION, str(backup), str(database), str(step)]
        ended = subprocess.run(command, check=False).returncode
        assert faults_in(database, full=True) == []
        found.add(len(_texts(database)))
        restore(backup, database, now=LATER)
        assert not database.with_name("sitrep.db.restoring").exists()
    assert ended == 0
    assert step > 5
    assert found == {0, 1}


def _texts(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM news ORDER BY id")]
