"""What a chat, or one thread of it, wants to hear, and whether it can be sent to at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.archive import ChatKind, ChatState, Destination
from bot.core.model import TopicMode
from bot.services.ports import storage as port
from bot.services.ports.clock import Clock
from bot.services.ports.tagging import Tagger

CIVILIANS_PRESET: Mapping[str, TopicMode] = {
    "civilian-shelling": TopicMode.LOUD,
    "warnings": TopicMode.LOUD,
    "casualties": TopicMode.SILENT,
    "infrastructure": TopicMode.SILENT,
    "terrorism": TopicMode.SILENT,
    "disaster": TopicMode.SILENT,
    "refugees": TopicMode.DIGEST,
    "humanitarian": TopicMode.DIGEST,
}
"""«Only what endangers civilians»: every topic that it does not name is off."""


CHOSEN = "-x-chosen"
"""Ends the stored language tag of a chat that chose it; a private-use subtag of BCP 47, so that the tag stays one."""


@dataclass(frozen=True, slots=True)
class ChatThread:
    """A chat and a thread of it, as a person writes from it; without ``thread_id`` the chat itself, or its General."""

    chat_id: int
    kind: ChatKind
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What one chat and thread has chosen."""

    modes: Mapping[str, TopicMode] = field(default_factory=dict)
    """Only topics that are not off, in the order of the keyboard."""
    state: ChatState | None = None
    """``None``: this chat and thread has never been here."""
    language: str | None = None
    """The language that the chat chose for itself; ``None`` follows each person's app."""

    def mode(self, topic: str) -> TopicMode:
        """What it wants of ``topic``."""
        return self.modes.get(topic, TopicMode.OFF)


@dataclass(frozen=True, slots=True)
class Started:
    """What /start met and what it made of it."""

    before: Choices
    now: Choices
    subscribed: str | None = None
    """The topic that the deep link turned on."""


class Subscriptions:
    """The choices of chats: each call is one short transaction."""

    def __init__(self, storage: port.Storage, tagger: Tagger, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._order = [topic.slug for topic in tagger.topics]

    async def start(self, thread: ChatThread, *, language: str | None = None, topic: str | None = None) -> Started:
        """Open the chat for alerts and, where the tagger knows ``topic``, follow it with sound."""
        async with self._storage.write() as work:
            before = await self._choices(work, thread)
            wanted = {topic: TopicMode.LOUD} if topic in self._order and topic is not None else {}
            await self._set(work, thread, wanted, language=language if before.language is None else None)
            return Started(before, await self._choices(work, thread), subscribed=next(iter(wanted), None))

    async def choices(self, thread: ChatThread) -> Choices:
        """What the chat and thread has chosen; nothing for one never seen."""
        async with self._storage.read() as work:
            return await self._choices(work, thread)

    async def set_language(self, thread: ChatThread, language: str | None, *, app_language: str | None) -> None:
        """Let the chat be answered in ``language``, or with ``None`` in that of each person's app again."""
        stored = (app_language or "en") if language is None else f"{language}{CHOSEN}"
        async with self._storage.write() as work:
            await work.chats.destination(
                thread.chat_id, thread.kind, thread_id=thread.thread_id, language=stored, at=self._clock.now()
            )

    async def language(self, thread: ChatThread) -> str | None:
        """The language that the chat chose for itself."""
        async with self._storage.read() as work:
            return _chosen(await work.chats.find(thread.chat_id, thread_id=thread.thread_id))

    async def set_modes(self, thread: ChatThread, modes: Mapping[str, TopicMode]) -> Choices:
        """Set the given topics, those that exist, and leave the others; choosing anything opens a stopped chat."""
        known = {topic: mode for topic, mode in modes.items() if topic in self._order}
        async with self._storage.write() as work:
            await self._set(work, thread, known)
            return await self._choices(work, thread)

    async def replace_modes(self, thread: ChatThread, modes: Mapping[str, TopicMode]) -> Choices:
        """Set every topic: as ``modes`` says, and off where it says nothing."""
        return await self.set_modes(thread, {topic: modes.get(topic, TopicMode.OFF) for topic in self._order})

    async def stop(self, thread: ChatThread) -> Choices:
        """End alerts to the whole chat; what was chosen is kept. Returns the choices as they were before."""
        async with self._storage.write() as work:
            before = await self._choices(work, thread)
            if before.state is not None:
                await work.chats.set_state(thread.chat_id, ChatState.STOPPED, at=self._clock.now())
            return before

    async def lost(self, chat_id: int) -> None:
        """The chat blocked the bot, or the bot was removed from it."""
        async with self._storage.write() as work:
            await work.chats.set_state(chat_id, ChatState.GONE, at=self._clock.now())

    async def found_again(self, thread: ChatThread) -> None:
        """The chat lets the bot in again: one that had been lost is sent to as before; any other stays as it is."""
        async with self._storage.write() as work:
            if (await self._choices(work, thread)).state is ChatState.GONE:
                await work.chats.set_state(thread.chat_id, ChatState.ACTIVE, at=self._clock.now())

    async def migrated(self, old_chat_id: int, new_chat_id: int) -> None:
        """A group became a supergroup, under a new id."""
        async with self._storage.write() as work:
            await work.chats.migrate(old_chat_id, new_chat_id)

    async def _choices(self, work: port.UnitOfWork, thread: ChatThread) -> Choices:
        destination = await work.chats.find(thread.chat_id, thread_id=thread.thread_id)
        if destination is None:
            return Choices()
        modes = {chosen.topic: chosen.mode for chosen in await work.subscriptions.of(destination.id)}
        ordered = {topic: modes[topic] for topic in self._order if topic in modes}
        return Choices(ordered, destination.state, _chosen(destination))

    async def _set(
        self, work: port.UnitOfWork, thread: ChatThread, modes: Mapping[str, TopicMode], *, language: str | None = None
    ) -> None:
        now = self._clock.now()
        destination = await work.chats.destination(
            thread.chat_id, thread.kind, thread_id=thread.thread_id, language=language, at=now
        )
        if destination.state is not ChatState.ACTIVE:
            await work.chats.set_state(thread.chat_id, ChatState.ACTIVE, at=now)
        await work.subscriptions.set(destination.id, modes, at=now)


def _chosen(destination: Destination | None) -> str | None:
    language = destination.language if destination is not None else None
    return language.removesuffix(CHOSEN) if language is not None and language.endswith(CHOSEN) else None
