"""What each destination decided about when and how it is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import Column, Table, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.habits import DigestTime, Habits, QuietHours
from bot.storage.engine import among, ids_bound, upsert
from bot.storage.habit_tables import ALL, followed_places, followed_words, habits, muted_stories
from bot.storage.lines import renew_lines
from bot.storage.tables import OutboxState, destinations, outbox

_FRESH: Mapping[str, Any] = {"danger_rings": True, "digest_hourly": False}
_STORIES_KEPT = 50
"""Mutes of stories of one destination; of more the ones that end first are forgotten."""
_OF_ALL = tuple(select(table).where(among(table.c.destination_id, ids_bound())) for table in ALL)
_DUE_AGAIN = (
    update(outbox)
    .where(
        outbox.c.chat_id
        == select(destinations.c.chat_id).where(destinations.c.id == bindparam("whose")).scalar_subquery(),
        outbox.c.destination_id == bindparam("whose"),
        outbox.c.state.in_([OutboxState.PENDING, OutboxState.PARKED]),
        outbox.c.attempt == 0,
        outbox.c.due_at > bindparam("at"),
    )
    .values(due_at=bindparam("at"))
)
_LAST_STORIES = (
    select(muted_stories.c.news_id)
    .where(muted_stories.c.destination_id == bindparam("whose"))
    .order_by(muted_stories.c.until.desc(), muted_stories.c.news_id.desc())
    .limit(_STORIES_KEPT)
)


class SqlHabits:
    """See :class:`bot.services.ports.storage.DestinationHabits`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, destination_id: int) -> Habits:
        return (await self.of_many([destination_id])).get(destination_id, Habits())

    async def of_many(self, destination_ids: Collection[int]) -> Mapping[int, Habits]:
        main, stories, places, words = [await self._rows(query, destination_ids) for query in _OF_ALL]
        own = {row["destination_id"]: row for row in main}
        decided = {row["destination_id"] for rows in (main, stories, places, words) for row in rows}
        return {
            whose: Habits(
                **_moments(own[whose]) if whose in own else {},
                muted_stories={row["news_id"]: row["until"] for row in stories if row["destination_id"] == whose},
                places=frozenset(row["place_id"] for row in places if row["destination_id"] == whose),
                words=tuple(
                    row["word"]
                    for row in sorted(words, key=lambda row: (row["place"], row["word"]))
                    if row["destination_id"] == whose
                ),
            )
            for whose in decided
        }

    async def set_zone(self, destination_id: int, zone: str | None) -> None:
        await self._set(destination_id, zone=zone)

    async def set_quiet(self, destination_id: int, quiet: QuietHours | None) -> None:
        if quiet is None:
            await self._set(destination_id, quiet_start=None, quiet_end=None)
        else:
            await self._set(
                destination_id, quiet_start=quiet.start, quiet_end=quiet.end, danger_rings=quiet.danger_rings
            )

    async def set_digest(self, destination_id: int, digest: DigestTime) -> None:
        await self._set(destination_id, digest_hourly=digest.at is None, digest_at=digest.at)

    async def mute(self, destination_id: int, until: datetime) -> None:
        await self._set(destination_id, muted_until=until)

    async def mute_story(self, destination_id: int, news_id: int, until: datetime) -> None:
        row = {"destination_id": destination_id, "news_id": news_id, "until": until}
        await self._connection.execute(
            upsert(muted_stories)
            .values(row)
            .on_conflict_do_update(["destination_id", "news_id"], set_={"until": until})
        )
        last = (await self._connection.scalars(_LAST_STORIES, {"whose": destination_id})).all()
        await self._connection.execute(
            delete(muted_stories).where(
                muted_stories.c.destination_id == destination_id, ~among(muted_stories.c.news_id, last)
            )
        )

    async def unmute(self, destination_id: int, at: datetime) -> None:
        for table, end in ((habits, habits.c.muted_until), (muted_stories, muted_stories.c.until)):
            await self._connection.execute(
                update(table).where(table.c.destination_id == destination_id, end > at).values({end.name: at})
            )

    async def reconsider(self, destination_id: int, at: datetime) -> None:
        await self._connection.execute(_DUE_AGAIN, {"whose": destination_id, "at": at})
        chat = select(destinations.c.chat_id).where(destinations.c.id == destination_id)
        await renew_lines(self._connection, (await self._connection.scalars(chat)).all())

    async def follow_place(self, destination_id: int, place_id: str) -> None:
        await self._add(followed_places, destination_id=destination_id, place_id=place_id)

    async def leave_place(self, destination_id: int, place_id: str) -> None:
        await self._remove(destination_id, followed_places.c.place_id, place_id)

    async def follow_word(self, destination_id: int, word: str) -> None:
        last = await self._connection.scalar(
            select(func.max(followed_words.c.place)).where(followed_words.c.destination_id == destination_id)
        )
        await self._add(followed_words, destination_id=destination_id, word=word, place=(last or 0) + 1)

    async def leave_word(self, destination_id: int, word: str) -> None:
        await self._remove(destination_id, followed_words.c.word, word)

    async def _rows(self, query: Any, destination_ids: Collection[int]) -> Sequence[Any]:
        return (await self._connection.execute(query, {"ids": destination_ids})).mappings().all()

    async def _set(self, destination_id: int, **columns: Any) -> None:
        await self._connection.execute(
            upsert(habits)
            .values({**_FRESH, **columns, "destination_id": destination_id})
            .on_conflict_do_update(["destination_id"], set_=columns)
        )

    async def _add(self, table: Table, **row: Any) -> None:
        await self._connection.execute(upsert(table).values(row).on_conflict_do_nothing())

    async def _remove(self, destination_id: int, column: Column[Any], value: str) -> None:
        table = column.table
        await self._connection.execute(delete(table).where(table.c.destination_id == destination_id, column == value))


async def move_habits(connection: AsyncConnection, old: int, new: int) -> None:
    """Give one destination's decisions to another, which keeps its own where both have decided."""
    for table in ALL:
        await connection.execute(
            update(table).prefix_with("OR IGNORE").where(table.c.destination_id == old).values(destination_id=new)
        )


def _moments(row: Mapping[str, Any]) -> dict[str, Any]:
    start, end = row["quiet_start"], row["quiet_end"]
    quiet = None if start is None or end is None else QuietHours(start, end, row["danger_rings"])
    return {
        "zone": row["zone"],
        "quiet": quiet,
        "muted_until": row["muted_until"],
        "digest": _digest(row["digest_at"], hourly=row["digest_hourly"]),
    }


def _digest(at: time | None, *, hourly: bool) -> DigestTime:
    if hourly:
        return DigestTime(None)
    return DigestTime() if at is None else DigestTime(at)
