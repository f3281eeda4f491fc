"""Copies a database while others use it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.core.errors import StorageError
from bot.storage.checking import reading
from bot.storage.faults import faults_named

Progress = Callable[[int], None]
"""Told how many bytes of the copy are written by now."""
_INSTRUCTIONS_BETWEEN_LOOKS = 20_000


def copy(source: Path, target: Path, *, on_progress: Progress = lambda _written: None) -> None:
    """A consistent copy of ``source``, WAL included, into ``target``: an empty file, or none."""

    def look() -> None:
        on_progress(target.stat().st_size if target.exists() else 0)

    with faults_named(source), closing(reading(source)) as connection:
        connection.set_progress_handler(look, _INSTRUCTIONS_BETWEEN_LOOKS)
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_FULL:
                raise
            raise StorageError(f"the disk of {target.parent} has no room for the copy; free some space") from error
    look()
