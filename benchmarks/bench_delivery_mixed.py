"""One breaking alert to a thousand chats, while lists and a correction wait for all of them, at the default rate.

The Telegram server runs in a process of its own, as in :mod:`benchmarks.bench_delivery`.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from telegram import Bot

from benchmarks.bench_delivery import Load, served
from bot.chat.gateway import TelegramGateway
from bot.chat.request import AiohttpRequest
from bot.clock import SystemClock
from bot.core.archive import ChatKind, Destination, FeedSettings
from bot.core.message import Message
from bot.core.model import NewsState, NewsUpdate, OutboxKind, Tag, TopicMode
from bot.demo.telegram import RateMode
from bot.packs import load_packs
from bot.services.deliver import Deliver, DeliverySettings, Dialect
from bot.services.ports.sending import Gateway, SendOutcome, Sent
from bot.services.ports.storage import Facts, NewNews, RevisedNews, Settled
from bot.storage import SqlStorage, open_storage

CHATS = 1_000
LISTED = 5
_BREAKING = "Market Hit"


@dataclass
class Timed:
    """Passes on, and keeps when each breaking alert was begun and answered."""

    gateway: Gateway
    begun: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    others: int = 0
    """What else went meanwhile."""
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(
        self, destination: Destination, message: Message, *, silent: bool, reply_to: int | None = None
    ) -> SendOutcome:
        began = time.perf_counter()
        outcome = await self.gateway.send(destination, message, silent=silent, reply_to=reply_to)
        if _BREAKING not in message.text:
            self.others += 1
        elif isinstance(outcome, Sent):
            self.begun.append(began)
            self.answered.append(time.perf_counter())
            if len(self.answered) == CHATS:
                self.done.set()
        return outcome

    async def edit(self, destination: Destination, message_id: int, message: Message) -> SendOutcome:
        self.others += 1
        return await self.gateway.edit(destination, message_id, message)


async def measure() -> tuple[float, float, int]:
    """Seconds until the first alert is begun and the last is answered, and how much else went before that."""
    with served(Load("", CHATS, 27, RateMode.STRICT, 0.05)) as (_, told), tempfile.TemporaryDirectory() as folder:
        async with open_storage(f"sqlite:///{Path(folder) / 'bench.db'}") as storage:
            await _let_wait(storage, told["people"])
            return await _send(storage, told)


async def _let_wait(storage: SqlStorage, people: list[int]) -> None:
    """Lists that are due, and a correction of an alert that everybody has."""
    now = datetime.now(UTC)
    yesterday = now - timedelta(days=2)
    async with storage.write() as work:
        feed = await work.feeds.add(FeedSettings("https://norvale.example/day", title="Norvale Post"), at=now)
        assert feed is not None
        for person in people:
            destination = await work.chats.destination(person, ChatKind.PRIVATE, at=now)
            modes = {"civilian-shelling": TopicMode.LOUD, "refugees": TopicMode.DIGEST}
            await work.subscriptions.set(destination.id, modes, at=now)
        news = NewsUpdate("One was hurt in Tarvin.", 0, heading="Tarvin Hit", published_at=now)
        [known] = await work.news.add(feed.id, [NewNews(news, (Tag("civilian-shelling"),))], at=now)
        await work.outbox.enqueue_alerts([known], at=now)
        while parcels := (await work.outbox.claim(now, most=200)).parcels:
            await work.outbox.settle([Settled(each.first.id, Sent(each.first.id), now) for each in parcels])
        two = NewsUpdate("Two were hurt in Tarvin.", 0, heading="Tarvin Hit", published_at=now)
        revised = RevisedNews(known, two, NewsState.CORRECTED, silent=False, tags=(Tag("civilian-shelling"),))
        await work.news.revise([revised], at=now)
        await work.outbox.enqueue_revisions([known], {OutboxKind.EDIT, OutboxKind.REPLY}, at=now)
        listed = [
            NewNews(NewsUpdate(f"Tents {n}.", n, heading=f"Tents {n}"), (Tag("refugees"),)) for n in range(LISTED)
        ]
        await work.outbox.enqueue_alerts(await work.news.add(feed.id, listed, at=yesterday), at=yesterday)


async def _send(storage: SqlStorage, told: dict[str, Any]) -> tuple[float, float, int]:
    request = AiohttpRequest()
    async with Bot(told["token"], told["base_url"] + "/bot", request=request, get_updates_request=request) as bot:
        gateway = Timed(TelegramGateway(bot))
        english = Dialect.of(load_packs().topics)
        deliver = Deliver(
            storage,
            gateway,
            SystemClock(),
            dialects=lambda _: english,
            why_data=lambda stored: f"w1:{stored.id}",
            jitter=lambda: 0.5,
            settings=DeliverySettings(),
        )
        running = asyncio.create_task(deliver.run())
        await asyncio.sleep(2)
        started = time.perf_counter()
        now = datetime.now(UTC)
        news = NewsUpdate("Shells fell on the market of Tarvin.", 0, heading=_BREAKING, published_at=now)
        async with storage.write() as work:
            facts = Facts(level="breaking")
            ids = await work.news.add(1, [NewNews(news, (Tag("civilian-shelling"),), facts=facts)], at=now)
            await work.outbox.enqueue_alerts(ids, at=now)
        deliver.wake()
        before = gateway.others
        await gateway.done.wait()
        meanwhile = gateway.others - before
        deliver.stop()
        await running
        return min(gateway.begun) - started, max(gateway.answered) - started, meanwhile


def main() -> None:
    """Print the figures; the process fails when a promise is broken."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    first, last, others = asyncio.run(measure())
    print(f"{CHATS:,} chats, {LISTED} listed updates and a correction waiting for each")
    print(f"first breaking alert begun after  {first:6.2f} s   promised < 1")
    print(f"last breaking alert answered after {last:5.1f} s   promised ≤ 40   ({others} other messages meanwhile)")
    sys.exit(0 if first < 1 and last <= 40 else 1)


if __name__ == "__main__":
    main()
