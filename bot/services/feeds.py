"""Adding, listing and removing sources: what an admin sees before anything is stored, and what is stored then."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.core.archive import AuditEntry, Feed, FeedSettings, FeedState
from bot.core.day_pages import DayPage, day_page_of
from bot.core.model import NewsUpdate, Tag
from bot.core.reading import Reading, ReadRequest, Unreadable
from bot.core.web_address import BadAddress, to_address
from bot.services.day_pages import first_day
from bot.services.ports.clock import Clock
from bot.services.ports.fetching import Failed, Fetched, Fetcher, NotModified
from bot.services.ports.reading import Reader
from bot.services.ports.storage import Storage
from bot.services.ports.tagging import Tagger

_KEPT_PREVIEWS = 8


@dataclass(frozen=True, slots=True)
class PreviewedUpdate:
    """One update as it would be archived."""

    news: NewsUpdate
    tags: tuple[Tag, ...]
    attribution: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a source would bring: read, split and tagged, and nothing stored."""

    url: str
    size: int
    """Bytes of the document."""
    seconds: float
    """How long fetching and reading took."""
    reading: Reading
    updates: tuple[PreviewedUpdate, ...]
    """In page order, housekeeping of the source left out."""
    day_page: DayPage | None = None
    """The one day that the page is for; ``None`` for a source that goes on at its address."""

    @property
    def topic_counts(self) -> Mapping[str, int]:
        """How many updates each topic has, most frequent first."""
        return dict(Counter(tag.topic for update in self.updates for tag in update.tags).most_common())


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """That address is followed already."""

    feed: Feed


@dataclass(frozen=True, slots=True)
class NotReached:
    """The source could not be fetched."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The source answered, but with nothing that can be read."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Advertised:
    """A page without updates that names feeds of its site."""

    url: str
    feeds: tuple[str, ...]


PreviewOutcome = Preview | BadAddress | AlreadyThere | NotReached | NotUnderstood | Advertised


@dataclass(frozen=True, slots=True)
class Added:
    """The source is stored and will be read at once; what it has now counts as seen."""

    feed: Feed
    seen: int | None = None
    """How many updates the preview showed; ``None`` when it is no longer at hand."""
    title: str | None = None
    """The title that the preview showed."""
    follows_days: bool = False
    """The pages of the next days are sought."""


@dataclass(frozen=True, slots=True)
class Removed:
    """The source is read no more; what it brought stays in the archive."""

    feed: Feed


@dataclass(frozen=True, slots=True)
class Released:
    """A held source is believed again from its next read on."""

    feed: Feed
    as_seen: bool


@dataclass(frozen=True, slots=True)
class NoSuchFeed:
    """No feed with that number, or one that is removed."""

    number: int


class FeedsService:
    """The sources of a deployment, for its admins. Whoever calls has checked their rights."""

    def __init__(self, storage: Storage, fetcher: Fetcher, reader: Reader, tagger: Tagger, clock: Clock) -> None:
        self._storage = storage
        self._fetcher = fetcher
        self._reader = reader
        self._tagger = tagger
        self._clock = clock
        self._previews: OrderedDict[str, Preview] = OrderedDict()

    async def preview(self, typed: str) -> PreviewOutcome:
        """Read the source at an address as a person typed it, and store nothing."""
        url = to_address(typed)
        if isinstance(url, BadAddress):
            return url
        existing = await self._followed(url)
        if existing is not None:
            return AlreadyThere(existing)
        outcome = await self._read(url)
        if isinstance(outcome, Preview):
            self._keep(outcome)
        return outcome

    async def preview_again(self, url: str) -> PreviewOutcome:
        """The preview made of ``url`` a moment ago, to turn its pages; read anew where it is no longer at hand."""
        return self._previews.get(url) or await self.preview(url)

    async def add(self, url: str, *, by: int | None, follow_days: bool = False) -> Added | AlreadyThere | BadAddress:
        """Store the source, due at once: its first document is the baseline, and alerts nobody.

        Args:
            url: The address, as it was previewed.
            by: The admin.
            follow_days: The page is for one day: the next days' pages continue it.
        """
        address = to_address(url)
        if isinstance(address, BadAddress):
            return address
        now = self._clock.now()
        async with self._storage.write() as work:
            feed = await work.feeds.add(FeedSettings(url=address, follow_days=follow_days), at=now)
            if feed is None:
                existing = await work.feeds.by_url(address)
                assert existing is not None
                return AlreadyThere(existing)
            await work.audit.add(AuditEntry(now, by, "addfeed", subject=f"feed {feed.id}", after=address))
            preview = self._previews.pop(address, None)
            if follow_days and preview is not None and preview.day_page is not None:
                await work.days.begin(feed.id, first_day(preview.reading, preview.day_page.day))
        if preview is None:
            return Added(feed, follows_days=follow_days)
        return Added(feed, len(preview.updates), preview.reading.title, follow_days)

    def now(self) -> datetime:
        """The present moment, which clocks in lists are told against."""
        return self._clock.now()

    async def all(self) -> tuple[Feed, ...]:
        """Every source that is not removed, by number."""
        async with self._storage.read() as work:
            return tuple(await work.feeds.all())

    async def find(self, number: int) -> Feed | NoSuchFeed:
        """The source with that number."""
        async with self._storage.read() as work:
            feed = await work.feeds.get(number)
        return feed if feed is not None and feed.state is not FeedState.REMOVED else NoSuchFeed(number)

    async def remove(self, number: int, *, by: int | None) -> Removed | NoSuchFeed:
        """Stop following a source."""
        async with self._storage.write() as work:
            feed = await work.feeds.get(number)
            if feed is None or feed.state is FeedState.REMOVED:
                return NoSuchFeed(number)
            await work.feeds.set_state(number, FeedState.REMOVED)
            entry = AuditEntry(
                self._clock.now(), by, "removefeed", subject=f"feed {number}", before=feed.settings.url, after="removed"
            )
            await work.audit.add(entry)
            return Removed(feed)

    async def release(self, number: int, *, as_seen: bool, by: int | None) -> Released | NoSuchFeed:
        """Let a held source go on: what it has is sent, or counts as seen. One that is not held stays as it is."""
        async with self._storage.write() as work:
            feed = await work.feeds.get(number)
            if feed is None or feed.state is FeedState.REMOVED:
                return NoSuchFeed(number)
            if feed.state is FeedState.HELD:
                await work.feeds.release(number, as_seen=as_seen)
                after = "all it has counts as seen" if as_seen else "what it has is sent"
                entry = AuditEntry(
                    self._clock.now(), by, "release", subject=f"feed {number}", before=feed.last_error, after=after
                )
                await work.audit.add(entry)
            return Released(feed, as_seen)

    async def _followed(self, url: str) -> Feed | None:
        async with self._storage.read() as work:
            feed = await work.feeds.by_url(url)
        return feed if feed is not None and feed.state is not FeedState.REMOVED else None

    async def _read(self, url: str) -> Preview | NotReached | NotUnderstood | Advertised:
        started = self._clock.monotonic()
        fetched = await self._fetcher.fetch(url)
        if not isinstance(fetched, Fetched):
            return NotReached(url, _why_not(fetched))
        reading = await self._reader.read(
            ReadRequest(fetched.body, self._clock.now(), fetched.url, fetched.content_type)
        )
        match reading:
            case Unreadable(reason=reason):
                return NotUnderstood(url, reason)
            case Reading():
                seconds = self._clock.monotonic() - started
                return self._previewed(url, fetched, seconds, reading)
            case unknown:
                assert_never(unknown)

    def _previewed(
        self, url: str, fetched: Fetched, seconds: float, reading: Reading
    ) -> Preview | NotUnderstood | Advertised:
        updates = tuple(
            PreviewedUpdate(
                news,
                self._tagger.tag(news, language=reading.language),
                self._tagger.attribution(news, language=reading.language),
            )
            for news in reading.split.updates
            if not news.service
        )
        if updates:
            today = self._clock.now().astimezone(ZoneInfo(reading.split.zone)).date()
            day_page = day_page_of(reading, url=fetched.url, today=today)
            return Preview(url, len(fetched.body), seconds, reading, updates, day_page)
        if reading.alternates:
            return Advertised(url, reading.alternates)
        return NotUnderstood(url, reading.damaged or "there is no update in it")

    def _keep(self, preview: Preview) -> None:
        self._previews[preview.url] = preview
        self._previews.move_to_end(preview.url)
        while len(self._previews) > _KEPT_PREVIEWS:
            self._previews.popitem(last=False)


def _why_not(outcome: Failed | NotModified) -> str:
    match outcome:
        case Failed(reason=reason):
            return reason
        case NotModified():
            return "the server answers “not modified” to a first request"
        case unknown:
            assert_never(unknown)
