"""Writing outbox rows by set: who gets an update is one INSERT … SELECT, however many they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ScalarSelect,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import ChatState
from bot.core.match import Lane
from bot.core.model import JoinedForm, OutboxKind, TopicMode
from bot.services.ports.storage import Within
from bot.storage.audience import audience_of, interests
from bot.storage.engine import among
from bot.storage.lines import open_lines
from bot.storage.tables import OutboxState, chats, destinations, lines, news, outbox

_PLACES = 1 << 20
_MILLISECONDS = type_coerce(news.c.at, BigInteger) // 1000
_LATEST = 1 << 42
"""The year 2109 in milliseconds: later times, and those before 1970, stand at the ends of the line."""
_WHEN = case((_MILLISECONDS < 1, 1), (_MILLISECONDS > _LATEST, _LATEST), else_=_MILLISECONDS)
_RANK = _WHEN * _PLACES + case((news.c.position < _PLACES, news.c.position), else_=_PLACES - 1)
"""The place in a destination's line: by the moment an update is listed under, then by its place in its page.

Always positive, since 0 is the place of what was tried, and never past 63 bits, whatever date a source prints.
"""
_LATER = {"id", "tried_at", "settled_at", "form", "rang", "reason"}
_COLUMNS = [column.name for column in outbox.c if column.name not in _LATER]
_CORRECTED = [ChatState.ACTIVE, ChatState.STOPPED]
"""Chats whose messages are edited: one that said /stop still shows what it was sent."""
_FOLLOW_UPS = (OutboxKind.EDIT, OutboxKind.REPLY)
"""An edit goes first: a reply that corrects then stands below a message that is corrected already."""
_NEVER_SENT = outbox.c.state.in_([OutboxState.PENDING, OutboxState.PARKED]) & outbox.c.possibly_sent.is_(False)


async def enqueue_alerts(connection: AsyncConnection, news_ids: Sequence[int], *, at: datetime, within: Within) -> int:
    """See :meth:`bot.services.ports.storage.Outbox.enqueue_alerts`; any earlier alert of the update counts."""
    if not news_ids:
        return 0
    audience = audience_of(await interests(connection, news_ids, within))
    written = await connection.execute(
        insert(outbox).from_select(
            _COLUMNS,
            select(
                *_values(audience.c.destination_id, audience.c.chat_id, OutboxKind.ALERT, audience.c.mode, at)
            ).join_from(audience, news, news.c.id == audience.c.news_id),
        )
    )
    await open_lines(connection, news_ids)
    return written.rowcount


async def enqueue_revisions(
    connection: AsyncConnection, news_ids: Sequence[int], kinds: Collection[OutboxKind], *, at: datetime
) -> int:
    """See :meth:`bot.services.ports.storage.Outbox.enqueue_revisions`; returns how many rows wait because of it."""
    if not news_ids:
        return 0
    waiting = 0
    await _supersede(connection, news_ids, OutboxKind.ALERT)
    for kind in _FOLLOW_UPS:
        if kind not in kinds:
            continue
        waiting += await _supersede(connection, news_ids, kind)
        if kind is OutboxKind.EDIT:
            waiting += await _edit_again(connection, news_ids, at)
        waiting += await _follow_up(connection, news_ids, kind, at)
    await open_lines(connection, news_ids)
    return waiting


async def _supersede(connection: AsyncConnection, news_ids: Sequence[int], kind: OutboxKind) -> int:
    """Rows that were never sent carry the current version, once; returns how many changed theirs."""
    newer = outbox.alias("newer")
    current = select(news.c.revision).where(news.c.id == outbox.c.news_id).scalar_subquery()
    outdated = and_(among(outbox.c.news_id, news_ids), outbox.c.kind == kind, _NEVER_SENT, outbox.c.revision < current)
    said = exists().where(
        newer.c.news_id == outbox.c.news_id,
        newer.c.destination_id == outbox.c.destination_id,
        newer.c.kind == kind,
        newer.c.revision > outbox.c.revision,
    )
    # Its line is put right when its turn comes.
    await connection.execute(
        update(outbox).where(outdated, said).values(state=OutboxState.SUPERSEDED, reason="a newer version is sent")
    )
    superseded = await connection.execute(update(outbox).where(outdated).values(revision=current))
    return superseded.rowcount


async def _edit_again(connection: AsyncConnection, news_ids: Sequence[int], at: datetime) -> int:
    """A silent change makes no new revision, so its edit may have gone out for this one already, or be on its way."""
    current = select(news.c.revision).where(news.c.id == outbox.c.news_id).scalar_subquery()
    this = and_(among(outbox.c.news_id, news_ids), outbox.c.kind == OutboxKind.EDIT, outbox.c.revision == current)
    await connection.execute(
        update(outbox).where(this, outbox.c.state.in_([OutboxState.SENDING, OutboxState.IN_DOUBT])).values(stale=True)
    )
    rank = select(_RANK).where(news.c.id == outbox.c.news_id).scalar_subquery()
    again = await connection.execute(
        update(outbox)
        .where(this, outbox.c.state == OutboxState.SENT)
        .values(state=OutboxState.PENDING, rank=rank, queued_at=at, due_at=at, attempt=0, possibly_sent=False)
    )
    return again.rowcount


async def _follow_up(connection: AsyncConnection, news_ids: Sequence[int], kind: OutboxKind, at: datetime) -> int:
    """Rows of ``kind`` for the current revision, to every destination whose alert was or may have been sent."""
    alert, same = outbox.alias("alert"), outbox.alias("same")
    received = or_(
        alert.c.state.in_([OutboxState.SENT, OutboxState.SENDING, OutboxState.IN_DOUBT]),
        and_(alert.c.state == OutboxState.PARKED, alert.c.possibly_sent),
    )
    audience = (
        select(*_values(alert.c.destination_id, destinations.c.chat_id, kind, alert.c.mode, at, told_as=alert.c.form))
        .join_from(news, alert, (alert.c.news_id == news.c.id) & (alert.c.kind == OutboxKind.ALERT))
        .join(destinations, destinations.c.id == alert.c.destination_id)
        .join(chats)
        .where(
            among(news.c.id, news_ids),
            received,
            destinations.c.closed.is_(False),
            chats.c.state.in_(_CORRECTED if kind is OutboxKind.EDIT else [ChatState.ACTIVE]),
            ~exists().where(
                same.c.news_id == news.c.id,
                same.c.destination_id == alert.c.destination_id,
                same.c.kind == kind,
                same.c.revision == news.c.revision,
            ),
        )
    )
    written = await connection.execute(insert(outbox).from_select(_COLUMNS, audience))
    return written.rowcount


def _values(
    destination_id: ColumnElement[Any],
    chat_id: ColumnElement[Any],
    kind: OutboxKind,
    mode: ColumnElement[Any],
    at: datetime,
    *,
    told_as: ColumnElement[Any] | None = None,
) -> list[ColumnElement[Any]]:
    """A fresh row, in the order of :data:`_COLUMNS`."""
    lane = _lane(kind, mode, told_as)
    values: dict[str, Any] = {
        "news_id": news.c.id,
        "destination_id": destination_id,
        "chat_id": chat_id,
        "kind": literal(kind, outbox.c.kind.type),
        "revision": news.c.revision,
        "state": literal(int(OutboxState.PENDING)),
        "lane": lane,
        "rank": _RANK,
        "queued_at": literal(at, outbox.c.queued_at.type),
        "due_at": case((lane == Lane.DIGEST, func.coalesce(_next_list(chat_id), _at(at))), else_=_at(at)),
        "attempt": literal(0),
        "mode": mode,
        "possibly_sent": literal(0),
        "stale": literal(0),
    }
    return [values[name] for name in _COLUMNS]


def _at(moment: datetime) -> ColumnElement[Any]:
    return literal(moment, outbox.c.due_at.type)


def _lane(kind: OutboxKind, mode: ColumnElement[Any], told_as: ColumnElement[Any] | None) -> ColumnElement[int]:
    """Where a row waits. What corrects a list waits for the next one."""
    if kind is OutboxKind.ALERT:
        return case(
            (news.c.level == "breaking", int(Lane.BREAKING)),
            (mode == TopicMode.DIGEST, int(Lane.DIGEST)),
            else_=int(Lane.NORMAL),
        )
    if kind is OutboxKind.REPLY and told_as is not None:
        return case((told_as == JoinedForm.DIGEST, int(Lane.DIGEST)), else_=int(Lane.EDITS))
    return literal(int(Lane.EDITS))


def _next_list(chat_id: ColumnElement[Any]) -> ScalarSelect[Any]:
    """When the chat gets its next list, if that was found out already: then nothing needs to be decided again."""
    return select(lines.c.due_at).where(lines.c.chat_id == chat_id, lines.c.lane == Lane.DIGEST).scalar_subquery()
