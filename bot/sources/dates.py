"""Moments as sources state them: ISO 8601, RFC 3339, RFC 822 and Unix time. Nothing is ever filled in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

_ISO = re.compile(
    r"""(\d{4})-?(\d\d)-?(\d\d) (?:[T ]|\ T\ ?) \s*
        (\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,12})?)? \s*
        (Z|UTC|GMT|(?:UTC|GMT)?([+-])(\d\d):?(\d\d)?)? (?:\[[^\]]*\])?""",
    re.VERBOSE | re.IGNORECASE,
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{12,13}|\d{15,16}")
_LONGEST: Final = 80
_FIRST_YEAR: Final = 1990
"""Nothing on the web was posted before it existed: an earlier date is a placeholder (1970, year 1), not a statement."""
_LAST_YEAR: Final = 2199


def stated(text: str | None) -> datetime | None:
    """The moment that ``text`` states: aware in UTC when it names an offset or zone, else naive.

    ``None`` for a date without a time of day, for a placeholder such as 1970, and for anything unreadable.
    """
    if text is None or not (text := text.strip()) or len(text) > _LONGEST:
        return None
    if iso := _ISO.fullmatch(text):
        return _sane(_from_iso(iso))
    if _EPOCH.fullmatch(text):
        return from_epoch(text)
    return _sane(_from_rfc822(text))


def from_epoch(text: str) -> datetime | None:
    """Unix time in seconds, milliseconds or microseconds, told apart by its length."""
    if not _EPOCH.fullmatch(text):
        return None
    whole = int(text.partition(".")[0])
    digits = len(text.partition(".")[0])
    seconds = whole // 10**6 if digits > 13 else whole // 1000 if digits > 10 else whole
    return _sane(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))


def _from_iso(found: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second, zone, sign, hours, minutes = found.groups()
    try:
        # RFC 3339 allows the 60th second, ``datetime`` does not know it.
        numbers = (int(year), int(month), int(day), int(hour), int(minute), min(int(second or 0), 59))
        naive = datetime(*numbers)  # noqa: DTZ001 - naive is what a source without a zone states
        if zone is None:
            return naive
        if sign is None:
            return naive.replace(tzinfo=UTC)
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return naive.replace(tzinfo=timezone(-offset if sign == "-" else offset))
    except ValueError:
        return None


def _from_rfc822(text: str) -> datetime | None:
    if ":" not in text:
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _sane(moment: datetime | None) -> datetime | None:
    if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return moment if moment.tzinfo is None else moment.astimezone(UTC)
