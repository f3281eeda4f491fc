"""The port of the database: one unit of work, one repository a noun."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.core.archive import (
    AuditEntry,
    ChatKind,
    ChatState,
    Claimed,
    Destination,
    Feed,
    FeedSettings,
    FeedState,
    FollowedDay,
    Move,
    Page,
    ReadCounts,
    StoredNews,
    Subscription,
    Validators,
)
from bot.core.blackout import Outage
from bot.core.casualties import UNCOUNTED, Casualties
from bot.core.copies import Report
from bot.core.findings import Findings
from bot.core.gather import Parcel, Turn, one_by_one
from bot.core.habits import DigestTime, Habits, QuietHours
from bot.core.identity import Known
from bot.core.model import Level, NewsState, NewsUpdate, OutboxKind, PublisherWishes, Tag, TopicMode
from bot.core.polling import FeedAlarm, Rhythm
from bot.core.query import Query
from bot.core.turns import Turns
from bot.services.ports.inbox import Inbox
from bot.services.ports.sending import SendOutcome


@dataclass(frozen=True, slots=True)
class ReadState:
    """What one attempt to read a feed changes in its row."""

    at: datetime
    next_poll_at: datetime
    ok: bool
    error: str | None = None
    validators: Validators | None = None
    body_hash: str | None = None
    format: str | None = None
    source_title: str | None = None
    baseline: bool = False
    """This read sets the feed's baseline."""
    counts: ReadCounts | None = None
    """What a good read found."""
    rhythm: Rhythm | None = None
    wishes: PublisherWishes | None = None
    fresh_for: timedelta | None = None
    """Kept of every good read, ``None`` too."""
    move: Move | None = None
    """Kept of every good read, ``None`` too."""


class Feeds(Protocol):
    """The configured sources."""

    async def add(self, settings: FeedSettings, *, at: datetime) -> Feed | None:
        """Store a new feed, due at once. ``None`` when that address is there already; a removed one is revived."""
        ...

    async def get(self, feed_id: int) -> Feed | None: ...

    async def by_url(self, url: str) -> Feed | None:
        """The feed with exactly that address, removed ones included."""
        ...

    async def all(self) -> Sequence[Feed]:
        """Every feed that is not removed, by id."""
        ...

    async def due(self, now: datetime, *, limit: int) -> Sequence[Feed]:
        """Active and held feeds whose ``next_poll_at`` has come, longest due first."""
        ...

    async def record_read(self, feed_id: int, state: ReadState) -> None:
        """Store the outcome of one attempt; failures count up, or back to 0 when it was ``ok``."""
        ...

    async def record_reads(self, reads: Mapping[int, ReadState]) -> None:
        """Store the outcome of good reads of several feeds, by their ids."""
        ...

    async def set_state(self, feed_id: int, state: FeedState) -> None: ...

    async def postpone(self, feed_id: int, until: datetime) -> None:
        """Read it later than planned; that it was to be read now is forgotten."""
        ...

    async def spread(self, now: datetime, *, step: timedelta, within: timedelta) -> int:
        """Space out all that is overdue, longest due first: each a step later, the last one within so long.

        Returns how many there were.
        """
        ...

    async def topics_brought(self, feed_id: int, *, since: datetime) -> Sequence[str]:
        """The slugs of all topics of what the feed brought after ``since``."""
        ...

    async def set_alarm(self, feed_id: int, alarm: FeedAlarm | None) -> None:
        """Note what the admins were told is wrong with it."""
        ...

    async def change_url(self, feed_id: int, url: str) -> bool:
        """Read it from another address from now on; ``False`` where another feed has that one."""
        ...

    async def resume(self, feed_id: int, *, at: datetime) -> None:
        """Read it again, due at ``at``; its failures are forgotten, what it brought and its baseline are not."""
        ...

    async def newest_zone(self, feed_id: int) -> str | None:
        """The zone (IANA name) in which the clocks of its newest update were read; ``None`` before there is one."""
        ...

    async def release(self, feed_id: int, *, as_seen: bool) -> None:
        """Let a held feed go on: its next document is believed, and alerts nobody where it counts ``as_seen``."""
        ...


@dataclass(frozen=True, slots=True)
class Facts:
    """What the packs found in an update besides its topics and speakers; see :class:`bot.core.archive.StoredNews`."""

    level: Level = "routine"
    places: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    casualties: Casualties = UNCOUNTED
    denial: bool = False
    all_clear: bool = False

    @classmethod
    def of(cls, findings: Findings) -> Facts:
        """What is kept of an update's findings."""
        return cls(
            level=findings.level,
            places=findings.place_ids,
            nearest=findings.nearest,
            within=findings.within,
            casualties=findings.casualties,
            denial=findings.denial,
            all_clear=findings.all_clear,
        )


NO_FACTS = Facts()


class FollowedDays(Protocol):
    """The feeds that have a page per day: where each of them stands."""

    async def get(self, feed_id: int) -> FollowedDay | None: ...

    async def begin(self, feed_id: int, followed: FollowedDay) -> None:
        """Follow a feed's days from its present page on; what was known of earlier days is forgotten."""
        ...

    async def turn(self, feed_id: int, url: str, followed: FollowedDay) -> bool:
        """Make ``url`` the feed's page, not read yet; ``False`` when another feed has that address.

        The feed keeps its baseline: what the new page brings is news.
        """
        ...

    async def sought(self, feed_id: int, *, at: datetime, again_at: datetime, told_for: date | None = None) -> None:
        """The next page was looked for in vain; the feed is read again at ``again_at`` at the latest."""
        ...

    async def record_read(self, feed_id: int, state: ReadState) -> None:
        """As :meth:`Feeds.record_read`, of the page before; its failures are not counted."""
        ...

    async def leave_before(self, feed_id: int) -> None:
        """Read the page before no more."""
        ...

    async def first_clocks(self, feed_id: int, *, since: date) -> Sequence[time]:
        """The earliest clock of each day since then, in the source's own time, latest day first."""
        ...


@dataclass(frozen=True, slots=True)
class NewNews:
    """An update to archive for the first time."""

    news: NewsUpdate
    tags: tuple[Tag, ...]
    attribution: tuple[str, ...] = ()
    copy_of: int | None = None
    """The update of another feed that it repeats: whoever was told that one is not told again."""
    report_of: int | None = None
    """The update of another feed that tells the same event: its alert is answered, without sound."""
    facts: Facts = NO_FACTS


@dataclass(frozen=True, slots=True)
class RevisedNews:
    """A known update as it stands now. A silent one overwrites the current version; any other makes a new revision.

    No tags means that they were not looked at and stay, as do the facts: every update has at least one tag.
    """

    id: int
    news: NewsUpdate
    state: NewsState
    silent: bool
    tags: tuple[Tag, ...] = ()
    attribution: tuple[str, ...] = ()
    facts: Facts = NO_FACTS


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a listing is narrowed to; ``None`` leaves a thing open, and a collection without anything finds nothing."""

    topics: Collection[str] | None = None
    """Any of them."""
    feed_ids: Collection[int] | None = None
    places: Collection[str] | None = None
    """Place ids: any of them, or what lies in them."""
    named: Mapping[str, Collection[str]] = field(default_factory=dict)
    """A folded word of the query → the ids of the places that have this name: either will do."""


EVERYWHERE = Narrowed()


class News(Protocol):
    """The archive of updates."""

    async def known(self, feed_id: int, page_keys: Collection[str]) -> Sequence[Known]:
        """All that was ever seen under these page keys, in the order of their last known positions."""
        ...

    async def told_elsewhere(self, feed_id: int, *, since: datetime) -> Sequence[Report]:
        """What other feeds brought after ``since``, service updates left out, oldest first.

        A copy carries the id of its original: whoever repeats it repeats that one.
        """
        ...

    async def count_new(self, feed_id: int, *, since: datetime) -> int:
        """How many updates of the feed were first seen after ``since``."""
        ...

    async def add(self, feed_id: int, news: Sequence[NewNews], *, at: datetime) -> Sequence[int]:
        """Archive new updates; returns their ids in the same order."""
        ...

    async def revise(self, revised: Sequence[RevisedNews], *, at: datetime) -> None:
        """Store known updates as they stand now, each id at most once; they are no longer missing.

        A vendor id that comes again with the same text is proven from then on.
        """
        ...

    async def mark(self, ids: Collection[int], *, state: NewsState | None = None, missing_reads: int = 0) -> None:
        """Set for how many reads running these updates have been missing, and their state where one is given."""
        ...

    async def get(self, news_id: int) -> StoredNews | None:
        """One update with every revision."""
        ...

    async def latest(
        self, *, topics: Collection[str] = (), anchor: int | None = None, page: int = 1, size: int = 5
    ) -> Page[StoredNews]:
        """Newest first (by ``StoredNews.at``, then id); no topics means all. Service updates are left out.

        A page that is not there is the nearest one that is. A listing takes in the newest 2 000: so does ``total``.
        """
        ...

    async def search(
        self,
        query: Query,
        narrowed: Narrowed = EVERYWHERE,
        *,
        anchor: int | None = None,
        page: int = 1,
        size: int = 5,
    ) -> Page[StoredNews]:
        """Full-text search, newest first; words in any of their forms, and where none is found their beginnings.

        Every query has an answer; one that asks nothing finds nothing. Pages and their total are those of
        :meth:`latest`.
        """
        ...

    async def spelled_like(self, word: str) -> Sequence[str]:
        """Words of the archive, as first spelled there, that share letters with ``word``; the likeliest first."""
        ...


class Chats(Protocol):
    """Chats, their threads, and what became of them."""

    async def destination(
        self, chat_id: int, kind: ChatKind, *, thread_id: int | None = None, language: str | None = None, at: datetime
    ) -> Destination:
        """The destination of that chat and thread, made on first sight; a language that is given is stored."""
        ...

    async def find(self, chat_id: int, *, thread_id: int | None = None) -> Destination | None: ...

    async def set_state(self, chat_id: int, state: ChatState, *, at: datetime) -> None:
        """For the whole chat, all its threads."""
        ...

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """Move everything of one chat to the id that Telegram gave it, pending outbox rows included."""
        ...

    async def count(self) -> Mapping[ChatState, int]: ...


class Subscriptions(Protocol):
    """Who wants what."""

    async def of(self, destination_id: int) -> Sequence[Subscription]:
        """Only topics that are not off."""
        ...

    async def set(self, destination_id: int, modes: Mapping[str, TopicMode], *, at: datetime) -> None:
        """Set each topic's mode; ``OFF`` removes it. Setting what is set changes nothing."""
        ...

    async def audience(self, topics: Collection[str]) -> int:
        """How many active destinations would receive an update with these topics."""
        ...


class DestinationHabits(Protocol):
    """What each destination decided about when and how it is told."""

    async def of(self, destination_id: int) -> Habits:
        """Its decisions; the defaults where it has made none."""
        ...

    async def of_many(self, destination_ids: Collection[int]) -> Mapping[int, Habits]:
        """The decisions of those that have made any, by destination id, in four statements however many."""
        ...

    async def set_zone(self, destination_id: int, zone: str | None) -> None: ...

    async def set_quiet(self, destination_id: int, quiet: QuietHours | None) -> None: ...

    async def set_digest(self, destination_id: int, digest: DigestTime) -> None: ...

    async def mute(self, destination_id: int, until: datetime) -> None:
        """Everything; a mute that runs already ends then instead."""
        ...

    async def mute_story(self, destination_id: int, news_id: int, until: datetime) -> None:
        """The story that began with this update."""
        ...

    async def unmute(self, destination_id: int, at: datetime) -> None:
        """End every mute that runs, of everything and of stories, at this moment."""
        ...

    async def reconsider(self, destination_id: int, at: datetime) -> None:
        """Let what was put off for it be ruled on again from this moment on: it may have decided otherwise."""
        ...

    async def follow_place(self, destination_id: int, place_id: str) -> None: ...

    async def leave_place(self, destination_id: int, place_id: str) -> None: ...

    async def follow_word(self, destination_id: int, word: str) -> None:
        """A word that is followed already keeps its place in the order."""
        ...

    async def leave_word(self, destination_id: int, word: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Settled:
    """How one claimed outbox row ended, or when it is to be tried again."""

    id: int
    outcome: SendOutcome
    at: datetime
    retry_at: datetime | None = None
    """For outcomes that are tried again; ``None``: at once, after a 429 when its delay is over."""
    hold: bool = False
    """What is in doubt rests until a person decides; the chat goes on meanwhile."""


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """The outbox at a glance."""

    by_state: Mapping[str, int] = field(default_factory=dict)
    oldest_pending_at: datetime | None = None


Within = Callable[[str], Collection[str]]
"""The ids of what a place lies in, by its id."""


def nowhere(_place_id: str) -> Collection[str]:
    """Where no packs are at hand, no place lies in another."""
    return ()


Choose = Callable[[Sequence[Claimed], Mapping[int, Habits]], Turn]
"""What becomes of the rows that are due for one chat, given what its destinations decided (by id; none: nothing)."""


def choose_first(rows: Sequence[Claimed], _habits: Mapping[int, Habits]) -> Turn:
    """The first row, alone, whatever the moment."""
    return one_by_one(rows)


FIRST_TURN = Turns()


@dataclass(frozen=True, slots=True)
class Taken:
    """What one claim took."""

    parcels: tuple[Parcel, ...]
    """One a chat at most."""
    exhausted: bool
    """Nothing else is due for any chat that takes something now."""


class Outbox(Protocol):
    """What is to be sent, written in the transaction that makes it due."""

    async def enqueue_alerts(self, news_ids: Sequence[int], *, at: datetime, within: Within = nowhere) -> int:
        """One alert row per (current revision, matching active destination); returns how many.

        One set-based statement per batch, which holds the audience as :mod:`bot.core.audience` tells it of one chat:
        topics, followed words and places. The loudest setting decides. Rows that exist already are left as they are.
        ``within`` tells what a place lies in.
        """
        ...

    async def enqueue_revisions(self, news_ids: Sequence[int], kinds: Collection[OutboxKind], *, at: datetime) -> int:
        """Edit and reply rows to exactly the destinations that were sent, or are being sent, an earlier revision.

        A row of an earlier revision that is still pending is superseded: it is sent once, in the current version.
        """
        ...

    async def claim(
        self,
        now: datetime,
        *,
        most: int,
        choose: Choose = choose_first,
        turns: Turns = FIRST_TURN,
        excluding: Collection[int] = (),
    ) -> Taken:
        """Take what is due, at most one message a chat, and mark it as being sent; record what waits on or has lapsed.

        The lanes have their turns as ``turns`` says, within a lane the chats that something has been due for longest.
        A chat with an unsettled send, or in ``excluding`` (its lines' number), gives nothing: its order holds. Rows of
        chats that are gone are ended. The caller's transaction commits the intent **before** any request is made.
        """
        ...

    async def settle(self, settled: Sequence[Settled]) -> None:
        """Record outcomes: sent rows get their message, gone chats become inactive, the rest waits or ends."""
        ...

    async def stop_broadcast(self, news_id: int, kind: OutboxKind, *, reason: str, at: datetime) -> int:
        """End all rows of an update and kind that wait, as dead; returns how many."""
        ...

    async def release(self, *, resend: bool, at: datetime) -> int:
        """An operator's word on what is held in doubt: once more, marked, or given up; returns how many rows."""
        ...

    async def recover(self, now: datetime, *, hold: bool = False) -> int:
        """At start: rows that were being sent when the program died are in doubt, due now or held for a person's word.

        Edits are due again as if nothing had happened: made twice they are made once.
        """
        ...

    async def next_due_at(self) -> datetime | None:
        """When the earliest waiting row becomes due; ``None`` when nothing waits."""
        ...

    async def counts(self) -> OutboxCounts: ...


@dataclass(frozen=True, slots=True)
class OutageNotice:
    """What one destination is to be told of an outage: that it lasts, or with ``message_id`` that it is over."""

    outage: Outage
    destination: Destination
    message_id: int | None = None
    """The message that told of it, to be edited now."""
    reachable: bool = True
    """``False`` where the message stayed behind in a group that has migrated since."""


class Outages(Protocol):
    """Which sources could not be read, and who was told."""

    async def lasting(self) -> Sequence[Outage]:
        """Those without an end, oldest first."""
        ...

    async def begin(
        self, feeds: Sequence[tuple[int, str]], *, since: datetime, until: datetime | None = None, at: datetime
    ) -> int:
        """Begin an outage of these feeds, or without any of Sitrep itself; returns how many are to be told.

        Those are the active ones that want anything with sound and were told of no outage within six hours.
        """
        ...

    async def end(self, outage_id: int, *, at: datetime) -> None:
        """All of its feeds are read again: whoever was told is to be told so, whoever was not never is."""
        ...

    async def take(self, *, limit: int) -> Sequence[OutageNotice]:
        """Notices that are due, the intent to send written down: each must be settled."""
        ...

    async def settle(self, notice: OutageNotice, *, message_id: int | None, again: bool = False) -> None:
        """How sending one ended: as this message, refused (``None``), or to be tried ``again``."""
        ...

    async def recover(self) -> None:
        """At start: what was being sent when the program died may have arrived, and is not sent again."""
        ...


class Audit(Protocol):
    """Every admin write, and every refused try."""

    async def add(self, entry: AuditEntry) -> None: ...

    async def latest(self, *, limit: int = 20) -> Sequence[AuditEntry]:
        """Newest first."""
        ...

    async def page(self, *, anchor: int | None = None, page: int = 1, size: int = 8) -> Page[AuditEntry]:
        """Newest first, of those with ids up to ``anchor``; a page that is not there is the nearest one that is."""
        ...


class Admins(Protocol):
    """Who may do what, by numeric Telegram user id, and the small settings of the deployment."""

    async def role(self, user_id: int) -> str | None:
        """The role, "owner", "admin" or "editor"; ``None`` for everybody else."""
        ...

    async def grant(self, user_id: int, role: str, *, at: datetime) -> None: ...

    async def owners(self) -> Sequence[int]: ...

    async def get_value(self, key: str) -> str | None: ...

    async def set_value(self, key: str, value: str | None) -> None:
        """``None`` removes it."""
        ...


class Sites(Protocol):
    """The sites that want to be left alone."""

    async def pause(self, site: str, *, until: datetime, now: datetime) -> None:
        """Leave it alone until then; an earlier wish for longer stands."""
        ...

    async def paused(self, now: datetime) -> Mapping[str, datetime]:
        """Those that are to be left alone now, and until when."""
        ...


class UnitOfWork(Protocol):
    """One transaction: everything done through it commits together, or not at all."""

    @property
    def feeds(self) -> Feeds: ...
    @property
    def sites(self) -> Sites: ...
    @property
    def days(self) -> FollowedDays: ...
    @property
    def news(self) -> News: ...
    @property
    def chats(self) -> Chats: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def habits(self) -> DestinationHabits: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def outages(self) -> Outages: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def admins(self) -> Admins: ...


class Storage(Protocol):
    """Opens transactions. No network is awaited inside one, and no two tasks share one."""

    def write(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """BEGIN IMMEDIATE; commits on leaving, rolls back on an exception. The commit is shielded from cancellation."""
        ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A consistent snapshot; writing through it is an error."""
        ...
