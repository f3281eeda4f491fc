"""What waits for a destination stands in line, so that finding what is due never looks at what is not.

``lines`` has a row for each destination with unfinished outbox rows: ``due_at`` is when the first of them may be
tried, ``NULL`` while it is being sent. They stand in the order of ``outbox.rank``, which is 0 from the first try on,
then of their ids.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, delete, insert, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import among, ids_bound, upsert
from bot.storage.tables import OutboxState, destinations, lines, outbox, unfinished


def head_of(destination_id: ColumnElement[int]) -> ScalarSelect[Any]:
    """The id of the first unfinished row in a destination's line, as a correlated subquery."""
    waiting = outbox.alias("waiting")
    return (
        select(waiting.c.id)
        .where(waiting.c.destination_id == destination_id, unfinished(waiting))
        .order_by(waiting.c.rank, waiting.c.id)
        .limit(1)
        .scalar_subquery()
    )


_OPEN = (
    upsert(lines)
    .from_select(
        ["destination_id", "due_at"],
        select(outbox.c.destination_id, outbox.c.due_at).where(
            among(outbox.c.news_id, ids_bound()), outbox.c.state == OutboxState.PENDING
        ),
    )
    .on_conflict_do_nothing()
)
_CLEAR = delete(lines).where(among(lines.c.destination_id, ids_bound()))
_RENEW = insert(lines).from_select(
    ["destination_id", "due_at"],
    select(destinations.c.id, case((outbox.c.state == OutboxState.SENDING, null()), else_=outbox.c.due_at))
    .join_from(destinations, outbox, outbox.c.id == head_of(destinations.c.id))
    .where(among(destinations.c.id, ids_bound())),
)


async def open_lines(connection: AsyncConnection, news_ids: Collection[int]) -> None:
    """Open a line for every destination that these updates wait for and that has none yet."""
    await connection.execute(_OPEN, {"ids": news_ids})


async def renew_lines(connection: AsyncConnection, destination_ids: Collection[int]) -> None:
    """Make these destinations' lines say again when their first rows are due."""
    if destination_ids:
        await connection.execute(_CLEAR, {"ids": destination_ids})
        await connection.execute(_RENEW, {"ids": destination_ids})
