"""The values that flow through Sitrep, from a fetched document to a stored update.

    bytes ─▶ Document(Entry(Block…)) ─split▶ NewsUpdate ─identify▶ decisions ─▶ storage, outbox

Times: every aware ``datetime`` is UTC unless its name says ``local``; a ``local_`` value is the wall clock
that the source itself printed, in the zone named beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

OTHER_TOPIC = "other"
"""The explicit topic of an update that no rule matched, so that nothing is lost."""


class BlockKind(StrEnum):
    """What a piece of a page is in the page's own structure."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Block:
    """One line-like piece of a page, in reading order: the one form between a page and the splitter."""

    kind: BlockKind
    text: str
    """The visible text, white space folded, never empty."""
    times: tuple[datetime, ...] = ()
    """Machine-readable times attached to it (``<time datetime>``, ``data-*``); naive means the page's own zone."""
    id: str | None = None
    """The DOM id of the element or of the closest container that has one."""
    link: str | None = None
    """The first absolute link inside, a permalink more often than not."""
    emphasis: bool = False
    """The whole block is bold."""
    level: int | None = None
    """The rank of a heading, 1 to 6; ``None`` for anything else."""


class EntryKind(StrEnum):
    """How an entry's blocks are to be split."""

    PAGE = "page"
    """A whole page: a chronology, or one ordinary article."""
    ITEM = "item"
    """An entry of a feed (RFC 4287 «entry»): usually one update, but one that may grow all day."""
    POST = "post"
    """One update by construction (``liveBlogUpdate``, a channel's message): never split."""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, sound or film that a source attaches to an entry; it is never fetched."""

    url: str
    """Absolute, http or https."""
    kind: str | None = None
    """The media type that the source states ("image/jpeg"), lower case; ``None`` when it states none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a document, in document order."""

    kind: EntryKind
    key: str
    """What names the entry within its feed: its guid, canonical address or anchor; "" for the only page."""
    blocks: tuple[Block, ...]
    title: str | None = None
    url: str | None = None
    published: datetime | None = None
    """As the source states it; naive means the feed's own zone; ``None`` when it states none."""
    updated: datetime | None = None
    retracted: bool = False
    """The source itself marks the entry as taken back (AMP ``data-tombstone``, CAP ``Cancel``)."""
    exercise: bool = False
    """The source marks it as an exercise or a test (CAP ``status``)."""
    media: tuple[Media, ...] = ()
    """What is attached to it, a handful at most."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of a page to another page of its site."""

    url: str
    """Absolute."""
    text: str = ""
    """Its visible words, white space folded, clipped."""
    rel: str | None = None
    """"next" where the page calls it so, whether as a relation or in words."""


@dataclass(frozen=True, slots=True)
class PublisherWishes:
    """What a feed says itself about when to read it (RSS 2.0 ``ttl`` …, the RSS 1.0 syndication module)."""

    ttl: timedelta | None = None
    update_period: timedelta | None = None
    """``updatePeriod`` divided by ``updateFrequency``."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day in UTC, 0 to 23, in which nothing is published; in order."""
    skip_days: tuple[int, ...] = ()
    """Days of the week in UTC, Monday 0, on which nothing is published; in order."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a source format made of the bytes of one fetch."""

    format: str
    """The name of the format that read it, as in ``bot.sources.FORMATS``: "rss", "atom", "html", "text" …"""
    entries: tuple[Entry, ...]
    title: str | None = None
    language: str | None = None
    """BCP 47 tag that the document declares, or ``None``."""
    url: str | None = None
    """The canonical address that the document states for itself, or ``None``."""
    alternates: tuple[str, ...] = ()
    """Feeds that a page advertises (``<link rel=alternate>``), absolute."""
    links: tuple[PageLink, ...] = ()
    """Where a page leads to on its own site, in page order, each address once; empty unless they were asked for."""
    damaged: str | None = None
    """Why the document is only partly readable (truncated, undeclared encoding …), or ``None`` when it is whole."""
    wishes: PublisherWishes = PublisherWishes()


class DateFrom(StrEnum):
    """How an update's day is known, strongest first."""

    HEADER = "header"
    PRINTED = "printed"
    ADDRESS = "address"
    FEED = "feed"
    FIRST_SEEN = "first-seen"


@dataclass(frozen=True, slots=True)
class NewsUpdate:
    """One piece of news that a source presents as an entry of its own: what becomes one alert.

    ``text`` is the source's words without the time token, paragraphs joined by a blank line; it may be empty
    when the heading is all there is. An update without a printed time has ``local_time`` and ``published_at``
    ``None``: a time is never made up.
    """

    text: str
    position: int
    """0-based place in the document, in page order."""
    page_key: str = ""
    """The entry or page that it stands in (``Entry.key``): identity is sought within it."""
    heading: str | None = None
    local_date: date | None = None
    local_time: time | None = None
    zone: str = "UTC"
    """IANA name of the zone that ``local_date`` and ``local_time`` are in."""
    published_at: datetime | None = None
    date_from: DateFrom = DateFrom.FIRST_SEEN
    vendor_id: str | None = None
    """The source's own id for it (DOM id, guid), unproven until two fetches have shown it to stay with its text."""
    url: str | None = None
    service: bool = False
    """Housekeeping of the source («our coverage ends here»): kept, never alerted."""
    retracted: bool = False
    exercise: bool = False
    media: tuple[Media, ...] = ()
    """What its entry attaches; no part of what makes it this update."""

    @property
    def whole(self) -> str:
        """Heading and text as one string, for matching words."""
        return f"{self.heading}\n\n{self.text}" if self.heading and self.text else self.heading or self.text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of a page that is no update, kept so that no text is lost without a name."""

    text: str
    reason: str
    """A short name: intro, promo, footer, day-header, byline, label, counter, page-date, navigation …"""


@dataclass(frozen=True, slots=True)
class Split:
    """A document split into updates: every character of it is in exactly one of the two lists."""

    updates: tuple[NewsUpdate, ...]
    left_out: tuple[LeftOut, ...]
    zone: str
    zone_from: str
    """Why that zone: "printed", "feed setting", "publisher's country", or "assumed" (UTC, with a warning)."""
    reader: str
    """In a person's words, how it was read: "dated paragraphs", "feed entries", "one article" …"""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as people see it."""

    slug: str
    name: str
    label: str
    """The short label that opens an alert's title."""
    hashtag: str


@dataclass(frozen=True, slots=True)
class Tag:
    """One topic of an update, and why."""

    topic: str
    matches: tuple[Match, ...] = ()
    """What matched, in text order; empty for ``other`` and for topics that a feed's settings add."""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """Words that made a topic apply."""

    words: str
    """The words as they stand in the text."""
    rule: str
    pack: str


Level = Literal["routine", "important", "breaking"]


class TopicMode(StrEnum):
    """What a destination wants of a topic."""

    LOUD = "loud"
    SILENT = "silent"
    DIGEST = "digest"
    OFF = "off"


class NewsState(StrEnum):
    """Where a stored update stands with its source."""

    CURRENT = "current"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class JoinedForm(StrEnum):
    """Why several updates are one message; the order is part of the schema."""

    BACKLOG = "backlog"
    """More came than could be sent one by one."""
    GAP = "gap"
    """Told late: we, Telegram or the source could not be reached, or all was muted."""
    MORNING = "morning"
    """Held by quiet hours."""
    DIGEST = "digest"
    """What the chat wants as a list."""
    BURST = "burst"
    """Silent ones in quick succession."""


class OutboxKind(StrEnum):
    """What a delivery is for; an update revision meets a destination at most once per kind."""

    ALERT = "alert"
    EDIT = "edit"
    REPLY = "reply"
