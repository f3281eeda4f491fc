"""Which sources could not be read, and who was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, exists, insert, literal, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.blackout import NOT_AGAIN_WITHIN, Outage
from bot.core.model import TopicMode
from bot.services.ports.storage import OutageNotice
from bot.storage.chats import DESTINATION_COLUMNS, destination_of
from bot.storage.habit_tables import followed_words
from bot.storage.outage_tables import NoticeState, outage_notices, outages
from bot.storage.subscriptions import REACHABLE
from bot.storage.tables import chats, destinations, subscriptions

_LISTENS = or_(
    exists().where(subscriptions.c.destination_id == destinations.c.id, subscriptions.c.mode == TopicMode.LOUD),
    exists().where(followed_words.c.destination_id == destinations.c.id),
)
"""Wants something with sound: whoever wants nothing loud is not woken by silence either."""


class SqlOutages:
    """See :class:`bot.services.ports.storage.Outages`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lasting(self) -> Sequence[Outage]:
        rows = await self._connection.execute(select(outages).where(outages.c.until.is_(None)).order_by(outages.c.id))
        return [_outage_of(row) for row in rows.mappings()]

    async def begin(
        self, feeds: Sequence[tuple[int, str]], *, since: datetime, until: datetime | None = None, at: datetime
    ) -> int:
        values = {"feeds": [list(feed) for feed in feeds], "since": since, "until": until}
        made = await self._connection.execute(insert(outages).values(values))
        assert made.inserted_primary_key is not None
        told = outage_notices.alias("told")
        lately = exists().where(told.c.destination_id == destinations.c.id, told.c.written_at > at - NOT_AGAIN_WITHIN)
        written = await self._connection.execute(
            insert(outage_notices).from_select(
                ["outage_id", "destination_id", "state", "written_at", "message_id"],
                select(
                    literal(made.inserted_primary_key[0]),
                    destinations.c.id,
                    literal(int(NoticeState.WAITING)),
                    literal(at, outage_notices.c.written_at.type),
                    null(),
                )
                .join_from(destinations, chats)
                .where(REACHABLE, _LISTENS, ~lately),
            )
        )
        return written.rowcount

    async def end(self, outage_id: int, *, at: datetime) -> None:
        await self._connection.execute(update(outages).where(outages.c.id == outage_id).values(until=at))
        await self._set_where(outage_id, NoticeState.WAITING, NoticeState.ENDED)

    async def take(self, *, limit: int) -> Sequence[OutageNotice]:
        to_edit = (outage_notices.c.state == NoticeState.SENT) & outages.c.until.is_not(None)
        rows = await self._connection.execute(
            select(
                outages,
                outage_notices.c.destination_id,
                outage_notices.c.state,
                outage_notices.c.message_id,
                outage_notices.c.chat_telegram_id,
                *DESTINATION_COLUMNS[1:],
            )
            .join_from(outage_notices, outages)
            .join(destinations, destinations.c.id == outage_notices.c.destination_id)
            .join(chats)
            .where(
                outage_notices.c.state < NoticeState.ENDED, or_(outage_notices.c.state == NoticeState.WAITING, to_edit)
            )
            .order_by(outage_notices.c.outage_id, outage_notices.c.destination_id)
            .limit(limit)
        )
        taken = [_notice_of(row) for row in rows.mappings()]
        for notice in taken:
            if notice.message_id is None:
                await self._settle(notice, NoticeState.SENDING)
        return taken

    async def settle(self, notice: OutageNotice, *, message_id: int | None, again: bool = False) -> None:
        if again:
            await self._settle(notice, NoticeState.WAITING if notice.message_id is None else NoticeState.SENT)
        elif message_id is None or notice.message_id is not None or not notice.outage.feeds:
            await self._settle(notice, NoticeState.ENDED)
        else:
            await self._settle(notice, NoticeState.SENT, message_id=message_id)

    async def recover(self) -> None:
        await self._connection.execute(
            update(outage_notices).where(outage_notices.c.state == NoticeState.SENDING).values(state=NoticeState.ENDED)
        )

    async def _settle(self, notice: OutageNotice, state: NoticeState, *, message_id: int | None = None) -> None:
        known = {} if message_id is None else {"message_id": message_id, "chat_telegram_id": notice.destination.chat_id}
        await self._connection.execute(
            update(outage_notices)
            .where(
                outage_notices.c.outage_id == notice.outage.id,
                outage_notices.c.destination_id == notice.destination.id,
            )
            .values(state=int(state), **known)
        )

    async def _set_where(self, outage_id: int, before: NoticeState, after: NoticeState) -> None:
        await self._connection.execute(
            update(outage_notices)
            .where(outage_notices.c.outage_id == outage_id, outage_notices.c.state == before)
            .values(state=int(after))
        )


def _outage_of(row: RowMapping) -> Outage:
    return Outage(row["id"], tuple((number, title) for number, title in row["feeds"]), row["since"], row["until"])


def _notice_of(row: RowMapping) -> OutageNotice:
    destination = destination_of(row)
    here = row["chat_telegram_id"] in {None, destination.chat_id}
    return OutageNotice(_outage_of(row), destination, row["message_id"], reachable=here)
