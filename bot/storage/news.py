"""The archive of updates: writing them, and finding them again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import Page, StoredNews
from bot.core.copies import Report
from bot.core.identity import Known
from bot.core.model import NewsState, NewsUpdate
from bot.core.query import Query
from bot.services.ports.storage import EVERYWHERE, Narrowed, NewNews, RevisedNews
from bot.storage import search
from bot.storage.engine import among
from bot.storage.expressions import Filters
from bot.storage.news_rows import current_revision, earlier_revisions, stored_news
from bot.storage.news_writing import add_news, revise_news
from bot.storage.search import Found, Span
from bot.storage.tables import IS_NEWS, news, pages
from bot.storage.topics import topic_ids
from bot.storage.vocabulary import spelled_like

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

_LISTED = (IS_NEWS, news.c.id <= bindparam("anchor"))
_NEWEST = (
    select(news.c.id)
    .where(*_LISTED)
    .order_by(news.c.at.desc(), news.c.id.desc())
    .limit(bindparam("size"))
    .offset(bindparam("skipped"))
)
_COUNT = select(func.count()).select_from(select(news.c.id).where(*_LISTED).limit(bindparam("window")).subquery())
_LARGEST_ID = 2**63 - 1


class SqlNews:
    """See :class:`bot.services.ports.storage.News`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self, feed_id: int, page_keys: Collection[str]) -> Sequence[Known]:
        rows = await self._connection.execute(
            _KNOWN.where(pages.c.feed_id == feed_id, pages.c.key.in_(page_keys)).order_by(news.c.position, news.c.id)
        )
        return [Known(*row) for row in rows]

    async def told_elsewhere(self, feed_id: int, *, since: datetime) -> Sequence[Report]:
        rows = await self._connection.execute(
            select(
                func.coalesce(news.c.copy_of, news.c.id),
                pages.c.feed_id,
                news.c.at,
                news.c.heading,
                news.c.text,
                news.c.local_date,
                news.c.attribution,
            )
            .join_from(news, pages)
            .where(IS_NEWS, news.c.at > since, news.c.first_seen_at > since, pages.c.feed_id != feed_id)
            .order_by(news.c.id)
        )
        return [
            Report(told, feed, NewsUpdate(text, position=0, heading=heading, local_date=day), at, tuple(speakers))
            for told, feed, at, heading, text, day, speakers in rows
        ]

    async def count_new(self, feed_id: int, *, since: datetime) -> int:
        counted = select(func.count()).select_from(pages.join(news))
        return int(
            await self._connection.scalar(counted.where(pages.c.feed_id == feed_id, news.c.first_seen_at > since)) or 0
        )

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
        filters = await self._filters(Narrowed(topics) if topics else EVERYWHERE)

        async def listed(span: Span) -> Found:
            if filters == Filters():
                return await self._newest(span)
            return await search.find(self._connection, Query(), filters, span)

        return await self._page(listed, anchor, page, size)

    async def search(
        self,
        query: Query,
        narrowed: Narrowed = EVERYWHERE,
        *,
        anchor: int | None = None,
        page: int = 1,
        size: int = 5,
    ) -> Page[StoredNews]:
        filters = await self._filters(narrowed)

        async def listed(span: Span) -> Found:
            return Found((), 0) if query.is_empty else await search.find(self._connection, query, filters, span)

        return await self._page(listed, anchor, page, size)

    async def spelled_like(self, word: str) -> Sequence[str]:
        return await spelled_like(self._connection, word)

    async def _filters(self, narrowed: Narrowed) -> Filters:
        topics = narrowed.topics
        return Filters(
            topic_ids=None if topics is None else tuple((await topic_ids(self._connection, topics)).values()),
            feed_ids=narrowed.feed_ids,
            meant_places=tuple((word, frozenset(places)) for word, places in narrowed.named.items()),
        )

    async def _newest(self, span: Span) -> Found:
        bounds = {"anchor": span.anchor, "size": span.size, "skipped": span.skipped, "window": search.WINDOW}
        ids = (await self._connection.scalars(_NEWEST, bounds)).all()
        return Found(ids, await self._connection.scalar(_COUNT, bounds) or 0)

    async def _page(
        self, listed: Callable[[Span], Awaitable[Found]], anchor: int | None, page: int, size: int
    ) -> Page[StoredNews]:
        """The page asked for, or the nearest one that is there."""
        if anchor is None:
            anchor = await self._connection.scalar(select(func.max(news.c.id))) or 0
        top, wanted = min(anchor, _LARGEST_ID), min(max(page, 1), search.WINDOW)
        found = await listed(Span(top, size, (wanted - 1) * size))
        pages = max(1, -(-found.total // size))
        if wanted > pages:
            wanted = pages
            found = await listed(Span(top, size, (wanted - 1) * size))
        stored = await stored_news(self._connection, found.ids)
        return Page(tuple(stored[news_id] for news_id in found.ids), wanted, pages, found.total, anchor)
