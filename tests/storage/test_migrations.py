"""Migrations: what they leave behind, whole or killed half-way."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.core.errors import StorageError
from bot.storage import current, newest, open_storage, upgrade
from bot.storage.migrations import scripts_directory
from bot.storage.tables import metadata
from tests.builders import NOW, a_feed, new_news

NEXT_MIGRATION = '''
"""Rebuild a table that others point at."""

import sqlalchemy as sa
from alembic import op

revision = "test"
down_revision = "{newest}"


def upgrade():
    with op.batch_alter_table("feeds") as batch:
        batch.add_column(sa.Column("note", sa.Text()))
        batch.alter_column("added_at", new_column_name="since")
    op.create_table("notes", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO notes VALUES (1)")
    {more}
'''

KILL_AT_STATEMENT = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from bot.storage import upgrade
from pathlib import Path

url, scripts, step = sys.argv[1], Path(sys.argv[2]), 0
while True:
    step += 1
    child = os.fork()
    if child == 0:
        left = step
        @event.listens_for(Engine, "before_cursor_execute")
        def count(*_):
            global left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        upgrade(url, scripts=scripts)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print("done" if os.WIFEXITED(status) else "killed", flush=True)
    if os.WIFEXITED(status):
        sys.exit(os.WEXITSTATUS(status))
    sys.stdin.readline()
"""


@pytest.fixture
def next_scripts(tmp_path: Path) -> Path:
    """The program's migrations and one more, as a newer program would bring it."""
    return _with_another(tmp_path / "scripts", more="")


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


def test_a_new_database_is_for_its_owner_alone(database: Path, url: str) -> None:
    """The file says who follows what, so nobody else on the machine may read it."""
    upgrade(url)
    assert database.stat().st_mode & 0o777 == 0o600


async def test_a_migration_keeps_every_row(url: str, database: Path, next_scripts: Path) -> None:
    """Rebuilding a table leaves the rows that point at it where they are."""
    await _fill(url)
    upgrade(url, scripts=next_scripts)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*), since IS NOT NULL FROM feeds").fetchone() == (1, 1)
        assert connection.execute("SELECT count(*) FROM news").fetchone() == (3,)


async def test_the_file_is_copied_before_it_is_migrated(url: str, database: Path, next_scripts: Path) -> None:
    """The copy is a whole database at the old revision, what stood only in the WAL included, for its owner alone."""
    await _fill(url)
    with closing(sqlite3.connect(database)) as connection:
        # An open connection keeps the WAL from being folded into the file.
        connection.execute("INSERT INTO topics (slug) VALUES ('in-the-wal')")
        connection.commit()
        upgrade(url, scripts=next_scripts)
    copy = database.with_name("sitrep.db.before-test")
    assert current(f"sqlite:///{copy}") == newest()
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM news").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM topics WHERE slug = 'in-the-wal'").fetchone() == (1,)


def test_a_database_at_the_newest_revision_is_not_copied(url: str, database: Path) -> None:
    """An ordinary start leaves nothing behind beside the database."""
    upgrade(url)
    upgrade(url)
    assert not list(database.parent.glob("*.before-*"))


async def test_a_migration_that_would_lose_a_row_is_undone(url: str, database: Path, tmp_path: Path) -> None:
    """A row that points nowhere afterwards stops the migration, and the database stays as it was."""
    await _fill(url)
    before = _contents(database)
    breaking = _with_another(tmp_path / "breaking", more='op.execute("DELETE FROM feeds")')
    with pytest.raises(StorageError, match=r"a row of pages points nowhere"):
        upgrade(url, scripts=breaking)
    assert _contents(database) == before


@pytest.mark.parametrize("start", ["from nothing", "from the revision before"])
def test_killed_at_any_statement_it_is_done_again(start: str, url: str, database: Path, next_scripts: Path) -> None:
    """SIGKILL before each statement in turn leaves the database as it was, until a run gets through to the end."""
    if start == "from the revision before":
        asyncio.run(_fill(url))
    before = _contents(database)
    with subprocess.Popen(
        [sys.executable, "-c", KILL_AT_STATEMENT, url, str(next_scripts)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        kills = 0
        while (line := driver.stdout.readline().strip()) == "killed":
            kills += 1
            assert _contents(database) == before
            driver.stdin.write("\n")
            driver.stdin.flush()
    assert (line, driver.returncode) == ("done", 0)
    assert kills > 10
    assert current(url) == "test"


def _with_another(scripts: Path, *, more: str) -> Path:
    shutil.copytree(scripts_directory(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "test_next.py").write_text(NEXT_MIGRATION.format(newest=newest(), more=more))
    return scripts


async def _fill(url: str) -> None:
    async with open_storage(url) as storage, storage.write() as work:
        feed = await work.feeds.add(a_feed(), at=NOW)
        assert feed is not None
        await work.news.add(feed.id, [new_news(f"Update {number}", position=number) for number in range(3)], at=NOW)


def _contents(path: Path) -> list[str]:
    """Everything in the database, schema included; nothing for a file that is not there or empty."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as connection:
        schema = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
        stored = [name for kind, name, sql in schema if kind == "table" and "VIRTUAL" not in sql]
        return [
            *map(repr, schema),
            *(repr(row) for name in stored for row in connection.execute(f"SELECT '{name}', * FROM {name}")),
        ]


def _schema(path: Path) -> dict[str, list[str]]:
    """Every table and index with its definitions, in an order of their own: SQL leaves theirs open."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {
            name: sorted(re.split(r",\s*\n", re.sub(r"[ \t]+", " ", sql.replace("\n)", ",\n)"))))
            for name, sql in rows
            if name != "alembic_version"
        }
