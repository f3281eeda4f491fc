"""A page per day, end to end: a real site, real reading and a real database over midnight on the source's clock."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock
from bot.core.archive import Feed, FeedSettings, FollowedDay
from bot.core.polling import Pace
from bot.demo.day import ZONE, Paragraph
from bot.demo.news_site import NewsSite
from bot.net.fetcher import HttpFetcher
from bot.reading.pool import ReadingPool
from bot.services.day_pages import BesideStorage, DayPages
from bot.services.ingest import Ingest
from bot.services.ports.feed_notices import FeedLostDay, FeedNotice
from bot.services.ports.sending import Sent
from bot.services.ports.storage import Settled, Storage
from bot.storage import SqlStorage, open_storage
from tests.builders import minutes, subscribe
from tests.fakes import PlainTagger, SetClock

THIRD, FOURTH, FIFTH = date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 5)
EVENING = "Shells fell on the market of Tarvin, the mayor says."
LATE = "Shells fell on the railway station of Karst late at night."
NIGHT = "Shells hit the bridge of Norvale after midnight, and nobody was hurt."
MORNING = "Shells struck a school in Lower Karst, which was empty."


def page(day: date, *stamped: tuple[str, str], title: str | None = None, links: str = "") -> bytes:
    """The outlet's page of a day with these clocks and texts."""
    title = title or f"{day:%B} {day.day} update".lower()
    lines = [Paragraph(text).stamped(time.fromisoformat(clock)).lines for clock, text in stamped]
    body = "".join(f"<p>{line}</p>" for update in lines for line in update)
    head = f"<!doctype html><html lang='en'><head><title>{title} | Norvale Post</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article>{links}</body></html>".encode()


class Night:
    """A feed of daily pages, its site, and the clock that a test moves."""

    def __init__(self, site: NewsSite, storage: SqlStorage, fetcher: HttpFetcher, reader: ReadingPool) -> None:
        self.site = site
        self.storage = storage
        self.clock = SetClock(self.moment(THIRD, "21:00"))
        self.lost: list[FeedLostDay] = []
        self.pages = DayPages(
            storage,
            fetcher,
            reader,
            self.clock,
            ingest=self._ingest(storage, fetcher, reader),
            beside=self._ingest(BesideStorage(storage), fetcher, reader),
            tell=self._tell,
        )

    @staticmethod
    def moment(day: date, clock: str) -> datetime:
        """A moment by the source's clock."""
        return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE)).astimezone(UTC)

    def serve(self, path: str, body: bytes) -> str:
        """What the site has at that path from now on."""
        return self.site.serve(path, body, "text/html; charset=utf-8")

    async def follow(self, path: str = "/november-3") -> None:
        """Add the page at that path, and read it for the first time."""
        settings = FeedSettings(self.site.base_url + path, timezone=ZONE, language="en", follow_days=True)
        async with self.storage.write() as work:
            await work.feeds.add(settings, at=self.clock.now())
        await self.poll(THIRD, "21:00")

    async def poll(self, day: date, clock: str) -> list[str]:
        """Read the feed at that moment; returns what was alerted because of it."""
        self.clock.moment = self.moment(day, clock)
        await self.pages.poll(await self.feed())
        async with self.storage.write() as work:
            taken = await work.outbox.claim(self.clock.now(), most=100)
            claimed = [row for parcel in taken.parcels for row in parcel.rows]
            await work.outbox.settle([Settled(row.id, Sent(row.id), self.clock.now()) for row in claimed])
        return [row.stored.news.text for row in claimed] + (await self.poll(day, clock) if claimed else [])

    async def feed(self) -> Feed:
        """The only feed, as it is stored now."""
        async with self.storage.read() as work:
            [feed] = await work.feeds.all()
        return feed

    async def followed(self) -> FollowedDay | None:
        """Where it stands."""
        async with self.storage.read() as work:
            return await work.days.get((await self.feed()).id)

    def asked(self, path: str) -> int:
        """How often the site was asked for that path."""
        return sum(request.path == path for request in self.site.requests)

    def _ingest(self, storage: Storage, fetcher: HttpFetcher, reader: ReadingPool) -> Ingest:
        return Ingest(
            storage,
            fetcher,
            reader,
            PlainTagger(),
            self.clock,
            pace=Pace(minutes(2)),
            jitter=lambda: 0.5,
            on_enqueued=lambda: None,
        )

    async def _tell(self, notice: FeedNotice) -> None:
        assert isinstance(notice, FeedLostDay)
        self.lost.append(notice)


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    """The site with the page of 3 November, and one chat that follows shelling."""
    async with AsyncExitStack() as stack:
        storage = await stack.enter_async_context(open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}"))
        site = await stack.enter_async_context(NewsSite(date(2026, 1, 1)))
        fetcher = HttpFetcher(clock=SystemClock(), allow_private_addresses=True)
        reader = ReadingPool(size=1)
        await stack.enter_async_context(fetcher)
        await stack.enter_async_context(reader)
        await subscribe(storage, 501)
        night = Night(site, storage, fetcher, reader)
        night.serve("/november-3", page(THIRD, ("20:10", EVENING)))
        yield night


async def test_the_feed_goes_on_over_midnight(night: Night) -> None:
    """The new page is found, is no baseline, both are read until six, and each update alerts once."""
    await night.follow()
    assert await night.poll(THIRD, "23:05") == []  # nothing there yet
    night.serve("/november-3", page(THIRD, ("20:10", EVENING), ("23:15", LATE)))
    night.serve("/november-4", page(FOURTH))
    assert await night.poll(THIRD, "23:20") == [LATE]
    night.serve("/november-4", page(FOURTH, ("00:20", NIGHT)))
    assert await night.poll(FOURTH, "00:25") == [NIGHT]
    last = "Shells fell on Tarvin once more shortly before midnight."
    night.serve("/november-3", page(THIRD, ("20:10", EVENING), ("23:15", LATE), ("23:58", last)))
    assert await night.poll(FOURTH, "00:40") == [last]
    assert (await night.feed()).settings.url == f"{night.site.base_url}/november-4"
    await night.poll(FOURTH, "06:05")
    asked = night.asked("/november-3")
    night.serve("/november-4", page(FOURTH, ("00:20", NIGHT), ("08:55", MORNING)))
    assert await night.poll(FOURTH, "09:00") == [MORNING]
    assert night.asked("/november-3") == asked
    assert night.lost == []


async def test_a_week_of_days_is_one_feed(night: Night) -> None:
    """Night after night, under one number, and each morning's update alerts."""
    await night.follow()
    for passed in range(1, 8):
        before, day = THIRD + timedelta(days=passed - 1), THIRD + timedelta(days=passed)
        text = f"Shells fell on Tarvin, for night {passed} in a row."
        await night.poll(before, "23:00")
        night.serve(f"/november-{day.day}", page(day, ("00:10", text)))
        assert await night.poll(day, "00:30") + await night.poll(day, "07:00") == [text]
    assert (await night.feed()).id == 1


async def test_what_the_new_page_repeats_of_the_night_before_alerts_nobody(night: Night) -> None:
    """Many pages begin with the last updates of the old one."""
    await night.follow()
    night.serve("/november-3", page(THIRD, ("20:10", EVENING), ("23:15", LATE)))
    night.serve("/november-4", page(FOURTH, ("23:15", LATE), ("00:20", NIGHT), title="november 4 update"))
    assert sorted(await night.poll(FOURTH, "00:30")) == sorted([LATE, NIGHT])


async def test_the_same_words_on_another_day_are_news(night: Night) -> None:
    """Sources word each attack alike: once the night is over, what another day's page says is another event."""
    await night.follow()
    night.serve("/november-4", page(FOURTH))
    await night.poll(THIRD, "23:30")
    await night.poll(FOURTH, "06:10")
    night.serve("/november-4", page(FOURTH, ("08:10", EVENING)))
    assert await night.poll(FOURTH, "08:15") == [EVENING]


INDEXES: list[tuple[str, Callable[[Night], object]]] = [
    (
        "a link on the page itself",
        lambda night: night.serve(
            "/live/a1", page(THIRD, ("20:10", EVENING), links="<a href='/live/b2'>november 4 update</a>")
        ),
    ),
    (
        "an index page",
        lambda night: night.serve(
            "/live/", b"<!doctype html><p>All days.</p><ul><li><a href='/live/b2'>November 4 update</a></ul>"
        ),
    ),
    (
        "the front page",
        lambda night: night.serve("/", b"<!doctype html><p>News.</p><a href='/live/b2'><h2>November 4 update</h2></a>"),
    ),
    (
        "a feed of teasers",
        lambda night: (
            night.serve("/live/a1", page(THIRD, links="<link rel=alternate type=application/rss+xml href=/teasers>")),
            night.serve(
                "/teasers",
                b"<rss><channel><item><title>November 4 update</title><link>/live/b2</link>"
                b"<description>Read all.</description></item></channel></rss>",
            ),
        ),
    ),
]


@pytest.mark.parametrize("index", [row[1] for row in INDEXES], ids=[row[0] for row in INDEXES])
async def test_an_address_without_a_day_is_found_by_links(night: Night, index: Callable[[Night], object]) -> None:
    """On the page, in an index, on the front page, or in the site's feed."""
    night.serve("/live/a1", page(THIRD, ("20:10", EVENING), ("20:40", LATE)))
    await night.follow("/live/a1")
    index(night)
    night.serve("/live/b2", page(FOURTH, ("00:20", NIGHT)))
    assert await night.poll(FOURTH, "00:30") == [NIGHT]
    assert (await night.feed()).settings.url == f"{night.site.base_url}/live/b2"


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><title>Not found | Norvale Post</title><p>This page does not exist. Try the front page.</p>",
        page(THIRD, ("20:10", EVENING)),
    ],
    ids=["an error page with status 200", "the old page again"],
)
async def test_what_is_not_the_next_page_is_not_taken_for_it(night: Night, body: bytes) -> None:
    """Some sites answer anything with something."""
    await night.follow()
    night.serve("/november-4", body)
    assert await night.poll(FOURTH, "00:30") == []
    assert (await night.feed()).settings.url == f"{night.site.base_url}/november-3"


async def test_a_missed_day_is_told_once(night: Night) -> None:
    """Two hours after the usual first update; the search goes on, and finds the next day's page."""
    night.serve("/november-3", page(THIRD, ("08:30", MORNING), ("20:10", EVENING)))
    await night.follow()
    await night.poll(FOURTH, "10:29")
    assert night.lost == []
    for clock in ("10:40", "10:50", "14:00", "23:30"):
        await night.poll(FOURTH, clock)
    assert [(lost.feed.id, lost.day) for lost in night.lost] == [(1, FOURTH)]
    night.serve("/november-5", page(FIFTH, ("00:20", NIGHT)))
    assert await night.poll(FIFTH, "00:30") == [NIGHT]


async def test_the_search_is_polite(night: Night) -> None:
    """Nothing before eleven; then no more than one look in ten minutes, however often the feed is read."""
    await night.follow()
    for minute in range(20):
        await night.poll(THIRD, f"22:{minute + 39}")
    assert night.asked("/november-4") == 0
    for minute in range(30):
        await night.poll(THIRD, f"23:{minute:02}")
    assert night.asked("/november-4") == 3
    assert night.asked("/") == 3


async def test_a_page_of_no_day_is_read_as_it_is(night: Night) -> None:
    """Whoever asked for it by mistake loses nothing, and the site is not asked again and again."""
    night.serve("/live", page(THIRD, ("20:10", EVENING), title="Live"))
    await night.follow("/live")
    night.serve("/live", page(THIRD, ("20:10", EVENING), ("23:15", LATE), title="Live"))
    assert await night.poll(THIRD, "23:20") == [LATE]
    asked = night.asked("/live")
    await night.poll(THIRD, "23:30")
    assert (night.asked("/live") - asked, await night.followed()) == (1, None)


async def test_it_goes_on_after_a_restart(night: Night) -> None:
    """Where a feed stands is in the database: another program takes over in the middle of the night."""
    await night.follow()
    night.serve("/november-4", page(FOURTH))
    await night.poll(THIRD, "23:30")
    night.pages._looked_at.clear()
    night.serve("/november-3", page(THIRD, ("20:10", EVENING), ("23:55", LATE)))
    night.serve("/november-4", page(FOURTH, ("00:05", NIGHT)))
    assert sorted(await night.poll(FOURTH, "00:10")) == sorted([LATE, NIGHT])
