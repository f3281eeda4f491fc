"""Values for tests, each complete and ordinary but for what the test itself says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.archive import ChatKind, Destination, FeedSettings
from bot.core.model import NewsState, NewsUpdate, Tag, TopicMode
from bot.services.ports.storage import NewNews, RevisedNews, Storage

NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
"""The moment at which tests happen, unless they say another."""
FEED_URL = "https://norvale-post.example/chronology"


def minutes(number: float) -> timedelta:
    """A length of time in minutes."""
    return timedelta(minutes=number)


def a_feed(url: str = FEED_URL, **changes: Any) -> FeedSettings:
    """A feed as an admin adds it."""
    return FeedSettings(url=url, **changes)


def a_news(text: str = "Shells fell on the market of Tarvin.", **changes: Any) -> NewsUpdate:
    """An untimed update, the first of its page."""
    return NewsUpdate(text=text, **{"position": 0, "page_key": "page", **changes})


def new_news(
    text: str = "Shells fell on the market of Tarvin.",
    *,
    topics: tuple[str, ...] = ("civilian-shelling",),
    attribution: tuple[str, ...] = (),
    **changes: Any,
) -> NewNews:
    """An update to archive, with its topics."""
    return NewNews(a_news(text, **changes), tuple(Tag(topic) for topic in topics), attribution)


def revised_news(
    news_id: int,
    text: str,
    *,
    state: NewsState = NewsState.CORRECTED,
    silent: bool = False,
    topics: tuple[str, ...] = ("civilian-shelling",),
    **changes: Any,
) -> RevisedNews:
    """A known update as it stands now."""
    return RevisedNews(news_id, a_news(text, **changes), state, silent, tuple(Tag(topic) for topic in topics))


async def archive(storage: Storage, *added: NewNews, url: str = FEED_URL, at: datetime = NOW) -> list[int]:
    """Archive these updates under the feed with that address, made on first use; returns their ids."""
    async with storage.write() as work:
        feed = await work.feeds.by_url(url) or await work.feeds.add(a_feed(url), at=at)
        assert feed is not None
        return list(await work.news.add(feed.id, added, at=at))


async def subscribe(
    storage: Storage,
    chat_id: int,
    modes: dict[str, TopicMode] | None = None,
    *,
    kind: ChatKind = ChatKind.PRIVATE,
    thread_id: int | None = None,
) -> Destination:
    """A chat, or a thread of it, that follows these topics: civilian-shelling, loud, unless they are given."""
    async with storage.write() as work:
        destination = await work.chats.destination(chat_id, kind, thread_id=thread_id, at=NOW)
        await work.subscriptions.set(destination.id, modes or {"civilian-shelling": TopicMode.LOUD}, at=NOW)
        return destination
