"""What the archive costs: writing it and finding things in it, beside what bare SQLite takes for the same rows.

The corpus is seeded: words of a Zipf distribution, 60 an update, as news has them; 15 % of the updates in Russian
letters and 10 % in Armenian ones, with endings as inflected words have. ``python -m benchmarks.bench_archive 1000000``
measures an archive of that size instead of the usual one.
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

from benchmarks.figures import show
from bot.core.archive import FeedSettings
from bot.core.model import NewsUpdate, Tag
from bot.core.query import parse
from bot.services.ports.storage import NewNews
from bot.storage import SqlStorage, open_storage

UPDATES = 100_000
BATCH = 100
NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
TOPICS = ("civilian-shelling", "frontline", "diplomacy", "refugees", "weapons", "ceasefire", "other")
_LOOKS = 300
_PER_SECOND = 10
"""New updates while things are looked for."""


class Corpus:
    """Seeded updates."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self.words = self._vocabulary("abcdefghijklmnoprstuvyz", ("", "", "s", "ed", "ing"))
        self._scripts = (
            (0.75, self.words),
            (0.90, self._vocabulary("абвгдежзиклмнопрстуя", ("", "а", "ы", "ами", "ов"))),
            (1.00, self._vocabulary("աբգդեզլխծկհմնչպջռստրցփքօ", ("", "ը", "ում", "ներ", "ի"))),
        )
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def update(self, number: int) -> NewNews:
        """The update of that number, every ten minutes one, 500 to a page."""
        drawn = self._random.random()
        spoken = next(words for share, words in self._scripts if drawn <= share)
        words = self._random.choices(spoken, cum_weights=self._weights, k=60)
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

    def asked(self, words: int = 1) -> str:
        """So many words as people look for them: common ones more often."""
        return " ".join(self._random.choices(self.words, cum_weights=self._weights, k=words))

    def _vocabulary(self, letters: str, endings: Sequence[str]) -> list[str]:
        stems = ["".join(self._random.choices(letters, k=self._random.randint(3, 10))) for _ in range(50_000)]
        return [stem + self._random.choice(endings) for stem in stems]


async def measure_archive(folder: Path, updates: int) -> None:
    """Writing a large archive, then finding things in it while it grows."""
    path, corpus = folder / "archive.db", Corpus()
    async with open_storage(f"sqlite:///{path}") as storage:
        feed_id, seconds = await _write(storage, corpus, updates)
        show(f"{updates:,} updates archived and indexed in hundreds", updates / seconds, "/s of CPU", 2_000, most=False)
        show("  bare SQLite, the same rows and words", _bare(folder / "bare.db", Corpus()), "/s of CPU")
        show("one live update", await _live(storage, feed_id, corpus), "ms CPU", 3)
        looks: dict[str, tuple[Callable[[int], str], float, float]] = {
            "search, words as people ask": (lambda _: corpus.asked(), 2, 15),
            "search, one of the five commonest": (lambda turn: corpus.words[turn % 5], 2, 15),
            "search, a rare word": (lambda turn: corpus.words[20_000 + turn], 2, 15),
            "search, three words": (lambda _: corpus.asked(3), 2, 15),
            "search, a phrase": (lambda turn: f'"{corpus.words[turn % 7]} {corpus.words[turn % 5]}"', 2, 15),
            "search, a word and a day": (lambda turn: f"{corpus.asked()} {_day(turn * 5)}", 2, 15),
            "search, eight beginnings": (
                lambda turn: " ".join(word[:3] for word in corpus.words[turn : turn + 8]), 2, 15
            ),
        }  # fmt: skip
        async with _growing(storage, feed_id, corpus):
            for name, (typed, p50, p99) in looks.items():
                await _looked_up(name, _search(storage, typed), p50, p99)
            await _looked_up("latest", _latest(storage), 5, 5)
            await _looked_up("latest, one topic", _latest(storage, topics=True), 5, 5)
            await _looked_up("what is known of a page of 500", _known(storage, feed_id), 20, 40)
    show("an update on disk", path.stat().st_size / updates, "bytes", 1_200)
    show("peak memory of the process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", 250)
    started = time.perf_counter()
    async with open_storage(f"sqlite:///{path}") as storage, storage.read() as work:
        await work.news.latest()
    show("start to the first answer", time.perf_counter() - started, "s", 2)


def _search(storage: SqlStorage, typed: Callable[[int], str]) -> Callable[[int], Awaitable[object]]:
    async def look(turn: int) -> object:
        async with storage.read() as work:
            return await work.news.search(parse(typed(turn), today=NOW.date() + timedelta(days=10_000)))

    return look


def _latest(storage: SqlStorage, *, topics: bool = False) -> Callable[[int], Awaitable[object]]:
    async def look(turn: int) -> object:
        async with storage.read() as work:
            return await work.news.latest(topics=[TOPICS[turn % 7]] if topics else ())

    return look


def _known(storage: SqlStorage, feed_id: int) -> Callable[[int], Awaitable[object]]:
    async def look(_turn: int) -> object:
        async with storage.read() as work:
            return await work.news.known(feed_id, ["https://norvale-post.example/day-3"])

    return look


def _day(number: int) -> str:
    return (NOW + timedelta(days=number)).date().isoformat()


async def _write(storage: SqlStorage, corpus: Corpus, updates: int) -> tuple[int, float]:
    async with storage.write() as work:
        feed = await work.feeds.add(FeedSettings("https://norvale-post.example/"), at=NOW)
        assert feed is not None
    spent = 0.0
    for first in range(0, updates, BATCH):
        batch = [corpus.update(number) for number in range(first, first + BATCH)]
        started = time.process_time()
        async with storage.write() as work:
            await work.news.add(feed.id, batch, at=NOW)
        spent += time.process_time() - started
    return feed.id, spent


def _bare(path: Path, corpus: Corpus, updates: int = 20_000) -> float:
    """What the machine allows: the text in a row and its words in an index, in hundreds, nothing else."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE news (text TEXT);")
        connection.execute("CREATE VIRTUAL TABLE parts USING fts5(words, content='', columnsize=0, tokenize='ascii')")
        spent = 0.0
        for first in range(0, updates, BATCH):
            batch = [(number + 1, corpus.update(number).news.whole) for number in range(first, first + BATCH)]
            started = time.process_time()
            connection.executemany("INSERT INTO news (rowid, text) VALUES (?, ?)", batch)
            connection.executemany("INSERT INTO parts (rowid, words) VALUES (?, ?)", batch)
            connection.commit()
            spent += time.process_time() - started
    return updates / spent


async def _live(storage: SqlStorage, feed_id: int, corpus: Corpus) -> float:
    costs = []
    for number in range(20):
        update = corpus.update(number)
        started = time.process_time()
        async with storage.write() as work:
            await work.news.add(feed_id, [update], at=NOW)
        costs.append(time.process_time() - started)
    return sorted(costs)[10] * 1000


@asynccontextmanager
async def _growing(storage: SqlStorage, feed_id: int, corpus: Corpus) -> AsyncIterator[None]:
    """Ten updates a second come in meanwhile."""

    async def grow() -> None:
        while True:
            async with storage.write() as work:
                await work.news.add(feed_id, [corpus.update(1)], at=NOW)
            await asyncio.sleep(1 / _PER_SECOND)

    task = asyncio.create_task(grow())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _looked_up(name: str, look: Callable[[int], Awaitable[object]], p50: float, p99: float) -> None:
    times = []
    for turn in range(_LOOKS):
        started = time.perf_counter()
        await look(turn)
        times.append((time.perf_counter() - started) * 1000)
    half, most = sorted(times)[_LOOKS // 2], sorted(times)[int(_LOOKS * 0.99)]
    print(f"{name:<52} p50 {half:>7.1f} ms (≤ {p50:g})   p99 {most:>7.1f} ms (≤ {p99:g})")


def main(updates: int = UPDATES) -> None:
    """Print every figure beside its promise."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure_archive(Path(folder), updates))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
