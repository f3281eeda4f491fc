"""What a chat, or one thread of it, decided about when and how it is told."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.core.habits import DigestTime, Habits, QuietHours
from bot.services.ports import storage as port
from bot.services.ports.clock import Clock
from bot.services.subscriptions import ChatThread

STORY_MUTE = timedelta(hours=24)
MOST_WORDS = 20
"""Words that one chat can follow."""
MOST_PLACES = 50
"""Places that one chat can choose."""

Change = Callable[[port.DestinationHabits, int], Awaitable[None]]


class HabitsService:
    """The decisions of chats: each call is one short transaction.

    Args:
        storage: Where they are kept.
        clock: Time.
        zone: The deployment's (IANA name), for chats that have picked no city.
        on_changed: Called after each change: what waits may be due now.
    """

    def __init__(
        self, storage: port.Storage, clock: Clock, *, zone: str, on_changed: Callable[[], None] = lambda: None
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._zone = zone
        self._on_changed = on_changed

    @property
    def zone(self) -> str:
        """The deployment's own zone."""
        return self._zone

    def now(self) -> datetime:
        """The moment by which decisions are made."""
        return self._clock.now()

    async def of(self, thread: ChatThread) -> Habits:
        """What the chat and thread decided, its zone filled in; the defaults for one never seen."""
        async with self._storage.read() as work:
            return await self._of(work, thread)

    async def mute(self, thread: ChatThread, length: timedelta) -> Habits:
        """Hold everything back for that long from now."""
        until = self._clock.now() + length
        return await self._change(thread, lambda habits, whose: habits.mute(whose, until))

    async def mute_story(self, thread: ChatThread, news_id: int) -> Habits | None:
        """Hold back what else comes of the story that an update belongs to; ``None`` when it is not there any more."""
        async with self._storage.read() as work:
            stored = await work.news.get(news_id)
        if stored is None:
            return None
        story, until = stored.report_of or stored.id, self._clock.now() + STORY_MUTE
        return await self._change(thread, lambda habits, whose: habits.mute_story(whose, story, until))

    async def unmute(self, thread: ChatThread) -> Habits:
        """End every mute now: what was held comes."""
        now = self._clock.now()
        return await self._change(thread, lambda habits, whose: habits.unmute(whose, now))

    async def set_quiet(self, thread: ChatThread, quiet: QuietHours | None) -> Habits:
        """Be left alone every day between two times of day, or with ``None`` never."""
        return await self._change(thread, lambda habits, whose: habits.set_quiet(whose, quiet))

    async def set_digest(self, thread: ChatThread, digest: DigestTime) -> Habits:
        """Get the lists at another time."""
        return await self._change(thread, lambda habits, whose: habits.set_digest(whose, digest))

    async def set_zone(self, thread: ChatThread, zone: str | None) -> Habits:
        """Read clocks in a zone, or with ``None`` in the deployment's."""
        return await self._change(thread, lambda habits, whose: habits.set_zone(whose, zone))

    async def set_place(self, thread: ChatThread, place_id: str, *, followed: bool) -> Habits:
        """Choose a place or leave it; with the most that can be chosen, another one changes nothing."""
        if not followed:
            return await self._change(thread, lambda habits, whose: habits.leave_place(whose, place_id))
        if len((before := await self.of(thread)).places) >= MOST_PLACES:
            return before
        return await self._change(thread, lambda habits, whose: habits.follow_place(whose, place_id))

    async def everywhere(self, thread: ChatThread) -> Habits:
        """Leave every place: no place is left out then."""
        chosen = (await self.of(thread)).places

        async def leave(habits: port.DestinationHabits, whose: int) -> None:
            for place_id in chosen:
                await habits.leave_place(whose, place_id)

        return await self._change(thread, leave)

    async def follow_word(self, thread: ChatThread, word: str, *, followed: bool) -> Habits:
        """Follow words as typed, or leave them; with the most that can be followed, further ones change nothing."""
        if not followed:
            return await self._change(thread, lambda habits, whose: habits.leave_word(whose, word))
        if len((before := await self.of(thread)).words) >= MOST_WORDS:
            return before
        return await self._change(thread, lambda habits, whose: habits.follow_word(whose, word))

    async def leave_word(self, thread: ChatThread, key: str) -> Habits:
        """Leave the followed words that :func:`key_of` names so; what is not followed changes nothing."""
        word = next((word for word in (await self.of(thread)).words if key_of(word) == key), None)
        return await self.of(thread) if word is None else await self.follow_word(thread, word, followed=False)

    async def _of(self, work: port.UnitOfWork, thread: ChatThread) -> Habits:
        destination = await work.chats.find(thread.chat_id, thread_id=thread.thread_id)
        habits = Habits() if destination is None else await work.habits.of(destination.id)
        return habits.within(self._zone)

    async def _change(self, thread: ChatThread, change: Change) -> Habits:
        now = self._clock.now()
        async with self._storage.write() as work:
            destination = await work.chats.destination(thread.chat_id, thread.kind, thread_id=thread.thread_id, at=now)
            await change(work.habits, destination.id)
            await work.habits.reconsider(destination.id, now)
            habits = await self._of(work, thread)
        self._on_changed()
        return habits


def key_of(word: str) -> str:
    """A short name for followed words, for a button that has no room for them."""
    return hashlib.blake2s(word.encode("utf-8", "replace")).hexdigest()[:12]
