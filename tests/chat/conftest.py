"""The whole chat against a Telegram server on loopback and a real database; only sources are invented here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.application import ChatApplication
from bot.chat.callbacks import alert_code, mute_code
from bot.chat.calls import Services
from bot.chat.gateway import TelegramGateway
from bot.chat.request import AiohttpRequest
from bot.core.archive import AuditEntry, ChatKind, Destination
from bot.core.polling import Pace
from bot.core.render.alert import render_alert
from bot.core.render.parts import Frame
from bot.demo.telegram import ChatMessage, Group, Person, TelegramServer
from bot.services.admins import Admins
from bot.services.browse import Browse
from bot.services.feed_care import FeedCare
from bot.services.feed_trials import FeedTrials
from bot.services.feeds import FeedsService
from bot.services.habits import HabitsService
from bot.services.inbox import AppliedOnce, Inbox
from bot.services.ingest import Ingest
from bot.services.ports.storage import NewNews, ReadState
from bot.services.subscriptions import Subscriptions
from bot.storage import open_storage
from tests.builders import a_feed
from tests.fakes import InventedWeb, PlainTagger, SetClock

OWNER_ID = 41_000


@dataclass
class Deployment:
    """A running bot as its people meet it, and its insides where a test must prepare them."""

    server: TelegramServer
    storage: AppliedOnce
    clock: SetClock
    web: InventedWeb
    tagger: PlainTagger
    services: Services
    owner: Person
    chat: ChatApplication | None = None
    """The bot, while it runs."""

    async def alert(self, news_id: int, person: Person) -> ChatMessage:
        """Send an update to a person as delivery would."""
        assert self.chat is not None
        stored = await self.services.browse.open(news_id)
        assert stored is not None
        frame = Frame(
            {topic.slug: topic.label for topic in self.tagger.topics},
            why_data=alert_code(news_id),
            mute_data=mute_code(news_id),
        )
        destination = Destination(1, person.id, ChatKind.PRIVATE)
        await TelegramGateway(self.chat.bot).send(destination, render_alert(stored, frame), silent=False)
        return person.chat.last

    async def add_feed(self, title: str = "Norvale Post", *, url: str = "https://norvale.example/day") -> int:
        """A feed that was read well four minutes ago."""
        async with self.storage.write() as work:
            feed = await work.feeds.add(a_feed(url, title=title), at=self.clock.now())
            assert feed is not None
            read_at = self.clock.now() - timedelta(minutes=4)
            state = ReadState(at=read_at, next_poll_at=self.clock.now() + timedelta(minutes=1), ok=True, baseline=True)
            await work.feeds.record_read(feed.id, state)
            return feed.id

    async def archive(self, feed_id: int, news: Sequence[NewNews]) -> Sequence[int]:
        """Put updates into the archive."""
        async with self.storage.write() as work:
            return await work.news.add(feed_id, news, at=self.clock.now())

    async def audit(self) -> Sequence[AuditEntry]:
        """The audit, newest first."""
        async with self.storage.read() as work:
            return await work.audit.latest()

    async def group(self, *, owner: Person, forum: bool = False) -> Group:
        """A supergroup that the bot was just let into."""
        group = self.server.group("Karst neighbours", owner=owner, forum=forum)
        await group.add_bot()
        await group.wait_for("Admins of this group")
        return group


@asynccontextmanager
async def running(deployment: Deployment, *, token: str | None = None) -> AsyncIterator[ChatApplication]:
    """The bot, from start to stop."""
    chat = ChatApplication(
        deployment.services,
        Inbox(deployment.storage, deployment.clock),
        deployment.clock,
        token=token or deployment.server.token,
        base_url=deployment.server.base_url,
        request=AiohttpRequest(),
        polling_request=AiohttpRequest(connections=1),
    )
    await chat.start()
    deployment.chat = chat
    try:
        yield chat
    finally:
        await chat.stop()


@pytest.fixture
async def stopped(tmp_path: Path) -> AsyncIterator[Deployment]:
    """A deployment whose bot is not running yet."""
    clock, web, tagger = SetClock(), InventedWeb(), PlainTagger()
    async with TelegramServer() as server, open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        storage = AppliedOnce(opened)
        ingest = Ingest(storage, web, web, tagger, clock, pace=Pace(), jitter=lambda: 0.0, on_enqueued=lambda: None)
        services = Services(
            subscriptions=Subscriptions(storage, tagger, clock),
            browse=Browse(storage, clock, tagger),
            feeds=FeedsService(storage, web, web, tagger, clock),
            care=FeedCare(storage, clock),
            trials=FeedTrials(storage, clock, ingest.dry_run),
            admins=Admins(storage, clock, owner_ids=[OWNER_ID]),
            habits=HabitsService(storage, clock, zone="Asia/Yerevan"),
            topics_in=tagger.topics_in,
            places_in=tagger.places_in,
        )
        owner = server.person("Oda", user_id=OWNER_ID)
        yield Deployment(server, storage, clock, web, tagger, services, owner)


@pytest.fixture
async def sitrep(stopped: Deployment) -> AsyncIterator[Deployment]:
    """A deployment whose bot is running."""
    async with running(stopped):
        yield stopped


@pytest.fixture
def ani(sitrep: Deployment) -> Person:
    """Somebody who has never written to the bot."""
    return sitrep.server.person("Ani")


async def fetched(server: TelegramServer) -> None:
    """Wait until the bot holds every update so far: stopping it then works them all off."""
    waiting = server.telegram.updates._waiting
    if not waiting:
        return
    last = int(waiting[-1]["update_id"])

    def confirmed() -> bool | None:
        offsets = (call.parameters.get("offset") for call in server.journal.of("getUpdates"))
        return any(isinstance(offset, int) and offset > last for offset in offsets) or None

    await server.until(confirmed)


def labels(message: ChatMessage) -> list[str]:
    """The labels of all buttons, top to bottom."""
    return [button.label for row in message.keyboard for button in row]
