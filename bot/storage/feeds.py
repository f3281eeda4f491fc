"""The configured sources and the schedule of reading them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import Feed, FeedSettings, FeedState, ReadCounts, Validators
from bot.core.polling import FeedAlarm
from bot.services.ports.storage import ReadState
from bot.storage.feed_schedule import UNREAD, columns_of_schedule, schedule_of
from bot.storage.tables import IS_READ, feeds, news, news_topics, pages, topics

_UNREAD: dict[str, Any] = {
    "format": None,
    "source_title": None,
    "validators_url": None,
    "etag": None,
    "last_modified": None,
    "body_hash": None,
    "baseline_at": None,
    "found_updates": None,
    "found_timed": None,
    "last_read_at": None,
    "last_attempt_at": None,
    "failures": 0,
    "last_error": None,
    **UNREAD,
}


class SqlFeeds:
    """See :class:`bot.services.ports.storage.Feeds`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, settings: FeedSettings, *, at: datetime) -> Feed | None:
        """A revived feed starts with a baseline like a new one: what it published meanwhile alerts nobody."""
        there = await self.by_url(settings.url)
        fresh = _UNREAD | _columns_of(settings) | {"state": FeedState.ACTIVE, "next_poll_at": at}
        if there is None:
            await self._connection.execute(insert(feeds).values(**fresh, added_at=at))
        elif there.state is FeedState.REMOVED:
            await self._connection.execute(update(feeds).where(feeds.c.id == there.id).values(**fresh))
        else:
            return None
        return await self.by_url(settings.url)

    async def get(self, feed_id: int) -> Feed | None:
        return await self._one(select(feeds).where(feeds.c.id == feed_id))

    async def by_url(self, url: str) -> Feed | None:
        return await self._one(select(feeds).where(feeds.c.url == url))

    async def all(self) -> Sequence[Feed]:
        return await self._many(select(feeds).where(feeds.c.state != FeedState.REMOVED).order_by(feeds.c.id))

    async def due(self, now: datetime, *, limit: int) -> Sequence[Feed]:
        return await self._many(
            select(feeds)
            .where(IS_READ, feeds.c.next_poll_at <= now)
            .order_by(feeds.c.next_poll_at, feeds.c.id)
            .limit(limit)
        )

    async def record_read(self, feed_id: int, state: ReadState) -> None:
        changed = _columns_of_read(state)
        if not state.ok:
            changed["failures"] = feeds.c.failures + 1
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**changed))

    async def record_reads(self, reads: Mapping[int, ReadState]) -> None:
        alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for feed_id, state in reads.items():
            changed = _columns_of_read(state)
            alike[tuple(changed)].append({"of_feed": feed_id} | {f"new_{name}": it for name, it in changed.items()})
        for names, rows in alike.items():
            changed = {name: bindparam(f"new_{name}") for name in names}
            await self._connection.execute(
                update(feeds).where(feeds.c.id == bindparam("of_feed")).values(**changed), rows
            )

    async def set_state(self, feed_id: int, state: FeedState) -> None:
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(state=state))

    async def postpone(self, feed_id: int, until: datetime) -> None:
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(next_poll_at=until))

    async def spread(self, now: datetime, *, step: timedelta, within: timedelta) -> int:
        ids = (
            await self._connection.scalars(
                select(feeds.c.id).where(IS_READ, feeds.c.next_poll_at <= now).order_by(feeds.c.next_poll_at)
            )
        ).all()
        step = min(step, within / max(len(ids), 1))
        if ids:
            moved = update(feeds).where(feeds.c.id == bindparam("feed")).values(next_poll_at=bindparam("later"))
            rows = [{"feed": feed_id, "later": now + step * place} for place, feed_id in enumerate(ids)]
            await self._connection.execute(moved, rows)
        return len(ids)

    async def topics_brought(self, feed_id: int, *, since: datetime) -> Sequence[str]:
        rows = pages.join(news).join(news_topics).join(topics)
        brought = select(topics.c.slug).distinct().select_from(rows)
        lately = brought.where(pages.c.feed_id == feed_id, news.c.first_seen_at > since).order_by(topics.c.slug)
        return (await self._connection.scalars(lately)).all()

    async def set_alarm(self, feed_id: int, alarm: FeedAlarm | None) -> None:
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(alarm=alarm))

    async def change_url(self, feed_id: int, url: str) -> bool:
        if await self.by_url(url) is not None:
            return False
        moved = {"url": url, "moved_to": None, "moved_answers": 0}
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**moved))
        return True

    async def resume(self, feed_id: int, *, at: datetime) -> None:
        afresh = {"state": FeedState.ACTIVE, "next_poll_at": at, "failures": 0, "last_error": None, "alarm": None}
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**afresh))

    async def newest_zone(self, feed_id: int) -> str | None:
        zones = select(news.c.zone).select_from(pages.join(news)).where(pages.c.feed_id == feed_id)
        return (await self._connection.scalars(zones.order_by(news.c.id.desc()).limit(1))).one_or_none()

    async def release(self, feed_id: int, *, as_seen: bool) -> None:
        believed = {"state": FeedState.ACTIVE, "found_updates": None, "found_timed": None}
        seen = {"baseline_at": None} if as_seen else {}
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**believed, **seen))

    async def _one(self, statement: Select[Any]) -> Feed | None:
        row = (await self._connection.execute(statement)).mappings().one_or_none()
        return None if row is None else _feed_of(row)

    async def _many(self, statement: Select[Any]) -> Sequence[Feed]:
        return [_feed_of(row) for row in (await self._connection.execute(statement)).mappings()]


def _columns_of_read(state: ReadState) -> dict[str, Any]:
    return {
        "last_attempt_at": state.at,
        "next_poll_at": state.next_poll_at,
        "last_error": None if state.ok else state.error,
        **({"failures": 0, "last_read_at": state.at} if state.ok else {}),
        **({"baseline_at": state.at} if state.baseline else {}),
        **_given(body_hash=state.body_hash, format=state.format, source_title=state.source_title),
        **({} if state.counts is None else _columns_of_counts(state.counts)),
        **columns_of_schedule(state),
        **({} if state.validators is None else _columns_of_validators(state.validators)),
    }


def _given(**columns: str | None) -> dict[str, str]:
    return {name: value for name, value in columns.items() if value is not None}


def _columns_of(settings: FeedSettings) -> dict[str, Any]:
    return {
        "url": settings.url,
        "title": settings.title,
        "timezone": settings.timezone,
        "language": settings.language,
        "interval": settings.interval,
        "topics": list(settings.topics),
        "follow_days": settings.follow_days,
    }


def _columns_of_validators(validators: Validators) -> dict[str, str | None]:
    return {
        "validators_url": validators.url,
        "etag": validators.etag,
        "last_modified": validators.last_modified,
    }


def _columns_of_counts(counts: ReadCounts) -> dict[str, int]:
    return {"found_updates": counts.updates, "found_timed": counts.timed}


def _feed_of(row: RowMapping) -> Feed:
    validated, found = row["validators_url"], row["found_updates"]
    return Feed(
        id=row["id"],
        settings=FeedSettings(
            url=row["url"],
            title=row["title"],
            timezone=row["timezone"],
            language=row["language"],
            interval=row["interval"],
            topics=tuple(row["topics"]),
            follow_days=row["follow_days"],
        ),
        state=row["state"],
        format=row["format"],
        source_title=row["source_title"],
        validators=Validators(validated, row["etag"], row["last_modified"]) if validated is not None else None,
        body_hash=row["body_hash"],
        baseline_at=row["baseline_at"],
        last_counts=None if found is None else ReadCounts(found, row["found_timed"]),
        next_poll_at=row["next_poll_at"],
        last_read_at=row["last_read_at"],
        last_attempt_at=row["last_attempt_at"],
        failures=row["failures"],
        last_error=row["last_error"],
        **schedule_of(row),
    )
