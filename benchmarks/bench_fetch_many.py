"""Ten thousand feeds at 60 s on one core: how late reads begin, and how long the event loop is held up.

First ten simulated minutes: supervisor, ingest and database are the real ones, the servers are simulated (50 to 450 ms
an answer; of a thousand, two fail and the others are unchanged). Time that is only waited is skipped; work takes as
long as it takes, so that a reader that cannot keep up falls behind as it would. Then real time: large feeds from
loopback through the real reading children, with the loop's lag sampled.
"""

from __future__ import annotations

import asyncio
import random
import selectors
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from aiohttp import web

from benchmarks.scripted_site import Inline
from bot.app import SWITCH_SECONDS
from bot.clock import SystemClock
from bot.core.archive import Feed, FeedSettings, Validators
from bot.core.polling import Pace
from bot.net.fetcher import HttpFetcher
from bot.packs import load_packs
from bot.reading.pool import ReadingPool
from bot.scheduling.supervisor import Supervisor
from bot.services.ingest import Ingest, PollOutcome, PollReport
from bot.services.ports.fetching import Failed, FetchOutcome, NotModified
from bot.services.ports.storage import ReadState, UnitOfWork
from bot.storage import SqlStorage, open_storage

FEEDS = 10_000
INTERVAL = timedelta(seconds=60)
SIMULATED = timedelta(minutes=10)
LARGE_FEEDS, LARGE_ENTRIES = 12, 1000
MOST_LATE, MOST_LAG = 2.0, 10.0
"""Seconds from due to begun, and milliseconds of loop lag, both p99."""


class SkippingSelector(selectors.DefaultSelector):
    """Skips waits in which no transaction is open."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0
        self.transactions = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0 or self.transactions:
            return super().select(timeout)
        ready = super().select(0)
        if not ready:
            self.skipped += timeout
        return ready


class SkippingLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is the real one and what was skipped."""

    def __init__(self) -> None:
        self.skipping = SkippingSelector()
        super().__init__(self.skipping)

    def time(self) -> float:
        return super().time() + self.skipping.skipped


class LoopClock:
    """The loop's time as a wall clock."""

    def __init__(self, loop: SkippingLoop) -> None:
        self._loop = loop
        self._start = datetime(2031, 5, 5, tzinfo=UTC) - timedelta(seconds=loop.time())

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._loop.time())

    def monotonic(self) -> float:
        return self._loop.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))


class NotedStorage:
    """The real database; while one of its transactions is open no wait is skipped."""

    def __init__(self, storage: SqlStorage, loop: SkippingLoop) -> None:
        self._storage = storage
        self._selector = loop.skipping

    @asynccontextmanager
    async def _noted(self, transaction: AbstractAsyncContextManager[UnitOfWork]) -> AsyncIterator[UnitOfWork]:
        self._selector.transactions += 1
        try:
            async with transaction as work:
                yield work
        finally:
            self._selector.transactions -= 1

    def write(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._noted(self._storage.write())

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._noted(self._storage.read())


class SimulatedWeb:
    """Servers without a network."""

    def __init__(self) -> None:
        self._random = random.Random(7)

    async def fetch(self, url: str, validators: Validators | None = None) -> FetchOutcome:
        await asyncio.sleep(self._random.uniform(0.05, 0.45))
        if self._random.random() < 0.002:
            return Failed("HTTP 503, the site is out of order", status=503)
        return NotModified(validators)


@dataclass
class Late:
    """Reads feeds, and writes down how late each began; at the end nothing is read any more."""

    ingest: Ingest
    clock: LoopClock
    end: datetime
    seconds: list[float] = field(default_factory=list)

    async def poll(self, feed: Feed) -> PollReport:
        if feed.next_poll_at is not None and self.clock.now() < self.end:
            self.seconds.append((self.clock.now() - feed.next_poll_at).total_seconds())
            return await self.ingest.poll(feed)
        return PollReport(feed.id, PollOutcome.DROPPED, "the end")


async def _many_feeds(folder: Path) -> bool:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, SkippingLoop)
    clock = LoopClock(loop)
    async with open_storage(f"sqlite:///{folder / 'many.db'}") as opened:
        await _add_feeds(opened, folder / "many.db", clock)
        storage = NotedStorage(opened, loop)
        source = random.Random(8)
        ingest = Ingest(
            storage,
            SimulatedWeb(),
            Inline(),
            load_packs(),
            clock,
            pace=Pace(),
            jitter=source.random,
            on_enqueued=lambda: None,
        )
        late = Late(ingest, clock, clock.now() + SIMULATED)
        supervisor = Supervisor(storage, late, clock, concurrency=64)
        began, cpu = time.perf_counter(), time.process_time()
        while clock.now() < late.end:
            tick = loop.time()
            await supervisor.tick()
            await clock.sleep(tick + 1 - loop.time())
        real, cpu = time.perf_counter() - began, time.process_time() - cpu
        await supervisor.stop()
    p50, p99 = _at(late.seconds, 0.5), _at(late.seconds, 0.99)
    polls, minutes = len(late.seconds), SIMULATED / timedelta(minutes=1)
    print(f"{FEEDS:,} feeds at {INTERVAL.total_seconds():.0f} s, {minutes:.0f} simulated minutes: {polls:,} polls")
    print(f"  from due to begun: p50 {p50:.2f} s, p99 {p99:.2f} s   promised < {MOST_LATE:.0f}")
    print(f"  {cpu / polls * 1000:.2f} ms CPU a poll; {real:.0f} s of work in {SIMULATED.total_seconds():.0f} s")
    return p99 < MOST_LATE


async def _add_feeds(storage: SqlStorage, path: Path, clock: LoopClock) -> None:
    """So many feeds that have been read before, due evenly over the next minute."""
    rows = [(f"https://outlet-{number}.example/feed", INTERVAL // timedelta(microseconds=1)) for number in range(FEEDS)]
    with closing(sqlite3.connect(path)) as connection:  # past the repositories: adding is not what is measured
        connection.executemany(
            "INSERT INTO feeds (url, interval, topics, state, added_at, failures, follow_days, moved_answers) "
            "VALUES (?, ?, '[]', 'active', 0, 0, 0, 0)",
            rows,
        )
        connection.commit()
    async with storage.read() as work:
        feeds = await work.feeds.all()
    now = clock.now()
    reads = {
        feed.id: ReadState(
            now, now + INTERVAL * place / FEEDS, ok=True, validators=Validators(feed.settings.url, '"1"')
        )
        for place, feed in enumerate(feeds)
    }
    async with storage.write() as work:
        await work.feeds.record_reads(reads)


async def _large_feeds(folder: Path) -> bool:
    lags: list[float] = []
    async with (
        _served() as root,
        open_storage(f"sqlite:///{folder / 'large.db'}") as storage,
        HttpFetcher(clock=SystemClock(), allow_private_addresses=True) as fetcher,
        ReadingPool(size=1) as reader,
    ):
        ingest = Ingest(
            storage,
            fetcher,
            reader,
            load_packs(),
            SystemClock(),
            pace=Pace(),
            jitter=random.Random(9).random,
            on_enqueued=lambda: None,
        )
        now = SystemClock().now()
        async with storage.write() as work:
            feeds = [await work.feeds.add(FeedSettings(f"{root}/{number}"), at=now) for number in range(LARGE_FEEDS)]
        watching = asyncio.create_task(_watch(lags))
        reports = await asyncio.gather(*(ingest.poll(feed) for feed in feeds if feed is not None))
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
    read = sum(report.outcome is PollOutcome.READ for report in reports)
    p99 = _at(lags, 0.99) * 1000
    print(f"{read} feeds of {LARGE_ENTRIES:,} entries read and stored, {_size() / 1e6:.1f} MB each")
    print(f"  event loop lag p50 {_at(lags, 0.5) * 1000:.1f} ms, p99 {p99:.1f} ms   promised < {MOST_LAG:.0f}")
    return read == LARGE_FEEDS and p99 < MOST_LAG


def _large(number: int) -> bytes:
    source = random.Random(number)
    letters = "abcdefghijklmnoprstuvyz"
    words = ["".join(source.choices(letters, k=source.randint(3, 10))) for _ in range(2000)]
    items = (
        f"<item><guid>{number}-{place}</guid><title>{' '.join(source.choices(words, k=8))}</title><description>"
        f"{' '.join(source.choices(words, k=150))}</description></item>"
        for place in range(LARGE_ENTRIES)
    )
    return f"<rss version='2.0'><channel><title>Norvale Post</title>{''.join(items)}</channel></rss>".encode()


def _size() -> int:
    return len(_large(0))


@asynccontextmanager
async def _served() -> AsyncIterator[str]:
    bodies = {f"/{number}": _large(number) for number in range(LARGE_FEEDS)}

    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=bodies[request.path])

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def _watch(lags: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        lags.append(time.perf_counter() - began - 0.005)


def _at(figures: Sequence[float], share: float) -> float:
    return sorted(figures)[int(len(figures) * share)] if figures else 0.0


def main() -> None:
    """Print every figure; the process fails when a promise is broken."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    sys.setswitchinterval(SWITCH_SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        with asyncio.Runner(loop_factory=SkippingLoop) as runner:
            kept = runner.run(_many_feeds(Path(folder)))
        kept &= asyncio.run(_large_feeds(Path(folder)))
    if not kept:
        sys.exit(1)


if __name__ == "__main__":
    main()
