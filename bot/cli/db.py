"""``sitrep db``: the database's schema."""

from __future__ import annotations

import typer

from bot.cli.options import ConfigFile
from bot.config import load_config

app = typer.Typer(name="db", help="Bring the database up to date, or tell where it stands.", no_args_is_help=True)


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
