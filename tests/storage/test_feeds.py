"""The configured sources and their schedule."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.archive import Feed, FeedSettings, FeedState, Move, ReadCounts, Validators
from bot.core.model import PublisherWishes
from bot.core.polling import FeedAlarm, Rhythm
from bot.services.ports.storage import ReadState
from bot.storage import SqlStorage
from tests.builders import FEED_URL, NOW, a_feed, archive, minutes, new_news

NEXT = NOW + minutes(5)
FULL = FeedSettings(
    url=FEED_URL,
    title="Norvale Post",
    timezone="Asia/Yerevan",
    language="hy",
    interval=timedelta(seconds=90),
    topics=("frontline", "weapons"),
)


@pytest.mark.parametrize("settings", [a_feed(), FULL])
async def test_a_feed_comes_back_as_it_was_added(storage: SqlStorage, settings: FeedSettings) -> None:
    """Every setting survives, and the new feed is active and due at once, without a baseline."""
    added = await _add(storage, settings)
    assert added == Feed(id=1, settings=settings, state=FeedState.ACTIVE, next_poll_at=NOW)
    async with storage.read() as work:
        assert await work.feeds.get(1) == await work.feeds.by_url(FEED_URL) == added
        assert await work.feeds.all() == await work.feeds.due(NOW, limit=9) == [added]


async def test_an_unknown_feed_is_none(storage: SqlStorage) -> None:
    """Neither a number nor an address that was never added finds anything."""
    async with storage.read() as work:
        assert (await work.feeds.get(1), await work.feeds.by_url(FEED_URL)) == (None, None)


async def test_an_address_is_added_once(storage: SqlStorage) -> None:
    """The second time gives ``None``, and the feed keeps its first settings."""
    await _add(storage, FULL)
    assert await _add(storage, a_feed()) is None
    async with storage.read() as work:
        found = await work.feeds.by_url(FEED_URL)
        assert found is not None
        assert found.settings == FULL


async def test_a_removed_feed_is_revived_as_a_new_one(storage: SqlStorage) -> None:
    """It keeps its number and its updates; its next read is a baseline, so that nobody is alerted of the past."""
    await _add(storage, FULL)
    [news_id] = await archive(storage, new_news())
    async with storage.write() as work:
        await work.feeds.record_read(1, _a_read(baseline=True, validators=Validators(FEED_URL, "tag"), body_hash="abc"))
        await work.feeds.set_state(1, FeedState.REMOVED)
    async with storage.read() as work:
        assert await work.feeds.all() == []
        assert await work.feeds.due(NOW + minutes(99), limit=9) == []
        assert await work.news.get(news_id) is not None
    revived = await _add(storage, a_feed(title="New title"))
    assert revived == Feed(id=1, settings=a_feed(title="New title"), state=FeedState.ACTIVE, next_poll_at=NOW)


async def test_a_held_feed_is_read_on(storage: SqlStorage) -> None:
    """A held feed stays due, and is believed again once it is released; as seen, it starts with a baseline."""
    await _add(storage, a_feed())
    async with storage.write() as work:
        await work.feeds.record_read(1, _a_read(baseline=True, counts=ReadCounts(17, 16)))
        await work.feeds.set_state(1, FeedState.HELD)
        held = (await work.feeds.due(NOW + minutes(99), limit=9))[0]
        assert (held.state, held.last_counts) == (FeedState.HELD, ReadCounts(17, 16))
        await work.feeds.release(1, as_seen=False)
        released = await work.feeds.get(1)
        await work.feeds.release(1, as_seen=True)
        seen = await work.feeds.get(1)
    assert released is not None
    assert seen is not None
    assert (released.state, released.last_counts, released.baseline_at) == (FeedState.ACTIVE, None, NOW)
    assert seen.baseline_at is None


@pytest.mark.parametrize("state", [FeedState.PAUSED, FeedState.REMOVED])
async def test_only_an_active_feed_is_due(storage: SqlStorage, state: FeedState) -> None:
    """Paused or removed, a feed is not read."""
    await _add(storage, a_feed())
    async with storage.write() as work:
        await work.feeds.set_state(1, state)
        assert await work.feeds.due(NOW, limit=9) == []
        assert [feed.state for feed in await work.feeds.all()] == ([] if state is FeedState.REMOVED else [state])
        await work.feeds.set_state(1, FeedState.ACTIVE)
        assert len(await work.feeds.due(NOW, limit=9)) == 1


async def test_feeds_are_due_in_their_order(storage: SqlStorage) -> None:
    """Longest due first, not one before its moment, and no more than asked for."""
    for number, due_in in enumerate((3, 1, 2, 9)):
        await _add(storage, a_feed(f"https://norvale-post.example/{number}"))
        async with storage.write() as work:
            await work.feeds.record_read(number + 1, _a_read(next_poll_at=NOW + minutes(due_in)))
    async with storage.read() as work:
        assert [feed.id for feed in await work.feeds.due(NOW + minutes(3), limit=9)] == [2, 3, 1]
        assert [feed.id for feed in await work.feeds.due(NOW + minutes(3), limit=2)] == [2, 3]


async def test_a_read_is_recorded(storage: SqlStorage) -> None:
    """Everything that one good read says of the feed is there afterwards."""
    added = await _add(storage, a_feed())
    assert added is not None
    read = _a_read(
        baseline=True,
        validators=Validators(FEED_URL, '"tag"', "Sun, 04 May 2031 12:00:00 GMT"),
        body_hash="abc",
        format="html",
        source_title="Norvale Post, live",
    )
    assert await _record(storage, read) == replace(
        added,
        validators=read.validators,
        body_hash="abc",
        format="html",
        source_title="Norvale Post, live",
        baseline_at=NOW,
        next_poll_at=NEXT,
        last_read_at=NOW,
        last_attempt_at=NOW,
    )


async def test_many_reads_are_recorded_at_once(storage: SqlStorage) -> None:
    """Each feed's row is as if its read had been recorded alone, whatever the reads say or leave out."""
    for number in range(4):
        await _add(storage, a_feed(f"https://norvale-post.example/{number}"))
    reads = {
        1: _a_read(validators=Validators(FEED_URL, "tag"), fresh_for=minutes(5)),
        2: _a_read(at=NOW + minutes(1), move=Move("https://karst.example/", 2)),
        3: _a_read(validators=Validators(FEED_URL), baseline=True),
    }
    async with storage.write() as work:
        await work.feeds.record_read(4, _a_read(ok=False, error="HTTP 404"))
        await work.feeds.record_reads(reads)
        together = await work.feeds.all()
    async with storage.write() as work:
        for feed_id, read in reads.items():
            await work.feeds.record_read(feed_id, read)
        assert await work.feeds.all() == together
    first, second, third, fourth = together
    assert (first.validators, first.fresh_for) == (Validators(FEED_URL, "tag"), minutes(5))
    assert (second.last_read_at, second.move) == (NOW + minutes(1), Move("https://karst.example/", 2))
    assert (third.baseline_at, fourth.failures) == (NOW, 1)


RHYTHM = Rhythm((NOW - minutes(9), NOW), minutes(9), NOW - minutes(99))
WISHES = PublisherWishes(minutes(60), minutes(90), (0, 23), (5, 6))


async def test_what_decides_the_next_read_is_kept(storage: SqlStorage) -> None:
    """Rhythm and wishes stay until a read says other ones; freshness and a move are those of the last good read."""
    await _add(storage, a_feed())
    move = Move("https://karst.example/", 2)
    said = _a_read(rhythm=RHYTHM, wishes=WISHES, fresh_for=minutes(5), move=move)
    first = await _record(storage, said)
    assert (first.rhythm, first.wishes, first.fresh_for, first.move) == (RHYTHM, WISHES, minutes(5), move)
    failed = await _record(storage, _a_read(ok=False, error="HTTP 404"))
    assert (failed.rhythm, failed.wishes, failed.fresh_for, failed.move) == (RHYTHM, WISHES, minutes(5), move)
    silent = await _record(storage, _a_read())
    assert (silent.rhythm, silent.wishes, silent.fresh_for, silent.move) == (RHYTHM, WISHES, None, None)
    other = await _record(storage, _a_read(wishes=PublisherWishes()))
    assert other.wishes == PublisherWishes()


async def test_a_feed_moves_unless_another_has_the_address(storage: SqlStorage) -> None:
    """The new address replaces the old one, and the count of answers begins anew."""
    await _add(storage, a_feed("https://norvale-post.example/old"))
    await _add(storage, a_feed("https://norvale-post.example/taken"))
    await _record(storage, _a_read(move=Move("https://norvale-post.example/new", 5)))
    async with storage.write() as work:
        assert not await work.feeds.change_url(1, "https://norvale-post.example/taken")
        assert await work.feeds.change_url(1, "https://norvale-post.example/new")
        moved = await work.feeds.get(1)
    assert moved is not None
    assert (moved.settings.url, moved.move) == ("https://norvale-post.example/new", None)


async def test_an_alarm_is_kept_until_it_is_over(storage: SqlStorage) -> None:
    """What the admins were told stands beside the feed, over reads of any kind."""
    await _add(storage, a_feed())
    async with storage.write() as work:
        await work.feeds.set_alarm(1, FeedAlarm.QUIET)
    assert (await _record(storage, _a_read())).alarm is FeedAlarm.QUIET
    async with storage.write() as work:
        await work.feeds.set_alarm(1, None)
    assert (await _record(storage, _a_read())).alarm is None


async def test_the_topics_that_a_feed_brought(storage: SqlStorage) -> None:
    """Each once, of this feed only, and not of long ago."""
    await archive(storage, new_news(topics=("frontline",)), at=NOW - timedelta(days=9))
    await archive(storage, new_news("a", topics=("weapons", "refugees")), new_news("b", topics=("weapons",)))
    await archive(storage, new_news(topics=("diplomacy",)), url="https://karst.example/")
    async with storage.read() as work:
        assert await work.feeds.topics_brought(1, since=NOW - timedelta(days=7)) == ["refugees", "weapons"]


async def test_the_zone_of_the_newest_update(storage: SqlStorage) -> None:
    """That of the feed's own newest one; none before it brought any."""
    await archive(storage, new_news("a", zone="Asia/Yerevan"), new_news("b", position=1, zone="Asia/Baku"))
    await archive(storage, new_news(zone="Europe/Kyiv"), url="https://karst.example/")
    async with storage.write() as work:
        unread = await work.feeds.add(a_feed("https://tarvin.example/"), at=NOW)
        assert unread is not None
        assert await work.feeds.newest_zone(1) == "Asia/Baku"
        assert await work.feeds.newest_zone(unread.id) is None


async def test_a_sites_pause_is_kept_and_ends(storage: SqlStorage) -> None:
    """The longest wish stands until it is over."""
    async with storage.write() as work:
        await work.sites.pause("norvale.example", until=NOW + minutes(60), now=NOW)
        await work.sites.pause("norvale.example", until=NOW + minutes(5), now=NOW)
        await work.sites.pause("karst.example", until=NOW + minutes(5), now=NOW)
    async with storage.read() as work:
        paused = {"norvale.example": NOW + minutes(60)}
        assert await work.sites.paused(NOW) == paused | {"karst.example": NOW + minutes(5)}
        assert await work.sites.paused(NOW + minutes(5)) == paused


async def test_failures_count_up_and_back_to_nothing(storage: SqlStorage) -> None:
    """A failed read keeps the last good one in mind; the next good one forgets the failures."""
    await _add(storage, a_feed())
    good = await _record(storage, _a_read(body_hash="abc"))
    for number in (1, 2):
        failed = await _record(storage, _a_read(at=NOW + minutes(number), ok=False, error="HTTP 404"))
        assert failed == replace(good, last_attempt_at=NOW + minutes(number), failures=number, last_error="HTTP 404")
    again = await _record(storage, _a_read(at=NOW + minutes(3)))
    assert (again.failures, again.last_error, again.last_read_at) == (0, None, NOW + minutes(3))


async def test_a_reason_is_kept_whatever_bytes_it_quotes(storage: SqlStorage) -> None:
    """A server's answer may be no text; the failure that quotes it is recorded all the same."""
    await _add(storage, a_feed())
    failed = await _record(storage, _a_read(ok=False, error="redirected to caf\udce9"))
    assert (failed.failures, failed.last_error) == (1, "redirected to caf?")


async def test_what_a_read_does_not_say_stays(storage: SqlStorage) -> None:
    """A 304 tells nothing new of format, title, hash or baseline; new validators replace old ones whole."""
    await _add(storage, a_feed())
    first = await _record(
        storage, _a_read(baseline=True, validators=Validators(FEED_URL, "tag", "date"), body_hash="a", format="rss")
    )
    assert await _record(storage, _a_read()) == first
    moved = Validators("https://karst.example/", "other")
    assert await _record(storage, _a_read(validators=moved)) == replace(first, validators=moved)


def _a_read(*, at: datetime = NOW, next_poll_at: datetime = NEXT, ok: bool = True, **changes: Any) -> ReadState:
    return ReadState(at=at, next_poll_at=next_poll_at, ok=ok, **changes)


async def _add(storage: SqlStorage, settings: FeedSettings) -> Feed | None:
    async with storage.write() as work:
        return await work.feeds.add(settings, at=NOW)


async def _record(storage: SqlStorage, read: ReadState) -> Feed:
    async with storage.write() as work:
        await work.feeds.record_read(1, read)
        feed = await work.feeds.get(1)
        assert feed is not None
        return feed
