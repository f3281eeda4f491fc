"""Taking what is due: at most one row a destination, the first in its line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import ChatState, Claimed, Revision
from bot.core.model import OutboxKind
from bot.storage.chats import DESTINATION_COLUMNS, destination_of
from bot.storage.engine import among, ids_bound
from bot.storage.lines import head_of, renew_lines
from bot.storage.news_rows import earlier_revisions, stored_news
from bot.storage.tables import OutboxState, chats, destinations, lines, messages, news, outbox, unfinished

_HEADS = (
    select(
        head_of(lines.c.destination_id),
        (chats.c.state == ChatState.ACTIVE) & destinations.c.closed.is_(False),
    )
    .join_from(lines, destinations)
    .join(chats)
    .where(lines.c.due_at <= bindparam("now"), ~among(lines.c.destination_id, ids_bound("excluding")))
    .order_by(lines.c.due_at, lines.c.destination_id)
    .limit(bindparam("limit"))
)
"""The rows to take, those that have waited longest first, and whether they can be sent."""

_UNREACHABLE = (
    select(destinations.c.id)
    .join_from(destinations, chats)
    .where(
        or_(chats.c.state != ChatState.ACTIVE, destinations.c.closed),
        destinations.c.id.in_(select(lines.c.destination_id)),
    )
)
_END = (
    update(outbox)
    .where(among(outbox.c.destination_id, ids_bound()), unfinished(), outbox.c.state != OutboxState.SENDING)
    .values(state=OutboxState.GONE, reason="the chat takes no alerts any more")
)
_INTEND = (
    update(outbox)
    .where(among(outbox.c.id, ids_bound()))
    .values(state=OutboxState.SENDING, rank=0, attempt=outbox.c.attempt + 1, tried_at=bindparam("now"), stale=False)
)
_CLOSE_LINES = (
    update(lines)
    .where(lines.c.destination_id.in_(select(outbox.c.destination_id).where(among(outbox.c.id, ids_bound()))))
    .values(due_at=None)
)
_before = outbox.alias("before")
_SEEN_BEFORE = (
    select(func.max(_before.c.revision))
    .where(
        _before.c.news_id == outbox.c.news_id,
        _before.c.destination_id == outbox.c.destination_id,
        _before.c.state == OutboxState.SENT,
        _before.c.revision < outbox.c.revision,
    )
    .scalar_subquery()
)
"""The newest version before the row's own that its destination was sent."""

_alert = outbox.alias("alert")
_MESSAGE = (
    select(messages.c.message_id)
    .join_from(messages, _alert, _alert.c.id == messages.c.outbox_id)
    .where(
        _alert.c.news_id == case((outbox.c.kind == OutboxKind.ALERT, news.c.report_of), else_=outbox.c.news_id),
        _alert.c.destination_id == outbox.c.destination_id,
        _alert.c.kind == OutboxKind.ALERT,
        messages.c.chat_telegram_id == chats.c.telegram_id,
    )
    .scalar_subquery()
)
"""The message that the alert became, or for an alert that of the first report of the same event.

None where it stayed behind in a group that has migrated since.
"""

_CLAIMED = (
    select(
        outbox.c.id,
        outbox.c.news_id,
        outbox.c.kind,
        outbox.c.revision,
        outbox.c.loud,
        outbox.c.attempt,
        outbox.c.possibly_sent,
        *DESTINATION_COLUMNS,
        _SEEN_BEFORE.label("seen_before"),
        _MESSAGE.label("message_id"),
    )
    .join_from(outbox, destinations)
    .join(chats)
    .join(news, news.c.id == outbox.c.news_id)
    .where(among(outbox.c.id, ids_bound()))
)


async def claim(
    connection: AsyncConnection, now: datetime, *, limit: int, excluding: Collection[int]
) -> Sequence[Claimed]:
    """See :meth:`bot.services.ports.storage.Outbox.claim`."""
    heads = await _heads(connection, now, limit, excluding)
    if any(not reachable for _, reachable in heads):
        await _end_unreachable(connection)
        heads = await _heads(connection, now, limit, excluding)
    ids = [head for head, _ in heads]
    if not ids:
        return []
    await _mark(connection, ids, now)
    return await _claimed(connection, ids)


async def _heads(
    connection: AsyncConnection, now: datetime, limit: int, excluding: Collection[int]
) -> Sequence[tuple[int, bool]]:
    rows = await connection.execute(_HEADS, {"now": now, "limit": limit, "excluding": excluding})
    return [(head, bool(sendable)) for head, sendable in rows]


async def _end_unreachable(connection: AsyncConnection) -> None:
    """End whatever waits for chats that are not active, and for closed threads."""
    ids = (await connection.scalars(_UNREACHABLE)).all()
    await connection.execute(_END, {"ids": ids})
    await renew_lines(connection, ids)


async def _mark(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    """Write down the intent; the lines close until the sends have ended."""
    await connection.execute(_INTEND, {"ids": ids, "now": now})
    await connection.execute(_CLOSE_LINES, {"ids": ids})


async def _claimed(connection: AsyncConnection, ids: Sequence[int]) -> Sequence[Claimed]:
    """The rows with all that a sender needs, in the order of ``ids``."""
    rows = await connection.execute(_CLAIMED, {"ids": ids})
    by_id = {row["id"]: row for row in rows.mappings()}
    news_ids = {row["news_id"] for row in by_id.values()}
    stored = await stored_news(connection, news_ids)
    follow_ups = {row["news_id"] for row in by_id.values() if row["kind"] is not OutboxKind.ALERT}
    earlier = await earlier_revisions(connection, follow_ups) if follow_ups else {}
    return [
        Claimed(
            id=row["id"],
            kind=row["kind"],
            destination=destination_of(row),
            stored=stored[row["news_id"]],
            loud=row["loud"],
            attempt=row["attempt"],
            possibly_sent=row["possibly_sent"],
            message_id=row["message_id"],
            previous=_previous(row, earlier.get(row["news_id"], ())),
        )
        for row in (by_id[row_id] for row_id in ids)
    ]


def _previous(row: RowMapping, earlier: Sequence[Revision]) -> Revision | None:
    """The version that the destination was sent last; where none is on record, the one before the row's own."""
    if row["kind"] is OutboxKind.ALERT:
        return None
    wanted = row["seen_before"] or row["revision"] - 1
    return next((revision for revision in earlier if revision.number == wanted), None)
