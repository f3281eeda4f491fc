"""Five hundred updates within five minutes, for a thousand chats: how many messages that costs, and when it is over.

In real time: six minutes. ``python -m benchmarks.bench_delivery_flood 4`` runs four times as fast, on a machine that
keeps up with four times the load.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bot.core.archive import ChatKind, Destination, FeedSettings
from bot.core.message import Message
from bot.core.model import NewsUpdate, Tag, TopicMode
from bot.packs import load_packs
from bot.services.deliver import Deliver, DeliverySettings, Dialect
from bot.services.ports.sending import SendOutcome, Sent
from bot.services.ports.storage import NewNews
from bot.storage import SqlStorage, open_storage

CHATS, UPDATES, A_READ = 1_000, 500, 10
PERIOD = timedelta(minutes=5)
START = datetime(2031, 5, 4, 12, tzinfo=UTC)
_NUMBER = re.compile(r"Town (\d+)\b")


class FastClock:
    """A clock that runs ``speed`` times as fast as the real one."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._start = time.monotonic()

    def monotonic(self) -> float:
        return (time.monotonic() - self._start) * self._speed

    def now(self) -> datetime:
        return START + timedelta(seconds=self.monotonic())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds) / self._speed)


@dataclass
class Readers:
    """Takes every message, and keeps which updates it brought to whom."""

    clock: FastClock
    messages: Counter[int] = field(default_factory=Counter)
    told: Counter[tuple[int, str]] = field(default_factory=Counter)
    last: float = 0.0

    async def send(
        self, destination: Destination, message: Message, *, silent: bool, reply_to: int | None = None
    ) -> SendOutcome:
        del silent, reply_to
        await self.clock.sleep(0.05)
        self.messages[destination.chat_id] += 1
        self.told.update((destination.chat_id, number) for number in set(_NUMBER.findall(message.text)))
        self.last = self.clock.monotonic()
        return Sent(self.messages.total())

    async def edit(self, destination: Destination, message_id: int, message: Message) -> SendOutcome:
        raise AssertionError("nothing is corrected here")


async def measure(speed: float) -> Readers:
    """Let it all arrive."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_storage(f"sqlite:///{Path(folder) / 'bench.db'}") as storage:
            feed_id = await _subscribe(storage)
            clock = FastClock(speed)
            readers = Readers(clock)
            english = Dialect.of(load_packs().topics)
            deliver = Deliver(
                storage,
                readers,
                clock,
                dialects=lambda _: english,
                why_data=lambda stored: f"w1:{stored.id}",
                jitter=lambda: 0.5,
                settings=DeliverySettings(),
            )
            running = asyncio.create_task(deliver.run())
            for first in range(0, UPDATES, A_READ):
                await clock.sleep(PERIOD.total_seconds() / UPDATES * first - clock.monotonic())
                await _read(storage, feed_id, range(first, first + A_READ), clock.now())
                deliver.wake()
            while len(readers.told) < CHATS * UPDATES and clock.monotonic() < 3 * PERIOD.total_seconds():
                await clock.sleep(1)
            deliver.stop()
            await running
            return readers


async def _subscribe(storage: SqlStorage) -> int:
    async with storage.write() as work:
        feed = await work.feeds.add(FeedSettings("https://norvale.example/day", title="Norvale Post"), at=START)
        assert feed is not None
        for chat_id in range(1, CHATS + 1):
            destination = await work.chats.destination(chat_id, ChatKind.PRIVATE, at=START)
            await work.subscriptions.set(destination.id, {"frontline": TopicMode.LOUD}, at=START)
        return feed.id


async def _read(storage: SqlStorage, feed_id: int, numbers: range, now: datetime) -> None:
    found = [
        NewNews(NewsUpdate(f"Shells near Town {n}.", n, heading=f"Town {n} Hit", published_at=now), (Tag("frontline"),))
        for n in numbers
    ]
    async with storage.write() as work:
        await work.outbox.enqueue_alerts(await work.news.add(feed_id, found, at=now), at=now)


def main(speed: float = 1.0) -> None:
    """Print the figures; the process fails when a promise is broken."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    readers = asyncio.run(measure(speed))
    most, minutes = max(readers.messages.values()), readers.last / 60
    once = len(readers.told) == CHATS * UPDATES and set(readers.told.values()) == {1}
    print(f"{UPDATES} updates in {PERIOD} to {CHATS:,} chats: at most {most} messages a chat   promised ≤ 8")
    print(f"the last one after {minutes:.1f} min   promised ≤ 6")
    print(f"each update in exactly one message of each chat: {once}   promised")
    sys.exit(0 if most <= 8 and minutes <= 6 and once else 1)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
