"""The values that the archive gives back: feeds, stored updates with their revisions, chats and their settings.

They are plain snapshots of rows, detached from any session: nothing here can be saved by changing it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from bot.core.casualties import UNCOUNTED, Casualties
from bot.core.model import JoinedForm, Level, NewsState, NewsUpdate, OutboxKind, PublisherWishes, Tag, TopicMode
from bot.core.polling import FeedAlarm, Rhythm

T = TypeVar("T")


class FeedState(StrEnum):
    """Whether a feed is read, in the words that /feeds shows."""

    ACTIVE = "active"
    PAUSED = "paused"
    HELD = "held"
    """Read on, but nothing of it is stored or sent: the last read changed too much to be believed."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask again cheaply (RFC 9110 §8.8): opaque, sent back as they came, bound to ``url``."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """What a person decides about a feed; ``None`` means "as the source says, or the deployment's default"."""

    url: str
    title: str | None = None
    timezone: str | None = None
    """IANA name; outranks anything but a zone printed beside a time."""
    language: str | None = None
    interval: timedelta | None = None
    """Fixes the time between two reads; ``None`` lets the poller decide."""
    topics: tuple[str, ...] = ()
    """Topics that every update of the feed gets, whatever its words."""
    follow_days: bool = False
    """The address is one day's page: those of the next days are sought, and continue the feed."""


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """What a read found, to be compared with the next one."""

    updates: int
    timed: int
    """How many of them printed a time."""

    @classmethod
    def of(cls, updates: Iterable[NewsUpdate]) -> ReadCounts:
        """Count the updates of one read."""
        times = [news.local_time is not None for news in updates]
        return cls(len(times), sum(times))


@dataclass(frozen=True, slots=True)
class PageOfDay:
    """Which of a feed's daily pages is read."""

    key: str
    """What tells its updates from those of the other days: its address; "" for the page that the feed began with."""
    beside: bool = False
    """It is the page of the day before, read beside the feed's own until the morning."""
    other_key: str | None = None
    """The key of the page that it is read together with; ``None`` outside of those hours."""


@dataclass(frozen=True, slots=True)
class PageBefore:
    """The page of the day before, while it is still read, and the state of reading it, as a feed's own."""

    url: str
    key: str
    until: datetime
    """From when on it is read no more."""
    validators: Validators | None = None
    body_hash: str | None = None
    last_counts: ReadCounts | None = None


@dataclass(frozen=True, slots=True)
class FollowedDay:
    """Where a feed that has a page per day stands: its present page, and the search for the next one."""

    day: date
    key: str
    zone: str
    """IANA name of the zone in which the source's days begin."""
    title: str | None = None
    """The present page's: the next one has the same but for the day."""
    language: str | None = None
    before: PageBefore | None = None
    sought_at: datetime | None = None
    """When the next page was last looked for; ``None`` when not yet."""
    told_for: date | None = None
    """The missing day of which admins were told last."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a feed's answers say that it has moved for good (301, 308)."""

    url: str
    answers: int = 1
    """How many in a row have said so."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A configured source and the state of reading it."""

    id: int
    settings: FeedSettings
    state: FeedState
    format: str | None = None
    source_title: str | None = None
    """The title that the source gives itself."""
    validators: Validators | None = None
    body_hash: str | None = None
    """Hash of the last body that was read, to know an unchanged one without reading it again."""
    baseline_at: datetime | None = None
    """When the first document was understood; ``None`` until then: the next one alerts nobody."""
    last_counts: ReadCounts | None = None
    """What the last good read found; ``None`` where the next one is to be believed whatever it finds."""
    next_poll_at: datetime | None = None
    last_read_at: datetime | None = None
    """The last time that the source was reached and understood, changed or not."""
    last_attempt_at: datetime | None = None
    failures: int = 0
    """Reads failed in a row."""
    last_error: str | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)
    """What is known of its habit of publishing."""
    wishes: PublisherWishes = field(default_factory=PublisherWishes)
    """What its last document said about when to read it."""
    fresh_for: timedelta | None = None
    """How long the server said that its last whole answer stays fresh."""
    alarm: FeedAlarm | None = None
    """What its admins were told is wrong with it."""
    move: Move | None = None
    page: PageOfDay | None = None
    """The page to be read, of a feed that has one per day; storage gives ``None``."""

    @property
    def title(self) -> str:
        """The name shown to people: the operator's, else the source's own, else the address."""
        return self.settings.title or self.source_title or self.settings.url


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of an update as we noticed it."""

    number: int
    """1 for the first version."""
    heading: str | None
    text: str
    noticed_at: datetime


@dataclass(frozen=True, slots=True)
class StoredNews:
    """An update as archived, in its current version."""

    id: int
    feed_id: int
    feed_title: str
    news: NewsUpdate
    revision: int
    state: NewsState
    first_seen_at: datetime
    tags: tuple[Tag, ...] = ()
    attribution: tuple[str, ...] = ()
    """Who says it, lead speaker first; empty when the text names nobody."""
    revisions: tuple[Revision, ...] = ()
    """Every version, oldest first; empty where a listing did not ask for them."""
    noticed_at: datetime | None = None
    """When the current revision was noticed."""
    also_in: tuple[str, ...] = ()
    """The titles of other feeds that brought the same words, in the order in which they did."""
    level: Level = "routine"
    places: tuple[str, ...] = ()
    """The ids of the places that it names, the most specific first."""
    nearest: tuple[str, ...] = ()
    """Those of ``places`` that decide whom it concerns: a place named besides something in it is not among them."""
    within: tuple[str, ...] = ()
    """The ids of everything that the places lie in and that is not named itself, nearest first."""
    casualties: Casualties = UNCOUNTED
    denial: bool = False
    """Its speaker denies what others report: it never rings."""
    all_clear: bool = False
    """Its speaker says that a danger is over."""
    language: str | None = None
    """What its feed declares to write in (BCP 47)."""
    report_of: int | None = None
    """The update of another feed that it tells again: what their story began with."""

    @property
    def at(self) -> datetime:
        """The moment it is listed under: as published, else first seen."""
        return self.news.published_at or self.first_seen_at


class ChatKind(StrEnum):
    """The Bot API's chat types; a supergroup is a group here."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


class ChatState(StrEnum):
    """Whether a chat can be sent to."""

    ACTIVE = "active"
    STOPPED = "stopped"
    """It said /stop: settings are kept, alerts end."""
    GONE = "gone"
    """Telegram refuses it for good: blocked, kicked, deleted."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where messages go: a chat and a thread of it; without ``thread_id`` the chat itself, or its General topic."""

    id: int
    chat_id: int
    kind: ChatKind
    thread_id: int | None = None
    state: ChatState = ChatState.ACTIVE
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one destination wants of one topic."""

    topic: str
    mode: TopicMode


@dataclass(frozen=True, slots=True)
class Claimed:
    """An outbox row whose intent to send is already committed: whoever holds it must settle it."""

    id: int
    kind: OutboxKind
    destination: Destination
    stored: StoredNews
    loud: bool
    attempt: int
    """1 for the first try."""
    possibly_sent: bool = False
    """An earlier try of this row was left in doubt: the copy that goes out now is marked "(repeat)"."""
    message_id: int | None = None
    """What an edit changes and a reply answers: the earlier version's message; for an alert, that of the first report
    of the same event."""
    previous: Revision | None = None
    """For edits and replies: the version before."""
    mode: TopicMode | None = None
    """The setting by which an alert found its audience; ``None`` where it is not on record."""
    first_report: StoredNews | None = None
    """For an alert: the report of the same event that the destination was sent before."""
    rang: bool | None = None
    """For a reply: whether its alert rang; ``None`` where it is not on record."""
    sent_at: datetime | None = None
    """For a reply: when its alert was sent; ``None`` where it is not on record."""
    loud_now: bool = True
    """For a reply: the destination still wants a topic of it with sound."""
    overtaken: bool = False
    """For an all-clear: danger was reported since in one of the places that it names."""
    queued_at: datetime | None = None
    """Since when it waits; ``None`` where it is not on record."""
    lane: int = 2
    """See :class:`bot.core.match.Lane`."""
    form: JoinedForm | None = None
    """How the message is joined that was tried, or that an edit changes and a reply answers; ``None`` for one alone."""
    line: int = 0
    """The number of the chat by which its lines are kept."""
    told_in: int | None = None
    """For a reply: the message of a reply about the same update not an hour old, which is edited instead."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit: who did or tried what, and when."""

    at: datetime
    user_id: int | None
    """Telegram's numeric user id; ``None`` for the program itself."""
    action: str
    subject: str
    allowed: bool = True
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a listing that new items cannot shift, because it looks only at ids up to ``anchor``."""

    items: tuple[T, ...]
    number: int
    """1-based."""
    pages: int
    total: int
    anchor: int
    """The highest id that the listing takes in."""
