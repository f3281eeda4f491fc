"""Values for tests, each complete and ordinary but for what the test itself says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.archive import FeedSettings
from bot.core.model import NewsState, NewsUpdate, Tag
from bot.services.ports.storage import NewNews, RevisedNews

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
