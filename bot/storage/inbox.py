"""What people sent and what is not done yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.ports.inbox import Kept
from bot.storage.engine import among, upsert
from bot.storage.inbox_tables import InboxState, inbox, inbox_mark

NUMBERED_ANEW_AFTER = timedelta(days=3)
"""Telegram keeps updates for a day, and numbers them anew after a week without any: between the two."""


class SqlInbox:
    """See :class:`bot.services.ports.inbox.Inbox`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, incoming: Sequence[Kept], *, last: int, at: datetime) -> Collection[int]:
        mark = await self._mark(at)
        new = [kept for kept in incoming if mark is None or kept.update_id > mark]
        rows = [
            {
                "update_id": kept.update_id,
                "chat_telegram_id": kept.chat_id,
                "body": kept.body,
                "state": InboxState.WAITING,
                "tries": 0,
                "came_at": at,
            }
            for kept in new
        ]
        if rows:
            await self._connection.execute(upsert(inbox).on_conflict_do_nothing(["update_id"]), rows)
        moved = {"update_id": last if mark is None else max(mark, last), "at": at}
        await self._connection.execute(
            upsert(inbox_mark).values(id=0, **moved).on_conflict_do_update(["id"], set_=moved)
        )
        return {kept.update_id for kept in new}

    async def left_over(self) -> Sequence[Kept]:
        rows = await self._connection.execute(
            select(inbox).where(inbox.c.state != InboxState.ASIDE).order_by(inbox.c.came_at, inbox.c.update_id)
        )
        return [
            Kept(row.update_id, row.chat_telegram_id, row.body, row.state == InboxState.APPLIED, row.tries)
            for row in rows
        ]

    async def mark_applied(self, update_id: int) -> None:
        await self._set(update_id, state=InboxState.APPLIED)

    async def begin_again(self, update_id: int) -> None:
        await self._set(update_id, tries=inbox.c.tries + 1)

    async def set_aside(self, update_id: int) -> None:
        await self._set(update_id, state=InboxState.ASIDE)

    async def erase(self, update_ids: Collection[int]) -> None:
        await self._connection.execute(delete(inbox).where(among(inbox.c.update_id, update_ids)))

    async def erase_older(self, before: datetime) -> None:
        await self._connection.execute(delete(inbox).where(inbox.c.state == InboxState.ASIDE, inbox.c.came_at < before))

    async def forget(self, chat_id: int) -> None:
        await self._connection.execute(delete(inbox).where(inbox.c.chat_telegram_id == chat_id))

    async def _set(self, update_id: int, **values: object) -> None:
        await self._connection.execute(update(inbox).where(inbox.c.update_id == update_id).values(**values))

    async def _mark(self, now: datetime) -> int | None:
        """Up to where updates have been here; ``None`` when that says nothing."""
        row = (await self._connection.execute(select(inbox_mark.c.update_id, inbox_mark.c.at))).one_or_none()
        return row.update_id if row is not None and now - row.at < NUMBERED_ANEW_AFTER else None
