"""What is stored of chats: where they are, what they follow, and what they decided about the moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.archive import ChatKind, ChatState, Destination, Subscription
from bot.core.habits import DigestTime, Habits, QuietHours
from bot.core.model import TopicMode


class Chats(Protocol):
    """Chats, their threads, and what became of them."""

    async def destination(
        self, chat_id: int, kind: ChatKind, *, thread_id: int | None = None, language: str | None = None, at: datetime
    ) -> Destination:
        """The destination of that chat and thread, made on first sight; a language that is given is stored."""
        ...

    async def find(self, chat_id: int, *, thread_id: int | None = None) -> Destination | None: ...

    async def set_state(self, chat_id: int, state: ChatState, *, at: datetime) -> None:
        """For the whole chat, all its threads."""
        ...

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """Move everything of one chat to the id that Telegram gave it, pending outbox rows included."""
        ...

    async def count(self) -> Mapping[ChatState, int]: ...


class Subscriptions(Protocol):
    """Who wants what."""

    async def of(self, destination_id: int) -> Sequence[Subscription]:
        """Only topics that are not off."""
        ...

    async def set(self, destination_id: int, modes: Mapping[str, TopicMode], *, at: datetime) -> None:
        """Set each topic's mode; ``OFF`` removes it. Setting what is set changes nothing."""
        ...

    async def audience(self, topics: Collection[str]) -> int:
        """How many active destinations would receive an update with these topics."""
        ...


class DestinationHabits(Protocol):
    """What each destination decided about when and how it is told."""

    async def of(self, destination_id: int) -> Habits:
        """Its decisions; the defaults where it has made none."""
        ...

    async def of_many(self, destination_ids: Collection[int]) -> Mapping[int, Habits]:
        """The decisions of those that have made any, by destination id, in four statements however many."""
        ...

    async def set_zone(self, destination_id: int, zone: str | None) -> None: ...

    async def set_quiet(self, destination_id: int, quiet: QuietHours | None) -> None: ...

    async def set_digest(self, destination_id: int, digest: DigestTime) -> None: ...

    async def mute(self, destination_id: int, until: datetime) -> None:
        """Everything; a mute that runs already ends then instead."""
        ...

    async def mute_story(self, destination_id: int, news_id: int, until: datetime) -> None:
        """The story that began with this update."""
        ...

    async def unmute(self, destination_id: int, at: datetime) -> None:
        """End every mute that runs, of everything and of stories, at this moment."""
        ...

    async def reconsider(self, destination_id: int, at: datetime) -> None:
        """Let what was put off for it be ruled on again from this moment on: it may have decided otherwise."""
        ...

    async def follow_place(self, destination_id: int, place_id: str) -> None: ...

    async def leave_place(self, destination_id: int, place_id: str) -> None: ...

    async def follow_word(self, destination_id: int, word: str) -> None:
        """A word that is followed already keeps its place in the order."""
        ...

    async def leave_word(self, destination_id: int, word: str) -> None: ...
