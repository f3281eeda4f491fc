"""When a feed wants to be read, in its own words: ``ttl``, ``skipHours``, ``skipDays`` and the syndication module.

RSS 2.0 (https://www.rssboard.org/rss-specification) and https://web.resource.org/rss/1.0/modules/syndication/.
feedparser keeps only the last hour and day of a list, so they are read here.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from bot.core.model import PublisherWishes

_LONGEST: Final = 65_536
"""Characters looked at: a feed that says more about itself than that says nothing about this."""
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS: Final = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_COMMENTS: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def _element(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(?:\w+:)?{name}(?:\s[^<>]{{0,200}})?>\s{{0,99}}([^<>\s]{{1,20}})\s{{0,99}}<", re.IGNORECASE)


_TTL: Final = _element("ttl")
_PERIOD: Final = _element("updatePeriod")
_FREQUENCY: Final = _element("updateFrequency")
_HOUR: Final = _element("hour")
_DAY: Final = _element("day")


def wishes_in(about: str) -> PublisherWishes:
    """The wishes in what a feed says about itself; those that are no wish at all are left out.

    An hour of 24 is taken for 0, as RSS 0.91 counted. Without a period, a frequency counts per day.
    """
    about = _COMMENTS.sub("", about[:_LONGEST])
    hours = {int(hour) % 24 for hour in _HOUR.findall(about) if _is_number(hour) and int(hour) <= 24}
    days = {_DAYS.index(day.lower()) for day in _DAY.findall(about) if day.lower() in _DAYS}
    minutes = _number(_TTL, about)
    return PublisherWishes(
        ttl=timedelta(minutes=minutes) if minutes else None,
        update_period=_update_period(about),
        skip_hours=tuple(sorted(hours)) if len(hours) < 24 else (),
        skip_days=tuple(sorted(days)) if len(days) < 7 else (),
    )


def _update_period(about: str) -> timedelta | None:
    found = _PERIOD.search(about)
    period = _PERIODS.get(found[1].lower()) if found else _PERIODS["daily"]
    frequency = _number(_FREQUENCY, about)
    if period is None or (found is None and frequency is None):
        return None
    return period / (frequency or 1)


def _number(element: re.Pattern[str], about: str) -> int | None:
    """What the element says; absurdly large numbers say nothing."""
    found = element.search(about)
    return int(found[1]) if found and _is_number(found[1]) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7
