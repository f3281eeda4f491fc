"""Tells chats that sources cannot be read: no alert does not mean no attack."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import assert_never

import structlog

from bot.core.archive import ChatState
from bot.core.blackout import down_since, look
from bot.core.errors import StorageError
from bot.core.habits import Habits
from bot.core.render import Phrases
from bot.core.render.blackout import render_outage
from bot.services.ports.clock import Clock
from bot.services.ports.sending import (
    ChatGone,
    ChatMigrated,
    Gateway,
    InDoubt,
    Rejected,
    RetryAfter,
    SendOutcome,
    Sent,
    TopicClosed,
    Uneditable,
    Unsent,
)
from bot.services.ports.storage import OutageNotice, Storage

log = structlog.get_logger()

LOOK_EVERY = 30.0
"""Seconds between two looks."""
_AT_ONCE = 20
"""Notices that are written down as being sent together."""
_GAP = 0.25
"""Seconds between two notices: alerts keep most of what Telegram allows."""

PhrasesOf = Callable[[str | None], Phrases]
"""Our own words for a chat's language (BCP 47); ``None`` for a chat that has told none."""


class Blackouts:
    """Looks for dark feeds and tells of them; one per deployment.

    A notice is sent at most once: one whose fate is unknown is not repeated, for the next outage tells again.

    Args:
        storage: Feeds, outages and notices.
        gateway: The way to Telegram.
        clock: Time.
        phrases: Our own words for each chat's language.
        zone: The deployment's (IANA name).
        after: How long a feed must not have been read to be dark.
    """

    def __init__(
        self, storage: Storage, gateway: Gateway, clock: Clock, *, phrases: PhrasesOf, zone: str, after: timedelta
    ) -> None:
        self._storage = storage
        self._gateway = gateway
        self._clock = clock
        self._phrases = phrases
        self._zone = zone
        self._after = after
        self._up_since = clock.now()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Begin no more notices; :meth:`run` returns when the one under way has ended."""
        self._stopping.set()

    async def run(self) -> None:
        """Look and tell until :meth:`stop`. A database that cannot be used for a moment is waited for."""
        await self._patiently(self._begin)
        while not self._stopping.is_set():
            await self._patiently(self.look)
            await self._patiently(self.tell)
            await self._pause(LOOK_EVERY)

    async def _begin(self) -> None:
        """At start: tell of the time in which Sitrep itself was down."""
        self._up_since = now = self._clock.now()
        async with self._storage.write() as work:
            await work.outages.recover()
            since = down_since(await work.feeds.all(), now=now, after=self._after)
            if since is not None:
                told = await work.outages.begin((), since=since, until=now, at=now)
                log.warning("Sitrep was down", since=since.isoformat(), chats=told)

    async def look(self) -> None:
        """Compare the feeds with what is known of outages, and write down who is to be told what."""
        now = self._clock.now()
        async with self._storage.read() as work:
            feeds, known = await work.feeds.all(), await work.outages.lasting()
        found = look(feeds, known, now=now, up_since=self._up_since, after=self._after)
        if not found.begun and not found.ended:
            return
        async with self._storage.write() as work:
            for outage in found.ended:
                await work.outages.end(outage.id, at=now)
                log.info("sources are read again", feeds=[feed_id for feed_id, _ in outage.feeds])
            if found.begun:
                named = [(feed.id, feed.title) for feed in found.begun]
                last = max(feed.last_read_at for feed in found.begun if feed.last_read_at is not None)
                told = await work.outages.begin(named, since=last, at=now)
                log.warning("sources are dark", feeds=[feed.id for feed in found.begun], chats=told)

    async def tell(self) -> None:
        """Send what is due, one at a time; a 429 or no connection leaves the rest for the next look."""
        while not self._stopping.is_set():
            async with self._storage.write() as work:
                notices = await work.outages.take(limit=_AT_ONCE)
                habits = await work.habits.of_many([notice.destination.id for notice in notices])
            if not notices:
                return
            refused = False
            for notice in notices:
                if refused:
                    await self._settle(notice, Unsent("Telegram takes nothing for now"))
                else:
                    refused = await self._send(notice, habits.get(notice.destination.id, Habits()))
            if refused:
                return

    async def _send(self, notice: OutageNotice, habits: Habits) -> bool:
        """Send one and settle it; whether Telegram takes nothing for now."""
        if not notice.reachable:
            outcome: SendOutcome = Uneditable("the message stayed in the group as it was before its migration")
        else:
            outcome = await self._call(notice, habits.within(self._zone).zone or self._zone)
            await self._pause(_GAP)
        await self._settle(notice, outcome)
        return isinstance(outcome, RetryAfter | Unsent)

    async def _call(self, notice: OutageNotice, zone: str) -> SendOutcome:
        destination = notice.destination
        message = render_outage(notice.outage, self._phrases(destination.language), zone=zone, now=self._clock.now())
        if notice.message_id is not None:
            return await self._gateway.edit(destination, notice.message_id, message)
        return await self._gateway.send(destination, message, silent=True)

    async def _settle(self, notice: OutageNotice, outcome: SendOutcome) -> None:
        now = self._clock.now()
        async with self._storage.write() as work:
            match outcome:
                case Sent(message_id):
                    await work.outages.settle(notice, message_id=message_id)
                case RetryAfter() | Unsent():
                    await work.outages.settle(notice, message_id=None, again=True)
                case ChatGone():
                    await work.outages.settle(notice, message_id=None)
                    await work.chats.set_state(notice.destination.chat_id, ChatState.GONE, at=now)
                case ChatMigrated(chat_id):
                    await work.outages.settle(notice, message_id=None, again=notice.message_id is None)
                    await work.chats.migrate(notice.destination.chat_id, chat_id)
                case InDoubt() | TopicClosed() | Rejected() | Uneditable():
                    await work.outages.settle(notice, message_id=None)
                case unknown:
                    assert_never(unknown)

    async def _patiently(self, step: Callable[[], Awaitable[None]]) -> None:
        try:
            await step()
        except StorageError as error:
            log.error("outages cannot be looked for", reason=str(error))  # noqa: TRY400 - expected: no traceback

    async def _pause(self, seconds: float) -> None:
        """Wait so many seconds, or until told to stop."""
        waits = [asyncio.ensure_future(self._stopping.wait()), asyncio.ensure_future(self._clock.sleep(seconds))]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
