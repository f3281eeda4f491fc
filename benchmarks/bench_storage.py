"""What the outbox costs: fan-out and claims with a million subscribers."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import p99, show
from bot.core.archive import FeedSettings
from bot.core.model import NewsUpdate, Tag
from bot.services.ports.sending import Sent
from bot.services.ports.storage import NewNews, Settled
from bot.storage import open_storage

SUBSCRIBERS = 1_000_000
UPDATES = 100_000
BATCH = 100
NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
TOPICS = ("civilian-shelling", "frontline", "diplomacy", "refugees", "weapons", "ceasefire", "other")
"""Followed is the first one."""


async def measure_fan_out(folder: Path) -> None:
    """One update to a million chats, then claims and ends in hundreds."""
    path = folder / "fan-out.db"
    async with open_storage(f"sqlite:///{path}") as storage:
        async with storage.write() as work:
            feed = await work.feeds.add(FeedSettings("https://norvale-post.example/"), at=NOW)
            assert feed is not None
            tags = (Tag(TOPICS[0]),)
            ids = await work.news.add(feed.id, [NewNews(NewsUpdate("Shells fell.", 0), tags)], at=NOW)
        _subscribe(path, SUBSCRIBERS)
        lags: list[float] = []
        async with _lag_measured(lags):
            started = time.perf_counter()
            async with storage.write() as work:
                rows = await work.outbox.enqueue_alerts(ids, at=NOW)
            seconds = time.perf_counter() - started
        show(f"{rows:,} outbox rows, committed", seconds, "s", 2)
        show("  event loop lag p99 meanwhile", p99(lags) * 1000, "ms", 100)
        show("  peak memory of the process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", 300)
        async with storage.write() as work:
            await work.outbox.claim(NOW, most=BATCH)  # the first one compiles the statements
        claims, ends = [], []
        for _ in range(200):
            async with storage.write() as work:
                started = time.perf_counter()
                claimed = (await work.outbox.claim(NOW, most=BATCH)).parcels
                claims.append(time.perf_counter() - started)
            async with storage.write() as work:
                started = time.perf_counter()
                await work.outbox.settle([Settled(each.first.id, Sent(each.first.id), NOW) for each in claimed])
                ends.append(time.perf_counter() - started)
        show("claiming 100 rows p99", p99(claims) * 1000, "ms", 5)
        show("settling 100 rows p99", p99(ends) * 1000, "ms")
    started = time.perf_counter()
    async with open_storage(f"sqlite:///{path}") as storage, storage.write() as work:
        await work.outbox.recover(NOW)
        await work.outbox.claim(NOW, most=1)
    show("start to the first claim, the rest waiting", time.perf_counter() - started, "s", 5)


def _subscribe(path: Path, number: int) -> None:
    """So many chats that follow the first topic, written past the repositories: they are not what is measured."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number})
            INSERT INTO chats SELECT i, 1000 + i, 'private', 'active', 0, 0 FROM n;
            INSERT INTO destinations SELECT id, id, 0, 0, NULL, 0 FROM chats;
            INSERT INTO subscriptions SELECT d.id, t.id, 0, 0 FROM destinations d, topics t;
        """)


@asynccontextmanager
async def _lag_measured(lags: list[float]) -> AsyncIterator[None]:
    async def watch() -> None:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(0.005)
            lags.append(time.perf_counter() - started - 0.005)

    task = asyncio.create_task(watch())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def main() -> None:
    """Print every figure beside its promise."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure_fan_out(Path(folder)))


if __name__ == "__main__":
    main()
