"""Migrations: what they leave, and what becomes of a database that can't be migrated."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine

from bot.storage import current, newest, upgrade
from bot.storage.tables import metadata


def test_an_empty_database_is_migrated_to_what_the_tables_say(database: Path, url: str, tmp_path: Path) -> None:
    """From nothing to the newest revision gives exactly the schema that the statements are written against."""
    upgrade(url)
    declared = tmp_path / "declared.db"
    engine = create_engine(f"sqlite:///{declared}")
    metadata.create_all(engine)
    engine.dispose()
    assert _schema(database) == _schema(declared)


def test_the_revision_is_told(url: str) -> None:
    """``current`` is ``None`` before the first migration and the newest revision after it."""
    assert current(url) is None
    assert upgrade(url) == newest()
    assert current(url) == newest()


def _schema(path: Path) -> dict[str, list[str]]:
    """Every table and index with its definitions, in an order of their own: SQL leaves theirs open."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {
            name: sorted(re.split(r",\s*\n", re.sub(r"[ \t]+", " ", sql.replace("\n)", ",\n)"))))
            for name, sql in rows
            if name != "alembic_version"
        }
