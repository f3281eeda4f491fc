"""The part of the schema that holds what each destination decided about when and how it is told.

    destinations ─── habits
                 ├──< muted_stories >── news
                 ├──< followed_places
                 └──< followed_words

A destination without a row in ``habits`` has decided nothing.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, Time

from bot.storage.columns import UtcDateTime
from bot.storage.tables import metadata


def _whose() -> Column[int]:
    return Column("destination_id", ForeignKey("destinations.id", ondelete="CASCADE"), primary_key=True)


habits = Table(
    "habits",
    metadata,
    _whose(),
    Column("zone", Text),
    # NULL: no quiet hours.
    Column("quiet_start", Time),
    Column("quiet_end", Time),
    Column("danger_rings", Boolean, nullable=False),
    Column("muted_until", UtcDateTime),
    Column("digest_hourly", Boolean, nullable=False),
    # NULL: the usual time.
    Column("digest_at", Time),
    sqlite_with_rowid=False,
)

muted_stories = Table(
    "muted_stories",
    metadata,
    _whose(),
    Column("news_id", ForeignKey("news.id", ondelete="CASCADE"), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)

followed_places = Table(
    "followed_places",
    metadata,
    _whose(),
    Column("place_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)

followed_words = Table(
    "followed_words",
    metadata,
    _whose(),
    Column("word", Text, primary_key=True),
    # The order in which they were followed.
    Column("place", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_followed_words_word", followed_words.c.word)

ALL = (habits, muted_stories, followed_places, followed_words)
