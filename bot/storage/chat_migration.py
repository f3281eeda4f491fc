"""A group became a supergroup: everything of it moves to the id that Telegram gave it, in one transaction.

Message ids don't move along: a supergroup counts its own, and those of the group mean other messages there.
"""

from __future__ import annotations

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.model import OutboxKind
from bot.storage.habits import move_habits
from bot.storage.lines import renew_lines
from bot.storage.tables import OutboxState, chats, destinations, outbox, subscriptions, waiting

_LEFT_BEHIND = "the message stays in the group as it was before its migration"


async def migrate_chat(connection: AsyncConnection, old_chat_id: int, new_chat_id: int) -> None:
    """Move chat, threads, subscriptions and outbox rows; where the new id is known already, the two are merged."""
    if old_chat_id == new_chat_id:
        return
    old = await _chat(connection, old_chat_id)
    if old is None:
        return
    await _end_edits(connection, old)
    new = await _chat(connection, new_chat_id)
    if new is None:
        await connection.execute(update(chats).where(chats.c.id == old).values(telegram_id=new_chat_id))
    else:
        await _merge(connection, old, new)
    number = await _chat(connection, new_chat_id)
    if number is not None:
        await renew_lines(connection, [number])


async def _chat(connection: AsyncConnection, telegram_id: int) -> int | None:
    found: int | None = await connection.scalar(select(chats.c.id).where(chats.c.telegram_id == telegram_id))
    return found


async def _end_edits(connection: AsyncConnection, chat: int) -> None:
    await connection.execute(
        update(outbox)
        .where(outbox.c.chat_id == chat, outbox.c.kind == OutboxKind.EDIT, waiting())
        .values(state=OutboxState.GONE, reason=_LEFT_BEHIND)
    )


async def _merge(connection: AsyncConnection, old: int, new: int) -> None:
    """Threads that only the old chat has are re-hung; one that both have keeps the new chat's settings."""
    twin = destinations.alias("twin")
    pairs = await connection.execute(
        select(destinations.c.id, twin.c.id)
        .join_from(destinations, twin, (twin.c.chat_id == new) & (twin.c.thread_id == destinations.c.thread_id))
        .where(destinations.c.chat_id == old)
    )
    for old_destination, new_destination in pairs.all():
        await _merge_destination(connection, old_destination, new_destination)
    await connection.execute(update(destinations).where(destinations.c.chat_id == old).values(chat_id=new))
    await connection.execute(update(outbox).where(outbox.c.chat_id == old).values(chat_id=new))
    state = select(chats.c.state).where(chats.c.id == old).scalar_subquery()
    await connection.execute(update(chats).where(chats.c.id == new).values(state=state))
    await connection.execute(delete(chats).where(chats.c.id == old))


async def _merge_destination(connection: AsyncConnection, old: int, new: int) -> None:
    kept = subscriptions.alias("kept")
    await connection.execute(
        update(subscriptions)
        .where(
            subscriptions.c.destination_id == old,
            ~exists().where(kept.c.destination_id == new, kept.c.topic_id == subscriptions.c.topic_id),
        )
        .values(destination_id=new)
    )
    same = outbox.alias("same")
    await connection.execute(
        update(outbox)
        .where(
            outbox.c.destination_id == old,
            ~exists().where(
                same.c.destination_id == new,
                same.c.news_id == outbox.c.news_id,
                same.c.kind == outbox.c.kind,
                same.c.revision == outbox.c.revision,
            ),
        )
        .values(destination_id=new)
    )
    before = destinations.alias("before")
    language = select(before.c.language).where(before.c.id == old).scalar_subquery()
    await connection.execute(
        update(destinations)
        .where(destinations.c.id == new)
        .values(language=func.coalesce(destinations.c.language, language))
    )
    await move_habits(connection, old, new)
    # What is left of the old one is there already under the new id; it goes with it (ON DELETE CASCADE).
    await connection.execute(delete(destinations).where(destinations.c.id == old))
