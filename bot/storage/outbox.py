"""What is to be sent: written in the transaction that makes it due, taken with the intent committed first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import Claimed
from bot.core.model import OutboxKind
from bot.services.ports.storage import OutboxCounts, Settled
from bot.storage.claiming import claim
from bot.storage.columns import UtcDateTime
from bot.storage.enqueueing import enqueue_alerts, enqueue_revisions
from bot.storage.settling import settle
from bot.storage.tables import OutboxState, lines, outbox, unfinished


class SqlOutbox:
    """See :class:`bot.services.ports.storage.Outbox`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def enqueue_alerts(self, news_ids: Sequence[int], *, at: datetime) -> int:
        return await enqueue_alerts(self._connection, news_ids, at=at)

    async def enqueue_revisions(self, news_ids: Sequence[int], kinds: Collection[OutboxKind], *, at: datetime) -> int:
        return await enqueue_revisions(self._connection, news_ids, kinds, at=at)

    async def claim(self, now: datetime, *, limit: int, excluding: Collection[int] = ()) -> Sequence[Claimed]:
        return await claim(self._connection, now, limit=limit, excluding=excluding)

    async def settle(self, settled: Sequence[Settled]) -> None:
        await settle(self._connection, settled)

    async def recover(self, now: datetime) -> int:
        in_flight = select(lines.c.destination_id).where(lines.c.due_at.is_(None))
        recovered = await self._connection.execute(
            update(outbox)
            .where(outbox.c.destination_id.in_(in_flight), unfinished(), outbox.c.state == OutboxState.SENDING)
            .values(state=OutboxState.IN_DOUBT, possibly_sent=True, due_at=now, reason="Sitrep stopped while sending")
        )
        await self._connection.execute(update(lines).where(lines.c.due_at.is_(None)).values(due_at=now))
        return recovered.rowcount

    async def next_due_at(self) -> datetime | None:
        earliest: datetime | None = await self._connection.scalar(select(func.min(lines.c.due_at, type_=UtcDateTime)))
        return earliest

    async def counts(self) -> OutboxCounts:
        rows = await self._connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
        counted = {OutboxState(state): number for state, number in rows}
        oldest = await self._connection.scalar(
            select(func.min(outbox.c.queued_at, type_=UtcDateTime)).where(unfinished())
        )
        return OutboxCounts({state.name.lower(): counted.get(state, 0) for state in OutboxState}, oldest)
