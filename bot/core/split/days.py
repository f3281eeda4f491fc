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
_COUNTER = re.compile(
    r"(?:the\s+)?(?:(?P<first>\d{1,4})(?:st|nd|rd|th|\.|-?[^\W\d_]{1,3})\s+(?P<after>[^\W\d_]+)"
    r"|(?P<before>[^\W\d_]+)\s+(?P<last>\d{1,4}))(?:\s+of\s+the\s+war)?\s*[:.–—-]?",
    re.IGNORECASE,
)
_STRANGE = 2
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
    """The day headers of a page, in page order.

    A heading that has other words beside its date («March 3: Overview») heads a day only where several do.
    """
    wordy: list[DayHeader] = []
    headers: list[DayHeader] = []
    for index, line in enumerate(lines):
        header = _read(index, line, names)
        if header and _words(line.text, names, header) and index > _TOP:
            wordy.append(header)
        elif header:
            headers.append(header)
    return sorted([*headers, *wordy], key=lambda header: header.line) if len(wordy) > 1 else headers


def _read(index: int, line: Line, names: DateNames) -> DayHeader | None:
    text = line.text
    if len(text) > _LONGEST or line.kind is BlockKind.LIST_ITEM or line.ending in {"?", "!", ";"}:
        return None
    dates = list(find_dates(text, names))
    if len(dates) == 1:
        return _dated(index, line, dates[0], names)
    return None if dates else _counted(index, text, names) or _weekday_alone(index, text, names)


def _dated(index: int, line: Line, found: tuple[PartialDate, int, int], names: DateNames) -> DayHeader | None:
    day, start, end = found
    before, after = line.text[:start], line.text[end:]
    if _NUMBER.search(_without_counter(f"{before} {after}", names)) or line.ending == ".":
        return None
    strange = len(_strange(before, names)) * 2 + len(_strange(after, names))
    allowed = _STRANGE if line.kind is BlockKind.HEADING or index <= _TOP else 0
    return DayHeader(index, day) if strange <= allowed else None


def _words(text: str, names: DateNames, header: DayHeader) -> list[str]:
    """The words of a header that its date and a header's usual words do not explain."""
    if header.day is None:
        return []
    return [word for word in _strange(text, names) if names.month(word) is None]


def _strange(text: str, names: DateNames) -> list[str]:
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
    """«20th Day», «Day 20», «Jour 192», «16. gün»: not «40 days»."""
    found = _COUNTER.fullmatch(text)
    if found is None or fold(found["before"] or found["after"] or "") not in names.days:
        return None
    return DayHeader(index, counter=int(found["first"] or found["last"]))


def _weekday_alone(index: int, text: str, names: DateNames) -> DayHeader | None:
    weekday = names.weekday(text.strip(" :.–—-*"))
    return DayHeader(index, weekday=weekday) if weekday is not None and len(text) > 4 else None
