"""What admins are told about feeds: in silence, in words, once."""

from __future__ import annotations

import pytest

from bot.core.archive import Feed
from bot.core.polling import FeedAlarm
from bot.services.ports.feed_notices import (
    FeedFails,
    FeedIsQuiet,
    FeedLostTimes,
    FeedMoved,
    FeedNotice,
    FeedRecovered,
    FeedStopped,
)
from tests.builders import minutes
from tests.chat.conftest import Deployment


async def stored(sitrep: Deployment) -> Feed:
    """A feed of the deployment."""
    number = await sitrep.add_feed()
    async with sitrep.storage.read() as work:
        feed = await work.feeds.get(number)
    assert feed is not None
    return feed


def notices(feed: Feed, sitrep: Deployment) -> list[tuple[FeedNotice, list[str]]]:
    """Each kind of notice, and what its message must say."""
    now = sitrep.clock.now()
    reason = "HTTP 500, the site is out of order"
    return [
        (FeedFails(feed, reason, now + minutes(54), 7), ["cannot be read", reason, "Next try", ": 7"]),
        (FeedIsQuiet(feed, now - minutes(600), minutes(60), 7), ["fallen silent", "nothing since", ": 7"]),
        (FeedLostTimes(feed, 7), ["no times are found", ": 7"]),
        (FeedStopped(feed, reason, 7), ["is stopped", reason, "/resumefeed 1", ": 7"]),
        (FeedMoved(feed, "https://karst.example/new"), ["has moved", "https://karst.example/new"]),
        *((FeedRecovered(feed, alarm), ["again"]) for alarm in FeedAlarm),
    ]


async def test_admins_are_told_without_sound(sitrep: Deployment) -> None:
    """Each notice names the feed and says what has happened, why, what follows, and whom it concerns."""
    feed = await stored(sitrep)
    await sitrep.owner.ask("/start")
    assert sitrep.chat is not None
    for notice, words in notices(feed, sitrep):
        await sitrep.chat.tell_of_feed(notice)
        told = await sitrep.owner.wait_for(words[0])
        assert told.silent
        assert f"Feed {feed.id}" in told.text
        assert "Norvale Post" in told.text
        assert all(word in told.text for word in words)


@pytest.mark.parametrize(
    ("alarm", "word"), [(FeedAlarm.QUIET, "silent for longer than usual"), (FeedAlarm.UNTIMED, "without times")]
)
async def test_feeds_shows_what_is_wrong(sitrep: Deployment, alarm: FeedAlarm, word: str) -> None:
    """The list of feeds says so as long as it lasts."""
    feed = await stored(sitrep)
    async with sitrep.storage.write() as work:
        await work.feeds.set_alarm(feed.id, alarm)
    assert word in (await sitrep.owner.ask("/feeds")).text
    async with sitrep.storage.write() as work:
        await work.feeds.set_alarm(feed.id, None)
    assert word not in (await sitrep.owner.ask("/feeds")).text
