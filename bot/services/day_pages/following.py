"""One poll of a feed that has a page per day: its present page, the page before, and the search for the next one.

evening, from 23:00   the present page is read, the next one is sought
found                 it becomes the feed's page, and is no baseline; the page before is read beside it
06:00                 the page before is left
not found             two hours after the usual first update the admins are told
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from bot.core.archive import AuditEntry, Feed, FeedState, FollowedDay, PageBefore, PageOfDay
from bot.core.day_pages import day_page_of, is_overdue, read_until, seeking
from bot.core.day_pages.schedule import Seeking
from bot.core.errors import StorageError
from bot.core.reading import Reading
from bot.services.day_pages.search import FoundPage, Search
from bot.services.ingest import PollReport
from bot.services.ports.clock import Clock
from bot.services.ports.feed_notices import FeedLostDay, Tell
from bot.services.ports.fetching import Fetcher
from bot.services.ports.reading import Reader
from bot.services.ports.storage import Storage

log = structlog.get_logger()

_HABIT = timedelta(days=7)
"""The usual first update of a day is judged by so many days before."""
_ASSUMED = "assumed"
"""What ``Split.zone_from`` says of a zone that nothing speaks for."""


class Poller(Protocol):
    """Reads a feed once: an ``Ingest``, or what stands before one. Raises nothing but cancellation."""

    async def poll(self, feed: Feed) -> PollReport: ...


class DayPages:
    """Polls feeds; those that follow days over midnight, all others as they are.

    Args:
        storage: Where each feed stands.
        fetcher: The way to the sites.
        reader: Reads pages, in a child process.
        clock: Time.
        ingest: Reads a feed's present page.
        beside: Reads the page before, on a :class:`BesideStorage`.
        tell: Awaited once for each day whose page is missed.
    """

    def __init__(
        self,
        storage: Storage,
        fetcher: Fetcher,
        reader: Reader,
        clock: Clock,
        *,
        ingest: Poller,
        beside: Poller,
        tell: Tell,
    ) -> None:
        self._storage = storage
        self._search = Search(fetcher, reader, clock)
        self._clock = clock
        self._ingest = ingest
        self._beside = beside
        self._tell = tell
        self._looked_at: dict[int, date] = {}
        """Feeds whose address is no day's page, by the day on which that was seen."""

    async def poll(self, feed: Feed) -> PollReport:
        """Read the feed once, and look for its next page when it is time. Raises nothing but cancellation."""
        if not feed.settings.follow_days:
            return await self._ingest.poll(feed)
        try:
            followed = await self._followed(feed)
        except StorageError as error:
            log.error("feed's day not known", feed=feed.id, reason=str(error))  # noqa: TRY400 - expected: no traceback
            return await self._ingest.poll(feed)
        report = await self._ingest.poll(replace(feed, page=_present(followed)))
        try:
            await self._over_midnight(feed, followed)
        except StorageError as error:
            log.error("feed's day not stored", feed=feed.id, reason=str(error))  # noqa: TRY400 - expected: no traceback
        except Exception:
            log.exception("next day's page not sought", feed=feed.id)
        return report

    async def _followed(self, feed: Feed) -> FollowedDay | None:
        async with self._storage.read() as work:
            return await work.days.get(feed.id)

    async def _over_midnight(self, feed: Feed, followed: FollowedDay | None) -> None:
        now = self._clock.now()
        if followed is None:
            await self._begin(feed, now)
            return
        if followed.before is not None:
            await self._page_before(feed, followed, followed.before, now)
        zone = ZoneInfo(feed.settings.timezone or followed.zone)
        seek = seeking(followed.day, zone, now, last=followed.sought_at, told_for=followed.told_for)
        if seek is None:
            return
        found = await self._search.next_page(feed, followed, seek.wanted)
        if found is None or not await self._turn(
            feed, followed, seek.wanted, found, read_until(seek.wanted, zone, now)
        ):
            await self._in_vain(feed, followed, seek, zone)

    async def _begin(self, feed: Feed, now: datetime) -> None:
        """Find out which day the feed's page is for, where nobody has seen that in a preview."""
        if self._looked_at.get(feed.id) == now.date():
            return
        read = await self._search.read(feed, feed.settings.url)
        if read is None:
            return
        url, reading = read
        zone = ZoneInfo(feed.settings.timezone or reading.split.zone)
        page = day_page_of(reading, url=url, today=now.astimezone(zone).date())
        if page is None:
            self._looked_at[feed.id] = now.date()
            log.warning("no page of a day", feed=feed.id)
            return
        async with self._storage.write() as work:
            await work.days.begin(feed.id, first_day(reading, page.day))

    async def _page_before(self, feed: Feed, followed: FollowedDay, before: PageBefore, now: datetime) -> None:
        if now >= before.until:
            async with self._storage.write() as work:
                await work.days.leave_before(feed.id)
            return
        page = replace(
            feed,
            settings=replace(feed.settings, url=before.url),
            validators=before.validators,
            body_hash=before.body_hash,
            last_counts=before.last_counts,
            alarm=None,
            move=None,
            page=PageOfDay(before.key, beside=True, other_key=followed.key),
        )
        await self._beside.poll(page)

    async def _turn(self, feed: Feed, followed: FollowedDay, wanted: date, found: FoundPage, until: datetime) -> bool:
        """Make the page that was found the feed's own, and read it at once."""
        now = self._clock.now()
        async with self._storage.write() as work:
            current = await work.feeds.get(feed.id)
            if current is None or current.state not in {FeedState.ACTIVE, FeedState.HELD}:
                return True
            turned = _turned(current, followed, wanted, found, until)
            if not await work.days.turn(feed.id, found.url, turned):
                log.warning("next day's page is a feed of its own", feed=feed.id)
                return False
            entry = AuditEntry(
                now,
                None,
                "next day",
                f"feed {feed.id}",
                before=current.settings.url,
                after=f"{found.url}: {found.reason}",
            )
            await work.audit.add(entry)
            fresh = await work.feeds.get(feed.id)
        log.info("next day's page found", feed=feed.id, day=wanted.isoformat(), why=found.reason)
        if fresh is not None:
            await self._ingest.poll(replace(fresh, page=_present(turned)))
        return True

    async def _in_vain(self, feed: Feed, followed: FollowedDay, seek: Seeking, zone: ZoneInfo) -> None:
        now = self._clock.now()
        async with self._storage.read() as work:
            firsts = await work.days.first_clocks(feed.id, since=followed.day - _HABIT)
        lost = followed.told_for != seek.wanted and is_overdue(seek.wanted, zone, now, firsts=firsts)
        if lost:
            await self._tell(FeedLostDay(feed, seek.wanted))
        async with self._storage.write() as work:
            await work.days.sought(feed.id, at=now, again_at=seek.again_at, told_for=seek.wanted if lost else None)


def first_day(reading: Reading, day: date) -> FollowedDay:
    """Where a feed stands whose first page is for ``day``."""
    return FollowedDay(day, key="", zone=reading.split.zone, title=reading.title, language=reading.language)


def _present(followed: FollowedDay | None) -> PageOfDay | None:
    if followed is None:
        return None
    return PageOfDay(followed.key, other_key=followed.before.key if followed.before else None)


def _turned(feed: Feed, followed: FollowedDay, wanted: date, found: FoundPage, until: datetime) -> FollowedDay:
    split = found.reading.split
    return FollowedDay(
        day=wanted,
        key=found.url,
        zone=followed.zone if split.zone_from == _ASSUMED else split.zone,
        title=found.reading.title or followed.title,
        language=found.reading.language or followed.language,
        before=PageBefore(
            url=feed.settings.url,
            key=followed.key,
            until=until,
            validators=feed.validators,
            body_hash=feed.body_hash,
            last_counts=feed.last_counts,
        ),
    )
