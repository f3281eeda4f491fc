"""The schema, as the newest migration leaves it (a test holds the two together).

    feeds ─< pages ─< news ─< revisions          chats ─< destinations ─< subscriptions >─ topics
                       │ ├─< news_topics >─ topics              │
                       │ └─< news_places                        │
                       └──────────────< outbox >────────────────┤        news_words (see bot.storage.search)
                                          └── messages   chats ─< lines

``news`` holds the current version of an update, ``revisions`` the versions before it. ``pages`` and ``topics`` keep
long strings once. ``lines`` has one row for each chat that something waits for, and lane.
"""

from __future__ import annotations

from enum import IntEnum
from typing import get_args

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Time,
    UniqueConstraint,
    literal_column,
)

from bot.core.archive import ChatKind, ChatState, FeedState
from bot.core.model import DateFrom, JoinedForm, Level, NewsState, OutboxKind, TopicMode
from bot.core.polling import FeedAlarm
from bot.storage.columns import Code, Duration, Remark, UtcDateTime, one_of, words_of


class OutboxState(IntEnum):
    """Where a delivery stands; everything below ``SENT`` is unfinished."""

    PENDING = 0
    PARKED = 1
    """Certainly not sent; due again at ``due_at``."""
    SENDING = 2
    """The intent is committed; the answer is not known yet."""
    IN_DOUBT = 3
    """May have been sent; due again at ``due_at``, marked as a repeat, or at an operator's word."""
    SENT = 4
    GONE = 5
    """The chat, the thread or the message takes nothing more."""
    DEAD = 6
    """Refused for good, by our own fault or an operator's word."""
    LAPSED = 7
    """Its moment was over before it could be sent: by now it would mislead."""
    SUPERSEDED = 8
    """What it would have said was said by another message."""


class PlaceRole(IntEnum):
    """What a place has to do with an update."""

    DECIDES = 0
    """Named, and nothing in it is: whom the update concerns is decided by it."""
    NAMED = 1
    """Named besides something in it."""
    AROUND = 2
    """Not named: one that is lies in it."""


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("timezone", Text),
    Column("language", Text),
    Column("interval", Duration),
    Column("topics", JSON, nullable=False),
    Column("follow_days", Boolean, nullable=False),
    Column("state", words_of(FeedState, "state"), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("format", Text),
    Column("source_title", Text),
    Column("validators_url", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("baseline_at", UtcDateTime),
    Column("found_updates", Integer),
    Column("found_timed", Integer),
    Column("next_poll_at", UtcDateTime),
    Column("last_read_at", UtcDateTime),
    Column("last_attempt_at", UtcDateTime),
    Column("failures", Integer, nullable=False),
    Column("last_error", Remark),
    Column("rhythm", JSON(none_as_null=True)),
    Column("wishes", JSON(none_as_null=True)),
    Column("fresh_for", Duration),
    Column("alarm", words_of(FeedAlarm, "alarm")),
    Column("moved_to", Text),
    Column("moved_answers", Integer, nullable=False),
    # A feed's id stands in buttons and in people's heads: it is never given to another.
    sqlite_autoincrement=True,
)
IS_READ = feeds.c.state.in_([literal_column("'active'"), literal_column("'held'")])
"""Literals, so that ix_feeds_due applies."""
Index("ix_feeds_due", feeds.c.next_poll_at, sqlite_where=IS_READ)

paused_sites = Table(
    "paused_sites",
    metadata,
    Column("site", Text, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feed_id", ForeignKey("feeds.id"), nullable=False),
    Column("key", Text, nullable=False),
    UniqueConstraint("feed_id", "key"),
)

topics = Table(
    "topics",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
)

news = Table(
    "news",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("page_id", ForeignKey("pages.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("heading", Text),
    Column("text", Text, nullable=False),
    Column("local_date", Date),
    Column("local_time", Time),
    Column("zone", Text, nullable=False),
    Column("published_at", UtcDateTime),
    Column("date_from", words_of(DateFrom, "date_from"), nullable=False),
    Column("vendor_id", Text),
    Column("vendor_id_proven", Boolean, nullable=False),
    Column("url", Text),
    Column("service", Boolean, nullable=False),
    Column("retracted", Boolean, nullable=False),
    Column("exercise", Boolean, nullable=False),
    # Pairs of address and media type; NULL: nothing is attached.
    Column("media", JSON(none_as_null=True)),
    # What its feed declared when it was indexed: its stems are that language's.
    Column("language", Text),
    Column("attribution", JSON, nullable=False),
    Column("state", words_of(NewsState, "state"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("noticed_at", UtcDateTime, nullable=False),
    Column("missing_reads", Integer, nullable=False),
    Column("copy_of", ForeignKey("news.id")),
    Column("report_of", ForeignKey("news.id")),
    Column("level", one_of(get_args(Level), "level"), nullable=False),
    # NULL where the text counts nobody, as most do.
    Column("casualties", JSON(none_as_null=True)),
    Column("denial", Boolean, nullable=False),
    Column("all_clear", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
IS_NEWS = news.c.service == literal_column("0")
"""Not housekeeping of the source. A literal: SQLite can't match a partial index to a bound parameter."""
Index("ix_news_copies", news.c.copy_of, sqlite_where=news.c.copy_of.is_not(None))
Index("ix_news_page", news.c.page_id, news.c.position)
Index("ix_news_latest", news.c.at, news.c.id, sqlite_where=IS_NEWS)

revisions = Table(
    "revisions",
    metadata,
    Column("news_id", ForeignKey("news.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("heading", Text),
    Column("text", Text, nullable=False),
    Column("noticed_at", UtcDateTime, nullable=False),
)

news_topics = Table(
    "news_topics",
    metadata,
    Column("news_id", ForeignKey("news.id"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Column("place", SmallInteger, nullable=False),
    Column("score", Float, nullable=False),
    Column("matches", JSON, nullable=False),
    sqlite_with_rowid=False,
)

news_places = Table(
    "news_places",
    metadata,
    Column("news_id", ForeignKey("news.id"), primary_key=True),
    Column("place_id", Text, primary_key=True),
    # The most specific first.
    Column("place", SmallInteger, nullable=False),
    Column("role", SmallInteger, nullable=False),
    CheckConstraint("role BETWEEN 0 AND 2", "role"),
    sqlite_with_rowid=False,
)

vocabulary = Table(
    "vocabulary",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folded", Text, nullable=False, unique=True),
    Column("spelled", Text, nullable=False),
)

chats = Table(
    "chats",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("kind", words_of(ChatKind, "kind"), nullable=False),
    Column("state", words_of(ChatState, "state"), nullable=False),
    Column("state_at", UtcDateTime, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
)

destinations = Table(
    "destinations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", ForeignKey("chats.id"), nullable=False),
    # 0 is the chat itself: NULLs would not be unique.
    Column("thread_id", Integer, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("language", Text),
    Column("added_at", UtcDateTime, nullable=False),
    UniqueConstraint("chat_id", "thread_id"),
    sqlite_autoincrement=True,
)

MODE = Code((TopicMode.LOUD, TopicMode.SILENT, TopicMode.DIGEST))
"""Loudest first: the louder of two modes is the smaller code."""

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("destination_id", ForeignKey("destinations.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("topics.id"), primary_key=True),
    Column("mode", MODE, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
    CheckConstraint("mode BETWEEN 0 AND 2", "mode"),
    sqlite_with_rowid=False,
)
Index("ix_subscriptions_topic", subscriptions.c.topic_id, subscriptions.c.mode)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("news_id", ForeignKey("news.id"), nullable=False),
    Column("destination_id", ForeignKey("destinations.id", ondelete="CASCADE"), nullable=False),
    # The chat of the destination, since a chat has one unsettled send over all its threads. It follows from the
    # destination, so it has no constraint of its own: checking it would cost as much as the row.
    Column("chat_id", Integer, nullable=False),
    Column("kind", Code((OutboxKind.ALERT, OutboxKind.EDIT, OutboxKind.REPLY)), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("lane", SmallInteger, nullable=False),
    # The place within a chat and lane: by the moment of the event, then by the place in the page.
    Column("rank", BigInteger, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("tried_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    # Tries whose outcome is open: while there are any, nothing else goes to the chat.
    Column("attempt", SmallInteger, nullable=False),
    Column("mode", MODE, nullable=False),
    Column("possibly_sent", Boolean, nullable=False),
    # What it carries changed while it was being sent: it goes once more.
    Column("stale", Boolean, nullable=False),
    # How several rows are one message; NULL for a message of its own.
    Column("form", Code(tuple(JoinedForm))),
    Column("rang", Boolean),
    Column("reason", Remark),
    UniqueConstraint("news_id", "destination_id", "kind", "revision"),
    CheckConstraint("kind BETWEEN 0 AND 2", "kind"),
    CheckConstraint("state BETWEEN 0 AND 8", "state"),
    CheckConstraint("lane BETWEEN 1 AND 4", "lane"),
    CheckConstraint("mode BETWEEN 0 AND 2", "mode"),
)


def unfinished(rows: FromClause = outbox) -> ColumnElement[bool]:
    """Rows that still wait or are being sent; a literal for the same reason as :data:`IS_NEWS`."""
    return rows.c.state < literal_column("4")


def waiting(rows: FromClause = outbox) -> ColumnElement[bool]:
    """Rows that wait for their turn, for a moment or for a word."""
    return unfinished(rows) & (rows.c.state != literal_column("2"))


def tried(rows: FromClause = outbox) -> ColumnElement[bool]:
    """Rows with a try whose outcome is open; at most one message of a chat."""
    return unfinished(rows) & (rows.c.attempt > literal_column("0"))


Index("ix_outbox_line", outbox.c.chat_id, outbox.c.lane, outbox.c.due_at, sqlite_where=waiting())
Index("ix_outbox_tried", outbox.c.chat_id, sqlite_where=tried())

lines = Table(
    "lines",
    metadata,
    # A chat with outbox rows, so no constraint needs to be checked; a line without any is dropped in its turn.
    Column("chat_id", Integer, primary_key=True, autoincrement=False),
    Column("lane", SmallInteger, primary_key=True, autoincrement=False),
    # NULL while a send is in flight.
    Column("due_at", UtcDateTime),
    sqlite_with_rowid=False,
)
Index("ix_lines_due", lines.c.lane, lines.c.due_at)

messages = Table(
    "messages",
    metadata,
    Column("outbox_id", ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    # Message ids count per chat: after a migration they mean nothing, so the chat stands beside them.
    Column("chat_telegram_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
)
Index("ix_messages_message", messages.c.chat_telegram_id, messages.c.message_id)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("user_id", BigInteger),
    Column("action", Remark, nullable=False),
    Column("subject", Remark, nullable=False),
    Column("allowed", Boolean, nullable=False),
    Column("before", Remark),
    Column("after", Remark),
)

admins = Table(
    "admins",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", Text, nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
