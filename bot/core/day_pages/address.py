"""The day in a page's address, found by writing the day in every usual form, and written anew for another day.

    /2026/11/03/   20261103   3-11-2026   november-3   3rd-nov-2026   3-noyabrya   tuesday-3-november

A number pair without a year (``11-03``) is a day only where something else states the day too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from bot.core.day_pages.spelling import spellings

_LONGEST: Final = 1_000
_MOST: Final = 4
"""Addresses that one pattern gives: padded days and not, ``11/12`` read both ways."""
_SAFE: Final = "/:@!$&'()*+,;=-._~%"
_NOT_IN_NUMBER: Final = (r"(?<!\d)", r"(?!\d)")
_NOT_IN_WORD: Final = (r"(?<![^\W_])", r"(?![^\W_])")
_JOINT: Final = r"[-_/+., ]{0,2}(?:(?:de|del|di|of)[-_/+ ])?"
_ORDINAL: Final = r"(?P<ordinal>st|nd|rd|th|er)?"


@dataclass(frozen=True, slots=True)
class Written:
    """A place in an address that says the day, or a part of it."""

    start: int
    end: int
    text: str
    ways: tuple[Callable[[date, bool], str], ...]
    """The same for another day; the flag says whether single digits get a zero in front. Several where this day does
    not show the form: «may» is both the whole name and the short one, ``11/11`` may have the month first.
    """

    def write(self, way: int, day: date, *, pad: bool) -> str:
        """In one of its ways, the last one where it has fewer."""
        return self.ways[min(way, len(self.ways) - 1)](day, pad)


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    write: Callable[[re.Match[str], date, bool], str]
    name: str | None = None
    """The name in it as it is spelt: to a pattern that ignores case «kasım» and «kasim» are one."""

    def matches(self, path: str) -> Iterator[re.Match[str]]:
        for match in self.pattern.finditer(path):
            if self.name is None or re.sub("[_ ]", "-", match["name"]).lower() == self.name:
                yield match


def states_day(url: str, day: date, language: str | None, *, sure: bool = False) -> str | None:
    """How the address says that day (``november-3``), or ``None`` when it does not.

    Args:
        url: The whole address; its host says nothing.
        day: The day looked for.
        language: The page's language, for the names of months; English ones are always known.
        sure: Something else states the day, so that ``11-03`` is enough.
    """
    written = _days_in(_path(url), day, language, sure=sure)
    return written[-1].text.strip("/") if written else None


def addresses_for(url: str, day: date, wanted: date, language: str | None, *, sure: bool = False) -> tuple[str, ...]:
    """The addresses that a page of ``day`` has on another day, likeliest first; none when it does not say its day."""
    path = _path(url)
    days = _days_in(path, day, language, sure=sure)
    if not days:
        return ()
    parts = sorted([*days, *_around(path, day, language, days)], key=lambda part: part.start)
    padded = _pads(path, days)
    choices = (
        (padded,) if padded is not None else (False, True) if any(map(str.isalpha, days[0].text)) else (True, False)
    )
    ways = range(max(len(part.ways) for part in parts))
    found = dict.fromkeys(_rewritten(url, path, parts, wanted, way=way, pad=pad) for way in ways for pad in choices)
    return tuple(address for address in found if address != url)[:_MOST]


def without_day(url: str, day: date, language: str | None, *, sure: bool = True) -> str:
    """The address's path without what says the day, to compare it with the addresses of other days."""
    path = _path(url)
    days = _days_in(path, day, language, sure=sure)
    parts = sorted([*days, *_around(path, day, language, days)], key=lambda part: part.start, reverse=True)
    for part in parts:
        path = f"{path[: part.start]}\0{path[part.end :]}"
    return path.casefold()


def _path(url: str) -> str:
    """Path and query, decoded: what a date can stand in."""
    try:
        parts = urlsplit(url[:_LONGEST])
    except ValueError:
        return ""
    return unquote(parts.path) + (f"?{unquote(parts.query)}" if parts.query else "")


def _days_in(path: str, day: date, language: str | None, *, sure: bool) -> list[Written]:
    return _parts(path, _forms(day, language, sure), taken=())


def _parts(path: str, forms: Iterable[_Form], *, taken: Sequence[Written]) -> list[Written]:
    """Where the forms stand, in order: the first form that takes a place has it, with those that take all of it too."""
    found: dict[tuple[int, int], Written] = {}
    for form in forms:
        for match in form.matches(path):
            here = match.span()
            if (known := found.get(here)) is not None:
                found[here] = replace(known, ways=(*known.ways, _way(form, match)))
            elif not any(here[0] < other.end and other.start < here[1] for other in [*taken, *found.values()]):
                found[here] = Written(*here, match[0], (_way(form, match),))
    return sorted(found.values(), key=lambda part: part.start)


def _way(form: _Form, match: re.Match[str]) -> Callable[[date, bool], str]:
    return lambda day, pad: form.write(match, day, pad)


@lru_cache(maxsize=64)
def _forms(day: date, language: str | None, sure: bool) -> tuple[_Form, ...]:
    return tuple(_every_form(day, language, sure=sure))


def _every_form(day: date, language: str | None, *, sure: bool) -> Iterator[_Form]:
    year, short = f"{day:%Y}", f"{day:%y}"
    number, month = rf"(?P<d>0?{day.day})", rf"(?P<m>0?{day.month})"
    yield _numeric(f"(?P<y>{year})(?P<s>[-_/.])0?{day.month}(?P=s)0?{day.day}", "ymd")
    yield _numeric(f"(?P<y>{year}){day:%m%d}", "ymd", tight=True)
    for order in ("dmy", "mdy"):
        pair = f"{number}(?P<s>[-_/.]){month}" if order == "dmy" else f"{month}(?P<s>[-_/.]){number}"
        yield _numeric(f"{pair}(?P=s)(?P<y>{year})", order)
        yield _numeric(f"{day:%d%m}(?P<y>{year})" if order == "dmy" else f"{day:%m%d}(?P<y>{year})", order, tight=True)
    for spelling in spellings(language, "months"):
        name = spelling[day.month]
        word = f"(?P<name>{_spelt(name)})"
        yield _worded(rf"(?P<before>0?{day.day}){_ORDINAL}(?P<joint>{_JOINT}){word}", spelling, name)
        yield _worded(rf"{word}(?P<joint>{_JOINT})(?P<after>0?{day.day}){_ORDINAL}", spelling, name)
    yield _numeric(f"(?P<y>{short})(?P<s>[-_.]){day:%m}(?P=s){day:%d}", "ymd")
    yield _numeric(f"{day:%d}(?P<s>[-_.]){day:%m}(?P=s)(?P<y>{short})", "dmy")
    yield _numeric(f"{day:%m}(?P<s>[-_.]){day:%d}(?P=s)(?P<y>{short})", "mdy")
    if sure:
        for order in ("dmy", "mdy"):
            pair = f"{number}(?P<s>[-_/.]){month}" if order == "dmy" else f"{month}(?P<s>[-_/.]){number}"
            yield _numeric(pair, order[:2])
        for order, text in (("ymd", f"{day:%m%d}"), ("dmy", f"{day:%d%m}"), ("mdy", f"{day:%m%d}")):
            whole = f"(?P<y>{short}){text}" if order == "ymd" else f"{text}(?P<y>{short})"
            yield _numeric(whole, order, tight=True)


def _numeric(pattern: str, order: str, *, tight: bool = False) -> _Form:
    """A date in numbers, its parts in the order of the letters d, m and y."""

    def write(match: re.Match[str], day: date, pad: bool) -> str:
        groups = match.groupdict()
        year = f"{day.year}" if len(groups.get("y") or "") == 4 else f"{day:%y}"
        zero = "02" if pad or tight else ""
        parts = {"d": f"{day.day:{zero}}", "m": f"{day.month:{zero}}", "y": year}
        return ("" if tight else groups["s"]).join(parts[letter] for letter in order)

    before, after = _NOT_IN_NUMBER
    return _Form(re.compile(before + pattern + after), write)


def _worded(pattern: str, spelling: Mapping[int, str], name: str) -> _Form:
    def write(match: re.Match[str], day: date, pad: bool) -> str:
        groups = match.groupdict()
        month = _cased(spelling[day.month], groups["name"])
        number = f"{day.day:02}" if pad else f"{day.day}"
        number += _ordinal(day.day, groups["ordinal"])
        return number + groups["joint"] + month if groups.get("before") else month + groups["joint"] + number

    before, after = _NOT_IN_WORD
    return _Form(re.compile(before + pattern + after, re.IGNORECASE), write, name)


def _spelt(name: str) -> str:
    return "[-_ ]".join(map(re.escape, name.split("-")))


def _cased(name: str, like: str) -> str:
    name = name.replace("-", "_") if "_" in like else name
    return name.upper() if like.isupper() else name.title() if like.istitle() else name


def _ordinal(number: int, like: str | None) -> str:
    if not like:
        return ""
    if like.lower() == "er":
        return like if number == 1 else ""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return ending.upper() if like.isupper() else ending


def _around(path: str, day: date, language: str | None, days: Sequence[Written]) -> list[Written]:
    """What else changes with the day: ``/2026/11/`` in front of the day's name, a year, a weekday."""
    forms = [
        _Form(re.compile(rf"(?<!\d){day.year}/{day.month:02}(?!\d)"), lambda _match, other, _pad: f"{other:%Y/%m}"),
        _Form(re.compile(rf"(?<!\d){day.year}(?!\d)"), lambda _match, other, _pad: f"{other.year}"),
        *(_weekday(day, spelling) for spelling in spellings(language, "days")),
    ]
    return _parts(path, forms, taken=days)


def _weekday(day: date, spelling: Mapping[int, str]) -> _Form:
    def write(match: re.Match[str], other: date, _pad: bool) -> str:
        return _cased(spelling[other.weekday()], match[0])

    before, after = _NOT_IN_WORD
    name = spelling[day.weekday()]
    return _Form(re.compile(f"{before}(?P<name>{_spelt(name)}){after}", re.IGNORECASE), write, name)


def _pads(path: str, days: Sequence[Written]) -> bool | None:
    """Whether single digits get a zero in front; ``None`` when this day does not show it."""
    numbers = [number for part in days for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", part.text)]
    if any(number.startswith("0") for number in numbers):
        return True
    return False if any(len(number) == 1 for number in numbers) else None


def _rewritten(url: str, path: str, parts: Sequence[Written], wanted: date, *, way: int, pad: bool) -> str:
    pieces, at = [], 0
    for part in parts:
        pieces += [path[at : part.start], part.write(way, wanted, pad=pad)]
        at = part.end
    new, _, query = "".join([*pieces, path[at:]]).partition("?")
    split = urlsplit(url)
    return urlunsplit((split.scheme, split.netloc, quote(new, safe=_SAFE), quote(query, safe=_SAFE + "?"), ""))
