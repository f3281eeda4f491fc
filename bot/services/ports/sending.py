"""The port of Telegram for alerts, edits and replies, and what an answer proves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.core.archive import Destination
from bot.core.message import Message


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram answered: it is in the chat."""

    message_id: int


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """429: not sent; wait at least ``delay``."""

    delay: timedelta


@dataclass(frozen=True, slots=True)
class Unsent:
    """Certainly not sent (nothing was written to Telegram): try again later."""

    reason: str


@dataclass(frozen=True, slots=True)
class InDoubt:
    """It may or may not have been sent: a read time-out, a lost connection, a 5xx."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatGone:
    """Blocked, kicked, deleted: this chat takes nothing more."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatMigrated:
    """The group became a supergroup: not sent, send to ``chat_id`` instead."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class TopicClosed:
    """The thread is closed or deleted; the chat itself is fine."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Telegram refuses this very message for good: our own fault, never the chat's."""

    reason: str


@dataclass(frozen=True, slots=True)
class Uneditable:
    """The message can't be edited any more: deleted, or too old. The chat takes new ones."""

    reason: str


SendOutcome = Sent | RetryAfter | Unsent | InDoubt | ChatGone | ChatMigrated | TopicClosed | Rejected | Uneditable


class Sightings(Protocol):
    """Keeps which message ids have been seen: they bound what a send in doubt may have become.

    Private chats and basic groups of a bot share one rising sequence of ids, each supergroup and channel has its own.
    """

    def saw(self, chat_id: int, message_id: int) -> None:
        """A message of that chat has this id, whoever sent it."""
        ...


class Gateway(Protocol):
    """The only way out to Telegram for alerts, edits and replies."""

    async def send(
        self, destination: Destination, message: Message, *, silent: bool, reply_to: int | None = None
    ) -> SendOutcome:
        """``sendMessage``; a ``reply_to`` that no longer exists is sent as a plain message."""
        ...

    async def edit(self, destination: Destination, message_id: int, message: Message) -> SendOutcome:
        """``editMessageText``; "not modified" counts as :class:`Sent`."""
        ...
