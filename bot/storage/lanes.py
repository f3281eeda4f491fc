"""One lane per destination that something waits for, so that finding what is due never looks at what is not.

A lane's ``due_at`` is when the head of its line may be tried, ``NULL`` while a send is in flight. The line is in the
order of ``outbox.rank``, then id; ``rank`` is 0 from the first try on.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, delete, insert, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import among, ids_bound, upsert
from bot.storage.tables import OutboxState, destinations, lanes, outbox, unfinished


def head_of(destination_id: ColumnElement[int]) -> ScalarSelect[Any]:
    """The id of the first unfinished row in a destination's line, as a correlated subquery."""
    line = outbox.alias("line")
    return (
        select(line.c.id)
        .where(line.c.destination_id == destination_id, unfinished(line))
        .order_by(line.c.rank, line.c.id)
        .limit(1)
        .scalar_subquery()
    )


_OPEN = (
    upsert(lanes)
    .from_select(
        ["destination_id", "due_at"],
        select(outbox.c.destination_id, outbox.c.due_at).where(
            among(outbox.c.news_id, ids_bound()), outbox.c.state == OutboxState.PENDING
        ),
    )
    .on_conflict_do_nothing()
)
_CLEAR = delete(lanes).where(among(lanes.c.destination_id, ids_bound()))
_REFRESH = insert(lanes).from_select(
    ["destination_id", "due_at"],
    select(destinations.c.id, case((outbox.c.state == OutboxState.SENDING, null()), else_=outbox.c.due_at))
    .join_from(destinations, outbox, outbox.c.id == head_of(destinations.c.id))
    .where(among(destinations.c.id, ids_bound())),
)


async def open_lanes(connection: AsyncConnection, news_ids: Collection[int]) -> None:
    """Give a lane to every destination that these updates wait for and that has none yet."""
    await connection.execute(_OPEN, {"ids": news_ids})


async def refresh_lanes(connection: AsyncConnection, destination_ids: Collection[int]) -> None:
    """Make these destinations' lanes say again what the heads of their lines say."""
    if destination_ids:
        await connection.execute(_CLEAR, {"ids": destination_ids})
        await connection.execute(_REFRESH, {"ids": destination_ids})
