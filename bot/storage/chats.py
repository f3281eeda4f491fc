"""Chats, their threads, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import RowMapping, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import ChatKind, ChatState, Destination
from bot.storage.chat_migration import migrate_chat
from bot.storage.engine import upsert
from bot.storage.tables import chats, destinations

DESTINATION_COLUMNS = (
    destinations.c.id.label("destination_id"),
    destinations.c.thread_id,
    destinations.c.closed,
    destinations.c.language,
    chats.c.telegram_id,
    chats.c.kind.label("chat_kind"),
    chats.c.state.label("chat_state"),
)


def destination_of(columns: RowMapping) -> Destination:
    """The destination in a row that has :data:`DESTINATION_COLUMNS`; a closed thread is gone, whatever its chat."""
    return Destination(
        id=columns["destination_id"],
        chat_id=columns["telegram_id"],
        kind=columns["chat_kind"],
        thread_id=columns["thread_id"] or None,
        state=ChatState.GONE if columns["closed"] else columns["chat_state"],
        language=columns["language"],
    )


class SqlChats:
    """See :class:`bot.services.ports.storage.Chats`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def destination(
        self, chat_id: int, kind: ChatKind, *, thread_id: int | None = None, language: str | None = None, at: datetime
    ) -> Destination:
        """Also opens a thread that was closed: whoever asks from within it has shown that it takes messages."""
        chat = {"telegram_id": chat_id, "kind": kind, "state": ChatState.ACTIVE, "state_at": at, "added_at": at}
        await self._connection.execute(
            upsert(chats)
            .values(chat)
            .on_conflict_do_update(["telegram_id"], set_={"kind": kind}, where=chats.c.kind != kind)
        )
        number = select(chats.c.id).where(chats.c.telegram_id == chat_id).scalar_subquery()
        wanted = {"closed": False} | ({} if language is None else {"language": language})
        await self._connection.execute(
            upsert(destinations)
            .values(chat_id=number, thread_id=thread_id or 0, closed=False, language=language, added_at=at)
            .on_conflict_do_update(["chat_id", "thread_id"], set_=wanted)
        )
        found = await self.find(chat_id, thread_id=thread_id)
        assert found is not None
        return found

    async def find(self, chat_id: int, *, thread_id: int | None = None) -> Destination | None:
        rows = await self._connection.execute(
            select(*DESTINATION_COLUMNS)
            .join_from(destinations, chats)
            .where(chats.c.telegram_id == chat_id, destinations.c.thread_id == (thread_id or 0))
        )
        row = rows.mappings().one_or_none()
        return None if row is None else destination_of(row)

    async def set_state(self, chat_id: int, state: ChatState, *, at: datetime) -> None:
        await self._connection.execute(
            update(chats).where(chats.c.telegram_id == chat_id, chats.c.state != state).values(state=state, state_at=at)
        )

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        await migrate_chat(self._connection, old_chat_id, new_chat_id)

    async def count(self) -> Mapping[ChatState, int]:
        rows = await self._connection.execute(select(chats.c.state, func.count()).group_by(chats.c.state))
        counted: dict[ChatState, int] = dict(rows.all())
        return {state: counted.get(state, 0) for state in ChatState}
