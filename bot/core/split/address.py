"""The day that a page's address states: ``/2023/10/16/``, ``/20251210/``, ``24022022``, ``…-26-febbraio``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import unquote, urlsplit

from bot.core.timestamps import DateNames, find_dates, resolve_year

_LONGEST_PATH = 500
_RECENT = timedelta(days=31)
_SLASHED = re.compile(r"(?<!\d)(20\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)[_-]([^\W\d_]{3,12})[_-](\d\d)(?!\d)")
"""``/22_marzo_01/``."""
_DAY_FIRST = re.compile(r"(?<!\d)(\d\d)(\d\d)(20\d\d)(?!\d)")
_DASHED_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[/_.-](\d{1,2})[/_.-](20\d\d)(?!\d)")


def date_in_address(url: str | None, names: DateNames, latest: date) -> date | None:
    """The date in an address's path, or ``None``; one in words without a year counts only when it is recent.

    An address may name the day of an older event («october-7-attack»), so a date without a year must lie close to the
    day of reading.
    """
    path = path_of(url)
    for pattern, order in ((_SLASHED, "ymd"), (_YEAR_FIRST, "ymd"), (_DASHED_DAY_FIRST, "dmy"), (_DAY_FIRST, "dmy")):
        for found in pattern.finditer(path):
            parts = dict(zip(order, map(int, found.groups()), strict=True))
            if (day := _date(parts["y"], parts["m"], parts["d"])) and day <= latest:
                return day
    if (short := _SHORT_YEAR.search(path)) and (month := names.month(short[2])):
        day = _date(2000 + int(short[1]), month, int(short[3]))
        if day and day <= latest:
            return day
    for partial, _, _ in find_dates(re.sub(r"[-_/]+", " ", path), names):
        day = resolve_year(partial, latest, latest)
        if day and day <= latest and (partial.year or latest - day <= _RECENT):
            return day
    return None


def path_of(url: str | None) -> str:
    """The path of an address, decoded; "" when there is none or it is no address."""
    try:
        return unquote(urlsplit(url or "").path)[:_LONGEST_PATH]
    except ValueError:  # a page may state any nonsense as its address
        return ""


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
