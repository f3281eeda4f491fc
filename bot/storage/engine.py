"""Connections to SQLite: one that writes, a few that read. Together with ``search`` the only place that knows SQLite.

SQLite before 3.51.3 can damage the file when two connections checkpoint its WAL at once
(https://www.sqlite.org/wal.html), so only the writer ever does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    literal,
    make_url,
    select,
)
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.core.errors import StorageError
from bot.storage.columns import IdList

BUSY_TIMEOUT = timedelta(seconds=5)
"""How long to wait for a lock that another program holds."""
READERS = 4
OLDEST_SQLITE = (3, 40)
"""RETURNING, upserts, FTS5 and partial indexes as the statements use them."""
_WAL_KEPT = 64 << 20
"""Bytes to which a WAL that one big transaction blew up is cut back."""


@dataclass(frozen=True, slots=True)
class Engines:
    """The two ways into one database."""

    writer: AsyncEngine
    reader: AsyncEngine


def database_path(url: str) -> Path:
    """The file behind ``[storage] url``. Raises ``StorageError`` for anything but an SQLite file."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError("[storage] url is no database address; write sqlite:///path/to/sitrep.db") from error
    if parsed.get_backend_name() != "sqlite":
        backend = parsed.get_backend_name()
        raise StorageError(f"[storage] url names {backend}, but Sitrep keeps its data in SQLite: sqlite:///sitrep.db")
    if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
        raise StorageError("[storage] url names no file, and alerts must survive a restart; write sqlite:///sitrep.db")
    return Path(parsed.database)


@asynccontextmanager
async def connected(path: Path, *, busy_timeout: timedelta) -> AsyncIterator[Engines]:
    """Both engines on a database that is there and at the newest schema; closes the readers before the writer."""
    writer, reader = _engine(path, busy_timeout, writes=True), _engine(path, busy_timeout, writes=False)
    try:
        yield Engines(writer, reader)
    finally:
        # The last connection to close checkpoints: that must be the writer.
        await reader.dispose()
        await writer.dispose()


def check_library(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Raise ``StorageError`` when the SQLite that Python brings is too old."""
    if version < OLDEST_SQLITE:
        have, need = (".".join(map(str, each)) for each in (version, OLDEST_SQLITE))
        raise StorageError(f"this Python has SQLite {have}, Sitrep needs {need} or newer; use a newer Python image")


def migrating_engine(path: Path, *, busy_timeout: timedelta) -> Engine:
    """A blocking engine for migrations: foreign keys off, since rebuilding a table would delete its children."""
    engine = create_engine(_url("pysqlite", path), connect_args=_connect_args(busy_timeout))
    event.listen(engine, "connect", _on_connect("foreign_keys=OFF", "journal_mode=WAL", "synchronous=FULL"))
    event.listen(engine, "begin", _begin_immediate)
    return engine


def ids_bound(name: str = "ids") -> BindParameter[Collection[int]]:
    """A parameter for :func:`among` that takes its ids when the statement is run."""
    return bindparam(name, type_=IdList())


def among(column: ColumnElement[Any], ids: Collection[int] | BindParameter[Collection[int]]) -> ColumnElement[bool]:
    """``column IN ids`` for any number of ids, with one bound parameter and so one cached statement.

    Not for words: SQLite's JSON cuts them at U+0000.
    """
    bound = ids if isinstance(ids, BindParameter) else literal(ids, IdList())
    each = func.json_each(bound).table_valued("value")
    return column.in_(select(each.c.value))


def upsert(table: Table) -> Insert:
    """An INSERT that can say what becomes of a row that is there already."""
    return insert(table)


def _engine(path: Path, busy_timeout: timedelta, *, writes: bool) -> AsyncEngine:
    engine = create_async_engine(
        _url("aiosqlite", path),
        connect_args=_connect_args(busy_timeout),
        pool_size=1 if writes else READERS,
        max_overflow=0,
    )
    pragmas = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "cache_size=-16000")
    own = (f"journal_size_limit={_WAL_KEPT}",) if writes else ("query_only=ON", "wal_autocheckpoint=0")
    event.listen(engine.sync_engine, "connect", _on_connect(*pragmas, *own))
    event.listen(engine.sync_engine, "begin", _begin_immediate if writes else _begin)
    return engine


def _url(driver: str, path: Path) -> URL:
    return URL.create(f"sqlite+{driver}", database=str(path))


def _connect_args(busy_timeout: timedelta) -> dict[str, Any]:
    """The driver begins nothing by itself: we say BEGIN, so that schema changes are inside transactions too."""
    return {"isolation_level": None, "timeout": busy_timeout.total_seconds()}


def _on_connect(*pragmas: str) -> Any:
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return set_pragmas


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
