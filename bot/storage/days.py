"""Feeds that have a page per day: the present page, the one before while it is still read, and the search for the next.

The present page's own state of reading stands with its feed; that of the page before stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, Date, ForeignKey, Integer, RowMapping, Table, Text, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import FollowedDay, PageBefore, ReadCounts, Validators
from bot.services.ports.storage import ReadState
from bot.storage.columns import UtcDateTime
from bot.storage.tables import feeds, metadata, news, pages

followed_days = Table(
    "followed_days",
    metadata,
    Column("feed_id", ForeignKey("feeds.id"), primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("key", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("title", Text),
    Column("language", Text),
    Column("sought_at", UtcDateTime),
    Column("told_for", Date),
    # NULL: no page before is read; the columns after it are its state.
    Column("before_url", Text),
    Column("before_key", Text),
    Column("before_until", UtcDateTime),
    Column("validators_url", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("found_updates", Integer),
    Column("found_timed", Integer),
)

_UNREAD: dict[str, Any] = {
    "validators_url": None,
    "etag": None,
    "last_modified": None,
    "body_hash": None,
    "found_updates": None,
    "found_timed": None,
}
_UNASKED: dict[str, Any] = {"fresh_for": None, "moved_to": None, "moved_answers": 0}
"""What a feed's row says of the address itself, besides."""


class SqlFollowedDays:
    """See :class:`bot.services.ports.storage.FollowedDays`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, feed_id: int) -> FollowedDay | None:
        query = select(followed_days).where(followed_days.c.feed_id == feed_id)
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else _followed(row)

    async def begin(self, feed_id: int, followed: FollowedDay) -> None:
        await self._connection.execute(delete(followed_days).where(followed_days.c.feed_id == feed_id))
        await self._connection.execute(insert(followed_days).values(feed_id=feed_id, **_columns(followed)))

    async def turn(self, feed_id: int, url: str, followed: FollowedDay) -> bool:
        taken = select(feeds.c.id).where(feeds.c.url == url, feeds.c.id != feed_id)
        if (await self._connection.execute(taken)).first() is not None:
            return False
        fresh = {"url": url, "failures": 0, "last_error": None, **_UNREAD, **_UNASKED}
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**fresh))
        await self.begin(feed_id, followed)
        return True

    async def sought(self, feed_id: int, *, at: datetime, again_at: datetime, told_for: date | None = None) -> None:
        told = {} if told_for is None else {"told_for": told_for}
        looked = update(followed_days).where(followed_days.c.feed_id == feed_id).values(sought_at=at, **told)
        sooner = update(feeds).where(feeds.c.id == feed_id, feeds.c.next_poll_at > again_at)
        await self._connection.execute(looked)
        await self._connection.execute(sooner.values(next_poll_at=again_at))

    async def record_read(self, feed_id: int, state: ReadState) -> None:
        changed: dict[str, Any] = {} if state.body_hash is None else {"body_hash": state.body_hash}
        if state.validators is not None:
            changed |= _of_validators(state.validators)
        if state.counts is not None:
            changed |= _of_counts(state.counts)
        if changed:
            is_read = (followed_days.c.feed_id == feed_id) & followed_days.c.before_url.is_not(None)
            await self._connection.execute(update(followed_days).where(is_read).values(**changed))

    async def leave_before(self, feed_id: int) -> None:
        nothing = {"before_url": None, "before_key": None, "before_until": None, **_UNREAD}
        await self._connection.execute(
            update(followed_days).where(followed_days.c.feed_id == feed_id).values(**nothing)
        )

    async def first_clocks(self, feed_id: int, *, since: date) -> Sequence[time]:
        query = (
            select(func.min(news.c.local_time, type_=news.c.local_time.type))
            .join(pages, pages.c.id == news.c.page_id)
            .where(pages.c.feed_id == feed_id, news.c.local_date >= since, news.c.local_time.is_not(None))
            .group_by(news.c.local_date)
            .order_by(news.c.local_date.desc())
        )
        return list((await self._connection.execute(query)).scalars())


def _columns(followed: FollowedDay) -> dict[str, Any]:
    return {
        "day": followed.day,
        "key": followed.key,
        "zone": followed.zone,
        "title": followed.title,
        "language": followed.language,
        "sought_at": followed.sought_at,
        "told_for": followed.told_for,
        **({} if followed.before is None else _columns_of_before(followed.before)),
    }


def _columns_of_before(before: PageBefore) -> dict[str, Any]:
    return {
        "before_url": before.url,
        "before_key": before.key,
        "before_until": before.until,
        "body_hash": before.body_hash,
        **({} if before.validators is None else _of_validators(before.validators)),
        **({} if before.last_counts is None else _of_counts(before.last_counts)),
    }


def _of_validators(validators: Validators) -> dict[str, Any]:
    return {
        "validators_url": validators.url,
        "etag": validators.etag,
        "last_modified": validators.last_modified,
    }


def _of_counts(counts: ReadCounts) -> dict[str, Any]:
    return {"found_updates": counts.updates, "found_timed": counts.timed}


def _followed(row: RowMapping) -> FollowedDay:
    return FollowedDay(
        day=row["day"],
        key=row["key"],
        zone=row["zone"],
        title=row["title"],
        language=row["language"],
        before=None if row["before_url"] is None else _before(row),
        sought_at=row["sought_at"],
        told_for=row["told_for"],
    )


def _before(row: RowMapping) -> PageBefore:
    validated, found = row["validators_url"], row["found_updates"]
    return PageBefore(
        url=row["before_url"],
        key=row["before_key"],
        until=row["before_until"],
        validators=None if validated is None else Validators(validated, row["etag"], row["last_modified"]),
        body_hash=row["body_hash"],
        last_counts=None if found is None else ReadCounts(found, row["found_timed"]),
    )
