"""The archive of updates: what goes in comes out, in every version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.archive import Revision, StoredNews
from bot.core.casualties import Casualties
from bot.core.identity import Known
from bot.core.model import DateFrom, Match, Media, NewsState, NewsUpdate, Tag
from bot.core.query import Query
from bot.services.ports.storage import Facts, NewNews, ReadState, RevisedNews
from bot.storage import SqlStorage
from tests.builders import FEED_URL, NOW, a_feed, archive, minutes, new_news, revised_news

FULL = NewsUpdate(
    text="Shells fell on the market.\n\nNobody was hurt.",
    position=4,
    page_key="https://norvale-post.example/4-may#x",
    heading="Market hit",
    local_date=date(2031, 5, 4),
    local_time=time(13, 37),
    zone="Asia/Yerevan",
    published_at=datetime(2031, 5, 4, 9, 37, tzinfo=UTC),
    date_from=DateFrom.HEADER,
    vendor_id="post-17",
    url="https://norvale-post.example/4-may#post-17",
    service=True,
    retracted=True,
    exercise=True,
    media=(Media("https://norvale.example/1.jpg", "image/jpeg"), Media("https://norvale.example/2")),
)
TAGS = (
    Tag("weapons", (Match("Shells", "shell", "en"), Match("shells", "shell", "en")), 2.5),
    Tag("civilian-shelling", (Match("market", "market", "en"),), 1.0),
)

FACTS = Facts(
    level="breaking",
    places=("tarvin", "old-mill", "karst-region"),
    nearest=("tarvin", "old-mill"),
    within=("norvale",),
    casualties=Casualties(killed=0, wounded=3),
    denial=True,
    all_clear=True,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
moments = st.timedeltas(-timedelta(days=20_000), timedelta(days=20_000)).map(lambda ago: NOW - ago)
updates = st.builds(
    NewsUpdate,
    text=texts,
    position=st.integers(0, 10_000),
    page_key=texts,
    heading=st.none() | texts,
    local_date=st.none() | st.dates(),
    local_time=st.none() | st.times(),
    published_at=st.none() | moments,
    date_from=st.sampled_from(DateFrom),
    vendor_id=st.none() | texts,
    url=st.none() | texts,
    service=st.booleans(),
)


async def test_an_update_comes_back_as_it_was_added(storage: SqlStorage) -> None:
    """Every field, the order of its tags and their matches, and who says it."""
    [news_id] = await archive(storage, NewNews(FULL, TAGS, ("Ministry of Defence", "Norvale Post"), facts=FACTS))
    assert await _get(storage, news_id) == StoredNews(
        id=news_id,
        feed_id=1,
        feed_title=FEED_URL,
        news=FULL,
        revision=1,
        state=NewsState.CURRENT,
        first_seen_at=NOW,
        tags=TAGS,
        attribution=("Ministry of Defence", "Norvale Post"),
        revisions=(Revision(1, "Market hit", FULL.text, NOW),),
        noticed_at=NOW,
        level="breaking",
        places=("tarvin", "old-mill", "karst-region"),
        nearest=("tarvin", "old-mill"),
        within=("norvale",),
        casualties=Casualties(killed=0, wounded=3),
        denial=True,
        all_clear=True,
    )


async def test_an_update_knows_its_feed_s_language_and_what_it_reports_again(storage: SqlStorage) -> None:
    """Titles say in whose language a heading is, and a mute holds for a whole story."""
    [first] = await archive(storage, new_news())
    async with storage.write() as work:
        feed = await work.feeds.add(a_feed("https://karst.example/", language="fr"), at=NOW)
        assert feed is not None
        [again] = await work.news.add(feed.id, [replace(new_news("Des obus."), report_of=first)], at=NOW)
    found = [await _get(storage, news_id) for news_id in (first, again)]
    assert [(stored.language, stored.report_of) for stored in found] == [(None, None), ("fr", first)]


async def test_a_silent_change_of_a_word_changes_what_was_found(storage: SqlStorage) -> None:
    """Facts are those of the words that stand; where nobody looked at the words, they stay."""
    [news_id] = await archive(storage, NewNews(FULL, TAGS, facts=FACTS))
    unlooked = RevisedNews(news_id, FULL, NewsState.CURRENT, silent=True)
    await _revise(storage, unlooked)
    stored = await _get(storage, news_id)
    assert (stored.level, stored.nearest) == ("breaking", ("tarvin", "old-mill"))
    found = Facts("important", places=("karst",), nearest=("karst",), within=("karst-region", "norvale"))
    await _revise(storage, replace(unlooked, tags=TAGS, facts=found))
    stored = await _get(storage, news_id)
    assert (stored.level, stored.places, stored.nearest) == ("important", ("karst",), ("karst",))
    assert (stored.within, stored.casualties, stored.denial) == (("karst-region", "norvale"), Casualties(), False)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(added=st.lists(updates, max_size=8))
async def test_any_updates_come_back_in_the_order_given(storage: SqlStorage, added: list[NewsUpdate]) -> None:
    """Whatever a source prints, the ids returned are those of the updates given, one by one."""
    ids = await archive(storage, *(NewNews(news, (Tag("other"),)) for news in added))
    assert len(set(ids)) == len(added)
    async with storage.read() as work:
        for news_id, news in zip(ids, added, strict=True):
            stored = await work.news.get(news_id)
            assert stored is not None
            assert stored.news == news
        known = await work.news.known(1, {news.page_key for news in added})
        assert set(ids) <= {each.id for each in known}


async def test_an_unknown_update_is_none(storage: SqlStorage) -> None:
    """A number that was never given finds nothing."""
    async with storage.read() as work:
        assert await work.news.get(1) is None


@pytest.mark.parametrize(
    ("title", "source_title", "shown"),
    [
        ("Post", "Norvale Post, live", "Post"),
        (None, "Norvale Post, live", "Norvale Post, live"),
        (None, None, FEED_URL),
    ],
)
async def test_the_feed_is_named_as_people_know_it(
    storage: SqlStorage, title: str | None, source_title: str | None, shown: str
) -> None:
    """The operator's title, else the source's own, else the address."""
    async with storage.write() as work:
        feed = await work.feeds.add(a_feed(title=title), at=NOW)
        assert feed is not None
        await work.feeds.record_read(feed.id, ReadState(NOW, NOW, ok=True, source_title=source_title))
    [news_id] = await archive(storage, new_news())
    assert (await _get(storage, news_id)).feed_title == shown


async def test_a_naive_time_is_refused(storage: SqlStorage) -> None:
    """A time without a zone would be a guess, so it is an error of the program."""
    with pytest.raises(Exception, match="a naive time can't be stored"):
        await archive(storage, new_news(published_at=datetime(2031, 5, 4, 12, 0)))  # noqa: DTZ001 - the point


async def test_a_time_in_any_zone_is_the_same_instant(storage: SqlStorage) -> None:
    """What goes in with an offset comes out in UTC, to the microsecond."""
    moment = datetime(2031, 5, 4, 16, 0, 0, 123456, tzinfo=timezone(timedelta(hours=4)))
    [news_id] = await archive(storage, new_news(published_at=moment))
    stored = (await _get(storage, news_id)).news.published_at
    assert stored == moment
    assert stored is not None
    assert stored.tzinfo is UTC


async def test_what_is_known_of_a_page_comes_in_its_order(storage: SqlStorage) -> None:
    """All that was ever seen under these keys of this feed, by position, in whatever state; nothing of others."""
    ids = await archive(
        storage,
        new_news("third", position=2),
        new_news("first", position=0, page_key="other page"),
        new_news("second", position=1, vendor_id="x", heading="H", local_date=date(2031, 5, 4), local_time=time(9)),
        new_news("elsewhere", page_key="a third page"),
    )
    await archive(storage, new_news("another feed's"), url="https://karst.example/")
    async with storage.write() as work:
        await work.news.mark([ids[0]], state=NewsState.REMOVED, missing_reads=2)
    async with storage.read() as work:
        known = await work.news.known(1, ["page", "other page", "never seen"])
        assert await work.news.known(1, []) == []
    assert known == [
        Known(ids[1], "other page", 0, "first"),
        Known(ids[2], "page", 1, "second", "H", date(2031, 5, 4), time(9), "x"),
        Known(ids[0], "page", 2, "third", state=NewsState.REMOVED, missing_reads=2),
    ]


async def test_a_revision_keeps_the_version_before(storage: SqlStorage) -> None:
    """Every version stays, oldest first, with the moment it was noticed; the current one is the update's own."""
    [news_id] = await archive(storage, new_news("One was wounded.", heading="Tarvin"))
    for number, text in ((1, "Two were wounded."), (2, "Three were wounded.")):
        await _revise(storage, revised_news(news_id, text), at=NOW + minutes(number))
    stored = await _get(storage, news_id)
    assert (stored.revision, stored.state, stored.noticed_at) == (3, NewsState.CORRECTED, NOW + minutes(2))
    assert stored.first_seen_at == NOW
    assert stored.revisions == (
        Revision(1, "Tarvin", "One was wounded.", NOW),
        Revision(2, None, "Two were wounded.", NOW + minutes(1)),
        Revision(3, None, "Three were wounded.", NOW + minutes(2)),
    )


async def test_a_silent_change_overwrites_the_version(storage: SqlStorage) -> None:
    """A typo is no new version: the words change, the number and the moment do not."""
    [news_id] = await archive(storage, new_news("Shels fell."))
    revised = revised_news(news_id, "Shells fell.", silent=True, state=NewsState.CURRENT)
    await _revise(storage, revised, at=NOW + minutes(1))
    stored = await _get(storage, news_id)
    assert (stored.revision, stored.revisions) == (1, (Revision(1, None, "Shells fell.", NOW),))


async def test_everything_about_an_update_can_change(storage: SqlStorage) -> None:
    """Its clock, place, page, link, tags and speakers stand as the last read found them; it is no longer missing."""
    [news_id] = await archive(storage, new_news("Shells fell."))
    async with storage.write() as work:
        await work.news.mark([news_id], missing_reads=1)
    await _revise(storage, RevisedNews(news_id, FULL, NewsState.WITHDRAWN, False, TAGS, ("Mayor of Tarvin",)))
    stored = await _get(storage, news_id)
    assert (stored.news, stored.tags, stored.attribution) == (FULL, TAGS, ("Mayor of Tarvin",))
    assert stored.at == FULL.published_at
    async with storage.read() as work:
        [known] = await work.news.known(1, [FULL.page_key])
        assert (known.id, known.state, known.missing_reads) == (news_id, NewsState.WITHDRAWN, 0)
        assert await work.news.known(1, ["page"]) == []


async def test_tags_that_were_not_looked_at_stay(storage: SqlStorage) -> None:
    """Every update has a topic, so a revision without any leaves them as they are."""
    [news_id] = await archive(storage, new_news("Shells fell."))
    await _revise(storage, revised_news(news_id, "Shells fell!", topics=()))
    assert (await _get(storage, news_id)).tags == (Tag("civilian-shelling"),)


async def test_many_updates_are_revised_at_once(storage: SqlStorage) -> None:
    """Silent and loud ones, of several feeds and pages, each as it was told; an unknown id is passed over."""
    first = await archive(storage, new_news("a"), new_news("b", page_key="two", position=1))
    second = await archive(storage, new_news("c"), url="https://karst.example/")
    await _revise(
        storage,
        revised_news(first[0], "a!", silent=True),
        revised_news(first[1], "b!", page_key="two"),
        revised_news(second[0], "c!"),
        revised_news(999, "nothing"),
    )
    stored = [await _get(storage, news_id) for news_id in (*first, *second)]
    assert [(each.news.text, each.revision, each.feed_id) for each in stored] == [
        ("a!", 1, 1),
        ("b!", 2, 1),
        ("c!", 2, 2),
    ]


@pytest.mark.parametrize(
    ("reads", "proven"),
    [
        # the vendor id and the text of each later read            proven after the last one?
        ([("x", "Shells fell.")], True),
        ([("x", "Shells fell!")], False),
        ([("x", "Shells fell."), ("x", "Shells fell!")], True),
        ([("y", "Shells fell.")], False),
        ([("x", "Shells fell."), ("y", "Shells fell.")], False),
        ([(None, "Shells fell.")], False),
        ([], False),
    ],
)
async def test_a_vendor_id_is_proven_by_two_reads(
    storage: SqlStorage, reads: list[tuple[str | None, str]], proven: bool
) -> None:
    """The same id with the same text in two reads running proves it, until another id takes its place."""
    [news_id] = await archive(storage, new_news("Shells fell.", vendor_id="x"))
    for vendor_id, text in reads:
        await _revise(storage, revised_news(news_id, text, silent=True, vendor_id=vendor_id))
    async with storage.read() as work:
        [known] = await work.news.known(1, ["page"])
    assert known.vendor_id_proven is proven


async def test_no_vendor_id_proves_nothing(storage: SqlStorage) -> None:
    """Two reads without an id agree on nothing."""
    [news_id] = await archive(storage, new_news("Shells fell."))
    await _revise(storage, revised_news(news_id, "Shells fell.", silent=True))
    async with storage.read() as work:
        [known] = await work.news.known(1, ["page"])
    assert not known.vendor_id_proven


async def test_the_latest_come_newest_first(storage: SqlStorage) -> None:
    """By the source's time, else by when they were first read; the source's housekeeping is left out."""
    await archive(
        storage,
        new_news("an hour old", published_at=NOW - minutes(60)),
        new_news("new, untimed"),
        new_news("two hours old", published_at=NOW - minutes(120)),
        new_news("our coverage ends here", service=True),
    )
    async with storage.read() as work:
        page = await work.news.latest()
    assert [each.news.text for each in page.items] == ["new, untimed", "an hour old", "two hours old"]
    assert (page.number, page.pages, page.total, page.anchor) == (1, 1, 3, 4)


async def test_the_latest_of_some_topics(storage: SqlStorage) -> None:
    """An update with any of the topics is listed once, in full; a topic that nobody knows lists nothing."""
    await archive(
        storage,
        new_news("a", topics=("frontline", "weapons")),
        new_news("b", topics=("weapons",)),
        new_news("c", topics=("diplomacy",)),
    )
    async with storage.read() as work:
        page = await work.news.latest(topics=["weapons", "frontline"])
        assert [each.news.text for each in page.items] == ["b", "a"]
        assert [tag.topic for tag in page.items[1].tags] == ["frontline", "weapons"]
        nothing = await work.news.latest(topics=["astrology"])
        assert (nothing.items, nothing.total, nothing.pages, nothing.number) == ((), 0, 1, 1)


async def test_new_updates_do_not_shift_the_pages(storage: SqlStorage) -> None:
    """With the anchor of the first page, the second one continues it, whatever has come in between."""
    await archive(storage, *(new_news(f"update {number}", published_at=NOW + minutes(number)) for number in range(7)))
    async with storage.read() as work:
        first = await work.news.latest(size=3)
    await archive(storage, *(new_news(f"newer {number}", published_at=NOW + minutes(99)) for number in range(4)))
    async with storage.read() as work:
        pages = [await work.news.latest(size=3, page=number, anchor=first.anchor) for number in (1, 2, 3)]
    assert pages[0] == first
    assert [each.news.text for page in pages for each in page.items] == [f"update {n}" for n in range(6, -1, -1)]
    assert {(page.pages, page.total, page.anchor) for page in pages} == {(3, 7, 7)}


@pytest.mark.parametrize(("asked", "shown"), [(-1, 1), (0, 1), (2, 2), (3, 2), (10**30, 2)])
async def test_a_page_that_is_not_there_is_the_nearest_one(storage: SqlStorage, asked: int, shown: int) -> None:
    """A button of a list that has shrunk, or a forged one, shows the nearest page that there is."""
    await archive(storage, *(new_news(f"shells {number}") for number in range(4)))
    async with storage.read() as work:
        for page in (
            await work.news.latest(page=asked, size=3),
            await work.news.latest(page=asked, size=3, topics=["civilian-shelling"], anchor=10**30),
            await work.news.search(Query(words=("shells",)), page=asked, size=3),
        ):
            assert (page.number, page.pages, len(page.items)) == (shown, 2, 3 if shown == 1 else 1)


async def test_a_long_archive_is_listed_as_its_newest(storage: SqlStorage) -> None:
    """A listing takes in the newest 2 000, with a topic or without: nobody turns that many pages."""
    await archive(storage, *(new_news(f"{n}", position=n, published_at=NOW + minutes(n)) for n in range(2100)))
    async with storage.read() as work:
        for page in (
            await work.news.latest(page=9999),
            await work.news.latest(page=9999, topics=["civilian-shelling"]),
        ):
            assert (page.total, page.pages, page.number) == (2000, 400, 400)
            assert [each.news.text for each in page.items] == ["104", "103", "102", "101", "100"]


async def test_marking_touches_only_what_it_says(storage: SqlStorage) -> None:
    """Missing once keeps the state; missing twice sets it; found again sets both back."""
    ids = await archive(storage, new_news("a"), new_news("b", position=1))
    known = []
    for state, missing in ((None, 1), (NewsState.REMOVED, 2), (NewsState.CURRENT, 0)):
        async with storage.write() as work:
            await work.news.mark(ids[:1], state=state, missing_reads=missing)
            known.append([(each.state, each.missing_reads) for each in await work.news.known(1, ["page"])])
    untouched = (NewsState.CURRENT, 0)
    assert known == [
        [(NewsState.CURRENT, 1), untouched],
        [(NewsState.REMOVED, 2), untouched],
        [(NewsState.CURRENT, 0), untouched],
    ]


async def test_a_day_of_five_thousand_updates(storage: SqlStorage) -> None:
    """A page of thousands goes in and comes back whole, ids in page order."""
    ids = await archive(storage, *(new_news(f"Update {number}", position=number) for number in range(5000)))
    async with storage.read() as work:
        known = await work.news.known(1, ["page"])
    assert [(each.id, each.text) for each in known] == [(ids[n], f"Update {n}") for n in range(5000)]


async def _get(storage: SqlStorage, news_id: int) -> StoredNews:
    async with storage.read() as work:
        stored = await work.news.get(news_id)
        assert stored is not None
        return stored


async def _revise(storage: SqlStorage, *revised: RevisedNews, at: datetime = NOW) -> None:
    async with storage.write() as work:
        await work.news.revise(revised, at=at)
