"""What the admins are told about a feed: once when something begins, and once when it is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.archive import Feed
from bot.core.polling import FeedAlarm


@dataclass(frozen=True, slots=True)
class FeedFails:
    """It could not be read several times in a row."""

    feed: Feed
    reason: str
    next_poll_at: datetime
    chats: int
    """How many would get what it brings."""


@dataclass(frozen=True, slots=True)
class FeedIsQuiet:
    """It answers, but has brought nothing new for far longer than usual."""

    feed: Feed
    since: datetime
    usual: timedelta
    """The longest pause that it makes of late."""
    chats: int


@dataclass(frozen=True, slots=True)
class FeedLostTimes:
    """It is read, but its updates have no times any more."""

    feed: Feed
    chats: int


@dataclass(frozen=True, slots=True)
class FeedRecovered:
    """What was told before is over."""

    feed: Feed
    alarm: FeedAlarm


@dataclass(frozen=True, slots=True)
class FeedStopped:
    """The source says that it will never come back: it is asked no more."""

    feed: Feed
    reason: str
    chats: int


@dataclass(frozen=True, slots=True)
class FeedMoved:
    """The source has moved for good: it is read from its new address from now on."""

    feed: Feed
    """As it was, at its old address."""
    url: str


@dataclass(frozen=True, slots=True)
class FeedLostDay:
    """The page of its next day should be there by now, and is not found."""

    feed: Feed
    day: date


FeedNotice = FeedFails | FeedIsQuiet | FeedLostTimes | FeedRecovered | FeedStopped | FeedMoved | FeedLostDay
Tell = Callable[[FeedNotice], Awaitable[None]]
