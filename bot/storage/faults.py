"""The driver's errors as :class:`bot.core.errors.StorageError`, one line each: what is wrong and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.core.errors import StorageError

_REASONS = {
    sqlite3.SQLITE_BUSY: "is locked by another program; close that program and try again",
    sqlite3.SQLITE_LOCKED: "is locked by another program; close that program and try again",
    sqlite3.SQLITE_READONLY: "can't be written to; give this user write access to the file and its directory",
    sqlite3.SQLITE_PERM: "can't be written to; give this user write access to the file and its directory",
    sqlite3.SQLITE_CANTOPEN: "can't be opened; give this user access to the file and its directory",
    sqlite3.SQLITE_NOTADB: "is not a database; move it away, or set [storage] url to another file",
    sqlite3.SQLITE_CORRUPT: "is damaged; stop Sitrep and put a backup in its place",
    sqlite3.SQLITE_FULL: "can't grow: the disk is full; free some space and start again",
    sqlite3.SQLITE_IOERR: "can't be read or written: the disk reports an error; check the disk and its mount",
}


@contextmanager
def faults_named(path: Path, *, only_reads: bool = False) -> Iterator[None]:
    """Turn what the machine refuses into a ``StorageError`` that names the file; bugs pass through as they are.

    ``only_reads``: who writes all the same has made a mistake in the program, not in the file's rights.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        code = _code(error.orig if isinstance(error, DBAPIError) else error)
        if code not in _REASONS or (only_reads and code == sqlite3.SQLITE_READONLY):
            raise
        raise StorageError(f"{path} {_REASONS[code]}") from error


def interrupted(error: DBAPIError) -> bool:
    """Whether a statement was stopped by its deadline."""
    return _code(error.orig) == sqlite3.SQLITE_INTERRUPT


def _code(error: BaseException | None) -> int | None:
    """SQLite's primary result code: the low byte of the extended one (https://www.sqlite.org/rescode.html)."""
    extended = getattr(error, "sqlite_errorcode", None)
    return extended & 0xFF if isinstance(extended, int) else None
