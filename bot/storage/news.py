"""The archive of updates: writing them, and finding them again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import Page, StoredNews
from bot.core.identity import Known
from bot.core.model import NewsState
from bot.services.ports.storage import NewNews, RevisedNews
from bot.storage import search
from bot.storage.engine import among
from bot.storage.news_rows import current_revision, earlier_revisions, stored_news
from bot.storage.news_writing import add_news, revise_news
from bot.storage.tables import IS_NEWS, news, news_topics, pages
from bot.storage.topics import topic_ids

_KNOWN = select(
    news.c.id,
    pages.c.key,
    news.c.position,
    news.c.text,
    news.c.heading,
    news.c.local_date,
    news.c.local_time,
    news.c.vendor_id,
    news.c.vendor_id_proven,
    news.c.state,
    news.c.missing_reads,
).join_from(pages, news)


class SqlNews:
    """See :class:`bot.services.ports.storage.News`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self, feed_id: int, page_keys: Collection[str]) -> Sequence[Known]:
        rows = await self._connection.execute(
            _KNOWN.where(pages.c.feed_id == feed_id, pages.c.key.in_(page_keys)).order_by(news.c.position, news.c.id)
        )
        return [Known(*row) for row in rows]

    async def add(self, feed_id: int, news: Sequence[NewNews], *, at: datetime) -> Sequence[int]:
        return await add_news(self._connection, feed_id, news, at=at)

    async def revise(self, revised: Sequence[RevisedNews], *, at: datetime) -> None:
        await revise_news(self._connection, revised, at=at)

    async def mark(self, ids: Collection[int], *, state: NewsState | None = None, missing_reads: int = 0) -> None:
        changed = {"missing_reads": missing_reads} | ({} if state is None else {"state": state})
        await self._connection.execute(update(news).where(among(news.c.id, ids)).values(**changed))

    async def get(self, news_id: int) -> StoredNews | None:
        stored = (await stored_news(self._connection, [news_id])).get(news_id)
        if stored is None:
            return None
        earlier = await earlier_revisions(self._connection, [news_id])
        return replace(stored, revisions=(*earlier.get(news_id, ()), current_revision(stored)))

    async def latest(
        self, *, topics: Collection[str] = (), anchor: int | None = None, page: int = 1, size: int = 5
    ) -> Page[StoredNews]:
        top = await self._anchor(anchor)
        listed = [IS_NEWS, news.c.id <= top]
        if topics:
            listed.append(_has_topic((await topic_ids(self._connection, topics)).values()))
        total = await self._connection.scalar(select(func.count()).select_from(news).where(*listed)) or 0
        number, pages_ = _pages(page, size, total)
        ids = await self._connection.scalars(
            select(news.c.id)
            .where(*listed)
            .order_by(news.c.at.desc(), news.c.id.desc())
            .limit(size)
            .offset((number - 1) * size)
        )
        return Page(await self._items(ids.all()), number, pages_, total, top)

    async def search(
        self, query: str, *, topics: Collection[str] = (), anchor: int | None = None, page: int = 1, size: int = 5
    ) -> Page[StoredNews]:
        top = await self._anchor(anchor)
        numbers = tuple((await topic_ids(self._connection, topics)).values()) if topics else None
        wanted = max(page, 1)
        found = await search.find(self._connection, query, numbers, anchor=top, size=size, skipped=(wanted - 1) * size)
        number, pages_ = _pages(wanted, size, found.total)
        if number != wanted:
            found = await search.find(
                self._connection, query, numbers, anchor=top, size=size, skipped=(number - 1) * size
            )
        return Page(await self._items(found.ids), number, pages_, found.total, top)

    async def _anchor(self, anchor: int | None) -> int:
        if anchor is not None:
            return anchor
        return await self._connection.scalar(select(func.max(news.c.id))) or 0

    async def _items(self, ids: Sequence[int]) -> tuple[StoredNews, ...]:
        stored = await stored_news(self._connection, ids)
        return tuple(stored[news_id] for news_id in ids)


def _has_topic(numbers: Collection[int]) -> ColumnElement[bool]:
    return exists().where(news_topics.c.news_id == news.c.id, among(news_topics.c.topic_id, numbers))


def _pages(wanted: int, size: int, total: int) -> tuple[int, int]:
    """The page to show, the nearest one that is there, and how many there are: at least one, even if empty."""
    pages = max(1, -(-total // size))
    return min(max(wanted, 1), pages), pages
