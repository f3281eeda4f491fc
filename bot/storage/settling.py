"""Recording how sends ended, by what Telegram's answer proves.

Sent          sent, with its message          ChatGone      gone; the chat too, and all that waits for it
RetryAfter    parked, certainly not sent      ChatMigrated  due at once, to the chat's new id
Unsent        parked, certainly not sent      TopicClosed   gone; the thread too, and all that waits for it
InDoubt       in doubt, possibly sent         Rejected      dead, and what would have corrected it
                                              Uneditable    gone: the message, not the chat
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import assert_never

from sqlalchemy import RowMapping, bindparam, case, insert, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import ChatState
from bot.core.model import OutboxKind
from bot.services.ports.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    Rejected,
    RetryAfter,
    Sent,
    TopicClosed,
    Uneditable,
    Unsent,
)
from bot.services.ports.storage import Settled
from bot.storage.chat_migration import migrate_chat
from bot.storage.columns import EPOCH
from bot.storage.engine import among, ids_bound
from bot.storage.lines import renew_lines
from bot.storage.tables import OutboxState, chats, destinations, messages, outbox, tried, unfinished, waiting

_IN_FLIGHT = (
    select(
        outbox.c.id,
        outbox.c.news_id,
        outbox.c.destination_id,
        outbox.c.kind,
        outbox.c.stale,
        outbox.c.rang,
        destinations.c.chat_id,
        chats.c.telegram_id,
    )
    .join_from(outbox, destinations)
    .join(chats)
    .where(among(outbox.c.id, ids_bound()), outbox.c.state == OutboxState.SENDING)
)
_WHERE = select(outbox.c.chat_id).where(among(outbox.c.id, ids_bound()))
HELD = datetime(9999, 1, 1, tzinfo=UTC)
"""When a row in doubt is due that waits for a person's word."""
_LEFT = select(outbox.c.id, outbox.c.chat_id, outbox.c.kind).where(tried(), outbox.c.state == OutboxState.SENDING)
_STOPPED = "Sitrep stopped while sending"
_EDIT_AGAIN = (
    update(outbox)
    .where(among(outbox.c.id, ids_bound()))
    .values(state=OutboxState.PENDING, attempt=0, due_at=bindparam("now"), reason=_STOPPED)
)
_DOUBT = (
    update(outbox)
    .where(among(outbox.c.id, ids_bound()))
    .values(
        state=OutboxState.IN_DOUBT,
        possibly_sent=True,
        due_at=bindparam("due"),
        attempt=case((bindparam("tries") == 0, 0), else_=outbox.c.attempt),
        reason=_STOPPED,
    )
)
_HELD = select(outbox.c.id, outbox.c.chat_id).where(
    waiting(), outbox.c.state == OutboxState.IN_DOUBT, outbox.c.due_at == HELD
)
_RESEND = update(outbox).where(among(outbox.c.id, ids_bound())).values(due_at=bindparam("now"))
_GIVE_UP = (
    update(outbox)
    .where(among(outbox.c.id, ids_bound()))
    .values(state=OutboxState.DEAD, settled_at=bindparam("now"), reason="in doubt, given up by an operator")
)
_ENDED = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(
        state=bindparam("state"),
        settled_at=bindparam("settled_at"),
        due_at=case((bindparam("again"), bindparam("settled_at")), else_=outbox.c.due_at),
        attempt=case((bindparam("again"), 0), else_=outbox.c.attempt),
        stale=False,
        reason=None,
    )
)


async def settle(connection: AsyncConnection, settled: Sequence[Settled]) -> None:
    """See :meth:`bot.services.ports.storage.Outbox.settle`; rows that are not being sent are left as they are.

    Of two answers to one send the first counts.
    """
    first = {each.id: each for each in reversed(settled)}
    rows = await _in_flight(connection, list(first))
    ended = [(each, rows[each.id]) for each in first.values() if each.id in rows]
    sent = [(each, row) for each, row in ended if isinstance(each.outcome, Sent)]
    await _record_sent(connection, sent)
    for each, row in ended:
        await _record(connection, each, row)
    latest = max((each.at for each, _ in ended), default=EPOCH)
    await renew_lines(connection, await _chats(connection, ended), not_before=latest)


async def recover(connection: AsyncConnection, now: datetime, *, hold: bool) -> int:
    """See :meth:`bot.services.ports.storage.Outbox.recover`."""
    sending = (await connection.execute(_LEFT)).all()
    chats_left = {chat_id for _, chat_id, _ in sending}
    edits = [row_id for row_id, _, kind in sending if kind is OutboxKind.EDIT]
    doubts = [row_id for row_id, _, kind in sending if kind is not OutboxKind.EDIT]
    await connection.execute(_EDIT_AGAIN, {"ids": edits, "now": now})
    await connection.execute(_DOUBT, {"ids": doubts, "due": HELD if hold else now, "tries": 0 if hold else 1})
    await renew_lines(connection, chats_left)
    return len(sending)


async def release(connection: AsyncConnection, *, resend: bool, at: datetime) -> int:
    """See :meth:`bot.services.ports.storage.Outbox.release`."""
    held = (await connection.execute(_HELD)).all()
    ids = [row_id for row_id, _ in held]
    await connection.execute(_RESEND if resend else _GIVE_UP, {"ids": ids, "now": at})
    await renew_lines(connection, {chat_id for _, chat_id in held})
    return len(held)


async def _in_flight(connection: AsyncConnection, ids: Sequence[int]) -> Mapping[int, RowMapping]:
    rows = await connection.execute(_IN_FLIGHT, {"ids": ids})
    return {row["id"]: row for row in rows.mappings()}


async def _chats(connection: AsyncConnection, ended: Sequence[tuple[Settled, RowMapping]]) -> set[int]:
    """Where these rows were, and where a migration has moved them."""
    were = {row["chat_id"] for _, row in ended}
    if not any(isinstance(each.outcome, ChatMigrated) for each, _ in ended):
        return were
    return were | set((await connection.scalars(_WHERE, {"ids": [each.id for each, _ in ended]})).all())


async def _record_sent(connection: AsyncConnection, sent: Sequence[tuple[Settled, RowMapping]]) -> None:
    """The common case, in two statements however many."""
    if not sent:
        return
    ends = [
        {
            "row_id": each.id,
            "state": OutboxState.PENDING if row["stale"] else OutboxState.SENT,
            "again": bool(row["stale"]),
            "settled_at": each.at,
        }
        for each, row in sent
    ]
    await connection.execute(_ENDED, ends)
    kept = [
        {"outbox_id": each.id, "chat_telegram_id": row["telegram_id"], "message_id": each.outcome.message_id}
        for each, row in sent
        if isinstance(each.outcome, Sent) and row["kind"] is not OutboxKind.EDIT
    ]
    if kept:
        await connection.execute(insert(messages), kept)


async def _record(connection: AsyncConnection, each: Settled, row: RowMapping) -> None:
    outcome, again = each.outcome, each.retry_at or each.at
    match outcome:
        case Sent():
            pass
        case RetryAfter():
            await _wait(connection, row, OutboxState.PARKED, each.retry_at or each.at + outcome.delay, "told to wait")
        case Unsent(reason):
            await _wait(connection, row, OutboxState.PARKED, again, reason)
        case InDoubt(reason) if each.hold:
            await _wait(connection, row, OutboxState.IN_DOUBT, HELD, reason, possibly_sent=True, attempt=0)
        case InDoubt(reason):
            await _wait(connection, row, OutboxState.IN_DOUBT, again, reason, possibly_sent=True)
        case ChatGone(reason):
            await _leave_chat(connection, row, reason, each.at)
        case ChatMigrated(chat_id):
            await _wait(connection, row, OutboxState.PARKED, each.at, "the chat has a new id")
            await migrate_chat(connection, row["telegram_id"], chat_id)
        case TopicClosed(reason):
            await _leave_thread(connection, row, reason, each.at)
        case Rejected(reason):
            await _bury(connection, row, reason, each.at)
        case Uneditable(reason):
            await connection.execute(
                update(outbox)
                .where(outbox.c.id == row["id"])
                .values(state=OutboxState.GONE, reason=reason, settled_at=each.at)
            )
        case _:
            assert_never(outcome)


async def _wait(
    connection: AsyncConnection, row: RowMapping, state: OutboxState, due_at: datetime, reason: str, **also: int
) -> None:
    await connection.execute(
        update(outbox).where(outbox.c.id == row["id"]).values(state=state, due_at=due_at, reason=reason, **also)
    )


async def _leave_chat(connection: AsyncConnection, row: RowMapping, reason: str, at: datetime) -> None:
    await connection.execute(
        update(chats).where(chats.c.id == row["chat_id"]).values(state=ChatState.GONE, state_at=at)
    )
    threads = select(destinations.c.id).where(destinations.c.chat_id == row["chat_id"])
    ids = (await connection.scalars(threads)).all()
    await _end(connection, ids, row, reason, at)


async def _leave_thread(connection: AsyncConnection, row: RowMapping, reason: str, at: datetime) -> None:
    await connection.execute(update(destinations).where(destinations.c.id == row["destination_id"]).values(closed=True))
    await _end(connection, [row["destination_id"]], row, reason, at)


async def _end(
    connection: AsyncConnection, destination_ids: Sequence[int], row: RowMapping, reason: str, at: datetime
) -> None:
    """End everything that waits for these destinations; another send in flight will bring its own answer."""
    await connection.execute(
        update(outbox)
        .where(
            outbox.c.chat_id == row["chat_id"],
            among(outbox.c.destination_id, destination_ids),
            waiting(),
        )
        .values(state=OutboxState.GONE, reason=reason, settled_at=at)
    )
    await connection.execute(
        update(outbox).where(outbox.c.id == row["id"]).values(state=OutboxState.GONE, reason=reason, settled_at=at)
    )


async def _bury(connection: AsyncConnection, row: RowMapping, reason: str, at: datetime) -> None:
    await connection.execute(
        update(outbox).where(outbox.c.id == row["id"]).values(state=OutboxState.DEAD, reason=reason, settled_at=at)
    )
    if row["kind"] is OutboxKind.ALERT:
        await connection.execute(
            update(outbox)
            .where(
                outbox.c.news_id == row["news_id"],
                outbox.c.destination_id == row["destination_id"],
                outbox.c.kind != literal_column("0"),
                unfinished(),
            )
            .values(state=OutboxState.DEAD, reason="its alert was not sent", settled_at=at)
        )
