"""What the database costs: fan-out and claims with a million subscribers, writes and look-ups over a large archive.

The corpus is seeded: words of a Zipf distribution, 60 an update, as news has them. ``python -m
benchmarks.bench_storage 1000000`` measures an archive of that size instead of the usual one.
"""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from bot.core.archive import FeedSettings
from bot.core.model import NewsUpdate, Tag
from bot.services.ports.sending import Sent
from bot.services.ports.storage import NewNews, Settled
from bot.storage import SqlStorage, open_storage

SUBSCRIBERS = 1_000_000
UPDATES = 100_000
BATCH = 100
NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
TOPICS = ("civilian-shelling", "frontline", "diplomacy", "refugees", "weapons", "ceasefire", "other")
"""Followed is the first one."""


class Corpus:
    """Seeded updates."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        letters = "abcdefghijklmnoprstuvyz"
        self.words = ["".join(self._random.choices(letters, k=self._random.randint(3, 10))) for _ in range(50_000)]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def update(self, number: int) -> NewNews:
        """The update of that number, every ten minutes one, 500 to a page."""
        words = self._random.choices(self.words, cum_weights=self._weights, k=60)
        page = f"https://norvale-post.example/day-{number // 500}"
        news = NewsUpdate(
            text=" ".join(words[6:]),
            position=number % 500,
            page_key=page,
            heading=" ".join(words[:6]),
            published_at=NOW + timedelta(minutes=10 * number),
            url=f"{page}#{number}",
        )
        return NewNews(news, (Tag(self._random.choice(TOPICS)),))


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
        _line(f"{rows:,} outbox rows, committed", seconds, "s", 2)
        _line("  event loop lag p99 meanwhile", _p99(lags) * 1000, "ms", 100)
        _line("  peak memory of the process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", 300)
        claims, ends = [], []
        for _ in range(200):
            async with storage.write() as work:
                started = time.perf_counter()
                claimed = await work.outbox.claim(NOW, limit=BATCH)
                claims.append(time.perf_counter() - started)
            async with storage.write() as work:
                started = time.perf_counter()
                await work.outbox.settle([Settled(each.id, Sent(each.id), NOW) for each in claimed])
                ends.append(time.perf_counter() - started)
        _line("claiming 100 rows p99", _p99(claims) * 1000, "ms", 5)
        _line("settling 100 rows p99", _p99(ends) * 1000, "ms")
    started = time.perf_counter()
    async with open_storage(f"sqlite:///{path}") as storage, storage.write() as work:
        await work.outbox.recover(NOW)
        await work.outbox.claim(NOW, limit=1)
    _line("start to the first claim, the rest waiting", time.perf_counter() - started, "s", 5)


async def measure_archive(folder: Path, updates: int) -> None:
    """Writing a large archive, then finding things in it."""
    path, corpus = folder / "archive.db", Corpus()
    async with open_storage(f"sqlite:///{path}") as storage:
        feed_id, seconds = await _write(storage, corpus, updates)
        _line(f"{updates:,} updates archived and indexed in hundreds", updates / seconds, "/s", 2_000, most=False)
        _line("one live update", await _live(storage, feed_id, corpus), "ms CPU", 3)
        async with storage.read() as work:
            words = corpus.words
            looks: dict[str, Callable[[int], Awaitable[object]]] = {
                "search, a common word": lambda turn: work.news.search(words[turn % 5]),
                "search, a rare word": lambda turn: work.news.search(words[20_000 + turn]),
                "search, three common words": lambda turn: work.news.search(" ".join(words[turn : turn + 3])),
                "search, eight beginnings": lambda turn: work.news.search(
                    " ".join(w[:3] for w in words[turn : turn + 8])
                ),
                "latest": lambda _: work.news.latest(),
                "latest, one topic": lambda turn: work.news.latest(topics=[TOPICS[turn % 7]]),
                "what is known of a page of 500": lambda _: work.news.known(
                    feed_id, ["https://norvale-post.example/day-3"]
                ),
            }
            for name, look in looks.items():
                await _looked_up(name, look)
    _line("an update on disk", path.stat().st_size / updates, "bytes", 1_200)


async def _write(storage: SqlStorage, corpus: Corpus, updates: int) -> tuple[int, float]:
    async with storage.write() as work:
        feed = await work.feeds.add(FeedSettings("https://norvale-post.example/"), at=NOW)
        assert feed is not None
    spent = 0.0
    for first in range(0, updates, BATCH):
        batch = [corpus.update(number) for number in range(first, first + BATCH)]
        started = time.perf_counter()
        async with storage.write() as work:
            await work.news.add(feed.id, batch, at=NOW)
        spent += time.perf_counter() - started
    return feed.id, spent


async def _live(storage: SqlStorage, feed_id: int, corpus: Corpus) -> float:
    costs = []
    for number in range(20):
        update = corpus.update(number)
        started = time.process_time()
        async with storage.write() as work:
            await work.news.add(feed_id, [update], at=NOW)
        costs.append(time.process_time() - started)
    return sorted(costs)[10] * 1000


async def _looked_up(name: str, look: Callable[[int], Awaitable[object]]) -> None:
    times = []
    for turn in range(30):
        started = time.perf_counter()
        await look(turn)
        times.append(time.perf_counter() - started)
    print(f"{name:<52} p50 {sorted(times)[15] * 1000:>7.1f} ms   p99 {_p99(times) * 1000:>7.1f} ms")


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


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _line(name: str, figure: float, unit: str, promise: float | None = None, *, most: bool = True) -> None:
    kept = "" if promise is None else f"   promised {'≤' if most else '≥'} {promise:,}"
    print(f"{name:<52} {figure:>11,.1f} {unit}{kept}")


def main(updates: int = UPDATES) -> None:
    """Print every figure beside its promise."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure_fan_out(Path(folder)))
        asyncio.run(measure_archive(Path(folder), updates))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
