"""Which pages are for one day, and which of the pages found is that of the day sought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.core.day_pages import Accepted, Refused, day_page_of, judge
from bot.core.model import DateFrom, NewsUpdate
from bot.core.reading import Reading
from tests.fakes import a_reading

TODAY = date(2026, 11, 3)
SITE = "https://norvale.example/"


def page(
    title: str | None,
    *days: date | None,
    language: str = "en",
    form: str = "html",
    by: DateFrom = DateFrom.PRINTED,
    clock: time | None = None,
) -> Reading:
    """A page with that title and an update of each of these days."""
    updates = [
        NewsUpdate(f"Update {number}.", number, local_date=day, date_from=by, local_time=clock)
        for number, day in enumerate(days)
    ]
    return replace(a_reading(*updates, title=title), format=form, language=language)


@pytest.mark.parametrize(
    ("title", "path", "updates", "day"),
    [
        ("november 3 update | Norvale Post", "november-3", 0, TODAY),
        ("november 3 update | Norvale Post", "live/a83jd9", 2, TODAY),
        ("Live: 3 November 2026", "2026/11/03/live", 1, TODAY),
        ("Live updates", "2026/11/03/live", 2, TODAY),
        ("Tuesday recap", "3-nov", 5, TODAY),
        ("Update for 11/3/2026", "11-03", 0, TODAY),
        ("2 November: what happened", "november-2", 4, TODAY - timedelta(days=1)),
        ("4 November: first reports", "november-4", 0, TODAY + timedelta(days=1)),
        ("Live updates", "november-3", 1, None),  # an article has its day in the address too
        ("Minister resigns", "2026/11/03/minister-resigns", 1, None),
        ("october 7 attack: live", "october-7", 5, None),  # an older day is no page that is written today
        ("From 1 November to 3 November", "live", 5, None),  # two days are no day
        ("Live updates", "live", 5, None),
        (None, "", 5, None),
    ],
)
def test_a_page_is_for_one_day_by_title_and_address(
    title: str | None, path: str, updates: int, day: date | None
) -> None:
    """Both together are enough, one of them only where the page is a chronology."""
    found = day_page_of(page(title, *([TODAY] * updates)), url=SITE + path, today=TODAY)
    assert (found and found.day) == day


@pytest.mark.parametrize(
    ("title", "path", "language"),
    [
        ("Хроника 3 ноября", "3-noyabrya", "ru"),
        ("Նոյեմբերի 3. թարմացումներ", "3-11-2026", "hy"),
        ("Le direct du 3 novembre 2026", "3-novembre", "fr"),
        ("Liveticker vom 3. November", "ticker-03.11.2026", "de"),
    ],
)
def test_a_day_is_recognised_in_the_pages_own_language(title: str, path: str, language: str) -> None:
    """Months have names in every language that Sitrep reads."""
    found = day_page_of(page(title, language=language), url=SITE + path, today=TODAY)
    assert found is not None
    assert found.day == TODAY


def test_a_feed_is_no_page_per_day() -> None:
    """Whatever its title says, it goes on at its address."""
    assert day_page_of(page("november 3", TODAY, TODAY, form="rss"), url=SITE + "november-3", today=TODAY) is None


def test_the_reason_quotes_what_says_so() -> None:
    """An admin sees why."""
    found = day_page_of(page("november 3 update"), url=SITE + "november-3", today=TODAY)
    assert found is not None
    assert found.reason == "the title says “november 3 update”, the address says november-3"


WANTED = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("reading", "path", "accepted"),
    [
        (page("november 4 update"), "november-4", True),
        (page("november 4 update"), "live/zz91", True),
        (page("Live", WANTED, WANTED), "november-4", True),
        (page("Live", WANTED, TODAY), "november-4", False),  # half of it may be the front page
        (page("november 3 update", TODAY), "november-4", False),
        (page("november 3 update", WANTED), "november-4", False),
        (page("Live", WANTED, by=DateFrom.ADDRESS, clock=time(0, 20)), "november-4", True),
        (page("Live", WANTED, by=DateFrom.ADDRESS, clock=time(0, 20)), "live/zz91", False),
        (page("Not found", WANTED, by=DateFrom.ADDRESS), "november-4", False),  # an error page has no clocks
        (page("Live", WANTED, by=DateFrom.FIRST_SEEN), "live/zz91", False),
        (page("Not found"), "november-4", False),
        (page("november 4 update", WANTED), "november-3/", False),  # a redirect back
        (page("november 4 in brief", WANTED, WANTED), "", False),
        (page("november 4 update", WANTED, form="rss"), "november-4", False),
    ],
)
def test_only_a_page_that_says_the_wanted_day_is_it(reading: Reading, path: str, accepted: bool) -> None:
    """An error page, the front page, yesterday's page and a feed are refused, whatever their address."""
    outcome = judge(reading, url=SITE + path, wanted=WANTED, current_url="https://www.norvale.example/november-3")
    assert isinstance(outcome, Accepted if accepted else Refused)
    assert outcome.reason
