"""What one read of a feed leaves in the archive and the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.archive import ChatKind, Claimed, Feed, FeedSettings, FeedState, StoredNews
from bot.core.model import NewsState, NewsUpdate, OutboxKind, TopicMode
from bot.core.polling import Pace
from bot.core.reading import ReadOutcome, ReadRequest, Unreadable
from bot.services.ingest import Ingest, PollOutcome, PollReport
from bot.services.ports.fetching import Failed
from bot.services.ports.sending import Sent
from bot.services.ports.storage import NewNews, Settled, Storage
from bot.storage import SqlStorage, open_storage
from tests.builders import NOW, minutes, subscribe
from tests.fakes import PlainTagger, SetClock
from tests.services.delivery_rig import (
    DAY,
    PAGE_URL,
    ChangingPage,
    CrashError,
    CrashingStorage,
    CrashPlan,
    copied,
    timed,
)

MORNING = timed("11:30", "Shells fell on the market of Tarvin at dawn.", heading="Market Hit")
NOON = timed("11:50", "Shells hit the bridge of Karst. One civilian was wounded, the Emergency Service said.")
LATER = timed("11:58", "Shells struck a school in Norvale, and nobody was inside at that hour.")
TALKS = timed("11:55", "The ministers of both sides met in Lemmen for talks about a truce.")


class Bench:
    """A feed, its page, and everything that reading it needs."""

    def __init__(self, storage: Storage, page: ChangingPage | None = None) -> None:
        self.storage = storage
        self.page = page or ChangingPage()
        self.clock = SetClock(NOW)
        self.woken = 0
        self.ingest = self.ingest_on(storage)

    def ingest_on(self, storage: Storage) -> Ingest:
        """The use case on that database."""
        return Ingest(
            storage,
            self.page,
            self.page,
            PlainTagger(),
            self.clock,
            pace=Pace(minutes(2)),
            jitter=lambda: 0.5,
            on_enqueued=self._wake,
        )

    def _wake(self) -> None:
        self.woken += 1

    async def feed(self, **settings: Any) -> Feed:
        """The feed as the database has it now."""
        async with self.storage.write() as work:
            await work.feeds.add(FeedSettings(PAGE_URL, **settings), at=NOW)
            feed = await work.feeds.by_url(PAGE_URL)
        assert feed is not None
        return feed

    async def poll(self, *updates: NewsUpdate, damaged: str | None = None) -> PollReport:
        """Read the page once; with updates it has changed to exactly these."""
        if updates:
            self.page.show(*updates, damaged=damaged)
        return await self.ingest.poll(await self.feed())

    async def deliver(self) -> list[tuple[int, OutboxKind, str]]:
        """Send everything that waits; returns chat, kind and text of each, in the order of sending."""
        sent: list[tuple[int, OutboxKind, str]] = []
        while claimed := await self.claimed():
            sent += [(row.destination.chat_id, row.kind, row.stored.news.text) for row in claimed]
            outcomes = [Settled(row.id, Sent(row.id), NOW) for row in claimed]
            async with self.storage.write() as work:
                await work.outbox.settle(outcomes)
        return sent

    async def claimed(self) -> list[Claimed]:
        """The rows that may be sent now."""
        async with self.storage.write() as work:
            taken = await work.outbox.claim(NOW, most=1000)
            return [row for parcel in taken.parcels for row in parcel.rows]

    async def archived(self) -> list[StoredNews]:
        """Everything stored, oldest first."""
        async with self.storage.read() as work:
            page = await work.news.latest(size=1000)
        return list(reversed(page.items))


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """An open, empty database."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        yield opened


@pytest.fixture
async def bench(storage: SqlStorage) -> Bench:
    """A feed that has been read once, with one chat that follows shelling."""
    await subscribe(storage, 501)
    made = Bench(storage)
    await made.poll(MORNING)
    return made


async def test_the_first_document_is_archived_and_alerts_nobody(storage: SqlStorage) -> None:
    """What stood there before Sitrep came is history."""
    await subscribe(storage, 501)
    bench = Bench(storage)
    report = await bench.poll(MORNING, NOON)
    assert (report.baseline, report.enqueued, bench.woken) == (True, 0, 0)
    assert [stored.news.text for stored in await bench.archived()] == [MORNING.text, NOON.text]
    assert all("first document" in verdict.reason for verdict in report.verdicts)


async def test_an_empty_first_document_is_a_baseline_too(storage: SqlStorage) -> None:
    """A page that starts empty alerts from its first update on."""
    await subscribe(storage, 501)
    bench = Bench(storage)
    bench.page.show()
    assert (await bench.poll()).baseline
    assert (await bench.poll(NOON)).enqueued == 1


async def test_places_of_the_packs_are_places_in_a_correction(bench: Bench) -> None:
    """A headline's capitals prove no name, but the packs know the towns."""
    was = timed("11:50", "Shells Hit Martuni Again This Morning, Three Civilians Wounded")
    now = timed("11:50", "Shells Hit Shushi Again This Morning, Three Civilians Wounded")
    await bench.poll(MORNING, was)
    report = await bench.poll(MORNING, now)
    assert "changed: place" in report.verdicts[1].reason


async def test_a_new_update_alerts_its_audience_once(bench: Bench) -> None:
    """Only who follows one of its topics is told, once, and the sender is woken."""
    await subscribe(bench.storage, 502, {"diplomacy": TopicMode.LOUD})
    report = await bench.poll(MORNING, NOON)
    assert (report.enqueued, bench.woken) == (1, 1)
    assert await bench.deliver() == [(501, OutboxKind.ALERT, NOON.text)]
    await bench.poll(MORNING, NOON, TALKS)
    assert await bench.deliver() == [(502, OutboxKind.ALERT, TALKS.text)]


async def test_a_page_that_grows_alerts_each_paragraph_once(bench: Bench) -> None:
    """Newest first or last, read however often: one alert for each new paragraph."""
    await bench.poll(LATER, NOON, MORNING)
    await bench.poll(LATER, NOON, MORNING)
    await bench.poll(LATER, TALKS, NOON, MORNING)
    assert await bench.deliver() == [(501, OutboxKind.ALERT, NOON.text), (501, OutboxKind.ALERT, LATER.text)]


async def test_every_update_is_told_in_the_order_of_events(bench: Bench) -> None:
    """A page with the newest on top does not turn the day round; what breaks goes first."""
    first, second = timed("11:52", "Shells fell on Arden."), timed("11:52", "Shells fell on Borsk.")
    await bench.poll(LATER, NOON, first, second, MORNING)
    texts = [text for _, _, text in await bench.deliver()]
    assert texts == [NOON.text, LATER.text, first.text, second.text]


ARCHIVED_ONLY = [
    ("older than a day", timed("09:00", "Shells fell on Arden.", day=NOW.date() - timedelta(days=2))),
    ("housekeeping", replace(timed("11:59", "Our live shells coverage ends here."), service=True)),
    ("taken back already", replace(timed("11:59", "Shells fell on Arden."), retracted=True)),
]


@pytest.mark.parametrize("news", [row[1] for row in ARCHIVED_ONLY], ids=[row[0] for row in ARCHIVED_ONLY])
async def test_what_is_no_news_is_archived_only(bench: Bench, news: NewsUpdate) -> None:
    """It is kept, with the reason, and nobody is told."""
    report = await bench.poll(MORNING, news)
    assert report.enqueued == 0
    assert [verdict.alerts for verdict in report.verdicts] == [False, False]
    assert await bench.deliver() == []


async def test_feed_topics_come_on_top(bench: Bench) -> None:
    """A feed's own topics are added; ``other`` stays only where there is nothing else."""
    await bench.feed()
    ingest = bench.ingest
    bench.page.show(MORNING, NOON, timed("11:59", "The weather in Lemmen is fine."))
    feed = await bench.feed()
    await ingest.poll(replace(feed, settings=replace(feed.settings, topics=("refugees",))))
    tags = {stored.news.text[:10]: [tag.topic for tag in stored.tags] for stored in await bench.archived()}
    assert tags["Shells hit"] == ["civilian-shelling", "refugees"]
    assert tags["The weathe"] == ["refugees"]


async def test_a_correction_edits_and_answers_what_was_sent(bench: Bench) -> None:
    """Exactly the chats that got the earlier version get the edit and the reply, with the version before."""
    await bench.poll(MORNING, NOON)
    await bench.deliver()
    await subscribe(bench.storage, 503)
    two = replace(NOON, text=NOON.text.replace("One civilian was", "Two civilians were"))
    report = await bench.poll(MORNING, two)
    assert [verdict.decision for verdict in report.verdicts] == ["same", "corrected"]
    (edit,) = await bench.claimed()
    assert (edit.kind, edit.destination.chat_id, edit.message_id) == (OutboxKind.EDIT, 501, 1)
    assert edit.previous is not None
    assert edit.previous.text == NOON.text
    assert edit.stored.state is NewsState.CORRECTED


async def test_a_correction_before_the_alert_went_out_is_one_alert(bench: Bench) -> None:
    """What was never sent is sent once, as it stands now."""
    await bench.poll(MORNING, NOON)
    two = replace(NOON, text=NOON.text.replace("One civilian was", "Two civilians were"))
    await bench.poll(MORNING, two)
    assert await bench.deliver() == [(501, OutboxKind.ALERT, two.text)]


async def test_a_typo_put_right_edits_without_a_word(bench: Bench) -> None:
    """A silent change makes no revision and no reply, but the message follows."""
    await bench.poll(MORNING, NOON)
    await bench.deliver()
    mended = replace(NOON, text=NOON.text.replace("bridge of Karst", "brigde of Karst"))
    await bench.poll(MORNING, mended)
    assert [(kind, text) for _, kind, text in await bench.deliver()] == [(OutboxKind.EDIT, mended.text)]
    assert [stored.revision for stored in await bench.archived()] == [1, 1]


async def test_a_mere_move_in_the_page_sends_nothing(bench: Bench) -> None:
    """Every update gets a new place when one is inserted above, and no message changes."""
    await bench.poll(MORNING, NOON)
    await bench.deliver()
    await bench.poll(TALKS, MORNING, NOON)
    assert await bench.deliver() == []


async def test_gone_from_the_middle_in_two_reads_is_removed(bench: Bench) -> None:
    """The first read that misses it only watches, and the next one looks even if the page has not changed."""
    await bench.poll(MORNING, NOON, LATER)
    await bench.deliver()
    missed = await bench.poll(MORNING, LATER)
    assert [verdict.decision for verdict in missed.verdicts] == ["same", "same", "missing"]
    assert await bench.deliver() == []
    confirmed = await bench.poll()
    assert [verdict.decision for verdict in confirmed.verdicts] == ["same", "same", "removed"]
    assert [kind for _, kind, _ in await bench.deliver()] == [OutboxKind.EDIT, OutboxKind.REPLY]
    assert (await bench.poll()).outcome is PollOutcome.UNCHANGED


async def test_a_removed_update_that_comes_back_is_put_right(bench: Bench) -> None:
    """Its messages lose the mark, and it is no new alert."""
    await bench.poll(MORNING, NOON, LATER)
    await bench.poll(MORNING, LATER)
    await bench.poll()
    await bench.deliver()
    await bench.poll(MORNING, NOON, LATER)
    assert [kind for _, kind, _ in await bench.deliver()] == [OutboxKind.EDIT]
    assert {stored.state for stored in await bench.archived()} == {NewsState.CURRENT}


async def test_a_cut_off_document_removes_nothing(bench: Bench) -> None:
    """What a damaged page does not show may still be there."""
    await bench.poll(MORNING, NOON, LATER)
    await bench.deliver()
    for _ in range(3):
        report = await bench.poll(MORNING, LATER, damaged="cut off")
        assert [verdict.decision for verdict in report.verdicts] == ["same", "same"]
    assert await bench.deliver() == []


async def test_an_unchanged_page_is_not_read_again(bench: Bench) -> None:
    """The validators go back as they came, and a 304 is a good read."""
    report = await bench.poll()
    assert report.outcome is PollOutcome.UNCHANGED
    assert bench.page.reads == 1
    validators = bench.page.asked_with[-1]
    assert validators is not None
    assert validators.etag == "1"


async def test_the_same_bytes_without_validators_are_not_read_again(bench: Bench) -> None:
    """A server that knows no 304 costs a request, not a reading."""
    feed = await bench.feed()
    report = await bench.ingest.poll(replace(feed, validators=None))
    assert (report.outcome, bench.page.reads) == (PollOutcome.UNCHANGED, 1)


async def test_other_settings_read_the_same_bytes_again(bench: Bench) -> None:
    """A zone that an admin has put right takes effect without waiting for the page to change."""
    feed = await bench.feed()
    changed = replace(feed, validators=None, settings=replace(feed.settings, timezone="Asia/Yerevan"))
    assert (await bench.ingest.poll(changed)).outcome is PollOutcome.READ


async def test_a_failed_read_is_recorded_and_waits_longer(bench: Bench) -> None:
    """The reason stands in the feed, its updates stay, and the next try comes later than usual."""
    bench.page.fail(Failed("HTTP 404, the page has moved or gone"))
    report = await bench.poll()
    feed = await bench.feed()
    assert (report.outcome, feed.last_error, feed.failures) == (PollOutcome.FAILED, report.reason, 1)
    assert report.next_poll_at is not None
    assert NOW + minutes(6) <= report.next_poll_at <= NOW + minutes(8)
    assert feed.next_poll_at == report.next_poll_at
    await bench.poll(MORNING)
    assert ((await bench.feed()).failures, (await bench.feed()).last_error) == (0, None)


async def test_a_document_that_is_none_is_a_failure(bench: Bench) -> None:
    """What cannot be read is told like any other failure, and is asked for again in full."""
    bench.page.reading, bench.page.version = Unreadable("not a feed, and no page either"), 9
    assert (await bench.poll()).reason == "not a feed, and no page either"
    assert (await bench.poll(MORNING, NOON)).enqueued == 1


async def test_a_bug_met_in_one_feed_is_a_failure_of_that_feed(bench: Bench) -> None:
    """Nothing that a feed makes us do raises out of its read."""

    async def explode(request: ReadRequest) -> ReadOutcome:
        raise ZeroDivisionError

    bench.page.read = explode  # type: ignore[method-assign]  # a reader with a bug
    bench.page.version = 9
    report = await bench.poll()
    assert (report.outcome, report.reason) == (PollOutcome.FAILED, "internal error: ZeroDivisionError")
    assert (await bench.feed()).failures == 1


async def test_a_feed_that_is_removed_while_it_is_read_stores_nothing(bench: Bench) -> None:
    """An admin's tap wins over a read that was under way."""
    feed = await bench.feed()
    async with bench.storage.write() as work:
        await work.feeds.set_state(feed.id, FeedState.REMOVED)
    bench.page.show(MORNING, NOON)
    assert (await bench.ingest.poll(feed)).outcome is PollOutcome.DROPPED
    assert len(await bench.archived()) == 1


async def test_a_dry_run_decides_and_stores_nothing(bench: Bench) -> None:
    """It tells each update's verdict and reason, and the next read finds everything as it was."""
    bench.page.show(MORNING, NOON)
    run = await bench.ingest.dry_run(await bench.feed())
    assert not isinstance(run, Failed)
    assert [(verdict.decision, verdict.alerts) for verdict in run.verdicts] == [("same", False), ("new", True)]
    assert all(verdict.reason for verdict in run.verdicts)
    assert (await bench.poll()).enqueued == 1


async def test_a_large_page_does_not_stall_the_others(bench: Bench) -> None:
    """Deciding about hundreds of updates leaves the loop free."""
    updates = [timed("11:00", f"Shells fell on village number {n} near the river.") for n in range(300)]
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counting = asyncio.create_task(count())
    report = await bench.poll(MORNING, *updates)
    counting.cancel()
    assert len(report.verdicts) == 301
    assert turns > 10


async def a_full_page(bench: Bench, count: int = 12) -> list[NewsUpdate]:
    """A page with so many updates, all known."""
    updates = [timed("11:00", f"Shells fell on village number {n} near the river.") for n in range(count)]
    await bench.poll(MORNING, *updates)
    await bench.deliver()
    return updates


async def test_a_page_that_loses_half_of_itself_is_held(bench: Bench) -> None:
    """Nothing of such a read is stored or sent, the reason is told, and the page's return ends it without a word."""
    updates = await a_full_page(bench)
    held = await bench.poll(MORNING, timed("12:00", "Shells hit the bus station of Karst."))
    feed = await bench.feed()
    assert (held.outcome, held.reason) == (PollOutcome.HELD, "answers, but 2 updates found, was 13")
    assert (feed.state, feed.last_error) == (FeedState.HELD, held.reason)
    assert len(await bench.archived()) == 13
    assert await bench.claimed() == []
    back = await bench.poll(MORNING, *updates)
    assert (back.outcome, back.enqueued) == (PollOutcome.READ, 0)
    assert (await bench.feed()).state is FeedState.ACTIVE


async def test_a_page_that_starts_afresh_at_midnight_is_believed(bench: Bench) -> None:
    """A page with nothing but updates of a later day has lost nothing: they are alerted as ever."""
    await a_full_page(bench)
    bench.clock.moment = NOW + timedelta(hours=13)
    first = timed("00:40", "Shells fell on the railway yard of Karst.", day=DAY + timedelta(days=1))
    report = await bench.poll(first)
    assert (report.outcome, report.enqueued) == (PollOutcome.READ, 1)


@pytest.mark.parametrize(("as_seen", "alerts"), [(False, 40), (True, 0)])
async def test_a_flood_waits_for_a_person(bench: Bench, as_seen: bool, alerts: int) -> None:
    """Forty new updates at once are held until somebody says: send them, or count them as seen."""
    flood = [timed("11:59", f"Shells hit house number {n} of Mill Street.") for n in range(40)]
    assert (await bench.poll(MORNING, *flood)).outcome is PollOutcome.HELD
    assert (await bench.poll(MORNING, *flood)).outcome is PollOutcome.HELD
    async with bench.storage.write() as work:
        await work.feeds.release((await work.feeds.all())[0].id, as_seen=as_seen)
    report = await bench.poll(MORNING, *flood)
    assert (report.outcome, report.enqueued) == (PollOutcome.READ, alerts)
    assert len(await bench.archived()) == 41


async def test_a_busy_feed_may_catch_up(bench: Bench) -> None:
    """After hours in which nothing was read, what a feed usually brings in that time is no flood."""
    habit = [NewNews(timed("11:00", f"Shell number {n} fell by the river."), ()) for n in range(120)]
    async with bench.storage.write() as work:
        await work.news.add(1, habit, at=NOW + timedelta(hours=6))
    bench.clock.moment = NOW + timedelta(hours=9)
    late = [timed("20:30", f"Rocket number {n} struck the old town.") for n in range(60)]
    assert (await bench.poll(MORNING, *late)).outcome is PollOutcome.READ


async def test_counting_as_seen_corrects_nobody(bench: Bench) -> None:
    """A baseline over known updates changes the archive in silence."""
    updates = await a_full_page(bench)
    changed = [replace(news, text=news.text.replace("number", "no.").replace("fell on", "missed")) for news in updates]
    async with bench.storage.write() as work:
        await work.feeds.release(1, as_seen=True)
    report = await bench.poll(MORNING, *changed)
    assert report.enqueued == 0
    assert {news.news.text for news in await bench.archived()} >= {news.text for news in changed}


async def test_a_crash_at_any_point_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Wherever a read dies, the next one alerts each update exactly once, and corrects what it must."""
    template = tmp_path / "template.db"
    two = replace(NOON, text=NOON.text.replace("One civilian was", "Two civilians were"))
    async with open_storage(f"sqlite:///{template}") as storage:
        await subscribe(storage, 501)
        await subscribe(storage, -1007, kind=ChatKind.GROUP)
        before = Bench(storage)
        await before.poll(MORNING)
        await before.poll(MORNING, NOON)
        await before.deliver()
    for step in range(1, 200):
        crash = CrashPlan(step)
        async with open_storage(copied(template, tmp_path / f"{step}.db")) as storage:
            bench = Bench(storage)
            bench.page.show(MORNING, two, LATER)
            try:
                await bench.ingest_on(CrashingStorage(storage, crash)).poll(await bench.feed())
            except CrashError:
                await bench.poll()
            sent = await bench.deliver()
            for chat in (501, -1007):
                got = [(kind, text) for chat_id, kind, text in sent if chat_id == chat]
                assert got == [
                    (OutboxKind.ALERT, LATER.text),
                    (OutboxKind.EDIT, two.text),
                    (OutboxKind.REPLY, two.text),
                ], f"died at {step}"
        if not crash.happened:
            assert step > 10
            return
    raise AssertionError("the read never came to its end")
