"""The part of the schema that holds what people sent and what is not done yet.

Both tables are as good as empty at any moment: a row stands from the commit before Telegram is told that an update was
taken until it is done, some hundredths of a second.
"""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import BigInteger, CheckConstraint, Column, SmallInteger, Table, Text

from bot.storage.columns import UtcDateTime
from bot.storage.tables import metadata


class InboxState(IntEnum):
    """Where an incoming update stands."""

    WAITING = 0
    APPLIED = 1
    """Its effect is committed; its answer may be missing."""
    ASIDE = 2
    """It broke whoever tried it."""


inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_telegram_id", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("tries", SmallInteger, nullable=False),
    Column("came_at", UtcDateTime, nullable=False),
    CheckConstraint("state BETWEEN 0 AND 2", "state"),
)

inbox_mark = Table(
    "inbox_mark",
    metadata,
    # One row: how far the updates have been taken, and when the last of them was.
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint("id = 0", "one"),
)
