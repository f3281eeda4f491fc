"""What was sent before: the messages that edits change and replies answer, and how their alerts went.

Ordinary alerts have no past, so that none of this is asked for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, Select, and_, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import Revision, StoredNews
from bot.core.match.signs import DANGER_TOPICS
from bot.core.model import JoinedForm, OutboxKind, TopicMode
from bot.storage.columns import MICROSECOND
from bot.storage.engine import among, ids_bound
from bot.storage.news_rows import earlier_revisions, stored_news
from bot.storage.tables import (
    OutboxState,
    chats,
    destinations,
    messages,
    news,
    news_places,
    news_topics,
    outbox,
    subscriptions,
    topics,
)

ONE_REPLY = timedelta(hours=1)
"""Replies about one update go at most once in this time: later changes edit the last one."""


@dataclass(frozen=True, slots=True)
class Background:
    """What stands behind one row; see :class:`bot.core.archive.Claimed`."""

    message_id: int | None = None
    form: JoinedForm | None = None
    rang: bool | None = None
    sent_at: datetime | None = None
    previous: Revision | None = None
    loud_now: bool = True
    told_in: int | None = None
    first_report: int | None = None
    overtaken: bool = False


_alert = outbox.alias("alert")
_sent = messages.alias("sent")
_before = outbox.alias("before")
_told = outbox.alias("told")
_reply = messages.alias("reply")
_SAME_PLACE = and_(_before.c.news_id == outbox.c.news_id, _before.c.destination_id == outbox.c.destination_id)
_TOLD = and_(
    outbox.c.kind == OutboxKind.REPLY,
    _told.c.news_id == outbox.c.news_id,
    _told.c.destination_id == outbox.c.destination_id,
    _told.c.kind == OutboxKind.REPLY,
    _told.c.state == OutboxState.SENT,
    _told.c.revision < outbox.c.revision,
    # A message of its own: what was told by editing one made no sound, nor none.
    _told.c.rang.is_not(None),
    _told.c.settled_at > outbox.c.queued_at - literal(ONE_REPLY // MICROSECOND),
    _reply.c.chat_telegram_id == chats.c.telegram_id,
)
_TOLD_IN = (
    select(func.min(_reply.c.message_id))
    .join_from(_told, _reply, _reply.c.outbox_id == _told.c.id)
    .where(_TOLD)
    .correlate(outbox, chats)
    .scalar_subquery()
)
"""The message of a reply about the same update that is not an hour old."""
_FIRST_TOLD = (
    select(func.min(_told.c.revision))
    .join_from(_told, _reply, _reply.c.outbox_id == _told.c.id)
    .where(_TOLD)
    .correlate(outbox, chats)
    .scalar_subquery()
)
_SEEN_BEFORE = (
    select(func.max(_before.c.revision))
    .where(
        _SAME_PLACE,
        _before.c.state == OutboxState.SENT,
        _before.c.revision < func.coalesce(_FIRST_TOLD, outbox.c.revision),
    )
    .correlate(outbox, chats)
    .scalar_subquery()
)
"""The newest version before the row's own that its destination was sent, or before that which its reply told of."""
_LOUD_NOW = exists().where(
    news_topics.c.news_id == outbox.c.news_id,
    subscriptions.c.topic_id == news_topics.c.topic_id,
    subscriptions.c.destination_id == outbox.c.destination_id,
    subscriptions.c.mode == TopicMode.LOUD,
)
_FOLLOW_UPS = (
    select(
        outbox.c.id,
        outbox.c.news_id,
        outbox.c.revision,
        outbox.c.kind,
        _sent.c.message_id,
        _alert.c.form,
        _alert.c.rang,
        _alert.c.settled_at,
        _LOUD_NOW.label("loud_now"),
        _SEEN_BEFORE.label("seen_before"),
        _TOLD_IN.label("told_in"),
    )
    .join_from(outbox, destinations)
    .join(chats)
    .join(
        _alert,
        and_(
            _alert.c.news_id == outbox.c.news_id,
            _alert.c.destination_id == outbox.c.destination_id,
            _alert.c.kind == OutboxKind.ALERT,
        ),
        isouter=True,
    )
    # A message that stayed behind in a group that has migrated since is none here.
    .join(
        _sent,
        and_(_sent.c.outbox_id == _alert.c.id, _sent.c.chat_telegram_id == chats.c.telegram_id),
        isouter=True,
    )
    .where(among(outbox.c.id, ids_bound()))
)
_REPORTS = (
    select(outbox.c.id, news.c.report_of, messages.c.message_id)
    .join_from(outbox, news, news.c.id == outbox.c.news_id)
    .join(
        _alert,
        and_(
            _alert.c.news_id == news.c.report_of,
            _alert.c.destination_id == outbox.c.destination_id,
            _alert.c.kind == OutboxKind.ALERT,
        ),
    )
    .join(destinations, destinations.c.id == outbox.c.destination_id)
    .join(chats)
    .join(messages, and_(messages.c.outbox_id == _alert.c.id, messages.c.chat_telegram_id == chats.c.telegram_id))
    .where(among(outbox.c.id, ids_bound()))
)
_later = news.alias("later")
_there = news_places.alias("there")
_OVERTAKEN = select(news.c.id).where(
    among(news.c.id, ids_bound()),
    exists().where(
        _later.c.at > news.c.at,
        _later.c.service.is_(False),
        _later.c.denial.is_(False),
        _later.c.all_clear.is_(False),
        _later.c.exercise.is_(False),
        news_topics.c.news_id == _later.c.id,
        topics.c.id == news_topics.c.topic_id,
        topics.c.slug.in_(DANGER_TOPICS),
        _there.c.news_id == _later.c.id,
        _there.c.place_id.in_(select(news_places.c.place_id).where(news_places.c.news_id == news.c.id)),
    ),
)
_SHOWN: Select[Any] = (
    select(outbox.c.news_id)
    .join_from(messages, outbox, outbox.c.id == messages.c.outbox_id)
    .where(outbox.c.kind == OutboxKind.ALERT)
)


async def backgrounds(connection: AsyncConnection, rows: Sequence[RowMapping]) -> Mapping[int, Background]:
    """The past of those rows that have one, by their ids."""
    found = await _follow_ups(connection, [row["id"] for row in rows if row["kind"] is not OutboxKind.ALERT])
    alerts = [row for row in rows if row["kind"] is OutboxKind.ALERT]
    found |= await _reports(connection, [row["id"] for row in alerts if row["report_of"] is not None])
    clears = [row for row in alerts if row["all_clear"]]
    if clears:
        overtaken = set((await connection.scalars(_OVERTAKEN, {"ids": {row["news_id"] for row in clears}})).all())
        for row in clears:
            known = found.get(row["id"], Background())
            found[row["id"]] = replace(known, overtaken=row["news_id"] in overtaken)
    return found


async def shown_in(connection: AsyncConnection, chat_telegram_id: int, message_id: int) -> tuple[StoredNews, ...]:
    """Everything that one message of a chat shows, oldest first."""
    here = and_(messages.c.chat_telegram_id == chat_telegram_id, messages.c.message_id == message_id)
    ids: Sequence[int] = (await connection.scalars(_SHOWN.where(here))).all()
    stored = await stored_news(connection, ids)
    return tuple(sorted(stored.values(), key=lambda each: (each.at, each.news.position, each.id)))


async def _follow_ups(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Background]:
    if not ids:
        return {}
    rows = (await connection.execute(_FOLLOW_UPS, {"ids": ids})).mappings().all()
    earlier = await earlier_revisions(connection, {row["news_id"] for row in rows})
    return {
        row["id"]: Background(
            message_id=row["message_id"],
            form=row["form"],
            rang=row["rang"],
            sent_at=row["settled_at"],
            previous=_previous(row, earlier.get(row["news_id"], ())),
            loud_now=bool(row["loud_now"]),
            told_in=row["told_in"],
        )
        for row in rows
    }


def _previous(row: RowMapping, earlier: Iterable[Revision]) -> Revision | None:
    """The version that the destination was sent last; where none is on record, the one before the row's own."""
    wanted = row["seen_before"] or row["revision"] - 1
    return next((revision for revision in earlier if revision.number == wanted), None)


async def _reports(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Background]:
    if not ids:
        return {}
    rows = await connection.execute(_REPORTS, {"ids": ids})
    return {row_id: Background(message_id=message, first_report=first) for row_id, first, message in rows}
