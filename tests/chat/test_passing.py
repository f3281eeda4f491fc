"""What the bot says besides alerts is known to delivery, and waits for nobody."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.chat.application import ChatApplication
from bot.chat.callbacks import ShowTopics, encode
from bot.chat.gateway import TelegramGateway
from bot.chat.request import AiohttpRequest
from bot.core.archive import ChatKind, Destination
from bot.core.message import Message
from bot.core.pacing import Pace
from bot.services.inbox import Inbox
from tests.chat.conftest import Deployment


@dataclass
class Seen:
    """What delivery is told: how many messages, and which ids."""

    messages: int = 0
    ids: list[tuple[int, int]] = field(default_factory=list)

    def message(self) -> None:
        """One more message."""
        self.messages += 1

    def saw(self, chat_id: int, message_id: int) -> None:
        """An id."""
        self.ids.append((chat_id, message_id))


async def test_replies_are_told_to_delivery_and_what_ends_a_tap_is_not(stopped: Deployment) -> None:
    """One message each; the toast and the edit under a tap are none, and an alert has had its turn before."""
    seen, server = Seen(), stopped.server
    chat = ChatApplication(
        stopped.services,
        Inbox(stopped.storage, stopped.clock),
        stopped.clock,
        token=server.token,
        base_url=server.base_url,
        request=AiohttpRequest(),
        polling_request=AiohttpRequest(connections=1),
        on_message=seen.message,
        sightings=seen,
    )
    await chat.start()
    ani = server.person("Ani")
    try:
        welcome = await ani.ask("/start")
        await ani.call_back(welcome, encode(ShowTopics(1)))
        help_ = await ani.ask("/help")
        destination = Destination(1, ani.id, ChatKind.PRIVATE)
        await TelegramGateway(chat.bot).send(destination, Message("Shells hit Tarvin."), silent=False)
    finally:
        await chat.stop()
    assert seen.messages == 2
    asked = [message.id for message in ani.chat.raw.messages.values() if not message.from_bot]
    assert sorted(seen.ids) == [(ani.id, id_) for id_ in sorted([*asked, welcome.id, help_.id])]


def test_an_alert_is_spaced_from_a_reply() -> None:
    """A reply starts at once and takes the place of the next alert."""
    pace, _ = Pace.of(10.0).take(100.0)
    replied, _ = pace.take(100.0)
    assert replied.take(100.0)[1] > pace.take(100.0)[1]
