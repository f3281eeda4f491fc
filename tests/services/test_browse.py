"""Reading the archive."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.core.archive import ChatKind, FeedState
from bot.core.model import TopicMode
from bot.services.browse import Browse
from bot.services.ports.storage import ReadState
from bot.services.subscriptions import ChatThread, Subscriptions
from bot.storage import SqlStorage, open_storage
from tests.builders import NOW, a_feed, new_news
from tests.fakes import PlainTagger, SetClock

ANI = ChatThread(501, ChatKind.PRIVATE)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """An empty database."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        yield opened


@pytest.fixture
def browse(storage: SqlStorage) -> Browse:
    """The use case, at noon."""
    return Browse(storage, SetClock(), PlainTagger())


async def _feed(storage: SqlStorage, url: str, *, read_before: timedelta | None) -> int:
    """A feed that was last read well that long ago; ``None``: never."""
    async with storage.write() as work:
        feed = await work.feeds.add(a_feed(url), at=NOW - timedelta(days=1))
        assert feed is not None
        if read_before is not None:
            await work.feeds.record_read(feed.id, ReadState(at=NOW - read_before, next_poll_at=NOW, ok=True))
        return feed.id


async def _archive(storage: SqlStorage, count: int) -> list[int]:
    feed = await _feed(storage, "https://norvale.example/day", read_before=timedelta(minutes=1))
    async with storage.write() as work:
        news = [new_news(f"Shells hit street {number} of Tarvin.", position=number) for number in range(count)]
        return list(await work.news.add(feed, news, at=NOW))


async def test_pages_hold_still_while_news_comes_in(browse: Browse, storage: SqlStorage) -> None:
    """With the first page's anchor, the second page is what it was, however much has come since."""
    ids = await _archive(storage, 7)
    first = await browse.latest()
    async with storage.write() as work:
        await work.news.add(1, [new_news("Later.", position=99)], at=NOW + timedelta(minutes=1))
    second = await browse.latest(anchor=first.page.anchor, page=2)
    seen = {stored.id for stored in (*first.page.items, *second.page.items)}
    assert seen == set(ids)
    assert second.page.pages == 2


async def test_a_page_beyond_the_last_is_the_last(browse: Browse, storage: SqlStorage) -> None:
    """A forged or outlived page number shows the end of the list, not an empty one."""
    await _archive(storage, 7)
    listing = await browse.latest(page=900)
    assert (listing.page.number, len(listing.page.items)) == (2, 2)


async def test_freshness_names_the_last_read_and_the_dark_sources(browse: Browse, storage: SqlStorage) -> None:
    """One source read lately does not hide another that has not been read for half an hour."""
    await _feed(storage, "https://a.example/", read_before=timedelta(minutes=2))
    dark = await _feed(storage, "https://b.example/", read_before=timedelta(minutes=31))
    paused = await _feed(storage, "https://c.example/", read_before=timedelta(hours=9))
    await _feed(storage, "https://d.example/", read_before=None)
    async with storage.write() as work:
        await work.feeds.set_state(paused, FeedState.PAUSED)
    freshness = await browse.freshness()
    assert freshness.read_at == NOW - timedelta(minutes=2)
    assert freshness.sources == 4
    assert [feed.id for feed in freshness.dark] == [dark]


async def test_an_explanation_names_what_the_chat_follows(browse: Browse, storage: SqlStorage) -> None:
    """Of an update's topics, those that this chat follows are the reason; for a stranger there is none."""
    (news_id,) = await _archive(storage, 1)
    await Subscriptions(storage, PlainTagger(), SetClock()).set_modes(
        ANI, {"civilian-shelling": TopicMode.LOUD, "diplomacy": TopicMode.LOUD}
    )
    explanation = await browse.explain(news_id, ANI)
    assert explanation is not None
    assert explanation.modes == {"civilian-shelling": TopicMode.LOUD}
    stranger = await browse.explain(news_id, ChatThread(999, ChatKind.PRIVATE))
    assert stranger is not None
    assert stranger.modes == {}


async def test_what_is_not_there_is_not_explained(browse: Browse) -> None:
    """An id from nowhere opens nothing."""
    assert await browse.open(12_345) is None
    assert await browse.explain(12_345, ANI) is None


async def test_the_effect_of_choices_is_counted_over_the_newest_day(browse: Browse, storage: SqlStorage) -> None:
    """Only updates of the newest day count, each once by its loudest topic; what nobody would hear is no effect."""
    feed = await _feed(storage, "https://norvale.example/day", read_before=timedelta(minutes=1))
    today, before = date(2031, 5, 4), date(2031, 5, 3)
    async with storage.write() as work:
        news = [
            new_news("The day before.", local_date=before),
            new_news("Both.", local_date=today, topics=("casualties", "civilian-shelling")),
            new_news("Silent.", local_date=today, topics=("casualties",), position=1),
            new_news("Unheard.", local_date=today, topics=("diplomacy",), position=2),
        ]
        ids = await work.news.add(feed, news, at=NOW)
    modes = {"civilian-shelling": TopicMode.LOUD, "casualties": TopicMode.SILENT}
    effect = await browse.effect(modes)
    assert effect is not None
    assert (effect.day, effect.loud, effect.silent, effect.listed, effect.last.id) == (today, 1, 1, 0, ids[2])
    assert await browse.effect({"refugees": TopicMode.LOUD}) is None
    listed = await browse.effect({"diplomacy": TopicMode.DIGEST})
    assert listed is not None
    assert (listed.loud, listed.silent, listed.listed, listed.last.id) == (0, 0, 1, ids[3])
