"""``sitrep db``: the database's schema, its copies and its health."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import ConfigFile
from bot.cli.progress import progress
from bot.config import load_config

_MEBIBYTE = 1 << 20

app = typer.Typer(
    name="db", help="Back up, check, restore and migrate the database, or tell where it stands.", no_args_is_help=True
)


@app.command()
def upgrade(config: ConfigFile = None) -> None:
    """Copy the database file, then migrate it to this version's schema."""
    from bot.storage import upgrade as migrate

    print(f"The schema is at revision {migrate(load_config(config).storage.address)}.")


@app.command()
def current(config: ConfigFile = None) -> None:
    """Tell the schema revision of the database, and the one that this version needs."""
    from bot.storage import current as stored_revision
    from bot.storage import newest

    stored = stored_revision(load_config(config).storage.address)
    needed = newest()
    print(f"The schema is at revision {stored or 'none yet'}; this version needs {needed}.")


@app.command()
def backup(
    target: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE|DIR]", help="A new file, or a folder of backups. [default: as configured]"),
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="How many backups a folder keeps. [default: as configured]")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Copy the database, also while Sitrep runs, and check the copy."""
    from bot.storage.backup import back_up_into, back_up_to, size_of
    from bot.storage.engine import database_path

    loaded = load_config(config)
    database = database_path(loaded.storage.address)
    target = target or loaded.backup.directory or database.parent / "backups"
    kept = keep or loaded.backup.keep
    with progress("MiB", size_of(database) // _MEBIBYTE) as advance:
        if target.is_dir() or not target.suffix:
            made = back_up_into(target, database, keep=kept, now=datetime.now(UTC), on_progress=_in_mebibytes(advance))
        else:
            back_up_to(target, database, on_progress=_in_mebibytes(advance))
            made = target
    print(f"{made} is a whole copy of {database}.")


@app.command()
def check(
    full: Annotated[bool, typer.Option("--full", help="Compare every index with its table, too.")] = False,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A backup. [default: the configured database]")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Tell whether the database, or a backup, is whole; the exit code is 1 if it is not."""
    from bot.storage.checking import faults_in
    from bot.storage.engine import database_path

    path = file or database_path(load_config(config).storage.address)
    if not path.is_file():
        print(f"sitrep: there is no file {path}", file=sys.stderr)
        raise typer.Exit(1)
    if sys.stderr.isatty():
        print(f"Checking {path} ({path.stat().st_size // _MEBIBYTE} MiB) …", file=sys.stderr)
    faults = faults_in(path, full=full)
    for fault in faults:
        print(f"{path}: {fault}")
    if faults:
        print("It is damaged. Stop Sitrep, see to the disk, and put a backup in its place: sitrep db restore FILE")
        raise typer.Exit(1)
    print(f"{path} is whole.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    config: ConfigFile = None,
) -> None:
    """Put a backup in the database's place, while Sitrep does not run; nobody is alerted about the past."""
    from bot.storage.engine import database_path
    from bot.storage.restoring import restore as put_back

    database = database_path(load_config(config).storage.address)
    if sys.stderr.isatty():
        print(f"Checking and copying {file} …", file=sys.stderr)
    done = put_back(file, database, now=datetime.now(UTC))
    print(f"{database} is now what {file} holds.")
    if done.aside is not None:
        print(f"The database that was there is kept: {done.aside}")
    print(f"Nobody is alerted about the past: {done.ended} messages that waited in the backup will not be sent,")
    print("and what each source brings at its next read counts as seen.")


@app.command()
def reindex(config: ConfigFile = None) -> None:
    """Make the search index anew from the archive, while Sitrep does not run; if interrupted, it stays as it was."""
    from bot.storage.reindex import count_indexed
    from bot.storage.reindex import reindex as index_anew

    async def run(address: str) -> int:
        with progress("updates", await count_indexed(address)) as advance:
            return await index_anew(address, on_progress=advance)

    print(f"The search index holds {asyncio.run(run(load_config(config).storage.address))} updates.")


def _in_mebibytes(advance: Callable[[int], None]) -> Callable[[int], None]:
    """Tell a bar, which counts steps, of a number of bytes that only grows."""
    told = 0

    def tell(written: int) -> None:
        nonlocal told
        advance(written // _MEBIBYTE - told)
        told = written // _MEBIBYTE

    return tell
