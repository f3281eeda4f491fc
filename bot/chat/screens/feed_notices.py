"""What the admins are told about a feed, in a language."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from bot.chat.screens.compose import Fixed, clock, fill, foreign, title_of
from bot.core.archive import Feed
from bot.core.message import Message
from bot.core.polling import FeedAlarm
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.i18n import Words
from bot.services.ports.feed_notices import (
    FeedFails,
    FeedIsQuiet,
    FeedLostDay,
    FeedLostTimes,
    FeedMoved,
    FeedNotice,
    FeedRecovered,
    FeedStopped,
)


def feed_notice_screen(notice: FeedNotice, now: datetime, words: Words) -> Message:
    """The notice as a message: what has happened, what follows from it, and whom it concerns."""
    match notice:
        case FeedFails():
            screen = _fails(notice, now, words)
        case FeedIsQuiet():
            screen = _is_quiet(notice, now, words)
        case FeedLostTimes():
            screen = _lost_times(notice, words)
        case FeedLostDay():
            screen = _lost_day(notice, words)
        case FeedRecovered(feed=feed, alarm=alarm):
            screen = _headline(_recovered(feed, alarm, words)).message()
        case FeedStopped():
            screen = _stopped(notice, words)
        case FeedMoved():
            screen = _moved(notice, words)
        case unknown:
            assert_never(unknown)
    return screen


def _lost_times(notice: FeedLostTimes, words: Words) -> Message:
    named = _named(notice.feed, words)
    draft = _headline(words("Feed {number}, “{title}”: no times are found in it any more.", **named))
    draft.line(words("It is read on, and its updates are sent without their times. Has the page been rebuilt?"))
    return _concerned(draft, notice.chats, words)


def _stopped(notice: FeedStopped, words: Words) -> Message:
    draft = _headline(words("Feed {number}, “{title}”, is stopped.", **_named(notice.feed, words)))
    draft.line(words("Reason: {reason}", reason=foreign(notice.reason, 160, words)))
    draft.line(words("It is asked no more. To start anew: /resumefeed {number}", number=notice.feed.id))
    return _concerned(draft, notice.chats, words)


def _moved(notice: FeedMoved, words: Words) -> Message:
    draft = _headline(words("Feed {number}, “{title}”, has moved.", **_named(notice.feed, words))).line()
    template = words.template("From now on it is read from {address}")
    return fill(draft, template, address=Fixed(clip(notice.url, 160))).message()


def _lost_day(notice: FeedLostDay, words: Words) -> Message:
    day = words.day(notice.day)
    draft = _headline(words("Feed {number}, “{title}”: no page for {day}.", day=day, **_named(notice.feed, words)))
    draft.line(
        words("By now it usually has updates. The page before is read on, and the new one is sought every hour.")
    )
    return draft.line(words("If it has another address, add that: /addfeed ADDRESS")).message()


def _fails(notice: FeedFails, now: datetime, words: Words) -> Message:
    draft = _headline(words("Feed {number}, “{title}”, cannot be read.", **_named(notice.feed, words)))
    draft.line(words("Reason: {reason}", reason=foreign(notice.reason, 160, words))).line()
    fill(draft, words.template("Next try: {clock}"), clock=clock(notice.next_poll_at, now, words))
    return _concerned(draft, notice.chats, words)


def _is_quiet(notice: FeedIsQuiet, now: datetime, words: Words) -> Message:
    draft = _headline(words("Feed {number}, “{title}”, has fallen silent.", **_named(notice.feed, words))).line()
    template = words.template("It answers, but has brought nothing since {clock}, far longer than usual.")
    fill(draft, template, clock=clock(notice.since, now, words))
    return _concerned(draft, notice.chats, words)


def _recovered(feed: Feed, alarm: FeedAlarm, words: Words) -> str:
    match alarm:
        case FeedAlarm.FAILING:
            return words("Feed {number}, “{title}”, is read again.", **_named(feed, words))
        case FeedAlarm.QUIET:
            return words("Feed {number}, “{title}”, brings news again.", **_named(feed, words))
        case FeedAlarm.UNTIMED:
            return words("Feed {number}, “{title}”: its times are found again.", **_named(feed, words))
        case unknown:
            assert_never(unknown)


def _headline(line: str) -> Draft:
    return Draft().add(line, "bold")


def _named(feed: Feed, words: Words) -> dict[str, object]:
    return {"number": feed.id, "title": title_of(feed, words)}


def _concerned(draft: Draft, chats: int, words: Words) -> Message:
    return draft.line(words("Chats that follow what it brings: {count}", count=chats)).message()
