"""Whether an address is one day's page, and whether another one is the page of the day that is sought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.core.day_pages.address import states_day
from bot.core.model import DateFrom, NewsUpdate
from bot.core.reading import Reading
from bot.core.timestamps import date_names, find_dates, resolve_year

_PAGES: Final = frozenset({"html", "live-blog", "text"})
"""Formats of one page; whatever else is read goes on at its own address."""
_RECENT: Final = timedelta(days=7)
"""The page of an older day is no longer the one that is written."""
_AHEAD: Final = timedelta(days=1)
"""Somewhere on Earth it is tomorrow."""
_CHRONOLOGY: Final = 2
_LONGEST_TITLE: Final = 300


@dataclass(frozen=True, slots=True)
class DayPage:
    """A page that is for one day, with what says so."""

    day: date
    reason: str
    """In words: "the title says “november 3 update”", "the address says november-3"."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is the page of the day that was sought."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It is another page, and why."""

    reason: str


def day_page_of(reading: Reading, *, url: str, today: date) -> DayPage | None:
    """The day that a page is for, or ``None`` for a page that goes on at its address.

    Title and address together are enough; one of them is, where the page is a chronology: an article also has the day
    of its posting in its address.

    Args:
        reading: The page as it was read.
        url: Its address, after redirects.
        today: The day of reading in the page's zone.
    """
    if reading.format not in _PAGES:
        return None
    by_title = _day_in_title(reading.title, reading.language, today)
    by_address = _day_in_address(url, reading.language, today, sure=by_title)
    updates = [news for news in reading.split.updates if not news.service]
    if by_title and by_address:
        return DayPage(by_title[0], f"{by_title[1]}, {by_address[1]}")
    if len(updates) < _CHRONOLOGY:
        return None
    stated = by_title or by_address
    return DayPage(*stated) if stated else None


def judge(reading: Reading, *, url: str, wanted: date, current_url: str) -> Accepted | Refused:
    """Whether a page that was found is that of the wanted day.

    Args:
        reading: The page as it was read.
        url: Its address, after redirects.
        wanted: The day that is sought.
        current_url: The address of the page that is followed until then.
    """
    if (elsewhere := _elsewhere(reading, url, current_url)) is not None:
        return Refused(elsewhere)
    titled = days_in(reading.title or "", reading.language, wanted)
    if wanted in titled:
        return Accepted(f"its title says “{_short(reading.title)}”")
    if any(_is_recent(day, wanted) for day in titled):
        return Refused(f"its title says “{_short(reading.title)}”")
    if of_day := _of_day(reading.split.updates, wanted, by=_prints_day):
        return Accepted(f"{of_day} of its updates say that day")
    if states_day(url, wanted, reading.language) and _of_day(reading.split.updates, wanted, by=_has_clock):
        return Accepted("its address says that day, and its updates have clocks")
    return Refused("nothing on it says that day")


def _elsewhere(reading: Reading, url: str, current_url: str) -> str | None:
    """What an address leads to that is no day's page, or not another one."""
    if reading.format not in _PAGES:
        return "it is a feed, not a page"
    if same_address(url, current_url):
        return "it leads back to the page that is followed"
    return "it leads to the site's front page" if urlsplit(url).path in {"", "/"} else None


def same_address(one: str, other: str) -> bool:
    """Two ways to write one address: scheme, ``www.`` and a slash at the end make no difference."""
    return _plain(one) == _plain(other)


def days_in(text: str, language: str | None, near: date) -> list[date]:
    """Every day that a title or the words of a link state; without a year, the one nearest to ``near``."""
    latest = near + _RECENT
    text = text[:_LONGEST_TITLE]
    found = (resolve_year(day, near, latest) for day, _, _ in find_dates(text, date_names(language, text)))
    return [day for day in found if day is not None]


def _day_in_title(title: str | None, language: str | None, today: date) -> tuple[date, str] | None:
    stated = {day for day in days_in(title or "", language, today) if _is_recent(day, today)}
    return (stated.pop(), f"the title says “{_short(title)}”") if len(stated) == 1 else None


def _day_in_address(
    url: str, language: str | None, today: date, *, sure: tuple[date, str] | None
) -> tuple[date, str] | None:
    days = [sure[0]] if sure else [today + _AHEAD - timedelta(days=back) for back in range((_RECENT + _AHEAD).days + 1)]
    for day in days:
        if words := states_day(url, day, language, sure=sure is not None):
            return day, f"the address says {words}"
    return None


def _is_recent(day: date, today: date) -> bool:
    return today - _RECENT <= day <= today + _AHEAD


def _of_day(updates: Sequence[NewsUpdate], wanted: date, *, by: Callable[[NewsUpdate], bool]) -> int:
    """How many updates are of the wanted day, if most are: the front page has some of any day."""
    dated = [news.local_date for news in updates if not news.service and by(news)]
    of_day = dated.count(wanted)
    return of_day if of_day * 2 > len(dated) else 0


def _prints_day(news: NewsUpdate) -> bool:
    return news.date_from in {DateFrom.HEADER, DateFrom.PRINTED}


def _has_clock(news: NewsUpdate) -> bool:
    return news.local_time is not None


def _plain(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query


def _short(title: str | None) -> str:
    words = " ".join((title or "").split())
    return words if len(words) <= 80 else words[:79] + "…"
