"""What waits for a chat stands in lines, one a lane, so that finding what is due never looks at what is not.

``lines`` has a row for each chat and lane with unfinished outbox rows: ``due_at`` is when the first of them may be
tried, ``NULL`` while the chat is being sent to. While a try is open, all lines of the chat wait for it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, null, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.columns import EPOCH, IdList, UtcDateTime
from bot.storage.engine import among, ids_bound, upsert
from bot.storage.tables import OutboxState, lines, outbox, tried

_NEW = upsert(lines).from_select(
    ["chat_id", "lane", "due_at"],
    select(outbox.c.chat_id, outbox.c.lane, outbox.c.due_at).where(
        among(outbox.c.news_id, ids_bound()), outbox.c.state == OutboxState.PENDING
    ),
)
_OPEN = _NEW.on_conflict_do_update(
    ["chat_id", "lane"],
    set_={"due_at": _NEW.excluded.due_at},
    # A closed line, whose time is NULL, stays closed.
    where=lines.c.due_at > _NEW.excluded.due_at,
)
_CLEAR = delete(lines).where(among(lines.c.chat_id, ids_bound()))
_CLOSE = update(lines).where(among(lines.c.chat_id, ids_bound())).values(due_at=None)
_RENEW = text(
    "INSERT INTO lines (chat_id, lane, due_at)"
    " SELECT chat_id, lane, max(due_at, gate, :not_before) FROM ("
    "  SELECT chats.value AS chat_id, lanes.value AS lane, ("
    "   SELECT min(due_at) FROM outbox WHERE chat_id = chats.value AND lane = lanes.value AND state < 4 AND state != 2"
    "  ) AS due_at, coalesce(("
    "   SELECT max(due_at) FROM outbox WHERE chat_id = chats.value AND state < 4 AND attempt > 0"
    "  ), 0) AS gate FROM json_each(:ids) AS chats, json_each('[1, 2, 3, 4]') AS lanes"
    " ) WHERE due_at IS NOT NULL"
).bindparams(bindparam("ids", type_=IdList()), bindparam("not_before", type_=UtcDateTime()))
_SHUT = (
    upsert(lines)
    .from_select(
        ["chat_id", "lane", "due_at"],
        select(outbox.c.chat_id, outbox.c.lane, null()).where(
            among(outbox.c.chat_id, ids_bound()), tried(), outbox.c.state == OutboxState.SENDING
        ),
    )
    .on_conflict_do_update(["chat_id", "lane"], set_={"due_at": None})
)


async def open_lines(connection: AsyncConnection, news_ids: Collection[int]) -> None:
    """Open the lines of all chats that these updates wait for; a line that was due later is due with them."""
    await connection.execute(_OPEN, {"ids": news_ids})


async def close_lines(connection: AsyncConnection, chat_ids: Collection[int]) -> None:
    """Let nothing be taken for these chats until their lines are renewed."""
    await connection.execute(_CLOSE, {"ids": chat_ids})


async def renew_lines(connection: AsyncConnection, chat_ids: Collection[int], *, not_before: datetime = EPOCH) -> None:
    """Make these chats' lines say again when their first rows are due, ``not_before`` at the earliest.

    So whoever was just sent to stands behind those who wait since.
    """
    if chat_ids:
        await connection.execute(_CLEAR, {"ids": chat_ids})
        await connection.execute(_RENEW, {"ids": chat_ids, "not_before": not_before})
        await connection.execute(_SHUT, {"ids": chat_ids})
