"""Whether an address is one day's page, and whether another one is the page of the day that is sought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.core.day_pages.address import states_day
from bot.core.model import NewsUpdate
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
    if reading.format not in _PAGES:
        return Refused("it is a feed, not a page")
    if same_address(url, current_url):
        return Refused("it leads back to the page that is followed")
    if urlsplit(url).path in {"", "/"}:
        return Refused("it leads to the site's front page")
    if _title_says(reading.title, wanted, reading.language):
        return Accepted(f"its title says “{_short(reading.title)}”")
    of_day = _of_day(reading.split.updates, wanted)
    if of_day:
        return Accepted(f"{of_day} of its updates are of that day")
    return Refused("nothing on it says that day")


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


def _title_says(title: str | None, wanted: date, language: str | None) -> bool:
    return wanted in days_in(title or "", language, wanted)


def _of_day(updates: Sequence[NewsUpdate], wanted: date) -> int:
    """How many updates are of the wanted day, if most are: the front page has some of any day."""
    dated = [news.local_date for news in updates if not news.service and news.local_date]
    of_day = dated.count(wanted)
    return of_day if of_day * 2 > len(dated) else 0


def _plain(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query


def _short(title: str | None) -> str:
    words = " ".join((title or "").split())
    return words if len(words) <= 80 else words[:79] + "…"
