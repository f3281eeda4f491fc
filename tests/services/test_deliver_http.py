"""Delivery over real HTTP: at the pace that a strict server takes, and through a network that breaks."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Bot

from bot.chat.gateway import TelegramGateway
from bot.chat.request import AiohttpRequest
from bot.clock import SystemClock
from bot.core.archive import ChatKind
from bot.core.model import NewsUpdate, Tag
from bot.demo.telegram import Break, Drop, Fault, Person, RateMode, Rates, Refuse, TelegramServer
from bot.services.deliver import Deliver, DeliverySettings, Dialect
from bot.services.ports.storage import NewNews
from bot.storage import open_storage
from tests.builders import archive, subscribe
from tests.fakes import PlainTagger
from tests.services.delivery_rig import WatchedStorage, finished


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[WatchedStorage]:
    """An open, empty database."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        yield WatchedStorage(opened)


@asynccontextmanager
async def delivering(server: TelegramServer, storage: WatchedStorage, *, rate: float) -> AsyncIterator[Deliver]:
    """Delivery through the client that the bot really uses, drained at the end."""
    request = AiohttpRequest(read_timeout=5)
    async with Bot(
        server.token, f"{server.base_url}/bot", request=request, get_updates_request=AiohttpRequest()
    ) as bot:
        deliver = Deliver(
            storage,
            TelegramGateway(bot),
            SystemClock(),
            dialects=lambda _: Dialect.of(PlainTagger().topics),
            why_data=lambda stored: f"w1:{stored.id}",
            jitter=lambda: 0.5,
            settings=DeliverySettings(rate=rate, settle=timedelta(seconds=0.2)),
        )
        running = asyncio.create_task(deliver.run())
        try:
            yield deliver
        finally:
            deliver.stop()
            await running


async def people_in(server: TelegramServer, storage: WatchedStorage, count: int) -> list[Person]:
    """So many persons who follow shelling."""
    people = [server.person(f"Reader {number}") for number in range(count)]
    for person in people:
        await person.send("/start")
        await subscribe(storage, person.id)
    return people


async def publish(storage: WatchedStorage, *headings: str) -> None:
    """Archive fresh updates and write their alerts."""
    now = datetime.now(UTC)
    found = [NewsUpdate(f"Shells fell near {h}.", n, heading=h, published_at=now) for n, h in enumerate(headings)]
    ids = await archive(storage, *(NewNews(news, (Tag("civilian-shelling"),)) for news in found), at=now)
    async with storage.write() as work:
        await work.outbox.enqueue_alerts(ids, at=now)


async def test_a_strict_server_refuses_nothing(storage: WatchedStorage) -> None:
    """At the default rate, over a jittery network, a server that punishes every violation sees none."""
    chance = random.Random(11)
    async with TelegramServer(rates=Rates(RateMode.STRICT), latency=lambda: chance.uniform(0, 0.05)) as server:
        people = await people_in(server, storage, 70)
        group = server.group("Front", owner=people[0])
        await group.add_bot()
        await subscribe(storage, group.id, kind=ChatKind.GROUP)
        await publish(storage, "Arden", "Borsk")
        async with delivering(server, storage, rate=DeliverySettings().rate):
            await storage.until(finished, within=60)
        calls = server.journal.of("sendMessage")
    assert [call.answer for call in calls if not call.ok] == []
    assert len(calls) == 142


def often(chance: random.Random) -> Fault | None:
    """One call in ten meets a fault, of every kind."""
    faults: list[Fault] = [Drop(), Drop(applied=True), Break(500, applied=True), Refuse.too_many(1), Break(502)]
    draw = chance.random()
    return faults[int(draw * 50)] if draw < 0.1 else None


def seldom(chance: random.Random) -> Fault | None:
    """3 % of calls break before they are carried out, 3 % after it, and 1 % are answered with 500 after it."""
    draw = chance.random()
    if draw < 0.03:
        return Drop()
    if draw < 0.06:
        return Drop(applied=True)
    return Break(500, applied=True) if draw < 0.07 else None


@pytest.mark.parametrize(
    ("fault", "count"),
    [
        pytest.param(often, 60, id="180 sends"),
        pytest.param(seldom, 1_000, id="3000 sends", marks=[pytest.mark.soak, pytest.mark.timeout(600)]),
    ],
)
async def test_a_bad_network_loses_nothing_and_copies_only_what_is_in_doubt(
    storage: WatchedStorage, fault: Callable[[random.Random], Fault | None], count: int
) -> None:
    """Connections that break before and after, 5xx after, 429s: each alert arrives, and every copy is marked."""
    chance = random.Random(12)
    async with TelegramServer() as server:
        people = await people_in(server, storage, count)
        await publish(storage, "Arden", "Borsk", "Celt")
        server.disturb(lambda _method, _chat: fault(chance))
        async with delivering(server, storage, rate=400):
            await storage.until(finished, within=60 + count / 5)
        sends = server.journal.of("sendMessage")
        doubts = Counter(call.chat_id for call in sends if isinstance(call.fault, Drop | Break))
    assert doubts.total() > 5
    for person in people:
        titles = [message.text.splitlines()[0] for message in person.chat.from_bot]
        plain = [title for title in titles if not title.startswith("(repeat) ")]
        assert list(dict.fromkeys(title.removeprefix("(repeat) ") for title in titles)) == [
            f"Shelling: {name}" for name in ("Arden", "Borsk", "Celt")
        ]
        assert len(plain) == len(set(plain))
        assert len(titles) - 3 <= doubts[person.id]
