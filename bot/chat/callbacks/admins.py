"""What the buttons of admins say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PreviewOffered:
    """Preview feed ``number`` (1-based) of those that the message lists."""

    number: int


@dataclass(frozen=True, slots=True)
class AddFeed:
    """Add the feed that the message previews, with all that it has now treated as seen; ``follow`` 1 with its days."""

    follow: int = 0


@dataclass(frozen=True, slots=True)
class ShowFeeds:
    """Show page ``page`` of the list of feeds, 1-based; ``broken`` 1 only those that want a look."""

    page: int
    broken: int = 0


@dataclass(frozen=True, slots=True)
class ShowFeed:
    """Show one feed and how reading it goes."""

    feed: int


@dataclass(frozen=True, slots=True)
class SwitchFeed:
    """Read one feed, with ``on`` 1, or with 0 pause it."""

    feed: int
    on: int


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """Read one feed now, not when it is due."""

    feed: int


@dataclass(frozen=True, slots=True)
class ShowTrial:
    """Show page ``page`` (1-based) of what a read would bring, of the feed or address that the message names."""

    page: int


@dataclass(frozen=True, slots=True)
class ShowAudit:
    """Show page ``page`` (1-based) of the audit's entries with ids up to ``anchor``."""

    anchor: int
    page: int


@dataclass(frozen=True, slots=True)
class AskRemoval:
    """Ask whether one feed is to be removed."""

    feed: int


@dataclass(frozen=True, slots=True)
class RemoveFeed:
    """Remove one feed."""

    feed: int


@dataclass(frozen=True, slots=True)
class ReleaseFeed:
    """Let a held feed go on; ``as_seen`` 1 counts what it has as seen, 0 sends it."""

    feed: int
    as_seen: int
