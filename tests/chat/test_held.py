"""A feed that changed too much to be believed: its admins are told, and it goes on when they say so."""

from __future__ import annotations

import pytest

from bot.chat.callbacks import ReleaseFeed, encode
from bot.core.archive import Feed, FeedState, ReadCounts
from bot.demo.telegram import Person
from bot.services.ports.storage import ReadState
from tests.builders import minutes
from tests.chat.conftest import Deployment, labels

REASON = "answers, but 0 updates found, was 17"


async def hold(sitrep: Deployment) -> Feed:
    """A feed that is held since its last read."""
    number = await sitrep.add_feed()
    now = sitrep.clock.now()
    good = ReadState(now, now, ok=True, counts=ReadCounts(17, 16))
    async with sitrep.storage.write() as work:
        await work.feeds.record_read(number, good)
        await work.feeds.set_state(number, FeedState.HELD)
        await work.feeds.record_read(number, ReadState(now, now + minutes(2), ok=False, error=REASON))
    return await stored(sitrep, number)


async def stored(sitrep: Deployment, number: int) -> Feed:
    """The feed as the database has it."""
    async with sitrep.storage.read() as work:
        feed = await work.feeds.get(number)
    assert feed is not None
    return feed


async def test_admins_are_told_with_sound(sitrep: Deployment) -> None:
    """Every admin gets the reason and the two ways on; it rings."""
    feed = await hold(sitrep)
    await sitrep.owner.ask("/start")
    assert sitrep.chat is not None
    await sitrep.chat.tell_held(feed, REASON)
    told = await sitrep.owner.wait_for("is held")
    assert "Norvale Post" in told.text
    assert REASON in told.text
    assert not told.silent
    assert labels(told) == ["1: send what it has", "1: count it as seen"]


@pytest.mark.parametrize(("button", "as_seen"), [("1: send what it has", False), ("1: count it as seen", True)])
async def test_a_held_feed_goes_on(sitrep: Deployment, button: str, as_seen: bool) -> None:
    """/feeds shows it as held with its reason; either button lets it be read on, and is audited."""
    await hold(sitrep)
    listed = await sitrep.owner.ask("/feeds")
    assert "held" in listed.text
    assert REASON in listed.text
    await sitrep.owner.tap(listed, button)
    await sitrep.owner.wait_for("goes on")
    feed = await stored(sitrep, 1)
    assert (feed.state, feed.last_counts) == (FeedState.ACTIVE, None)
    assert (feed.baseline_at is None) == as_seen
    assert [entry.action for entry in await sitrep.audit()] == ["release"]


async def test_a_forged_release_changes_nothing(sitrep: Deployment, ani: Person) -> None:
    """Somebody who is no admin and sends the button's data is refused."""
    await hold(sitrep)
    message = await ani.ask("/start")
    await ani.call_back(message, encode(ReleaseFeed(1, 1)))
    assert (await stored(sitrep, 1)).state is FeedState.HELD
