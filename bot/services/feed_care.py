"""Looking after a source: how reading it goes, and pausing it, resuming it, reading it at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.archive import AuditEntry, Feed, FeedState
from bot.core.polling import Hints, Pace, after_success
from bot.services.feeds import NoSuchFeed
from bot.services.ports.clock import Clock
from bot.services.ports.storage import Storage, UnitOfWork

_DAY = timedelta(days=1)
_IS_READ = {FeedState.ACTIVE, FeedState.HELD}


@dataclass(frozen=True, slots=True)
class Interval:
    """How long after a read the next one comes, and why then."""

    length: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class FeedDetails:
    """One source and how reading it goes."""

    feed: Feed
    now: datetime
    new_today: int
    """Updates first seen in the last 24 hours."""
    zone: str | None
    """In which its clocks are read (IANA name): as set, else its newest update's; ``None`` without either."""
    interval: Interval | None
    """``None`` while there is nothing to tell it from."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The source is read no more until it is resumed; ``changed`` where it was read before."""

    feed: Feed
    changed: bool


@dataclass(frozen=True, slots=True)
class Resumed:
    """The source is read; ``changed`` where it was not before."""

    feed: Feed
    changed: bool


@dataclass(frozen=True, slots=True)
class StillHeld:
    """The source is not paused but held: it is a person's word that it waits for."""

    feed: Feed


@dataclass(frozen=True, slots=True)
class ReadAtOnce:
    """The source is due now."""

    feed: Feed


@dataclass(frozen=True, slots=True)
class NotRead:
    """The source is paused: it has to be resumed first."""

    feed: Feed


class FeedCare:
    """The sources one by one, for the admins. Whoever calls has checked their rights; every change is audited.

    Args:
        storage: Where they are kept.
        clock: Time.
        pace: The bounds between which feeds are read that have no interval of their own.
    """

    def __init__(self, storage: Storage, clock: Clock, *, pace: Pace | None = None) -> None:
        self._storage = storage
        self._clock = clock
        self._pace = pace or Pace()

    async def details(self, number: int) -> FeedDetails | NoSuchFeed:
        """All about the source with that number."""
        now = self._clock.now()
        async with self._storage.read() as work:
            feed = await _there(work, number)
            if feed is None:
                return NoSuchFeed(number)
            new_today = await work.news.count_new(number, since=now - _DAY)
            zone = feed.settings.timezone or await work.feeds.newest_zone(number)
        return FeedDetails(feed, now, new_today, zone, interval_of(feed, self._pace, now))

    async def pause(self, number: int, *, by: int | None) -> Paused | NoSuchFeed:
        """Read it no more. A read that is under way stores nothing."""
        async with self._storage.write() as work:
            feed = await _there(work, number)
            if feed is None:
                return NoSuchFeed(number)
            if feed.state is FeedState.PAUSED:
                return Paused(feed, changed=False)
            await work.feeds.set_state(number, FeedState.PAUSED)
            await self._audit(work, by, "pausefeed", feed, before=feed.state.value, after=FeedState.PAUSED.value)
            return Paused(replace(feed, state=FeedState.PAUSED), changed=True)

    async def resume(self, number: int, *, by: int | None) -> Resumed | StillHeld | NoSuchFeed:
        """Read a paused source again, at once. What it brought meanwhile is judged by its age, as always."""
        now = self._clock.now()
        async with self._storage.write() as work:
            feed = await _there(work, number)
            if feed is None:
                return NoSuchFeed(number)
            if feed.state is FeedState.HELD:
                return StillHeld(feed)
            if feed.state is FeedState.ACTIVE:
                return Resumed(feed, changed=False)
            await work.feeds.resume(number, at=now)
            before = f"paused: {feed.last_error}" if feed.last_error else FeedState.PAUSED.value
            await self._audit(work, by, "resumefeed", feed, before=before, after=FeedState.ACTIVE.value)
            return Resumed(await _there(work, number) or feed, changed=True)

    async def read_now(self, number: int, *, by: int | None) -> ReadAtOnce | NotRead | NoSuchFeed:
        """Make it due; one that is due already stays as it is."""
        now = self._clock.now()
        async with self._storage.write() as work:
            feed = await _there(work, number)
            if feed is None:
                return NoSuchFeed(number)
            if feed.state not in _IS_READ:
                return NotRead(feed)
            if feed.next_poll_at is None or feed.next_poll_at > now:
                await work.feeds.postpone(number, now)
                await self._audit(work, by, "readfeed", feed, before=_moment(feed.next_poll_at), after=_moment(now))
            return ReadAtOnce(replace(feed, next_poll_at=now))

    async def _audit(
        self, work: UnitOfWork, by: int | None, action: str, feed: Feed, *, before: str, after: str
    ) -> None:
        entry = AuditEntry(self._clock.now(), by, action, subject=f"feed {feed.id}", before=before, after=after)
        await work.audit.add(entry)


def wants_a_look(feed: Feed) -> bool:
    """Something is wrong with it that a person may mend: it fails, is held, has stopped, or its alarm is on."""
    return feed.failures > 0 or feed.state is FeedState.HELD or feed.alarm is not None


def interval_of(feed: Feed, pace: Pace, now: datetime) -> Interval | None:
    """How often a feed is read as things stand."""
    if feed.failures:
        if feed.last_attempt_at is None or feed.next_poll_at is None or feed.next_poll_at <= now:
            return None
        return Interval(feed.next_poll_at - feed.last_attempt_at, "longer after each failure")
    if feed.last_read_at is None:
        return None
    following = after_success(
        feed.last_read_at,
        pace=pace,
        fixed=feed.settings.interval,
        rhythm=feed.rhythm,
        hints=Hints(None, feed.fresh_for, feed.wishes),
        jitter=0,
    )
    return Interval(following.at - feed.last_read_at, following.reason)


async def _there(work: UnitOfWork, number: int) -> Feed | None:
    feed = await work.feeds.get(number)
    return None if feed is None or feed.state is FeedState.REMOVED else feed


def _moment(at: datetime | None) -> str:
    return "not planned" if at is None else f"due {at:%Y-%m-%d %H:%M} UTC"
