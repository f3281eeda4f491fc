"""Day headers: lines that say which day the updates below them are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.model import BlockKind
from bot.core.split.lines import Line
from bot.core.timestamps import DateNames, PartialDate, find_dates
from bot.core.timestamps.names import fold

_LONGEST = 80
_TOP = 3
"""A page's own label («Karst oct10») stands within its first lines."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?!\d)")
_HEADER_WORDS = frozenset((
    "update", "updates", "live", "news", "latest", "the", "of", "on", "for", "day", "today", "and", "key", "main",
    "events", "developments", "chronology", "timeline", "war", "august", "le", "la", "du", "de", "mises", "jour",
    "am", "vom", "der", "el", "del", "il", "di", "aggiornamenti", "хроника", "хроніка", "новости", "новини",
    "события", "події", "за", "на", "г", "года", "року", "р", "թ", "օր", "gün", "günü", "يوم", "أخبار", "יום", "ה",
    "a", "m",
))  # fmt: skip
"""Words that a day header has besides its date, in any language that Sitrep has met."""


@dataclass(frozen=True, slots=True)
class DayHeader:
    """A line that heads a day's updates."""

    line: int
    day: PartialDate | None = None
    counter: int | None = None
    """The number in «20th Day»: no date by itself, but one day for each step from a dated header."""
    weekday: int | None = None


def find_day_headers(lines: Sequence[Line], names: DateNames) -> list[DayHeader]:
    """The day headers of a page, in page order."""
    return [header for index, line in enumerate(lines) if (header := _read(index, line, names))]


def _read(index: int, line: Line, names: DateNames) -> DayHeader | None:
    text = line.text
    if len(text) > _LONGEST or line.kind is BlockKind.LIST_ITEM or line.ending in {"?", "!", ";"}:
        return None
    dates = list(find_dates(text, names))
    if len(dates) == 1:
        return _dated(index, line, dates[0], names)
    if not dates:
        return _counted(index, text, names) or _weekday_alone(index, text, names)
    return None


def _dated(index: int, line: Line, found: tuple[PartialDate, int, int], names: DateNames) -> DayHeader | None:
    day, start, end = found
    before, after = _words(line.text[:start], names), _words(line.text[end:], names)
    if _NUMBER.search(_without_counter(line.text[:start] + " " + line.text[end:], names)):
        return None
    most = 2 if line.ending != "." else 0
    strange = len(before) + len(after)
    if line.kind is BlockKind.HEADING and strange <= 4:
        return DayHeader(index, day)
    if before and index > _TOP:
        return None
    return DayHeader(index, day) if strange <= most - len(before) else None


def _words(text: str, names: DateNames) -> list[str]:
    """The words beside a date that neither weekdays nor a header's usual words explain."""
    words = [fold(word) for word in _WORD.findall(text)]
    return [
        word
        for word in words
        if word and word not in _HEADER_WORDS and word not in names.days and names.weekday(word) is None
        and not any(word in weekday.split() for weekday in names.weekdays)
    ]  # fmt: skip


def _without_counter(text: str, names: DateNames) -> str:
    """A text without the number of a day counter («October 16, Day 20»)."""
    words = {fold(word) for word in _WORD.findall(text)}
    return _NUMBER.sub("", text, count=1) if words & names.days else text


def _counted(index: int, text: str, names: DateNames) -> DayHeader | None:
    numbers = _NUMBER.findall(text)
    words = [fold(word) for word in _WORD.findall(text)]
    ordinals = {"th", "st", "nd", "rd", "e", "er", "eme", "й", "и", "го", "ин"}
    strange = [word for word in words if word not in names.days and word not in ordinals and word not in _HEADER_WORDS]
    if len(numbers) == 1 and len(words) - len(strange) > 0 and set(words) & names.days and len(strange) <= 1:
        return DayHeader(index, counter=int(numbers[0])) if len(text) <= 40 else None
    return None


def _weekday_alone(index: int, text: str, names: DateNames) -> DayHeader | None:
    weekday = names.weekday(text.strip(" :.–—-*"))
    return DayHeader(index, weekday=weekday) if weekday is not None and len(text) > 4 else None
