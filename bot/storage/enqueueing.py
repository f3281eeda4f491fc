"""Writing outbox rows by set: who gets an update is one INSERT … SELECT, however many they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    case,
    exists,
    insert,
    literal,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.model import OutboxKind, TopicMode
from bot.storage.engine import among
from bot.storage.lines import open_lines
from bot.storage.subscriptions import ALERTED, REACHABLE
from bot.storage.tables import IS_NEWS, OutboxState, chats, destinations, news, news_topics, outbox, subscriptions

_PLACES = 1 << 20
_MILLISECONDS = type_coerce(news.c.at, BigInteger) // 1000
_LATEST = 1 << 42
"""The year 2109 in milliseconds: later times, and those before 1970, stand at the ends of the line."""
_WHEN = case((_MILLISECONDS < 1, 1), (_MILLISECONDS > _LATEST, _LATEST), else_=_MILLISECONDS)
_RANK = _WHEN * _PLACES + case((news.c.position < _PLACES, news.c.position), else_=_PLACES - 1)
"""The place in a destination's line: by the moment an update is listed under, then by its place in its page.

Always positive, since 0 is the place of what was tried, and never past 63 bits, whatever date a source prints.
"""
_COLUMNS = [column.name for column in outbox.c if column.name not in {"id", "tried_at", "settled_at", "reason"}]
_FOLLOW_UPS = (OutboxKind.EDIT, OutboxKind.REPLY)
"""An edit goes first: a reply that corrects then stands below a message that is corrected already."""
_NEVER_SENT = outbox.c.state.in_([OutboxState.PENDING, OutboxState.PARKED]) & outbox.c.possibly_sent.is_(False)


async def enqueue_alerts(connection: AsyncConnection, news_ids: Sequence[int], *, at: datetime) -> int:
    """See :meth:`bot.services.ports.storage.Outbox.enqueue_alerts`; any earlier alert of the update counts."""
    if not news_ids:
        return 0
    earlier = outbox.alias("earlier")
    first = outbox.alias("first_report")
    heard = exists().where(
        first.c.news_id == news.c.report_of,
        first.c.destination_id == subscriptions.c.destination_id,
        first.c.kind == OutboxKind.ALERT,
    )
    loud = (subscriptions.c.mode == TopicMode.LOUD) & ~heard
    audience = (
        select(*_values(subscriptions.c.destination_id, OutboxKind.ALERT, loud, at))
        .join_from(news, news_topics)
        .join(subscriptions, subscriptions.c.topic_id == news_topics.c.topic_id)
        .join(destinations)
        .join(chats)
        .where(
            among(news.c.id, news_ids),
            IS_NEWS,
            ALERTED,
            REACHABLE,
            ~exists().where(
                earlier.c.news_id.in_([news.c.id, news.c.copy_of]),
                earlier.c.destination_id == subscriptions.c.destination_id,
                earlier.c.kind == OutboxKind.ALERT,
            ),
            ~_followed_louder(),
        )
    )
    written = await connection.execute(insert(outbox).from_select(_COLUMNS, audience))
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


def _followed_louder() -> ColumnElement[bool]:
    """Whether the destination gets the update by another of its topics: the loudest, the first of equals.

    Streams where a GROUP BY would sort: a million subscribers cost no memory.
    """
    topic, louder = news_topics.alias("other_topic"), subscriptions.alias("louder")
    return exists().where(
        topic.c.news_id == news.c.id,
        topic.c.topic_id != subscriptions.c.topic_id,
        louder.c.topic_id == topic.c.topic_id,
        louder.c.destination_id == subscriptions.c.destination_id,
        or_(
            louder.c.mode < subscriptions.c.mode,
            and_(louder.c.mode == subscriptions.c.mode, louder.c.topic_id < subscriptions.c.topic_id),
        ),
    )


async def _supersede(connection: AsyncConnection, news_ids: Sequence[int], kind: OutboxKind) -> int:
    """Rows that were never sent carry the current version; returns how many changed theirs."""
    newer = outbox.alias("newer")
    current = select(news.c.revision).where(news.c.id == outbox.c.news_id).scalar_subquery()
    superseded = await connection.execute(
        update(outbox)
        .where(
            among(outbox.c.news_id, news_ids),
            outbox.c.kind == kind,
            _NEVER_SENT,
            outbox.c.revision < current,
            ~exists().where(
                newer.c.news_id == outbox.c.news_id,
                newer.c.destination_id == outbox.c.destination_id,
                newer.c.kind == kind,
                newer.c.revision == current,
            ),
        )
        .values(revision=current)
    )
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
    loud = alert.c.loud if kind is OutboxKind.REPLY else literal(0)
    received = or_(
        alert.c.state.in_([OutboxState.SENT, OutboxState.SENDING, OutboxState.IN_DOUBT]),
        and_(alert.c.state == OutboxState.PARKED, alert.c.possibly_sent),
    )
    audience = (
        select(*_values(alert.c.destination_id, kind, loud, at))
        .join_from(news, alert, (alert.c.news_id == news.c.id) & (alert.c.kind == OutboxKind.ALERT))
        .join(destinations, destinations.c.id == alert.c.destination_id)
        .join(chats)
        .where(
            among(news.c.id, news_ids),
            received,
            REACHABLE,
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


def _values(destination_id: Any, kind: OutboxKind, loud: ColumnElement[Any], at: datetime) -> list[ColumnElement[Any]]:
    """A fresh row, in the order of :data:`_COLUMNS`."""
    values: dict[str, Any] = {
        "news_id": news.c.id,
        "destination_id": destination_id,
        "kind": literal(kind, outbox.c.kind.type),
        "revision": news.c.revision,
        "state": literal(int(OutboxState.PENDING)),
        "rank": _RANK,
        "queued_at": literal(at, outbox.c.queued_at.type),
        "due_at": literal(at, outbox.c.due_at.type),
        "attempt": literal(0),
        "loud": loud,
        "possibly_sent": literal(0),
        "stale": literal(0),
    }
    return [values[name] for name in _COLUMNS]
