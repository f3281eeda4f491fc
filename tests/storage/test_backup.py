"""Backups: whole copies made beside whoever writes, and nothing that only looks like one."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from bot.storage import SqlStorage, upgrade
from bot.storage.backup import back_up_into, back_up_to, backups_in, size_of
from bot.storage.checking import faults_in
from tests.builders import NOW, archive, new_news

WRITER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute("PRAGMA wal_autocheckpoint=0")
count = 0
while True:
    connection.execute("BEGIN IMMEDIATE")
    for table in ("left_half", "right_half"):
        connection.execute(f"INSERT INTO {table} VALUES (?)", (count,))
    connection.execute("COMMIT")
    count += 1
    if count == 50:
        print("writing", flush=True)
"""

KILLED_WHILE_COPYING = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.storage.backup import back_up_into

def die(written):
    os.kill(os.getpid(), signal.SIGKILL)

back_up_into(Path(sys.argv[2]), Path(sys.argv[1]), keep=7, now=datetime.now(UTC), on_progress=die)
"""


def unheard(_written: int) -> None:
    """Nobody looks at the progress."""


async def test_a_backup_holds_what_is_committed_and_its_owner_alone_reads_it(
    storage: SqlStorage, database: Path, tmp_path: Path
) -> None:
    """What stands only in the WAL is in the copy, the copy is one file, and no group or stranger may read it."""
    await archive(storage, new_news("Shells fell on the market of Tarvin."))
    target = tmp_path / "copy.db"
    back_up_to(target, database, on_progress=unheard)
    assert _texts(target) == ["Shells fell on the market of Tarvin."]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert _named(tmp_path, "copy.db*") == ["copy.db"]


def test_a_backup_beside_a_busy_writer_is_one_moment_of_it(migrated: Path, database: Path, tmp_path: Path) -> None:
    """While another process commits without a pause the copy ends, and holds both halves of every commit."""
    shutil.copyfile(migrated, database)
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript("CREATE TABLE left_half (x); CREATE TABLE right_half (x)")
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(database)], stdout=subprocess.PIPE)
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        back_up_to(tmp_path / "copy.db", database, on_progress=unheard)
    finally:
        writer.kill()
        writer.communicate()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        left, right = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("left_half", "right_half")
        )
    assert left == right >= 50


def test_a_backup_killed_half_way_leaves_none_and_the_next_clears_up(database: Path, tmp_path: Path) -> None:
    """A process killed while it copies leaves no file with a backup's name; the next backup removes what it left."""
    _big(database)
    folder = tmp_path / "backups"
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_COPYING, str(database), str(folder)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert backups_in(folder) == []
    assert _named(folder, "*.part") != []
    made = back_up_into(folder, database, keep=7, now=NOW, on_progress=unheard)
    assert list(folder.iterdir()) == [made]


def test_a_folder_keeps_the_newest_backups_and_every_other_file(migrated: Path, tmp_path: Path) -> None:
    """Only files named as backups are counted and removed, the oldest first."""
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "notes.db").touch()
    made = [
        back_up_into(folder, migrated, keep=2, now=NOW + timedelta(days=day), on_progress=unheard) for day in range(4)
    ]
    assert backups_in(folder) == [made[3], made[2]]
    assert (folder / "notes.db").exists()


def test_a_damaged_database_makes_no_backup_and_costs_none(migrated: Path, database: Path, tmp_path: Path) -> None:
    """A copy in which rows point nowhere is not kept, and the backups before it are, however few are to be."""
    folder = tmp_path / "backups"
    before = back_up_into(folder, migrated, keep=1, now=NOW, on_progress=unheard)
    shutil.copyfile(migrated, database)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("INSERT INTO pages (feed_id, key) VALUES (7, 'nowhere')")
    with pytest.raises(StorageError, match="1 rows of pages point at rows of feeds"):
        back_up_into(folder, database, keep=1, now=NOW + timedelta(days=1), on_progress=unheard)
    assert list(folder.iterdir()) == [before]


def test_a_file_that_is_there_is_not_overwritten(migrated: Path, tmp_path: Path) -> None:
    """A backup named like a file that is there is refused, and the file stays."""
    target = tmp_path / "precious.db"
    target.write_text("precious", encoding="utf-8")
    with pytest.raises(StorageError, match="is there already"):
        back_up_to(target, migrated, on_progress=unheard)
    assert target.read_text(encoding="utf-8") == "precious"


def test_where_nothing_is_there_is_no_backup(tmp_path: Path) -> None:
    """A database that is not there is named instead of being made."""
    with pytest.raises(StorageError, match="nothing to back up"):
        back_up_to(tmp_path / "copy.db", tmp_path / "missing.db", on_progress=unheard)
    assert list(tmp_path.iterdir()) == []


def test_the_progress_is_in_bytes_of_the_copy(database: Path, tmp_path: Path) -> None:
    """What is told only grows, is told on the way too, and ends with the size that was foretold."""
    _big(database)
    told: list[int] = []
    back_up_to(tmp_path / "copy.db", database, on_progress=told.append)
    assert told == sorted(told)
    assert len([written for written in told if 0 < written < told[-1]]) > 1
    assert told[-1] == (tmp_path / "copy.db").stat().st_size
    assert told[-1] == pytest.approx(size_of(database), rel=0.1)


@pytest.mark.parametrize("full", [False, True])
def test_a_damaged_page_is_found(database: Path, full: bool) -> None:
    """Noise in the middle of the file is told, by either check; before it there was nothing to tell."""
    _big(database)
    assert faults_in(database, full=full) == []
    with database.open("r+b") as file:
        file.seek(database.stat().st_size // 2)
        file.write(b"\xff" * 8192)
    assert faults_in(database, full=full)


def test_an_index_that_lost_a_row_is_found_by_the_full_check(migrated: Path, database: Path) -> None:
    """A table row that its index does not know is told by the full check."""
    shutil.copyfile(migrated, database)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("INSERT INTO topics (slug) VALUES ('strikes')")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("CREATE INDEX probe ON topics (slug) WHERE slug = 'other'")
        connection.execute("UPDATE sqlite_schema SET sql = 'CREATE INDEX probe ON topics (slug)' WHERE name = 'probe'")
    assert faults_in(database) == []
    assert any("probe" in fault for fault in faults_in(database, full=True))


def _big(database: Path) -> None:
    """A database of some megabytes at the newest schema."""
    upgrade(f"sqlite:///{database}")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(
            "INSERT INTO topics (slug) VALUES (?)", ((f"{number:06} {'x' * 400}",) for number in range(6000))
        )


def _named(folder: Path, pattern: str) -> list[str]:
    return [each.name for each in folder.glob(pattern)]


def _texts(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM news ORDER BY id")]
