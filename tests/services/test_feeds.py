"""Adding a source: what is seen first, and what is stored then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.reading import Unreadable
from bot.services.feeds import (
    Added,
    Advertised,
    AlreadyThere,
    FeedsService,
    NoSuchFeed,
    NotReached,
    NotUnderstood,
    Preview,
    Removed,
)
from bot.services.ports.fetching import Failed
from bot.storage import SqlStorage, open_storage
from tests.builders import a_news
from tests.fakes import InventedWeb, PlainTagger, SetClock, a_reading

PAGE = "https://norvale.example/day"
ODA = 41_000


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """An empty database."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        yield opened


@pytest.fixture
def web() -> InventedWeb:
    """A page with two updates and a note of the house."""
    page = a_reading(
        a_news("Shells hit the market of Tarvin.", position=0),
        a_news("The foreign ministers spoke by telephone.", position=1),
        a_news("Our coverage of the day ends here.", position=2, service=True),
    )
    return InventedWeb({PAGE: page})


@pytest.fixture
def feeds(storage: SqlStorage, web: InventedWeb) -> FeedsService:
    """The use case over that page."""
    return FeedsService(storage, web, web, PlainTagger(), SetClock())


async def _number_of_feeds(storage: SqlStorage) -> int:
    async with storage.read() as work:
        return len(await work.feeds.all())


async def test_a_preview_shows_what_would_come_and_stores_nothing(feeds: FeedsService, storage: SqlStorage) -> None:
    """Updates are read, split and tagged; housekeeping of the source is no update; nothing is written."""
    preview = await feeds.preview(PAGE)
    assert isinstance(preview, Preview)
    assert [update.news.position for update in preview.updates] == [0, 1]
    assert preview.topic_counts["civilian-shelling"] == 1
    assert preview.topic_counts["diplomacy"] == 1
    assert await _number_of_feeds(storage) == 0


async def test_adding_stores_the_feed_due_at_once_and_audits_it(feeds: FeedsService, storage: SqlStorage) -> None:
    """The feed is read at the next tick as a baseline; the audit names who added it."""
    await feeds.preview(PAGE)
    added = await feeds.add(PAGE, by=ODA)
    assert isinstance(added, Added)
    assert (added.feed.settings.url, added.feed.baseline_at, added.seen) == (PAGE, None, 2)
    async with storage.read() as work:
        assert [feed.id for feed in await work.feeds.due(SetClock().now(), limit=9)] == [added.feed.id]
        entry = (await work.audit.latest())[0]
    assert (entry.user_id, entry.action, entry.after, entry.allowed) == (ODA, "addfeed", PAGE, True)


async def test_a_followed_address_is_neither_previewed_nor_added_again(feeds: FeedsService, web: InventedWeb) -> None:
    """The source is not even asked: its number is the answer."""
    added = await feeds.add(PAGE, by=ODA)
    assert isinstance(added, Added)
    assert await feeds.add(PAGE, by=ODA) == AlreadyThere(added.feed)
    assert await feeds.preview(PAGE) == AlreadyThere(added.feed)
    assert web.fetched == []


async def test_pages_of_a_preview_ask_the_source_once(feeds: FeedsService, web: InventedWeb) -> None:
    """Turning the pages of a preview shows one and the same reading."""
    preview = await feeds.preview(PAGE)
    assert await feeds.preview_again(PAGE) is preview
    assert web.fetched == [PAGE]


async def test_a_preview_no_longer_at_hand_is_read_anew(feeds: FeedsService, web: InventedWeb) -> None:
    """After a restart the buttons of a preview work on, by reading the source again."""
    assert isinstance(await feeds.preview_again(PAGE), Preview)


async def test_only_a_few_previews_are_kept(feeds: FeedsService, web: InventedWeb) -> None:
    """However many sources an admin tries, memory holds the last ones only."""
    for number in range(9):
        web.pages[f"{PAGE}/{number}"] = a_reading(a_news("Shells hit Tarvin."))
        await feeds.preview(f"{PAGE}/{number}")
    await feeds.preview_again(f"{PAGE}/8")
    await feeds.preview_again(f"{PAGE}/0")
    assert web.fetched[9:] == [f"{PAGE}/0"]


async def test_sources_that_yield_no_updates_say_why(feeds: FeedsService, web: InventedWeb) -> None:
    """Unreachable, unreadable, empty, and a page that names its feeds are different answers."""
    web.pages |= {
        "https://a.example/": Failed("HTTP 404, the page has moved or gone"),
        "https://b.example/": Unreadable("this is a picture, not a document"),
        "https://c.example/": a_reading(),
        "https://d.example/": a_reading(alternates=("https://d.example/rss",)),
    }
    assert await feeds.preview("https://a.example/") == NotReached(
        "https://a.example/", "HTTP 404, the page has moved or gone"
    )
    assert await feeds.preview("https://b.example/") == NotUnderstood(
        "https://b.example/", "this is a picture, not a document"
    )
    assert await feeds.preview("https://c.example/") == NotUnderstood("https://c.example/", "there is no update in it")
    assert await feeds.preview("https://d.example/") == Advertised("https://d.example/", ("https://d.example/rss",))


async def test_removing_ends_reading_and_adding_again_revives(feeds: FeedsService, storage: SqlStorage) -> None:
    """A removed feed is found by no number, and its address can be added anew under the same number."""
    added = await feeds.add(PAGE, by=ODA)
    assert isinstance(added, Added)
    number = added.feed.id
    assert await feeds.remove(number, by=ODA) == Removed(added.feed)
    assert await feeds.remove(number, by=ODA) == NoSuchFeed(number)
    assert await feeds.find(number) == NoSuchFeed(number)
    assert await feeds.all() == ()
    again = await feeds.add(PAGE, by=ODA)
    assert isinstance(again, Added)
    assert again.feed.id == number
    async with storage.read() as work:
        assert [entry.action for entry in await work.audit.latest()] == ["addfeed", "removefeed", "addfeed"]
