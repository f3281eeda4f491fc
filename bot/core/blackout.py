"""Sources that cannot be read: silence is not safety, and people are told so.

A feed is dark when it should be read and has not been read and understood for some time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.archive import Feed, FeedState

NOT_AGAIN_WITHIN = timedelta(hours=6)
"""A chat is told of darkness at most once in this time."""


@dataclass(frozen=True, slots=True)
class Outage:
    """Feeds that went dark together."""

    id: int
    feeds: tuple[tuple[int, str], ...]
    """Id and title of each; empty where Sitrep itself was down."""
    since: datetime
    """The last moment at which any of them was read."""
    until: datetime | None = None
    """When all of them were read again; ``None`` while one is dark."""


@dataclass(frozen=True, slots=True)
class Darkness:
    """What changed since the last look."""

    begun: tuple[Feed, ...] = ()
    """Feeds that went dark, and of which nobody was told."""
    ended: tuple[Outage, ...] = ()
    """Outages of which every feed is read again, or is meant to be read no more."""


def look(
    feeds: Sequence[Feed], known: Sequence[Outage], *, now: datetime, up_since: datetime, after: timedelta
) -> Darkness:
    """Compare the feeds with the outages that last.

    Args:
        feeds: Those that are not removed.
        known: Outages without an end.
        now: The moment of the look.
        up_since: When this run of the program began: what it could not have read before is no darkness of a source.
        after: How long a feed must not have been read to be dark.
    """
    dark = {feed.id: feed for feed in feeds if _is_dark(feed, now, up_since, after)}
    unread = {feed.id for feed in feeds if feed.id in dark or (_is_meant(feed) and _unread(feed, now, after))}
    told = {feed_id for outage in known for feed_id, _ in outage.feeds}
    return Darkness(
        tuple(feed for feed_id, feed in dark.items() if feed_id not in told),
        tuple(outage for outage in known if not any(feed_id in unread for feed_id, _ in outage.feeds)),
    )


def down_since(feeds: Sequence[Feed], *, now: datetime, after: timedelta) -> datetime | None:
    """Since when the program must have been down, at its start; ``None`` where it was not, or not for long."""
    tries = [feed.last_attempt_at for feed in feeds if _is_meant(feed) and feed.last_attempt_at is not None]
    last = max(tries, default=None)
    return last if last is not None and now - last >= after else None


def _is_dark(feed: Feed, now: datetime, up_since: datetime, after: timedelta) -> bool:
    return _is_meant(feed) and now - up_since >= after and _unread(feed, now, after)


def _is_meant(feed: Feed) -> bool:
    return feed.state is not FeedState.PAUSED and feed.last_read_at is not None


def _unread(feed: Feed, now: datetime, after: timedelta) -> bool:
    return feed.last_read_at is not None and now - feed.last_read_at >= after
