"""Calendar dates as sources print them, in words and in numbers, with or without a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.core.timestamps.names import DateNames

_FIRST_YEAR, _LAST_YEAR = 1990, 2099


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, perhaps without its year."""

    month: int
    day: int
    year: int | None = None

    def on(self, year: int) -> date | None:
        """The date in a year, or ``None`` where it does not exist (29 February)."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|[:.։]\d)"
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)")
_CJK = re.compile(r"(?:(?P<year>\d{4})\s?[年년]\s?)?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일号號]")
_NUMERIC = re.compile(
    rf"(?<![\d.])(?P<first>\d{{1,2}})(?P<sep>[./-])\s?(?P<second>\d{{1,2}})"
    rf"(?: (?P=sep)\s? (?: {_YEAR} | (?P<short>\d\d)(?![\d:]) ) | (?<=\d)(?P<dot>\.)(?!\s?\d) )",
    re.VERBOSE,
)
_BARE = re.compile(r"(?<![\d.])(?P<first>\d{1,2})(?P<sep>[./])(?P<second>\d{2})(?![\d./:])")
_WORD = r"(?P<word>[^\W\d_]{3,20}(?:['’.][^\W\d_]{0,3})?)(?:\s(?P<word2>[^\W\d_]{3,9}))?"
_ORDINAL = r"(?:st\b|nd\b|rd\b|th\b|er\b|ème\b|º|ª|\.|-?го\b|-?е\b|-?ին\b|-ი\b)?"
_LINK = r"\s*(?:de\s|del\s|di\s|of\s|-|–|/)?\s*"
_DAY_FIRST = re.compile(rf"(?<![\d.:,])(?P<day>\d{{1,2}}){_ORDINAL}{_LINK}(?:[בو]-?)?{_WORD}")
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?:[בو]-?)?{_WORD}\.?\s?(?P<day>\d{{1,2}})(?!\d|[:։]\d|\s?[ap]\.?m|[hH]\d){_ORDINAL}"
)
_YEAR_AFTER = re.compile(rf"[,.]?\s*(?:de\s|del\s|of\s)?\s*{_YEAR}(?:\s*(?:г|р|года|року)(?:\.|\b))?")
_YEAR_BEFORE = re.compile(rf"{_YEAR}[.,]?\s+(?:թ\.?\s*|m\.\s+)?")


def read_date(text: str, at: int, names: DateNames) -> tuple[PartialDate, int] | None:
    """The date that starts exactly at a position and where it ends, or ``None``.

    A number pair such as ``22.12`` is no date here (it may be a clock time); with a trailing dot or a year it is.
    """
    return _read_numeric(text, at, names) or _read_worded(text, at, names)


def read_bare_pair(text: str, names: DateNames) -> PartialDate | None:
    """A whole text such as ``22.12`` read as day and month, for places where a clock time makes no sense."""
    found = _BARE.fullmatch(text)
    return _ordered(int(found["first"]), int(found["second"]), None, found["sep"], names) if found else None


def find_dates(text: str, names: DateNames) -> Iterator[tuple[PartialDate, int, int]]:
    """Every date in a text, in order, with its start and end."""
    at = 0
    while at < len(text):
        read = read_date(text, at, names) if _may_start(text, at) else None
        if read:
            yield read[0], at, read[1]
            at = read[1]
        else:
            at += 1


def _may_start(text: str, at: int) -> bool:
    return text[at].isalnum() and (at == 0 or not text[at - 1].isalnum())


def resolve_year(day: PartialDate, near: date, latest: date) -> date | None:
    """A full date: the year as printed, else the one that brings it nearest to ``near`` without passing ``latest``."""
    if day.year is not None:
        return day.on(day.year)
    options = [found for year in range(near.year - 4, near.year + 2) if (found := day.on(year)) and found <= latest]
    return min(options, key=lambda option: abs(option - near), default=None)


def _read_numeric(text: str, at: int, names: DateNames) -> tuple[PartialDate, int] | None:
    for pattern in (_ISO, _CJK):
        if (found := pattern.match(text, at)) and (
            day := _valid(_year(found["year"]), int(found["month"]), int(found["day"]))
        ):
            return day, found.end()
    found = _NUMERIC.match(text, at)
    if found is None:
        return None
    year = _year(found["year"]) or _short_year(found["short"])
    day = _ordered(int(found["first"]), int(found["second"]), year, found["sep"], names)
    return (day, found.end()) if day else None


def _read_worded(text: str, at: int, names: DateNames) -> tuple[PartialDate, int] | None:
    start, year = at, None
    if before := _YEAR_BEFORE.match(text, at):
        start, year = before.end(), _year(before["year"])
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        found = pattern.match(text, start)
        named = _month_in(found, names) if found else None
        if found is None or named is None:
            continue
        month, end = named
        end = max(end, found.end("day"), found.end() if pattern is _MONTH_FIRST else end)
        after = _YEAR_AFTER.match(text, end)
        printed = _year(after["year"]) if after else year
        if day := _valid(printed, month, int(found["day"])):
            return day, after.end() if after else end
    return None


def _month_in(found: re.Match[str], names: DateNames) -> tuple[int, int] | None:
    """The month that the matched word, or pair of words («تشرين الثاني»), names, and where it ends."""
    if found["word2"] and (month := names.months.get(f"{found['word']} {found['word2']}".casefold())):
        return month, found.end("word2")
    if found["word2"] and found.end("word2") < found.end("day"):
        return None  # in «March something 3» the day does not follow the month
    month = names.month(found["word"])
    return (month, found.end("word")) if month else None


def _ordered(first: int, second: int, year: int | None, separator: str, names: DateNames) -> PartialDate | None:
    """Day and month of a number pair, by the language's habit, unless only the other order exists."""
    month_first = names.month_first and separator != "."
    pairs = [(first, second), (second, first)] if month_first else [(second, first), (first, second)]
    return next((day for month, number in pairs if (day := _valid(year, month, number))), None)


def _valid(year: int | None, month: int, day: int) -> PartialDate | None:
    candidate = PartialDate(month, day, year)
    return candidate if 1 <= month <= 12 and candidate.on(2000) else None


def _year(text: str | None) -> int | None:
    year = int(text) if text else None
    return year if year and _FIRST_YEAR <= year <= _LAST_YEAR else None


def _short_year(text: str | None) -> int | None:
    return 2000 + int(text) if text else None
