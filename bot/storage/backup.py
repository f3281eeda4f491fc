"""Copies of the database, made beside a running program, checked before they carry a backup's name.

``VACUUM INTO`` on a connection that reads: SQLite's backup API starts anew after each commit of another connection, and
under steady writes never ends.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.core.errors import StorageError
from bot.storage.checking import faults_in, reading
from bot.storage.copying import Progress, copy
from bot.storage.faults import faults_named
from bot.storage.migrations import revision_in

_NAME = re.compile(r"sitrep-\d{8}T\d{6}Z\.db")
_PART = re.compile(r"sitrep-\d{8}T\d{6}Z\.db\.part")


def back_up_into(directory: Path, database: Path, *, keep: int, now: datetime, on_progress: Progress) -> Path:
    """Add a backup to a directory of them, named by ``now``, and take away all but the newest ``keep``.

    What a killed backup left behind is taken away too; files that have another name are not touched. Returns the new
    file. Raises as :func:`back_up_to` does, and keeps every older backup then.
    """
    _make(directory)
    _clear_parts(directory)
    made = directory / f"sitrep-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
    back_up_to(made, database, on_progress=on_progress)
    for old in backups_in(directory)[keep:]:
        old.unlink(missing_ok=True)
    return made


def backups_in(directory: Path) -> Sequence[Path]:
    """The backups of a directory, newest first."""
    return sorted((each for each in directory.iterdir() if _NAME.fullmatch(each.name)), reverse=True)


def back_up_to(target: Path, database: Path, *, on_progress: Progress) -> None:
    """Copy the database as it stands now to ``target``, readable by its owner alone.

    The file has its name only when it is whole, checked and on the disk; a crash before leaves ``target.part``.

    Raises:
        StorageError: There is no database, the target is there already or can't be written, or the copy is damaged.
    """
    with faults_named(database):
        revision = revision_in(database)
    if revision is None:
        raise StorageError(f"there is nothing to back up: {database} holds no database")
    if target.exists():
        raise StorageError(f"{target} is there already; name another file, or a directory")
    part = target.with_name(f"{target.name}.part")
    with _part(part) as descriptor:
        copy(database, part, on_progress=on_progress)
        faults = faults_in(part)
        if faults:
            raise StorageError(f"the copy of {database} is damaged ({faults[0]}); run: sitrep db check --full")
        os.fsync(descriptor)
        part.replace(target)
        sync_directory(target.parent)


def size_of(database: Path) -> int:
    """About how many bytes a copy of it will have."""
    if not database.exists():
        return 0
    with faults_named(database), closing(reading(database)) as connection:
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
    return int((pages - free) * size)


def sync_directory(directory: Path) -> None:
    """Make what was renamed in a directory outlast a power cut."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _part(part: Path) -> Iterator[int]:
    """An empty file that is locked while we write it, and gone afterwards unless it was renamed."""
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StorageError(f"{part} can't be made ({error.strerror}); give this user write access there") from error
    if not _locked(descriptor):
        os.close(descriptor)
        raise StorageError(f"{part} is being written by another backup; wait for it")
    try:
        _journal(part).unlink(missing_ok=True)
        os.ftruncate(descriptor, 0)
        os.fchmod(descriptor, 0o600)
        yield descriptor
    finally:
        os.close(descriptor)
        part.unlink(missing_ok=True)
        _journal(part).unlink(missing_ok=True)


def _journal(part: Path) -> Path:
    """What SQLite keeps beside a copy that is not finished."""
    return part.with_name(f"{part.name}-journal")


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _make(directory: Path) -> None:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{directory} can't be made ({error.strerror}); name another directory") from error


def _clear_parts(directory: Path) -> None:
    """Take away what killed backups left; one that is being written is locked."""
    for part in directory.iterdir():
        if not _PART.fullmatch(part.name):
            continue
        descriptor = os.open(part, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            if _locked(descriptor):
                part.unlink(missing_ok=True)
                _journal(part).unlink(missing_ok=True)
        finally:
            os.close(descriptor)
