"""Who wants what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import ChatState, Subscription
from bot.core.model import TopicMode
from bot.storage.engine import among, upsert
from bot.storage.tables import chats, destinations, subscriptions, topics
from bot.storage.topics import made_topic_ids, topic_ids

REACHABLE = destinations.c.closed.is_(False) & (chats.c.state == ChatState.ACTIVE)


class SqlSubscriptions:
    """See :class:`bot.services.ports.storage.Subscriptions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, destination_id: int) -> Sequence[Subscription]:
        rows = await self._connection.execute(
            select(topics.c.slug, subscriptions.c.mode)
            .join_from(subscriptions, topics)
            .where(subscriptions.c.destination_id == destination_id)
            .order_by(topics.c.slug)
        )
        return [Subscription(topic=slug, mode=mode) for slug, mode in rows]

    async def set(self, destination_id: int, modes: Mapping[str, TopicMode], *, at: datetime) -> None:
        off = [topic for topic, mode in modes.items() if mode is TopicMode.OFF]
        on = {topic: mode for topic, mode in modes.items() if mode is not TopicMode.OFF}
        await self._remove(destination_id, off)
        await self._store(destination_id, on, at)

    async def _remove(self, destination_id: int, slugs: Collection[str]) -> None:
        numbers = await topic_ids(self._connection, slugs)
        if numbers:
            await self._connection.execute(
                delete(subscriptions).where(
                    subscriptions.c.destination_id == destination_id,
                    among(subscriptions.c.topic_id, numbers.values()),
                )
            )

    async def _store(self, destination_id: int, modes: Mapping[str, TopicMode], at: datetime) -> None:
        if not modes:
            return
        numbers = await made_topic_ids(self._connection, modes)
        statement = upsert(subscriptions)
        given = statement.excluded
        await self._connection.execute(
            statement.on_conflict_do_update(
                ["destination_id", "topic_id"],
                set_={"mode": given.mode, "set_at": given.set_at},
                where=subscriptions.c.mode != given.mode,
            ),
            [
                {"destination_id": destination_id, "topic_id": numbers[topic], "mode": mode, "set_at": at}
                for topic, mode in modes.items()
            ],
        )

    async def audience(self, topics: Collection[str]) -> int:
        numbers = await topic_ids(self._connection, topics)
        count = await self._connection.scalar(
            select(func.count(subscriptions.c.destination_id.distinct()))
            .join_from(subscriptions, destinations)
            .join(chats)
            .where(among(subscriptions.c.topic_id, numbers.values()), REACHABLE)
        )
        return count or 0
