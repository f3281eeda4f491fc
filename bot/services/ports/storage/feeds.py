"""What is stored of sources: their rows, the days that they follow, and the sites that want to be left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.core.archive import Feed, FeedSettings, FeedState, FollowedDay, Move, ReadCounts, Validators
from bot.core.model import PublisherWishes
from bot.core.polling import FeedAlarm, Rhythm


@dataclass(frozen=True, slots=True)
class ReadState:
    """What one attempt to read a feed changes in its row."""

    at: datetime
    next_poll_at: datetime
    ok: bool
    error: str | None = None
    validators: Validators | None = None
    body_hash: str | None = None
    format: str | None = None
    source_title: str | None = None
    baseline: bool = False
    """This read sets the feed's baseline."""
    counts: ReadCounts | None = None
    """What a good read found."""
    rhythm: Rhythm | None = None
    wishes: PublisherWishes | None = None
    fresh_for: timedelta | None = None
    """Kept of every good read, ``None`` too."""
    move: Move | None = None
    """Kept of every good read, ``None`` too."""


class Feeds(Protocol):
    """The configured sources."""

    async def add(self, settings: FeedSettings, *, at: datetime) -> Feed | None:
        """Store a new feed, due at once. ``None`` when that address is there already; a removed one is revived."""
        ...

    async def get(self, feed_id: int) -> Feed | None: ...

    async def by_url(self, url: str) -> Feed | None:
        """The feed with exactly that address, removed ones included."""
        ...

    async def all(self) -> Sequence[Feed]:
        """Every feed that is not removed, by id."""
        ...

    async def due(self, now: datetime, *, limit: int) -> Sequence[Feed]:
        """Active and held feeds whose ``next_poll_at`` has come, longest due first."""
        ...

    async def record_read(self, feed_id: int, state: ReadState) -> None:
        """Store the outcome of one attempt; failures count up, or back to 0 when it was ``ok``."""
        ...

    async def record_reads(self, reads: Mapping[int, ReadState]) -> None:
        """Store the outcome of good reads of several feeds, by their ids."""
        ...

    async def set_state(self, feed_id: int, state: FeedState) -> None: ...

    async def postpone(self, feed_id: int, until: datetime) -> None:
        """Read it later than planned; that it was to be read now is forgotten."""
        ...

    async def spread(self, now: datetime, *, step: timedelta, within: timedelta) -> int:
        """Space out all that is overdue, longest due first: each a step later, the last one within so long.

        Returns how many there were.
        """
        ...

    async def topics_brought(self, feed_id: int, *, since: datetime) -> Sequence[str]:
        """The slugs of all topics of what the feed brought after ``since``."""
        ...

    async def set_alarm(self, feed_id: int, alarm: FeedAlarm | None) -> None:
        """Note what the admins were told is wrong with it."""
        ...

    async def change_url(self, feed_id: int, url: str) -> bool:
        """Read it from another address from now on; ``False`` where another feed has that one."""
        ...

    async def resume(self, feed_id: int, *, at: datetime) -> None:
        """Read it again, due at ``at``; its failures are forgotten, what it brought and its baseline are not."""
        ...

    async def newest_zone(self, feed_id: int) -> str | None:
        """The zone (IANA name) in which the clocks of its newest update were read; ``None`` before there is one."""
        ...

    async def release(self, feed_id: int, *, as_seen: bool) -> None:
        """Let a held feed go on: its next document is believed, and alerts nobody where it counts ``as_seen``."""
        ...


class FollowedDays(Protocol):
    """The feeds that have a page per day: where each of them stands."""

    async def get(self, feed_id: int) -> FollowedDay | None: ...

    async def begin(self, feed_id: int, followed: FollowedDay) -> None:
        """Follow a feed's days from its present page on; what was known of earlier days is forgotten."""
        ...

    async def turn(self, feed_id: int, url: str, followed: FollowedDay) -> bool:
        """Make ``url`` the feed's page, not read yet; ``False`` when another feed has that address.

        The feed keeps its baseline: what the new page brings is news.
        """
        ...

    async def sought(self, feed_id: int, *, at: datetime, again_at: datetime, told_for: date | None = None) -> None:
        """The next page was looked for in vain; the feed is read again at ``again_at`` at the latest."""
        ...

    async def record_read(self, feed_id: int, state: ReadState) -> None:
        """As :meth:`Feeds.record_read`, of the page before; its failures are not counted."""
        ...

    async def leave_before(self, feed_id: int) -> None:
        """Read the page before no more."""
        ...

    async def first_clocks(self, feed_id: int, *, since: date) -> Sequence[time]:
        """The earliest clock of each day since then, in the source's own time, latest day first."""
        ...


class Sites(Protocol):
    """The sites that want to be left alone."""

    async def pause(self, site: str, *, until: datetime, now: datetime) -> None:
        """Leave it alone until then; an earlier wish for longer stands."""
        ...

    async def paused(self, now: datetime) -> Mapping[str, datetime]:
        """Those that are to be left alone now, and until when."""
        ...
