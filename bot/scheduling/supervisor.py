"""Ticks once a second and reads the feeds that the database says are due.

    tick ─▶ due (a few, longest due first) ─▶ as many as there are places ─▶ reads
                                          └─▶ waiting, begun as reads end, asked anew at the next tick

The database owns the schedule; APScheduler only ticks, and nothing is scheduled in two places. Reads run in tasks of
our own, drained before APScheduler is shut down, because that cancels the coroutines that it runs.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.core.archive import Feed
from bot.core.errors import StorageError
from bot.scheduling.fairness import fair
from bot.scheduling.steps import Heartbeat
from bot.services.day_pages import Poller
from bot.services.ports.clock import Clock
from bot.services.ports.storage import Storage

log = structlog.get_logger()

_TICK = "tick"
_TICK_SECONDS = 1
_LOOK_AHEAD = 4096
"""How many due feeds are looked through for some whose host is free."""
_AFTER_STEP = timedelta(hours=1)
"""How far ahead feeds are read at once after the clock stepped back: what waits longer has failed, and may."""
_STEP = timedelta(seconds=0.1)
"""Between two feeds that are overdue when the program starts."""
_CATCHING_UP = timedelta(minutes=1)
"""In which all of them are begun, however many there are."""
_AHEAD = 4
"""How many times as many due feeds are taken as there are places: reads that end before the next tick are followed."""


class Supervisor:
    """Reads feeds when they are due; many at once, never one twice at the same time.

    Args:
        storage: Knows what is due.
        ingest: Reads one feed.
        clock: Time.
        concurrency: How many feeds are read at once; one that hangs holds one place and delays nobody else.
        drain: How long running reads are waited for when the program stops.
    """

    def __init__(
        self,
        storage: Storage,
        ingest: Poller,
        clock: Clock,
        *,
        concurrency: int = 64,
        drain: timedelta = timedelta(seconds=6),
    ) -> None:
        self._storage = storage
        self._ingest = ingest
        self._clock = clock
        self._concurrency = concurrency
        self._drain = drain
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._running: dict[int, asyncio.Task[None]] = {}
        self._feeds: dict[int, Feed] = {}
        """Those that are being read."""
        self._waiting: list[Feed] = []
        """Due at the last tick, and not begun for want of a place."""
        self._heartbeat = Heartbeat(clock)
        self._beating: asyncio.Task[None] | None = None
        self._stopping = False
        self._looking = asyncio.Lock()
        """Held while the database is asked what is due: it must not be closed meanwhile."""
        self._ahead = timedelta(0)
        """After a step back: feeds due up to so much later are read too, once each."""
        self._reset: set[int] = set()
        """The feeds that have been read since that step."""

    async def catch_up(self) -> None:
        """Space out what became due while the program did not run, so that its start is no burst.

        Raises:
            StorageError: The database cannot be used.
        """
        async with self._storage.write() as work:
            overdue = await work.feeds.spread(self._clock.now(), step=_STEP, within=_CATCHING_UP)
        log.info("feeds are due", feeds=overdue)

    def start(self) -> None:
        """Begin to tick; needs a running event loop."""
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=_TICK_SECONDS,
            id=_TICK,
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,  # a late tick is as good as any: APScheduler would drop it
        )
        self._scheduler.start()
        self._beating = asyncio.create_task(self._beat(), name="heartbeat")

    async def stop(self) -> None:
        """Begin no more reads, wait for those that run, up to the drain time, and cancel the rest."""
        self._stopping = True
        if self._beating is not None:
            self._beating.cancel()
        if self._scheduler.running:
            self._scheduler.remove_job(_TICK)
        async with self._looking:
            pass
        await self._end_reads()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # it shuts down in the loop's next round

    async def tick(self) -> None:
        """Start reading what is due, as far as there are free places."""
        if len(self._running) >= self._concurrency or self._stopping:
            return
        async with self._looking:
            await self._begin_due()

    async def _begin_due(self) -> None:
        self._waiting = []  # what is begun while the database answers would be begun twice
        try:
            begin = await self._next(self._concurrency - len(self._running))
        except StorageError as error:
            log.error("what is due is not known", reason=str(error))  # noqa: TRY400 - expected: no traceback
            return
        if not self._stopping:
            for feed in begin:
                self._start(feed)

    async def _next(self, free: int) -> list[Feed]:
        """The feeds to begin with; looks further where those due longest are all of hosts that are busy."""
        limit = self._concurrency * _AHEAD + len(self._reset)
        while True:
            due, last = await self._due(limit=limit)
            begin = fair(due, self._feeds.values(), places=free)
            if last or len(begin) == free or limit >= _LOOK_AHEAD:
                begun = {feed.id for feed in begin}
                self._waiting = [feed for feed in due if feed.id not in begun]
                return begin
            limit *= 8

    async def _due(self, *, limit: int) -> tuple[list[Feed], bool]:
        """Feeds that are due and not being read; after a step back also those that would be due later.

        Of the ``limit`` that are due longest, and whether there are no more.
        """
        # A read that ends while the database answers was still due in the snapshot.
        running = set(self._running)
        async with self._storage.read() as work:
            found = await work.feeds.due(self._clock.now() + self._ahead, limit=limit)
        due = [feed for feed in found if feed.id not in running and feed.id not in self._reset]
        if self._ahead and not due:
            self._ahead = timedelta(0)
            self._reset.clear()
        return due, len(found) < limit

    def _start(self, feed: Feed) -> None:
        if self._ahead:
            self._reset.add(feed.id)
        task = asyncio.create_task(self._read(feed), name=f"feed-{feed.id}")
        self._running[feed.id] = task
        self._feeds[feed.id] = feed
        task.add_done_callback(lambda _: self._ended(feed.id))

    def _ended(self, feed_id: int) -> None:
        self._running.pop(feed_id, None)
        self._feeds.pop(feed_id, None)
        self._begin_waiting()

    def _begin_waiting(self) -> None:
        """Give the place that has become free to the feed that has waited longest for one."""
        if self._stopping or not self._waiting:
            return
        for feed in fair(self._waiting, self._feeds.values(), places=1):
            self._waiting.remove(feed)
            self._start(feed)

    async def _read(self, feed: Feed) -> None:
        await self._ingest.poll(feed)

    async def _end_reads(self) -> None:
        reads = set(self._running.values())
        if not reads:
            return
        _, late = await asyncio.wait(reads, timeout=self._drain.total_seconds())
        for read in late:
            read.cancel()
        if late:
            log.warning("reads were cut short at the end", reads=len(late))
            await asyncio.wait(late)

    def stepped_back(self, by: timedelta) -> None:
        """The wall clock was set back: whatever was scheduled on the old one is read once, soon."""
        self._ahead = by + _AFTER_STEP
        self._reset.clear()

    async def _beat(self) -> None:
        """Wake the scheduler when the wall clock steps back: it would sleep until the old time comes again."""
        while True:
            by = await self._heartbeat.next_step_back()
            log.warning("the clock stepped back", by=str(by))
            self.stepped_back(by)
            self._scheduler.modify_job(_TICK, next_run_time=datetime.now(UTC))
