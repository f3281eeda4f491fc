"""``sitrep db backup``, ``check`` and ``restore``: what an operator sees, and what a script can test."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.storage import open_storage, upgrade

RUNNER = CliRunner()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the configured database is."""
    return tmp_path / "sitrep.db"


@pytest.fixture
def config(database: Path) -> Path:
    """A configuration whose database is there and at the newest schema."""
    upgrade(f"sqlite:///{database}")
    path = database.with_name("config.toml")
    path.write_text(f'[storage]\nurl = "sqlite:///{database}"\n', encoding="utf-8")
    return path


def asked(config: Path, *arguments: str) -> Result:
    """What a command prints and how it ends."""
    return RUNNER.invoke(app, ["db", *arguments, "--config", str(config)])


async def test_a_backup_is_made_while_the_program_runs_on_the_database(config: Path, database: Path) -> None:
    """Beside a running instance the copy goes into a folder beside the database, is named, and is whole."""
    async with open_storage(f"sqlite+aiosqlite:///{database}"):
        told = await asyncio.to_thread(asked, config, "backup")
    assert told.exit_code == 0
    (made,) = database.with_name("backups").iterdir()
    assert f"{made} is a whole copy" in told.stdout
    assert asked(config, "check", str(made), "--full").exit_code == 0


def test_a_backup_goes_where_it_is_told(config: Path, tmp_path: Path) -> None:
    """A name with a suffix is a new file, another name is a folder with as many backups as it is to keep."""
    assert asked(config, "backup", str(tmp_path / "one.db")).exit_code == 0
    assert (tmp_path / "one.db").is_file()
    assert asked(config, "backup", str(tmp_path / "many"), "--keep", "1").exit_code == 0
    assert len(list((tmp_path / "many").iterdir())) == 1


def test_a_backup_goes_where_the_configuration_says(config: Path, tmp_path: Path) -> None:
    """Without a target the configured folder gets it, and keeps as many as configured; an older one goes."""
    folder = tmp_path / "kept"
    folder.mkdir()
    old = folder / "sitrep-20200101T000000Z.db"
    old.touch()
    with config.open("a", encoding="utf-8") as file:
        file.write(f'[backup]\ndirectory = "{folder}"\nkeep = 1\n')
    assert asked(config, "backup").exit_code == 0
    assert len(list(folder.iterdir())) == 1
    assert not old.exists()


def test_a_check_tells_a_damaged_file_by_its_exit_code(config: Path, database: Path, tmp_path: Path) -> None:
    """Whole is 0; damaged is 1, with what to do; what is not there is 1 and is not made."""
    assert asked(config, "check").exit_code == 0
    content = database.read_bytes()
    database.write_bytes(content[: len(content) // 2])
    damaged = asked(config, "check")
    assert damaged.exit_code == 1
    assert "sitrep db restore" in damaged.stdout
    assert asked(config, "check", str(tmp_path / "missing.db")).exit_code == 1
    assert not (tmp_path / "missing.db").exists()


def test_a_restore_says_what_it_did(config: Path, database: Path, tmp_path: Path) -> None:
    """The output names the database that is kept, and that nobody is alerted about the past."""
    asked(config, "backup", str(tmp_path / "one.db"))
    told = asked(config, "restore", str(tmp_path / "one.db"))
    assert told.exit_code == 0
    (aside,) = tmp_path.glob("sitrep.db.before-restore-*")
    assert str(aside) in told.stdout
    assert "0 messages that waited in the backup will not be sent" in told.stdout
    assert asked(config, "check").exit_code == 0


def test_the_index_is_made_anew(config: Path) -> None:
    """The command tells how many updates the index holds."""
    told = asked(config, "reindex")
    assert (told.exit_code, told.stdout) == (0, "The search index holds 0 updates.\n")
