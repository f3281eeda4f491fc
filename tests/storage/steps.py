"""What ingest and delivery do with the outbox, one transaction each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from bot.core.archive import Claimed, Destination, StoredNews
from bot.core.gather import Joint, Parcel, Turn, next_message
from bot.core.habits import Habits
from bot.core.message import Message
from bot.core.model import JoinedForm, OutboxKind
from bot.services.ports.sending import Sent
from bot.services.ports.storage import Choose, Settled, choose_first
from bot.storage import SqlStorage
from tests.builders import NOW, minutes, revised_news

LATER = NOW + timedelta(hours=1)
"""When everything that was written at :data:`NOW` is due."""


async def alert(storage: SqlStorage, ids: Sequence[int], *, at: datetime = NOW) -> int:
    """Queue the alerts of these updates; returns how many."""
    async with storage.write() as work:
        return await work.outbox.enqueue_alerts(ids, at=at)


async def revise(
    storage: SqlStorage,
    news_id: int,
    text: str,
    *,
    kinds: Sequence[OutboxKind] = (OutboxKind.EDIT, OutboxKind.REPLY),
    silent: bool = False,
) -> int:
    """Store an update as it stands now and queue what follows; returns how many rows wait because of it."""
    async with storage.write() as work:
        await work.news.revise([revised_news(news_id, text, silent=silent)], at=NOW + minutes(1))
        return await work.outbox.enqueue_revisions([news_id], kinds, at=NOW + minutes(1))


async def claim(
    storage: SqlStorage, now: datetime = LATER, *, limit: int = 100, excluding: Collection[int] = ()
) -> Sequence[Claimed]:
    """Take what is due, one row a chat."""
    return [each for parcel in await take(storage, now, most=limit, excluding=excluding) for each in parcel.rows]


async def take(
    storage: SqlStorage,
    now: datetime = LATER,
    *,
    most: int = 100,
    excluding: Collection[int] = (),
    choose: Choose = choose_first,
) -> Sequence[Parcel]:
    """Take what is due, one message a chat."""
    async with storage.write() as work:
        return (await work.outbox.claim(now, most=most, excluding=excluding, choose=choose)).parcels


async def ruled(storage: SqlStorage, now: datetime = LATER, *, most: int = 100) -> Sequence[Claimed]:
    """Take what may go at this moment, as delivery does."""

    def choose(rows: Sequence[Claimed], decided: Mapping[int, Habits]) -> Turn:
        def habits_of(destination_id: int) -> Habits:
            return decided.get(destination_id, Habits())

        def join(_destination: Destination, stored: Sequence[StoredNews], form: JoinedForm) -> Joint:
            return Joint(Message(form), tuple(range(len(stored))))

        return next_message(rows, habits_of, lambda _: False, join, now=now)

    return [each for parcel in await take(storage, now, most=most, choose=choose) for each in parcel.rows]


async def settle(storage: SqlStorage, *settled: Settled) -> None:
    """Record how sends ended."""
    async with storage.write() as work:
        await work.outbox.settle(settled)


async def send(storage: SqlStorage, now: datetime = LATER, *, message_id: int = 41) -> Sequence[Claimed]:
    """Take what is due, and record all of it as sent."""
    claimed = await claim(storage, now)
    await settle(storage, *(Settled(each.id, Sent(message_id), now) for each in claimed))
    return claimed
