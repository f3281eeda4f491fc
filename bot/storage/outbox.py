"""What is to be sent: written in the transaction that makes it due, taken with the intent committed first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.match import Lane
from bot.core.model import OutboxKind
from bot.core.turns import Turns
from bot.services.ports.storage import (
    FIRST_TURN,
    Choose,
    OutboxCounts,
    Settled,
    Taken,
    Within,
    choose_first,
    nowhere,
)
from bot.storage.claiming import claim
from bot.storage.columns import UtcDateTime
from bot.storage.enqueueing import enqueue_alerts, enqueue_revisions
from bot.storage.settling import recover, release, settle
from bot.storage.tables import OutboxState, lines, outbox, unfinished, waiting

_FIRST_DUE = select(
    *(
        select(func.min(lines.c.due_at, type_=UtcDateTime)).where(lines.c.lane == lane).scalar_subquery()
        for lane in Lane
    )
)
"""The first moment in each lane, one look into the index each."""


class SqlOutbox:
    """See :class:`bot.services.ports.storage.Outbox`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def enqueue_alerts(self, news_ids: Sequence[int], *, at: datetime, within: Within = nowhere) -> int:
        return await enqueue_alerts(self._connection, news_ids, at=at, within=within)

    async def enqueue_revisions(self, news_ids: Sequence[int], kinds: Collection[OutboxKind], *, at: datetime) -> int:
        return await enqueue_revisions(self._connection, news_ids, kinds, at=at)

    async def claim(
        self,
        now: datetime,
        *,
        most: int,
        choose: Choose = choose_first,
        turns: Turns = FIRST_TURN,
        excluding: Collection[int] = (),
    ) -> Taken:
        return await claim(self._connection, now, turns=turns, most=most, choose=choose, excluding=excluding)

    async def settle(self, settled: Sequence[Settled]) -> None:
        await settle(self._connection, settled)

    async def stop_broadcast(self, news_id: int, kind: OutboxKind, *, reason: str, at: datetime) -> int:
        # The lines are renewed as they are come by: there may be a million.
        ended = await self._connection.execute(
            update(outbox)
            .where(outbox.c.news_id == news_id, outbox.c.kind == kind, waiting(), outbox.c.possibly_sent.is_(False))
            .values(state=OutboxState.DEAD, reason=reason, settled_at=at)
        )
        return ended.rowcount

    async def release(self, *, resend: bool, at: datetime) -> int:
        return await release(self._connection, resend=resend, at=at)

    async def recover(self, now: datetime, *, hold: bool = False) -> int:
        return await recover(self._connection, now, hold=hold)

    async def next_due_at(self) -> datetime | None:
        firsts = (await self._connection.execute(_FIRST_DUE)).one()
        return min((first for first in firsts if first is not None), default=None)

    async def counts(self) -> OutboxCounts:
        rows = await self._connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
        counted = {OutboxState(state): number for state, number in rows}
        oldest = await self._connection.scalar(
            select(func.min(outbox.c.queued_at, type_=UtcDateTime)).where(unfinished())
        )
        return OutboxCounts({state.name.lower(): counted.get(state, 0) for state in OutboxState}, oldest)
