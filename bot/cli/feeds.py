"""``sitrep feeds``: whole lists of feeds in and out, as OPML."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import ConfigFile
from bot.cli.progress import progress
from bot.config import load_config
from bot.core.errors import SourceError

if TYPE_CHECKING:
    from bot.services.feed_lists import Imported
    from bot.sources.opml import FeedList

app = typer.Typer(name="feeds", help="Take in and give out whole lists of feeds, as OPML.", no_args_is_help=True)
OpmlFile = Annotated[Path, typer.Argument(metavar="FILE", help="The OPML file.")]


@app.command("import")
def import_(file: OpmlFile, config: ConfigFile = None) -> None:
    """Add the feeds of an OPML file; what they have now counts as seen. The bot must not be running."""
    from bot.sources.opml import read_opml

    try:
        listed = read_opml(file.read_bytes())
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror or error}") from None
    imported = asyncio.run(_import(listed, load_config(config).storage.address))
    for problem in listed.problems:
        print(f"warning: {problem.feed}: {problem.reason}", file=sys.stderr)
    for settings in imported.already_there:
        print(f"warning: {settings.url}: it is followed already, and stays as it is", file=sys.stderr)
    print(
        f"{imported.added} feeds added, {len(imported.already_there)} there already, {len(listed.problems)} problems."
    )


@app.command("export")
def export(file: OpmlFile, config: ConfigFile = None) -> None:
    """Write all feeds with their settings into an OPML file."""
    from bot.sources.opml import write_opml
    from bot.storage import stored_feeds

    feeds = asyncio.run(stored_feeds(load_config(config).storage.address))
    try:
        with progress("Writing", len(feeds)) as done, file.open("w", encoding="utf-8") as opened:
            for line in write_opml((feed.title, feed.settings) for feed in feeds):
                opened.write(line)
                done(1)
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror or error}") from None
    print(f"{len(feeds)} feeds written to {file}.")


async def _import(listed: FeedList, address: str) -> Imported:
    from bot.clock import SystemClock
    from bot.services.feed_lists import import_feeds
    from bot.storage import open_storage

    async with open_storage(address) as storage:
        with progress("Adding", len(listed.feeds)) as done:
            return await import_feeds(listed.feeds, storage, SystemClock(), by=None, progress=done)
