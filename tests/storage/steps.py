"""What ingest and delivery do with the outbox, one transaction each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.core.archive import Claimed
from bot.core.model import OutboxKind
from bot.services.ports.sending import Sent
from bot.services.ports.storage import Settled
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
    """Take what is due."""
    async with storage.write() as work:
        return await work.outbox.claim(now, limit=limit, excluding=excluding)


async def settle(storage: SqlStorage, *settled: Settled) -> None:
    """Record how sends ended."""
    async with storage.write() as work:
        await work.outbox.settle(settled)


async def send(storage: SqlStorage, now: datetime = LATER, *, message_id: int = 41) -> Sequence[Claimed]:
    """Take what is due, and record all of it as sent."""
    claimed = await claim(storage, now)
    await settle(storage, *(Settled(each.id, Sent(message_id), now) for each in claimed))
    return claimed
