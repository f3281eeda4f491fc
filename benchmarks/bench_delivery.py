"""How fast the outbox is sent: at the default rate against a strict server, and with every limit lifted.

The Telegram server runs in a process of its own, so that the CPU time is the sender's alone, storage included.
"""

from __future__ import annotations

import asyncio
import json
import logging
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import structlog
from telegram import Bot

from bot.chat.gateway import TelegramGateway
from bot.chat.request import AiohttpRequest
from bot.clock import SystemClock
from bot.core.archive import ChatKind, Destination, FeedSettings
from bot.core.message import Message
from bot.core.model import NewsUpdate, Tag, TopicMode
from bot.demo.telegram import RateMode, Rates, TelegramServer
from bot.packs import load_packs
from bot.services.deliver import Deliver, DeliverySettings, Dialect
from bot.services.ports.sending import Gateway, SendOutcome, Sent
from bot.services.ports.storage import NewNews
from bot.storage import SqlStorage, open_storage

_TOPIC = "civilian-shelling"
_TEXT = "Shells fell on the market of Tarvin at dawn, and the service asks everybody to stay in the cellars. " * 6


@dataclass(frozen=True, slots=True)
class Load:
    """One broadcast: as many chats, each gets one alert."""

    name: str
    chats: int
    rate: float
    mode: RateMode
    jitter: float
    """The longest time, in seconds, that the server takes for an answer."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What it took."""

    seconds: float
    cpu: float
    refused: int


LIFTED = Load("limits lifted", chats=3_000, rate=1_000, mode=RateMode.OFF, jitter=0.0)
STRICT = Load("strict server, 50 ms jitter", chats=600, rate=27, mode=RateMode.STRICT, jitter=0.05)


async def measure(load: Load) -> Figures:
    """Send one alert to every chat of a fresh database."""
    with served(load) as (server, told), tempfile.TemporaryDirectory() as folder:
        async with open_storage(f"sqlite:///{Path(folder) / 'bench.db'}") as storage:
            await _fill(storage, told["people"])
            seconds, cpu = await _send(storage, told, load)
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write("\n")
        server.stdin.flush()
        return Figures(seconds, cpu, int(server.stdout.readline()))


async def _fill(storage: SqlStorage, people: list[int]) -> None:
    now = datetime.now(UTC)
    async with storage.write() as work:
        feed = await work.feeds.add(FeedSettings("https://norvale.example/day", title="Norvale Post"), at=now)
        assert feed is not None
        for person in people:
            destination = await work.chats.destination(person, ChatKind.PRIVATE, at=now)
            await work.subscriptions.set(destination.id, {_TOPIC: TopicMode.LOUD}, at=now)
        news = NewsUpdate(_TEXT, 0, heading="Market Hit", published_at=now, url="https://norvale.example/day#1")
        ids = await work.news.add(feed.id, [NewNews(news, (Tag(_TOPIC),), ("State Service",))], at=now)
        await work.outbox.enqueue_alerts(ids, at=now)


async def _send(storage: SqlStorage, told: dict[str, Any], load: Load) -> tuple[float, float]:
    request = AiohttpRequest()
    async with Bot(told["token"], told["base_url"] + "/bot", request=request, get_updates_request=request) as bot:
        gateway = _Counting(TelegramGateway(bot), load.chats)
        english = Dialect.of(load_packs().topics)
        deliver = Deliver(
            storage,
            gateway,
            SystemClock(),
            dialects=lambda _: english,
            why_data=lambda stored: f"w1:{stored.id}",
            jitter=lambda: 0.5,
            settings=DeliverySettings(rate=load.rate),
        )
        began, used = time.perf_counter(), _cpu()
        running = asyncio.create_task(deliver.run())
        await gateway.done.wait()
        deliver.stop()
        await running
        return time.perf_counter() - began, _cpu() - used


class _Counting:
    """Passes on, and tells when everything was sent."""

    def __init__(self, gateway: Gateway, wanted: int) -> None:
        self._gateway = gateway
        self._wanted = wanted
        self.done = asyncio.Event()

    async def send(
        self, destination: Destination, message: Message, *, silent: bool, reply_to: int | None = None
    ) -> SendOutcome:
        outcome = await self._gateway.send(destination, message, silent=silent, reply_to=reply_to)
        self._wanted -= isinstance(outcome, Sent)
        if not self._wanted:
            self.done.set()
        return outcome

    async def edit(self, destination: Destination, message_id: int, message: Message) -> SendOutcome:
        return await self._gateway.edit(destination, message_id, message)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@contextmanager
def served(load: Load) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """The server's process, and what it told: where it is, and its people."""
    command = [sys.executable, "-m", "benchmarks.bench_delivery", load.mode.value, str(load.chats), str(load.jitter)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


async def _serve(mode: str, chats: int, jitter: float) -> None:
    """The server's process: tells where it is, and at a line from its parent how many calls it refused."""
    random = Random(7)
    async with TelegramServer(rates=Rates(RateMode(mode)), latency=lambda: random.uniform(0, jitter)) as server:
        people = [server.person(f"Person {number}") for number in range(chats)]
        for person in people:
            await person.send("/start")
        told = {"base_url": server.base_url, "token": server.token, "people": [person.id for person in people]}
        print(json.dumps(told), flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        print(sum(not call.ok for call in server.journal.of("sendMessage")), flush=True)


def main() -> None:
    """Print the figures; the process fails when a promise is broken."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    strict, lifted = asyncio.run(measure(STRICT)), asyncio.run(measure(LIFTED))
    paced, ceiling = STRICT.chats / strict.seconds, LIFTED.chats / lifted.seconds
    cpu = 1000 * lifted.cpu / LIFTED.chats
    print(f"{STRICT.name}: {paced:.1f} messages/s, {strict.refused} refused (promise: at least 26/s, none)")
    print(f"{LIFTED.name}: {ceiling:.0f} messages/s, {cpu:.2f} ms CPU each (promise: at least 500/s, under 1.5 ms)")
    sys.exit(0 if paced >= 26 and not strict.refused and ceiling >= 500 and cpu < 1.5 else 1)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_serve(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
    else:
        main()
