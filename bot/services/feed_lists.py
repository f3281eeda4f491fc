"""Taking in a whole list of feeds: each is stored, due soon and a baseline; those that are there already stay as is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.archive import AuditEntry, FeedSettings
from bot.services.ports.clock import Clock
from bot.services.ports.storage import Storage

_BATCH = 100
"""Feeds in one transaction: others write between them."""
_STEP = timedelta(seconds=0.1)
"""Between the first reads of two feeds of a list, so that it is no burst."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list."""

    added: int
    already_there: tuple[FeedSettings, ...]
    """Followed before, and left as they were."""


async def import_feeds(
    feeds: Sequence[FeedSettings],
    storage: Storage,
    clock: Clock,
    *,
    by: int | None,
    progress: Callable[[int], None] = lambda _done: None,
) -> Imported:
    """Store every feed that is not followed yet; what each has when it is first read counts as seen.

    Args:
        feeds: In the order in which they are first read.
        storage: Where they are kept.
        clock: Time.
        by: The admin's user id; ``None`` for the command line.
        progress: Called with how many are done since the last call.
    """
    there: list[FeedSettings] = []
    added = 0
    for start in range(0, len(feeds), _BATCH):
        batch = feeds[start : start + _BATCH]
        async with storage.write() as work:
            for settings in batch:
                feed = await work.feeds.add(settings, at=clock.now() + added * _STEP)
                if feed is None:
                    there.append(settings)
                else:
                    added += 1
                    entry = AuditEntry(clock.now(), by, "importfeeds", subject=f"feed {feed.id}", after=settings.url)
                    await work.audit.add(entry)
        progress(len(batch))
    return Imported(added, tuple(there))
