"""The day of every update, and how it is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.core.model import Block, BlockKind, DateFrom, Split
from bot.core.split import SplitContext, split
from tests.core.split.pages import a_page, page_of

_INTRO = "Our reporters follow the day in the valley from early morning on."
_READ_AT = datetime(2022, 3, 9, 20, 0, tzinfo=UTC)


def _split(*lines: str, read_at: datetime = _READ_AT, **context: Any) -> Split:
    return split(a_page("\n".join(lines)), SplitContext(read_at=read_at, **{"timezone": "UTC", **context}))


def _days(found: Split) -> list[tuple[str, str]]:
    return [(f"{news.local_date:%m-%d}", news.date_from.value) for news in found.updates]


_NEWEST_FIRST = ("18:40 - Sirens in Tarvin.", "12:05 - The bridge is closed.", "08:20 - Schools stay closed.")


def test_the_day_of_reading_is_the_last_resort() -> None:
    """Without any date the newest update is of the day of reading, and says that this is all that is known."""
    assert _days(_split(_INTRO, *_NEWEST_FIRST)) == [("03-09", "first-seen")] * 3


def test_a_clock_later_than_now_is_of_the_day_before() -> None:
    """Read at 10:00, a page whose newest update is of 18:40 is yesterday's."""
    morning = datetime(2022, 3, 9, 10, 0, tzinfo=UTC)
    assert _days(_split(_INTRO, *_NEWEST_FIRST, read_at=morning)) == [("03-08", "first-seen")] * 3


def test_the_day_of_reading_is_the_pages_own() -> None:
    """At 20:00 UTC it is already tomorrow in Tokyo."""
    found = _split(_INTRO, "04:40 - Sirens.", "03:05 - The bridge is closed.", "02:20 - Snow.", timezone="Asia/Tokyo")
    assert _days(found) == [("03-10", "first-seen")] * 3


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://n.example/2022/03/07/karst", "03-07"),
        ("https://n.example/2022-03-07-karst", "03-07"),
        ("https://n.example/news/20220307/karst", "03-07"),
        ("https://n.example/karst-07032022-3863", "03-07"),
        ("https://n.example/karst-07-03-2022", "03-07"),
        ("https://n.example/karst-march-7", "03-07"),
        ("https://n.example/karst-7-marzo", "03-07"),
        ("https://n.example/22_marzo_07/karst", "03-07"),
        ("https://n.example/live/2022/mar/07/karst", "03-07"),
        ("https://n.example/2022/13/45/karst", "03-09"),
        ("https://n.example/2022/03/12/karst", "03-09"),
        ("https://n.example/october-7-attack", "03-09"),
        ("https://n.example/article/1396904", "03-09"),
        ("https://[n.example/2022/03/07", "03-09"),
    ],
)
def test_the_address_may_state_the_day(url: str, expected: str) -> None:
    """A date in the path counts, unless it is impossible, to come, or names an event of long ago."""
    language = "it" if "marzo" in url else "en"
    days = _days(_split(_INTRO, *_NEWEST_FIRST, url=url, language=language))
    assert days == [(expected, "address" if expected == "03-07" else "first-seen")] * 3


def test_a_header_is_stronger_than_a_printed_date_than_the_address() -> None:
    """Each update takes the strongest evidence that it has."""
    url = "https://n.example/2022/03/05/karst"
    page_date = "7 March 2022, 19:10"
    assert _days(_split(page_date, _INTRO, *_NEWEST_FIRST, url=url)) == [("03-07", "printed")] * 3
    assert _days(_split(page_date, _INTRO, "March 8", *_NEWEST_FIRST, url=url)) == [("03-08", "header")] * 3


def test_the_feeds_date_comes_before_first_seen() -> None:
    """An entry that grows all day is dated by its feed."""
    published = datetime(2022, 3, 6, 5, 0, tzinfo=UTC)
    page = a_page("\n".join((_INTRO, *_NEWEST_FIRST)))
    entry = page.entries[0].__class__(page.entries[0].kind, "", page.entries[0].blocks, published=published)
    found = split(page.__class__("html", (entry,)), SplitContext(_READ_AT, timezone="UTC"))
    assert _days(found) == [("03-06", "feed")] * 3


def test_a_header_without_a_year_takes_the_nearest_before_the_reading() -> None:
    """On 2 January, a page of 30 December is last year's."""
    found = _split("December 30", *_NEWEST_FIRST, read_at=datetime(2022, 1, 2, 9, 0, tzinfo=UTC))
    assert {news.local_date for news in found.updates} == {date(2021, 12, 30)}


def test_a_date_after_the_reading_is_a_misprint() -> None:
    """A stamp of next month tells nothing: the update is dated as its neighbours are."""
    found = _split(
        "9 Mar 2022, 18:40",
        "Sirens in Tarvin.",
        "9 Apr 2022, 17:10",
        "Snow.",
        "9 Mar 2022, 16:05",
        "The bridge is closed.",
    )
    assert [news.local_date for news in found.updates] == [date(2022, 3, 9)] * 3


@pytest.mark.parametrize(
    ("clocks", "days"),
    [
        (("00:40", "23:50", "23:10"), (9, 8, 8)),
        (("22:10", "23:50", "00:40"), (8, 8, 9)),
        (("06:00", "20:00", "07:30"), (9, 8, 8)),
        (("21:35", "21:50", "21:40", "21:20", "21:05"), (9, 9, 9, 9, 9)),
        (("08:00", "08:00", "07:40"), (9, 9, 9)),
        (("00:10", "23:55", "00:05", "23:40", "23:20"), (9, 8, 9, 8, 8)),
    ],
)
def test_midnight_is_crossed_where_the_clocks_say_so(clocks: tuple[str, ...], days: tuple[int, ...]) -> None:
    """Far against the page's order is another day; slightly against it is an entry out of place."""
    read_at = (
        datetime(2022, 3, 9, 23, 59, tzinfo=UTC) if clocks[0] > "01:00" else datetime(2022, 3, 9, 1, 0, tzinfo=UTC)
    )
    read_at = datetime(2022, 3, 9, 6, 30, tzinfo=UTC) if clocks[0] == "06:00" else read_at
    read_at = datetime(2022, 3, 9, 1, 0, tzinfo=UTC) if clocks[-1] == "00:40" else read_at
    found = _split(
        _INTRO, *(f"{clock} - Sirens in the town number {n}." for n, clock in enumerate(clocks)), read_at=read_at
    )
    assert [news.local_date and news.local_date.day for news in found.updates] == list(days)


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (("Today at 6:40 p.m.", "Sirens.", "Today at 9:15 a.m.", "Snow.", "Yesterday at 11 p.m.", "Rain."), (9, 9, 8)),
        (("Heute, 18:40 Uhr", "Sirenen.", "Heute, 9:15 Uhr", "Schnee.", "Gestern, 23:00 Uhr", "Regen."), (9, 9, 8)),
        (("Сегодня, 18:40", "Сирены.", "Сегодня, 9:15", "Снег.", "Вчера в 23:00", "Дождь."), (9, 9, 8)),
        (("Wednesday 6:40 p.m.", "Sirens.", "Wednesday 9:15 a.m.", "Snow.", "Tuesday 11 p.m.", "Rain."), (9, 9, 8)),
        (("Aujourd'hui à 18:40", "Sirènes.", "09:15", "Neige.", "Hier à 23:00", "Pluie."), (9, 9, 8)),
    ],
)
def test_today_and_yesterday_are_days(lines: tuple[str, ...], days: tuple[int, ...]) -> None:
    """Words for the day beside a clock, relative or of the week, are read as printed dates."""
    found = _split(_INTRO, *lines)
    assert [news.local_date and news.local_date.day for news in found.updates] == list(days)
    assert found.updates[0].date_from is DateFrom.PRINTED


def test_a_today_to_come_is_of_the_pages_own_day() -> None:
    """«Today, 22:14», read at 20:00 eight days later, was printed on the day that the address states."""
    found = _split(
        _INTRO,
        "Today, 22:14",
        "Sirens.",
        "Today, 21:40",
        "Snow.",
        "Today, 21:05",
        "Rain.",
        url="https://n.example/2022/03/01/x",
    )
    assert _days(found) == [("03-01", "address")] * 3


@pytest.mark.parametrize(
    ("url", "day"),
    [("https://n.co.uk/live", "02-03"), ("https://n.us/live", "03-02"), ("https://n.example/live", "03-02")],
)
def test_number_dates_follow_the_publishers_country(url: str, day: str) -> None:
    """«3/2/2022» is 3 February for an English page from anywhere but America, or nowhere in particular."""
    found = _split(_INTRO, "3/2/2022", *_NEWEST_FIRST, url=url, language="en")
    assert _days(found) == [(day, "header")] * 3


def test_a_date_in_the_introduction_counts_with_its_weekday() -> None:
    """«The news of Tuesday, 1 March» dates a page; a date that is no Tuesday does not."""
    assert _days(_split("The news of Tuesday, 1 March, as it came in.", *_NEWEST_FIRST)) == [("03-01", "printed")] * 3
    assert _days(_split("The news of Friday, 1 March, as it came in.", *_NEWEST_FIRST)) == [("03-09", "first-seen")] * 3


def test_machine_times_are_exact() -> None:
    """A machine-readable time gives day, clock and instant, whatever is printed beside it."""
    moments = [datetime(2022, 3, 9, hour, 5, 7, tzinfo=UTC) for hour in (18, 17, 16)]
    blocks = [
        block
        for number, moment in enumerate(moments)
        for block in (
            Block(BlockKind.TIME, "just now", times=(moment,)),
            Block(BlockKind.PARAGRAPH, f"Sirens sound in the town number {number}."),
        )
    ]
    found = split(page_of(blocks), SplitContext(_READ_AT, timezone="Europe/Kyiv"))
    assert [news.published_at for news in found.updates] == moments
    assert [news.local_time for news in found.updates] == [time(20, 5), time(19, 5), time(18, 5)]
    assert {news.date_from for news in found.updates} == {DateFrom.PRINTED}


@pytest.mark.parametrize(
    ("lines", "context", "zone", "source"),
    [
        (("18:40 GMT - Sirens.", "17:05 GMT - Snow.", "16:20 GMT - Rain."), {}, "UTC", "printed"),
        (("18:40 - Sirens.", "17:05 - Snow.", "16:20 - Rain."), {}, "Asia/Yerevan", "feed setting"),
        (
            ("18:40 - Sirens.", "17:05 - Snow.", "16:20 - Rain."),
            {"timezone": None},
            "Europe/Kyiv",
            "publisher's country",
        ),
        (
            ("(all times local)", "18:40 - Sirens.", "17:05 - Snow.", "16:20 - Rain."),
            {"timezone": None, "url": None},
            "UTC",
            "assumed",
        ),
        (
            ("All times are in Kyiv time (EET).", "18:40 - Sirens.", "17:05 - Snow.", "16:20 - Rain."),
            {"url": None},
            "Europe/Kyiv",
            "printed",
        ),
    ],
)
def test_the_zone_is_printed_set_or_the_publishers(
    lines: tuple[str, ...], context: dict[str, Any], zone: str, source: str
) -> None:
    """A printed zone comes before the feed's setting, that before the publisher's country, and UTC comes last."""
    known = {"timezone": "Asia/Yerevan", "url": "https://karst.ua/live", **context}
    found = _split(_INTRO, *lines, **known)
    assert (found.zone, found.zone_from) == (zone, source)
    assert {news.zone for news in found.updates} == {zone}
    assert ("no time zone known, assumed UTC" in found.warnings) == (source == "assumed")


def test_summer_time_is_that_of_the_day() -> None:
    """Moscow was four hours ahead in August 2014, and is three ahead since October."""
    august = _split("24 августа 2014, 14:19", "20.57 мск Новость.", "20.44 мск Ещё новость.", "20.17 мск И ещё.")
    march = _split("9 марта 2022, 14:19", "20.57 мск Новость.", "20.44 мск Ещё новость.", "20.17 мск И ещё.")
    assert [found.updates[0].published_at and found.updates[0].published_at.hour for found in (august, march)] == [
        16,
        17,
    ]
