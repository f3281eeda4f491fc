"""Feeds that have a page per day, as the database keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from bot.core.archive import Feed, FollowedDay, PageBefore, ReadCounts, Validators
from bot.services.ports.storage import ReadState
from bot.storage import SqlStorage
from tests.builders import NOW, a_feed, new_news

SITE = "https://norvale.example"
THIRD, FOURTH = date(2026, 11, 3), date(2026, 11, 4)
FOLLOWED = FollowedDay(THIRD, "", "Asia/Yerevan", title="november 3 update", language="en")
BEFORE = PageBefore(
    f"{SITE}/november-3",
    "",
    NOW + timedelta(hours=7),
    validators=Validators(f"{SITE}/november-3", '"3"', "yesterday"),
    body_hash="third",
    last_counts=ReadCounts(17, 14),
)
TURNED = replace(FOLLOWED, day=FOURTH, key=f"{SITE}/november-4", before=BEFORE)


async def added(storage: SqlStorage, url: str = f"{SITE}/november-3") -> Feed:
    """A feed that has been read once."""
    state = ReadState(
        NOW,
        NOW + timedelta(minutes=9),
        ok=True,
        validators=BEFORE.validators,
        body_hash="third",
        baseline=True,
        counts=ReadCounts(17, 14),
    )
    async with storage.write() as work:
        feed = await work.feeds.add(a_feed(url, follow_days=True), at=NOW)
        assert feed is not None
        await work.feeds.record_read(feed.id, state)
        await work.days.begin(feed.id, FOLLOWED)
    return feed


async def read(storage: SqlStorage, feed: Feed) -> tuple[Feed | None, FollowedDay | None]:
    """The feed and its day as they are stored now."""
    async with storage.read() as work:
        return await work.feeds.get(feed.id), await work.days.get(feed.id)


async def test_a_day_comes_back_as_it_was_begun(storage: SqlStorage) -> None:
    """With what a person decided kept in the feed's settings."""
    feed, followed = await read(storage, await added(storage))
    assert feed is not None
    assert (feed.settings.follow_days, followed) == (True, FOLLOWED)


async def test_a_feed_turns_to_its_next_page(storage: SqlStorage) -> None:
    """The new page is unread, the page before keeps its state, and the baseline stays."""
    feed = await added(storage)
    async with storage.write() as work:
        assert await work.days.turn(feed.id, f"{SITE}/november-4", TURNED)
    turned, followed = await read(storage, feed)
    assert turned is not None
    assert (turned.settings.url, turned.validators, turned.body_hash, turned.last_counts) == (
        f"{SITE}/november-4",
        None,
        None,
        None,
    )
    assert turned.baseline_at == NOW
    assert followed == TURNED


async def test_an_address_of_another_feed_is_not_taken(storage: SqlStorage) -> None:
    """Two feeds never read one page; nothing changes."""
    feed, _other = await added(storage), await added(storage, f"{SITE}/november-4")
    async with storage.write() as work:
        assert not await work.days.turn(feed.id, f"{SITE}/november-4", TURNED)
    unturned, followed = await read(storage, feed)
    assert unturned is not None
    assert (unturned.settings.url, followed) == (f"{SITE}/november-3", FOLLOWED)


async def test_reading_the_page_before_leaves_the_feeds_own_state(storage: SqlStorage) -> None:
    """Validators, hash and counts are kept apart, and its failures are nobody's."""
    feed = await added(storage)
    later = ReadState(
        NOW, NOW, ok=True, validators=Validators(BEFORE.url, '"4"'), body_hash="more", counts=ReadCounts(18, 15)
    )
    async with storage.write() as work:
        await work.days.turn(feed.id, f"{SITE}/november-4", TURNED)
        before = await work.feeds.get(feed.id)
        await work.days.record_read(feed.id, later)
        await work.days.record_read(feed.id, ReadState(NOW, NOW, ok=False, error="HTTP 404"))
    after, followed = await read(storage, feed)
    assert after == before
    assert followed is not None
    assert followed.before == replace(
        BEFORE, validators=later.validators, body_hash="more", last_counts=ReadCounts(18, 15)
    )


async def test_the_page_before_is_left_in_the_morning(storage: SqlStorage) -> None:
    """And a late read of it writes nothing any more."""
    feed = await added(storage)
    async with storage.write() as work:
        await work.days.turn(feed.id, f"{SITE}/november-4", TURNED)
        await work.days.leave_before(feed.id)
        await work.days.record_read(feed.id, ReadState(NOW, NOW, ok=True, body_hash="late"))
    assert (await read(storage, feed))[1] == replace(TURNED, before=None)


async def test_a_search_brings_the_next_read_forward(storage: SqlStorage) -> None:
    """Never back; and who was told of a missing day stays known."""
    feed = await added(storage)
    for minutes, told in ((5, None), (30, FOURTH), (60, None)):
        async with storage.write() as work:
            await work.days.sought(feed.id, at=NOW, again_at=NOW + timedelta(minutes=minutes), told_for=told)
    after, followed = await read(storage, feed)
    assert after is not None
    assert after.next_poll_at == NOW + timedelta(minutes=5)
    assert followed == replace(FOLLOWED, sought_at=NOW, told_for=FOURTH)


async def test_the_first_clock_of_each_day_is_told(storage: SqlStorage) -> None:
    """Latest day first; updates without a clock say nothing, nor do older days and other feeds."""
    feed, other = await added(storage), await added(storage, f"{SITE}/other")
    stamps = [(2, 7, 0), (3, 9, 0), (3, 8, 30), (4, 8, 55), (4, 22, 0)]
    updates = [
        new_news(f"Update {number}.", position=number, local_date=date(2026, 11, day), local_time=time(hour, minute))
        for number, (day, hour, minute) in enumerate(stamps)
    ]
    untimed = new_news("Untimed.", position=9, local_date=FOURTH)
    early = new_news("Elsewhere.", local_date=FOURTH, local_time=time(1))
    async with storage.write() as work:
        await work.news.add(feed.id, [*updates, untimed], at=NOW)
        await work.news.add(other.id, [early], at=NOW)
    async with storage.read() as work:
        assert await work.days.first_clocks(feed.id, since=THIRD) == [time(8, 55), time(8, 30)]
