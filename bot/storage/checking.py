"""Whether a database file is whole: told in sentences, never mended."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from bot.storage.engine import BUSY_TIMEOUT

_FAULTS_TOLD = 20


def faults_in(path: Path, *, full: bool = False) -> Sequence[str]:
    """What is wrong with the database file at ``path``, a sentence each; none where it is whole.

    The file is only read, also beside a running program. ``full`` compares every index with its table besides, the
    search index included where SQLite can (3.44), which takes a time that grows with the file.
    """
    try:
        with closing(reading(path)) as connection:
            return [*_damage(connection, full=full), *_lost(connection)]
    except sqlite3.DatabaseError as error:
        return [f"it can't be read to its end: {error}"]


def reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, and so never folds the WAL into the file."""
    uri = f"file:{quote(str(path))}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT.total_seconds(), isolation_level=None)


def _damage(connection: sqlite3.Connection, *, full: bool) -> Sequence[str]:
    check = "integrity_check" if full else "quick_check"
    told = [str(row[0]) for row in connection.execute(f"PRAGMA {check}({_FAULTS_TOLD})")]
    return [] if told == ["ok"] else told


def _lost(connection: sqlite3.Connection) -> Sequence[str]:
    """Rows that point at rows that are not there."""
    pairs = Counter((row[0], row[2]) for row in connection.execute("PRAGMA foreign_key_check"))
    return [
        f"{count} rows of {table} point at rows of {parent} that are not there"
        for (table, parent), count in sorted(pairs.items())
    ]
