"""Bringing a database to the newest schema: checked first, copied first, and all in one transaction.

The migrations are Alembic's, in ``alembic/`` of a checkout or, installed, in the copy that the wheel carries.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from alembic.command import upgrade as alembic_upgrade
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

import bot
from bot.core.errors import StorageError
from bot.storage.checking import reading
from bot.storage.copying import copy
from bot.storage.engine import BUSY_TIMEOUT, check_library, database_path, migrating_engine
from bot.storage.faults import faults_named
from bot.storage.instance_lock import instance_lock


def upgrade(url: str, *, scripts: Path | None = None) -> str:
    """Migrate the database at ``url`` to the newest schema, making it if it is not there; returns the revision.

    ``scripts`` names another folder of migrations than the program's own. Raises ``StorageError``, and leaves the
    file as it was, when it can't be used or another instance is running.
    """
    path = database_path(url)
    check_directory(path)
    with instance_lock(path):
        return upgrade_locked(path, scripts=scripts)


def upgrade_locked(path: Path, *, scripts: Path | None = None, busy_timeout: timedelta = BUSY_TIMEOUT) -> str:
    """:func:`upgrade` for a caller that holds the instance lock already."""
    check_library()
    config = _config(scripts or scripts_directory())
    known = ScriptDirectory.from_config(config)
    head = _head(known)
    with faults_named(path):
        revision = revision_in(path)
        _check_known(path, revision, known)
        if revision == head:
            _check_writable(path, busy_timeout)
            return head
        if revision is None:
            _create(path)
        else:
            _copy(path, f"{path}.before-{head}")
        _migrate(path, config, head, busy_timeout)
    return head


def current(url: str) -> str | None:
    """The schema revision of the database at ``url``; ``None`` where there is none yet. Changes nothing."""
    path = database_path(url)
    check_directory(path)
    with faults_named(path):
        return revision_in(path)


def newest() -> str:
    """The schema revision that this program works with."""
    return _head(ScriptDirectory.from_config(_config(scripts_directory())))


def scripts_directory() -> Path:
    """The checkout's own ``alembic/``, else the copy in the installed package (which a checkout's would outdate)."""
    package = Path(bot.__file__).parent
    checkout = package.parent / "alembic"
    return checkout if (checkout / "env.py").is_file() else package / "storage" / "alembic"


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


def _head(scripts: ScriptDirectory) -> str:
    head = scripts.get_current_head()
    assert head is not None
    return head


def check_directory(path: Path) -> None:
    """Raise ``StorageError`` where no database file can be."""
    if not path.parent.is_dir():
        raise StorageError(f"the directory {path.parent} of [storage] url does not exist; create it first")
    if path.exists() and not path.is_file():
        raise StorageError(f"{path} of [storage] url is not a file; name a file in it")


def _check_known(path: Path, revision: str | None, scripts: ScriptDirectory) -> None:
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise StorageError(
            f"{path} was made by a newer Sitrep (schema {revision}); install that version, or restore a backup"
        )


def revision_in(path: Path) -> str | None:
    """The revision in the file, read without writing; ``None`` when there is no file, or nothing in it.

    Raises ``StorageError`` when it is the database of another program.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with closing(reading(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if "alembic_version" in tables:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return None if row is None else str(row[0])
    if tables:
        raise StorageError(f"{path} is the database of another program; set [storage] url to another file")
    return None


def _check_writable(path: Path, busy_timeout: timedelta) -> None:
    with closing(sqlite3.connect(path, timeout=busy_timeout.total_seconds(), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        # On a file that may only be read, BEGIN IMMEDIATE succeeds: it takes a change to know.
        connection.execute("CREATE TABLE probe (x)")
        connection.execute("ROLLBACK")


def _create(path: Path) -> None:
    """An empty file that only its owner may read: it will say who follows what."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StorageError(f"{path} can't be made ({error.strerror}); give this user write access there") from error


def _copy(path: Path, target: str) -> None:
    """A consistent copy, WAL included, that is either whole under its name or not there."""
    part = Path(f"{target}.part")
    part.unlink(missing_ok=True)
    copy(path, part)
    part.chmod(0o600)
    part.replace(target)


def _migrate(path: Path, config: Config, head: str, busy_timeout: timedelta) -> None:
    engine = migrating_engine(path, busy_timeout=busy_timeout)
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            alembic_upgrade(config, head)
            _check_foreign_keys(connection, path)
    finally:
        engine.dispose()


def _check_foreign_keys(connection: Connection, path: Path) -> None:
    """Inside the transaction, so that a migration that loses rows is undone as a whole."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise StorageError(f"{path} can't be migrated: a row of {broken[0]} points nowhere; restore a backup")
