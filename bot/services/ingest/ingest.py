"""Reads one feed, from the request to the outbox.

fetch ─▶ unchanged? ─▶ read in the child ─▶ known ─▶ identify, tag (plan) ─▶ one write transaction:
                                                 updates, revisions, topics, outbox rows, the feed's own state
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.core.archive import AuditEntry, Feed, FeedState, ReadCounts
from bot.core.copies import WINDOW
from bot.core.day_pages.reading import on_its_page, without_repeats
from bot.core.errors import StorageError
from bot.core.hold import hold_reason
from bot.core.identity import Known, identify
from bot.core.polling import Pace
from bot.core.reading import Reading, ReadRequest, Unreadable
from bot.services.ingest.plan import Plan, Reader, Verdict, mark_kin, plan
from bot.services.ingest.recording import Recording
from bot.services.ingest.report import DryRun, PollOutcome, PollReport, log_report
from bot.services.ingest.schedule import Schedule, has_moved, is_gone
from bot.services.ingest.telling import Telling
from bot.services.ingest.watched import Watched
from bot.services.ingest.writing import write_plan
from bot.services.ports import reading as reading_port
from bot.services.ports.clock import Clock
from bot.services.ports.feed_notices import FeedNotice, Tell
from bot.services.ports.fetching import Failed, Fetched, Fetcher, NotModified
from bot.services.ports.storage import ReadState, Storage, UnitOfWork
from bot.services.ports.tagging import Tagger

log = structlog.get_logger()

_HABIT = timedelta(days=7)
"""What a feed usually brings is judged by so much of its past."""
_SHORTEST_HABIT = timedelta(hours=1)
_WATCHES = ""
"""In place of a hash: the next read looks whether what was missing still is, even if nothing has changed."""
_READING = "1"
"""Part of the hash of a body: to be raised when the same bytes would be read differently."""


async def _nobody(_feed: Feed, _reason: str) -> None:
    """Who is told of a held feed where there are no admins, as in a replay."""


async def _unheard(_notice: FeedNotice) -> None:
    """The same for all other notices."""


class Ingest:
    """Reads feeds; safe to use for many feeds at once, one read per feed at a time.

    Args:
        storage: Where everything is kept.
        fetcher: The way to sources.
        reader: Turns bytes into updates, in a child process.
        tagger: Topics and speakers.
        clock: Time.
        pace: The bounds between which feeds are read that have no interval of their own.
        jitter: Draws a number between 0 and 1.
        on_enqueued: Called after something that is to be sent was committed.
        on_held: Awaited with a feed that was not held before, and the reason why it is now.
        on_notice: Awaited with whatever else the admins are to be told about a feed.
        any_age: Alert of new updates however old they are: for a replay of a day that is past.
    """

    def __init__(
        self,
        storage: Storage,
        fetcher: Fetcher,
        reader: reading_port.Reader,
        tagger: Tagger,
        clock: Clock,
        *,
        pace: Pace,
        jitter: Callable[[], float],
        on_enqueued: Callable[[], None],
        on_held: Callable[[Feed, str], Awaitable[None]] = _nobody,
        on_notice: Tell = _unheard,
        any_age: bool = False,
    ) -> None:
        self._storage = storage
        self._fetcher = fetcher
        self._reader = reader
        self._tagger = tagger
        self._clock = clock
        self._schedule = Schedule(pace, jitter)
        self._telling = Telling(storage, on_notice)
        self._watched = Watched()
        self._recording = Recording(storage)
        self._on_enqueued = on_enqueued
        self._on_held = on_held
        self._any_age = any_age

    async def poll(self, feed: Feed) -> PollReport:
        """Read ``feed`` once and store what came of it.

        Raises nothing but cancellation: whatever one feed does, the others go on.
        """
        try:
            report = await self._poll(feed)
        except StorageError as error:
            log.error("feed not stored", feed=feed.id, reason=str(error))  # noqa: TRY400 - expected: no traceback
            return PollReport(feed.id, PollOutcome.FAILED, str(error))
        except Exception as error:
            log.exception("feed broke the reader", feed=feed.id)
            report = await self._guarded_failure(feed, f"internal error: {type(error).__name__}")
        log_report(report)
        return report

    async def dry_run(self, feed: Feed) -> DryRun | Failed:
        """What :meth:`poll` would decide now; nothing is stored or sent."""
        fetched = await self._fetcher.fetch(feed.settings.url)
        if not isinstance(fetched, Fetched):
            return fetched if isinstance(fetched, Failed) else Failed("not modified, although all was asked for")
        reading = await self._reader.read(_request(feed, fetched, self._clock.now()))
        if isinstance(reading, Unreadable):
            return Failed(reading.reason)
        reading = on_its_page(feed.page, reading)
        made = await self._planned(feed, reading)
        async with self._storage.read() as work:
            await self._find_kin(work, feed, reading, made, self._clock.now())
        return DryRun(tuple(_with_copies(made)), made.held)

    async def _poll(self, feed: Feed) -> PollReport:
        watched = self._watched.get(feed.id) if feed.body_hash == _WATCHES else None
        forgotten = feed.body_hash == _WATCHES and watched is None
        outcome = await self._fetcher.fetch(feed.settings.url, None if forgotten else feed.validators)
        match outcome:
            case Failed(postponed=True):
                return await self._postpone(feed, outcome)
            case Failed():
                return await self._failure(feed, outcome)
            case NotModified() if watched is not None:
                return await self._fetched(feed, _again(watched, outcome))
            case NotModified():
                return await self._unchanged(feed, outcome)
            case Fetched():
                return await self._fetched(feed, outcome)

    async def _fetched(self, feed: Feed, fetched: Fetched) -> PollReport:
        body_hash = _hash(feed, fetched)
        if body_hash == feed.body_hash:
            return await self._unchanged(feed, fetched)
        reading = await self._reader.read(_request(feed, fetched, self._clock.now()))
        if isinstance(reading, Unreadable):
            return await self._failure(feed, Failed(reading.reason, retry_after=fetched.retry_after))
        reading = on_its_page(feed.page, reading)
        made = await self._planned(feed, reading)
        if made.held is not None:
            return await self._hold(feed, fetched, made, made.held)
        if made.watches_for_removal:
            self._watched.keep(feed.id, fetched)
        else:
            self._watched.drop(feed.id)
        return await self._store(feed, fetched, reading, made, body_hash)

    async def _planned(self, feed: Feed, reading: Reading) -> Plan:
        found = reading.split.updates
        async with self._storage.read() as work:
            known = await work.news.known(feed.id, {news.page_key for news in found})
            other = await _other_day(work, feed)
            usual = await _usual_new(work, feed, self._clock.now())
        # An update takes a millisecond to understand: too long for a loop that answers people meanwhile.
        return await asyncio.to_thread(self._decided, feed, reading, known, other, usual)

    def _decided(
        self, feed: Feed, reading: Reading, known: Sequence[Known], other: Sequence[Known], usual_new: float
    ) -> Plan:
        language = feed.settings.language or reading.language
        reader = Reader(self._tagger, language, feed.settings.topics)
        decisions = identify(known, reading.split.updates, language=language, places=self._tagger.place_names)
        decisions = without_repeats(decisions, other) if other else decisions
        made = plan(
            decisions,
            reader,
            now=None if self._any_age else self._clock.now(),
            baseline=feed.baseline_at is None,
            damaged=reading.damaged is not None,
        )
        if not self._any_age:
            counts = ReadCounts.of(reading.split.updates)
            made.held = hold_reason(
                feed.last_counts,
                counts,
                decisions,
                usual_new=usual_new,
                last_day=max((one.local_date for one in known if one.local_date), default=None),
            )
        return made

    async def _hold(self, feed: Feed, fetched: Fetched, made: Plan, reason: str) -> PollReport:
        """Store and send nothing of this read; the next one is looked at as a whole again."""
        state = self._schedule.held(feed, fetched, reason, self._clock.now())
        async with self._storage.write() as work:
            if not await _still_read(work, feed):
                return _dropped(feed)
            await work.feeds.set_state(feed.id, FeedState.HELD)
            await work.feeds.record_read(feed.id, state)
        if feed.state is not FeedState.HELD:
            await self._on_held(feed, reason)
        return PollReport(feed.id, PollOutcome.HELD, reason, state.next_poll_at, tuple(made.verdicts))

    async def _store(self, feed: Feed, fetched: Fetched, reading: Reading, made: Plan, body_hash: str) -> PollReport:
        now = self._clock.now()
        baseline = feed.baseline_at is None
        state = self._schedule.stored(feed, fetched, reading, made, now=now, body_hash=body_hash)
        async with self._storage.write() as work:
            if not await _still_read(work, feed):
                return _dropped(feed)
            if feed.state is FeedState.HELD:
                await work.feeds.set_state(feed.id, FeedState.ACTIVE)
            await self._find_kin(work, feed, reading, made, now)
            enqueued = await write_plan(work, feed, made, now, self._tagger.within)
            await work.feeds.record_read(feed.id, state)
        if enqueued:
            self._on_enqueued()
        await self._after_good_read(feed, state)
        reason = f"{len(reading.split.updates)} updates, {len(made.new)} new"
        return PollReport(
            feed.id, PollOutcome.READ, reason, state.next_poll_at, tuple(made.verdicts), enqueued, baseline
        )

    async def _find_kin(self, work: UnitOfWork, feed: Feed, reading: Reading, made: Plan, now: datetime) -> None:
        """Mark what other feeds told before. In the transaction that stores it: two feeds may be read at once."""
        if not any(made.alerting):
            return
        told = await work.news.told_elsewhere(feed.id, since=now - WINDOW)
        language = feed.settings.language or reading.language
        if told:
            await asyncio.to_thread(mark_kin, made, feed.id, told, now=now, language=language)

    async def _unchanged(self, feed: Feed, outcome: Fetched | NotModified) -> PollReport:
        """Nothing is new; a feed that was held is as it was when it was last believed."""
        state = self._schedule.unchanged(feed, outcome, self._clock.now())
        if feed.state is FeedState.HELD:
            async with self._storage.write() as work:
                await work.feeds.set_state(feed.id, FeedState.ACTIVE)
        await self._recording.record(feed.id, state)
        await self._after_good_read(feed, state)
        return PollReport(feed.id, PollOutcome.UNCHANGED, "nothing has changed", state.next_poll_at)

    async def _after_good_read(self, feed: Feed, state: ReadState) -> None:
        url = has_moved(state)
        if url is not None:
            async with self._storage.write() as work:
                moved = await _moved(work, feed, url, state.at)
            if moved:
                await self._telling.moved(feed, url)
        await self._telling.after_read(feed, state)

    async def _postpone(self, feed: Feed, failed: Failed) -> PollReport:
        until = self._schedule.postponed(failed, self._clock.now())
        async with self._storage.write() as work:
            await work.feeds.postpone(feed.id, until)
        return PollReport(feed.id, PollOutcome.POSTPONED, failed.reason, until)

    async def _failure(self, feed: Feed, failed: Failed) -> PollReport:
        now = self._clock.now()
        state = self._schedule.failed(feed, failed, now)
        stops = is_gone(feed, failed)
        async with self._storage.write() as work:
            await work.feeds.record_read(feed.id, state)
            if failed.site_pause is not None:
                await work.sites.pause(failed.site_pause.site, until=now + failed.site_pause.wait, now=now)
            if stops and await _still_read(work, feed):
                await work.feeds.set_state(feed.id, FeedState.PAUSED)
        if stops:
            await self._telling.stopped(feed, failed.reason, now)
        else:
            await self._telling.after_read(feed, state)
        return PollReport(feed.id, PollOutcome.FAILED, failed.reason, state.next_poll_at)

    async def _guarded_failure(self, feed: Feed, reason: str) -> PollReport:
        try:
            return await self._failure(feed, Failed(reason))
        except StorageError as error:
            return PollReport(feed.id, PollOutcome.FAILED, f"{reason}; {error}")


def _with_copies(made: Plan) -> Iterator[Verdict]:
    """The verdicts, those about copies named so."""
    copies = {id(item.news) for item in made.new if item.copy_of is not None}
    for verdict in made.verdicts:
        yield replace(verdict, decision="copy") if id(verdict.news) in copies else verdict


async def _still_read(work: UnitOfWork, feed: Feed) -> bool:
    current = await work.feeds.get(feed.id)
    return current is not None and current.state in {FeedState.ACTIVE, FeedState.HELD}


def _dropped(feed: Feed) -> PollReport:
    return PollReport(feed.id, PollOutcome.DROPPED, "the feed was paused or removed meanwhile")


async def _other_day(work: UnitOfWork, feed: Feed) -> Sequence[Known]:
    """What is known of the page that is read together with the feed's, in the night between two days."""
    if feed.page is None or feed.page.other_key is None:
        return ()
    return await work.news.known(feed.id, {feed.page.other_key})


async def _usual_new(work: UnitOfWork, feed: Feed, now: datetime) -> float:
    """How many new updates the feed's last week would let one expect since its last good read."""
    if feed.baseline_at is None or feed.last_read_at is None:
        return 0.0
    since = max(feed.baseline_at, now - _HABIT)
    if now - since < _SHORTEST_HABIT:
        return 0.0
    return await work.news.count_new(feed.id, since=since) * ((now - feed.last_read_at) / (now - since))


def _request(feed: Feed, fetched: Fetched, now: datetime) -> ReadRequest:
    return ReadRequest(
        fetched.body,
        read_at=now,
        url=fetched.url,
        content_type=fetched.content_type,
        timezone=feed.settings.timezone,
        language=feed.settings.language,
    )


def _hash(feed: Feed, fetched: Fetched) -> str:
    """Of the body and of all else that decides how it is read."""
    settings = feed.settings
    facts = (_READING, fetched.url, fetched.content_type, settings.timezone, settings.language, settings.topics)
    return hashlib.sha256(repr(facts).encode() + b"\0" + fetched.body).hexdigest()


def _again(watched: Fetched, outcome: NotModified) -> Fetched:
    """The page as it was read last, and still is."""
    return replace(
        watched,
        validators=outcome.validators,
        retry_after=outcome.retry_after,
        fresh_for=watched.fresh_for if outcome.fresh_for is None else outcome.fresh_for,
        moved_to=outcome.moved_to,
    )


async def _moved(work: UnitOfWork, feed: Feed, url: str, now: datetime) -> bool:
    """Read the feed from its new address, unless another feed has it: then the old one goes on to lead there."""
    if not await work.feeds.change_url(feed.id, url):
        return False
    entry = AuditEntry(now, None, "moved", subject=f"feed {feed.id}", before=feed.settings.url, after=url)
    await work.audit.add(entry)
    return True
