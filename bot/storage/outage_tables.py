"""The part of the schema that holds which sources could not be read, and who was told.

outages ─< outage_notices >─ destinations
"""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    literal_column,
)

from bot.storage.columns import UtcDateTime
from bot.storage.tables import metadata


class NoticeState(IntEnum):
    """Where the notice of one destination stands."""

    WAITING = 0
    SENDING = 1
    SENT = 2
    ENDED = 3
    """Nothing more becomes of it: edited at the end of the outage, refused, or over before it was sent."""


outages = Table(
    "outages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feeds", JSON, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
)

outage_notices = Table(
    "outage_notices",
    metadata,
    Column("outage_id", ForeignKey("outages.id", ondelete="CASCADE"), primary_key=True),
    Column("destination_id", ForeignKey("destinations.id", ondelete="CASCADE"), primary_key=True),
    Column("state", SmallInteger, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    # Message ids count per chat: after a migration they mean nothing, so the chat stands beside them.
    Column("chat_telegram_id", BigInteger),
    Column("message_id", BigInteger),
    CheckConstraint("state BETWEEN 0 AND 3", "state"),
    sqlite_with_rowid=False,
)
Index("ix_outage_notices_destination", outage_notices.c.destination_id, outage_notices.c.written_at)
Index(
    "ix_outage_notices_open",
    outage_notices.c.outage_id,
    sqlite_where=outage_notices.c.state < literal_column("3"),
)
