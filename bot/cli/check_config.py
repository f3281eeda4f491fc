"""``sitrep check-config``: is the configuration right, and where does the database say otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.cli.options import ConfigFile
from bot.config import Config, load_config

if TYPE_CHECKING:
    from bot.core.archive import Feed, FeedSettings


def check_config(config: ConfigFile = None) -> None:
    """Check the configuration, and name the feeds that the database knows otherwise."""
    loaded = load_config(config)
    differences = asyncio.run(_differences(loaded))
    for line in differences:
        print(line)
    if loaded.telegram.token is None:
        print("telegram.token is not set: `sitrep run` needs it, `sitrep demo` does not.")
    print("The configuration is valid.")


async def _differences(config: Config) -> list[str]:
    from bot.app import seeds
    from bot.storage import stored_feeds

    return list(compare(seeds(config), await stored_feeds(config.storage.address)))


def compare(seeds: Sequence[FeedSettings], feeds: Sequence[Feed]) -> Iterator[str]:
    """A line for each feed of the file that the database, which is the truth, does not have or has otherwise."""
    stored = {feed.settings.url: feed.settings for feed in feeds}
    for seed in seeds:
        known = stored.get(seed.url)
        if known is None:
            yield f"feeds: {seed.url} is not in the database; it was removed there, or the first start is yet to come."
            continue
        for key in ("title", "timezone", "language", "interval", "topics"):
            theirs, ours = getattr(known, key), getattr(seed, key)
            if theirs != ours:
                yield f"feeds: {seed.url} has {key} = {theirs} in the database, {ours} in the file; the database holds."
