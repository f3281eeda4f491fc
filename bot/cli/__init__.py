"""The ``sitrep`` command: one file a command, heavy imports inside them, so that ``--help`` answers at once."""

from __future__ import annotations

import sys

import typer

from bot.cli import check_config, db, demo, feeds, places, read, replay, run, tag, topics
from bot.core.errors import SitrepError

app = typer.Typer(
    name="sitrep",
    help="Sitrep delivers conflict and crisis update alerts over Telegram: one alert per update, once each.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("read")(read.read)
app.command("replay")(replay.replay)
app.command("check-config")(check_config.check_config)
app.command("tag")(tag.tag)
app.add_typer(db.app, name="db")
app.add_typer(feeds.app, name="feeds")
app.add_typer(topics.app, name="topics")
app.add_typer(places.app, name="places")


def main() -> None:
    """Run the command line; an error that a person can act on is one line on standard error and an exit code."""
    try:
        app()
    except SitrepError as error:
        for line in str(error).splitlines():
            print(f"sitrep: {line}", file=sys.stderr)
        sys.exit(error.exit_code)


__all__ = ["app", "main"]
