"""Putting a backup in the database's place, so that nobody is alerted about the past.

What was unfinished when the backup was made may have been sent since, and what came since is not known to it: so all
that waited is ended, with the reason beside it, and what each feed brings at its next read counts as seen.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.core.errors import StorageError
from bot.storage.backup import sync_directory
from bot.storage.checking import faults_in
from bot.storage.columns import microseconds
from bot.storage.copying import copy
from bot.storage.faults import faults_named
from bot.storage.instance_lock import instance_lock
from bot.storage.migrations import check_directory, revision_in, upgrade_locked

_END = "UPDATE outbox SET state = 5, reason = :reason, settled_at = :at, attempt = 0, stale = 0 WHERE state < 4"
_EMPTY_LINES = "DELETE FROM lines"
_END_NOTICES = "UPDATE outage_notices SET state = 3 WHERE state < 3"
_END_OUTAGES = "UPDATE outages SET until = :at WHERE until IS NULL"
_EMPTY_INBOX = "DELETE FROM inbox"
_SEEN = (
    "UPDATE feeds SET baseline_at = NULL, validators_url = NULL, etag = NULL, last_modified = NULL, body_hash = NULL,"
    " found_updates = NULL, found_timed = NULL, last_read_at = NULL"
)
"""Without validators and hash, so that the next answer is a document, and not "as before"; and without the time of the
last read, from which Sitrep would tell how long it was down."""
_LEAVE_DAY_BEFORE = (
    "UPDATE followed_days SET before_url = NULL, before_key = NULL, before_until = NULL, validators_url = NULL,"
    " etag = NULL, last_modified = NULL, body_hash = NULL, found_updates = NULL, found_timed = NULL"
)
_NOTHING_OF_THE_PAST = (_EMPTY_LINES, _EMPTY_INBOX, _END_NOTICES, _END_OUTAGES, _SEEN, _LEAVE_DAY_BEFORE)
_MAIN_AND_WAL = ("", "-wal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    ended: int
    """Alerts and corrections that waited in the backup, and will not be sent."""
    aside: Path | None
    """The database that was there before; ``None`` where there was none."""


def restore(backup: Path, database: Path, *, now: datetime) -> Restored:
    """Put the database in the file ``backup`` in the place of ``database``, which is kept beside it.

    Killed at any moment, the one or the other stands in the place.

    Raises:
        StorageError: An instance runs, or the backup is missing, damaged or of a newer version; all is as it was then.
    """
    check_directory(database)
    with instance_lock(database):
        _check(backup, database)
        part = database.with_name(f"{database.name}.restoring")
        _remove(part)
        try:
            ended = _prepared(backup, part, now)
            aside = _set_aside(database, now)
            _replace(part, database)
        finally:
            _remove(part)
    return Restored(ended, aside)


def _check(backup: Path, database: Path) -> None:
    if not backup.is_file():
        raise StorageError(f"there is no backup {backup}")
    if database.exists() and backup.samefile(database):
        raise StorageError(f"{backup} is the database itself; name a backup")
    faults = faults_in(backup, full=True)
    if faults:
        raise StorageError(f"{backup} is damaged ({faults[0]}); name another backup")
    with faults_named(backup):
        revision = revision_in(backup)
    if revision is None:
        raise StorageError(f"{backup} holds no database; name another backup")


def _prepared(backup: Path, part: Path, now: datetime) -> int:
    """A copy of the backup at this program's schema that tells nobody anything; returns what it will not tell."""
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    copy(backup, part)
    upgrade_locked(part)
    made = datetime.fromtimestamp(backup.stat().st_mtime, UTC)
    at = {"at": microseconds(now), "reason": f"restored from a backup of {made:%Y-%m-%d %H:%M} UTC"}
    with faults_named(part), closing(sqlite3.connect(part)) as connection, connection:
        ended = connection.execute(_END, at).rowcount
        for statement in _NOTHING_OF_THE_PAST:
            connection.execute(statement, at)
    return ended


def _set_aside(database: Path, now: datetime) -> Path | None:
    """Give the present database a second name, its WAL too, and leave it in its place until it is replaced."""
    if not database.exists():
        return None
    # Folds the WAL into the file where it can: of a damaged one both are kept as they are.
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = database.with_name(f"{database.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    for suffix in _MAIN_AND_WAL:
        file = database.with_name(database.name + suffix)
        if file.exists():
            _link(file, aside.with_name(aside.name + suffix))
    return aside


def _link(file: Path, name: Path) -> None:
    try:
        os.link(file, name)
    except OSError:  # a file system without links
        shutil.copy2(file, name)


def _replace(part: Path, database: Path) -> None:
    """The old WAL goes first: SQLite would apply it to the new file."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    part.replace(database)
    sync_directory(database.parent)


def _remove(part: Path) -> None:
    """Take away a copy that did not come into place, and what was made beside it."""
    for file in part.parent.iterdir():
        if file.name.startswith(part.name):
            file.unlink(missing_ok=True)
