"""Tells the admins what is wrong with a feed: at least once, and not again before it is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

import structlog

from bot.core.archive import Feed
from bot.core.polling import FeedAlarm
from bot.services.ingest.schedule import alarm_of
from bot.services.ports.feed_notices import (
    FeedFails,
    FeedIsQuiet,
    FeedLostTimes,
    FeedMoved,
    FeedNotice,
    FeedRecovered,
    FeedStopped,
    Tell,
)
from bot.services.ports.storage import ReadState, Storage

log = structlog.get_logger()

_LATELY = timedelta(days=7)
"""Whom a feed reaches is judged by the topics that it brought in this time."""


class Telling:
    """Tells of what begins and of what ends. ``tell`` may fail: then it is told after the next read."""

    def __init__(self, storage: Storage, tell: Tell) -> None:
        self._storage = storage
        self._tell = tell

    async def after_read(self, feed: Feed, state: ReadState) -> None:
        """Compare what is wrong now with what was told, and tell the difference."""
        alarm = alarm_of(feed, state)
        if alarm is feed.alarm:
            return
        if feed.alarm is not None and not await self._told(FeedRecovered(feed, feed.alarm)):
            return
        if alarm is not None and not await self._told(await self._notice(feed, alarm, state)):
            return
        async with self._storage.write() as work:
            await work.feeds.set_alarm(feed.id, alarm)

    async def stopped(self, feed: Feed, reason: str, now: datetime) -> None:
        """The feed is asked no more."""
        await self._told(FeedStopped(feed, reason, await self._chats(feed, now)))

    async def moved(self, feed: Feed, url: str) -> None:
        """The feed is read from another address from now on."""
        await self._told(FeedMoved(feed, url))

    async def _notice(self, feed: Feed, alarm: FeedAlarm, state: ReadState) -> FeedNotice:
        chats = await self._chats(feed, state.at)
        rhythm = state.rhythm or feed.rhythm
        match alarm:
            case FeedAlarm.FAILING:
                return FeedFails(feed, state.error or "", state.next_poll_at, chats)
            case FeedAlarm.QUIET:
                return FeedIsQuiet(feed, rhythm.silent_from or state.at, rhythm.pause or timedelta(0), chats)
            case FeedAlarm.UNTIMED:
                return FeedLostTimes(feed, chats)
            case unknown:
                assert_never(unknown)

    async def _chats(self, feed: Feed, now: datetime) -> int:
        async with self._storage.read() as work:
            topics = await work.feeds.topics_brought(feed.id, since=now - _LATELY)
            return await work.subscriptions.audience(topics) if topics else 0

    async def _told(self, notice: FeedNotice) -> bool:
        log.info("feed notice", feed=notice.feed.id, notice=type(notice).__name__)
        try:
            await self._tell(notice)
        except Exception:
            # The isolation boundary of a feed's read: Telegram's troubles are no reason to stop reading.
            log.exception("feed notice not told", feed=notice.feed.id)
            return False
        return True
