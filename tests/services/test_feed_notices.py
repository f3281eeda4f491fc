"""What the admins are told about feeds, and how a read goes on from what the one before left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.core.archive import Feed, FeedSettings, FeedState
from bot.core.model import NewsUpdate, PublisherWishes
from bot.core.polling import FeedAlarm, Pace
from bot.core.reading import Reading
from bot.services.ingest import Ingest, PollOutcome, PollReport
from bot.services.ports.feed_notices import (
    FeedFails,
    FeedIsQuiet,
    FeedLostTimes,
    FeedNotice,
    FeedRecovered,
    FeedStopped,
)
from bot.services.ports.fetching import Failed, SitePause
from bot.storage import SqlStorage, open_storage
from tests.builders import NOW, minutes, subscribe
from tests.fakes import PlainTagger, SetClock
from tests.services.delivery_rig import DAY, PAGE_URL, ChangingPage, timed

MORNING = timed("11:30", "Shells fell on the market of Tarvin at dawn.")
NOON = timed("11:50", "Shells hit the bridge of Karst. One civilian was wounded, the Emergency Service said.")
LATER = timed("11:58", "Shells struck a school in Norvale, and nobody was inside at that hour.")
OUT_OF_ORDER = Failed("HTTP 500, the site is out of order", status=500)
GONE = Failed("HTTP 410, the page is gone for good", permanent=True, status=410)


@dataclass
class Deployment:
    """One feed that is read by hand, and what its admins hear."""

    storage: SqlStorage
    page: ChangingPage = field(default_factory=ChangingPage)
    clock: SetClock = field(default_factory=SetClock)
    told: list[FeedNotice] = field(default_factory=list)
    deaf: bool = False
    """Nobody can be told anything."""

    def start(self) -> None:
        """As the program does: nothing is known but what the database has."""
        self.ingest = Ingest(
            self.storage,
            self.page,
            self.page,
            PlainTagger(),
            self.clock,
            pace=Pace(),
            jitter=lambda: 0.5,
            on_enqueued=lambda: None,
            on_notice=self._tell,
        )

    async def _tell(self, notice: FeedNotice) -> None:
        if self.deaf:
            raise ConnectionError
        self.told.append(notice)

    async def feed(self) -> Feed:
        """The feed as the database has it now."""
        async with self.storage.read() as work:
            feed = await work.feeds.by_url(PAGE_URL)
        assert feed is not None
        return feed

    async def poll(self, *updates: NewsUpdate, failing: Failed | None = None, after: float = 1) -> PollReport:
        """Read the page so many minutes later; with updates it has changed to exactly these."""
        self.clock.moment += minutes(after)
        if failing is not None:
            self.page.fail(failing)
        if updates:
            self.page.show(*updates)
        return await self.ingest.poll(await self.feed())

    def kinds(self) -> list[str]:
        """What was told, in short."""
        return [type(notice).__name__ for notice in self.told]


@pytest.fixture
async def deployment(tmp_path: Path) -> AsyncIterator[Deployment]:
    """A feed that has been read once, with one chat that follows shelling."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as storage:
        await subscribe(storage, 501)
        async with storage.write() as work:
            await work.feeds.add(FeedSettings(PAGE_URL), at=NOW)
        made = Deployment(storage)
        made.start()
        await made.poll(MORNING)
        yield made


async def test_three_failures_are_told_once_and_their_end_too(deployment: Deployment) -> None:
    """The note says why, when it is tried again and whom it concerns; then nothing more until it is over."""
    for count in range(1, 6):
        report = await deployment.poll(failing=OUT_OF_ORDER)
        assert deployment.kinds() == (["FeedFails"] if count >= 3 else [])
        if count == 3:
            (notice,) = deployment.told
            assert isinstance(notice, FeedFails)
            assert (notice.reason, notice.next_poll_at, notice.chats) == (report.reason, report.next_poll_at, 1)
    assert (await deployment.feed()).alarm is FeedAlarm.FAILING
    await deployment.poll(MORNING, NOON)
    await deployment.poll()
    assert deployment.told[1:] == [FeedRecovered(deployment.told[1].feed, FeedAlarm.FAILING)]
    assert (await deployment.feed()).alarm is None


async def test_what_could_not_be_told_is_told_later(deployment: Deployment) -> None:
    """Telegram's troubles stop no read, and swallow no note."""
    deployment.deaf = True
    for _ in range(3):
        assert (await deployment.poll(failing=OUT_OF_ORDER)).outcome is PollOutcome.FAILED
    deployment.deaf = False
    deployment.start()
    await deployment.poll(failing=OUT_OF_ORDER)
    assert deployment.kinds() == ["FeedFails"]


async def test_silence_is_told_once_and_its_end_too(deployment: Deployment) -> None:
    """A feed that published every hour for more than a day, and then does not for four, though it answers."""
    source, updates = Random(7), [MORNING]
    for _ in range(30):
        words = " ".join("".join(source.choices("abdegiklmnorstuv", k=7)) for _ in range(12))
        at = deployment.clock.moment + minutes(60)
        updates.append(NewsUpdate(words, 0, local_date=at.date(), local_time=at.time(), published_at=at))
        assert (await deployment.poll(*updates, after=60)).outcome is PollOutcome.READ
    for _ in range(3):
        await deployment.poll(after=60)
    assert deployment.told == []
    for _ in range(3):
        await deployment.poll(after=60)
    (notice,) = deployment.told
    assert isinstance(notice, FeedIsQuiet)
    assert notice.since == updates[-1].published_at
    assert minutes(60) <= notice.usual <= minutes(91)
    await deployment.poll(*updates, LATER, after=60)
    assert deployment.kinds() == ["FeedIsQuiet", "FeedRecovered"]


async def test_times_that_are_lost_with_a_new_day_are_told(deployment: Deployment) -> None:
    """A page that starts afresh is believed, even without times: but that is told, and so is their return."""
    await deployment.poll(MORNING, NOON, LATER)
    next_day = DAY + timedelta(days=1)
    fresh = [
        replace(timed("00:10", f"Shells fell on village number {n}.", day=next_day), local_time=None, published_at=None)
        for n in range(4)
    ]
    assert (await deployment.poll(*fresh, after=60 * 13)).outcome is PollOutcome.READ
    await deployment.poll()
    assert [type(notice) for notice in deployment.told] == [FeedLostTimes]
    back = [timed("00:30", f"Rockets hit the mill number {n}.", day=next_day) for n in range(5)]
    await deployment.poll(*fresh, *back)
    assert deployment.kinds() == ["FeedLostTimes", "FeedRecovered"]


async def test_gone_twice_is_stopped_and_told(deployment: Deployment) -> None:
    """Once may be a slip; the second time the feed is asked no more, and the reason stands with it."""
    await deployment.poll(failing=GONE)
    assert ((await deployment.feed()).state, deployment.told) == (FeedState.ACTIVE, [])
    await deployment.poll(failing=GONE, after=360)
    feed = await deployment.feed()
    assert (feed.state, feed.last_error) == (FeedState.PAUSED, GONE.reason)
    assert [type(notice) for notice in deployment.told] == [FeedStopped]


async def test_gone_after_other_troubles_is_asked_once_more(deployment: Deployment) -> None:
    """Two answers of 410 in a row are needed, whatever came before."""
    for failing in (GONE, OUT_OF_ORDER, GONE):
        await deployment.poll(failing=failing)
    assert (await deployment.feed()).state is FeedState.ACTIVE


async def test_a_site_that_wants_a_pause_fails_no_other_feed(deployment: Deployment) -> None:
    """The pause is kept in the database; a feed that was not even asked counts no failure, and comes later."""
    pause = timedelta(hours=2)
    await deployment.poll(
        failing=Failed("HTTP 429", retry_after=pause, status=429, site_pause=SitePause("norvale.example", pause))
    )
    now = deployment.clock.moment
    async with deployment.storage.read() as work:
        assert await work.sites.paused(now) == {"norvale.example": now + pause}
    report = await deployment.poll(failing=Failed("left alone", retry_after=pause, postponed=True))
    feed = await deployment.feed()
    assert (report.outcome, feed.failures, feed.last_error) == (PollOutcome.POSTPONED, 1, "HTTP 429")
    assert feed.next_poll_at is not None
    assert feed.next_poll_at >= deployment.clock.moment + pause


async def test_a_held_page_is_asked_for_by_what_was_believed_last(deployment: Deployment) -> None:
    """Its own validators are not taken: so it is seen whole each time, and a 304 says that all is well again."""
    full = [timed("11:00", f"Shells fell on village number {n} near the river.") for n in range(12)]
    await deployment.poll(MORNING, *full)
    believed, version = (await deployment.feed()).validators, deployment.page.version
    for _ in range(2):
        assert (await deployment.poll(MORNING)).outcome is PollOutcome.HELD
    assert deployment.page.asked_with[-2:] == [believed, believed]
    deployment.page.version = version
    assert (await deployment.poll()).outcome is PollOutcome.UNCHANGED
    feed = await deployment.feed()
    assert (feed.state, feed.failures) == (FeedState.ACTIVE, 0)


@pytest.mark.parametrize(("restarted", "conditional"), [(False, True), (True, False)])
async def test_what_is_missing_is_decided_by_a_304_too(
    deployment: Deployment, restarted: bool, conditional: bool
) -> None:
    """The page is not asked for again to see that it has not changed; only a restart in between costs that."""
    await deployment.poll(MORNING, NOON, LATER)
    missed = await deployment.poll(MORNING, LATER)
    assert [verdict.decision for verdict in missed.verdicts] == ["same", "same", "missing"]
    if restarted:
        deployment.start()
    confirmed = await deployment.poll()
    assert [verdict.decision for verdict in confirmed.verdicts] == ["same", "same", "removed"]
    assert (deployment.page.asked_with[-1] is not None) == conditional
    assert (await deployment.poll()).outcome is PollOutcome.UNCHANGED


async def test_a_publishers_wishes_hold_for_what_does_not_change(deployment: Deployment) -> None:
    """What the document said is still known when the server only says that it has not changed."""
    deployment.page.show(MORNING, NOON)
    assert isinstance(deployment.page.reading, Reading)
    deployment.page.reading = replace(deployment.page.reading, wishes=PublisherWishes(ttl=minutes(8)))
    await deployment.poll()
    deployment.start()
    report = await deployment.poll()
    assert report.outcome is PollOutcome.UNCHANGED
    assert report.next_poll_at is not None
    assert report.next_poll_at >= deployment.clock.moment + minutes(8)
