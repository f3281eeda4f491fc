"""Month, weekday and half-day names as CLDR writes them, folded for look-up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from babel import UnknownLocaleError, localedata

_SCRIPT_LANGUAGES: dict[str, tuple[str, ...]] = {
    "LATIN": (
        *("fr", "de", "es", "it", "tr", "az", "pt", "pl", "nl", "ro", "cs", "sv", "da", "nb", "fi", "hu", "id", "sq"),
        *("sk", "hr", "sl", "lt", "lv", "et", "ca", "vi"),
    ),
    "CYRILLIC": ("ru", "uk", "be", "bg", "sr", "mk", "kk"),
    "ARABIC": ("ar", "ar_LB", "fa", "ur", "ckb"),
    "HEBREW": ("he",),
    "ARMENIAN": ("hy",),
    "GEORGIAN": ("ka",),
    "GREEK": ("el",),
    "DEVANAGARI": ("hi",),
}
"""Whose month names to know when a page declares no language, or one that its letters belie."""
_REGIONAL = {"ar": ("ar_LB", "ar_MA", "ar_DZ"), "de": ("de_AT",)}
"""Languages whose months have other names by region."""
_INFLECTION_STEM = 4
"""A month's ending varies with case («noyabr», «noyabrın»); so many first letters never do."""
_LONGEST_ENDING = 4


@dataclass(frozen=True, slots=True)
class DateNames:
    """What the months, weekdays and half-days are called on one page; every key is folded by ``fold``."""

    months: Mapping[str, int]
    """Name → 1 to 12."""
    weekdays: Mapping[str, int]
    """Name → 0 (Monday) to 6."""
    halves: Mapping[str, bool]
    """Name of a half-day → True for the afternoon."""
    days: frozenset[str]
    """The word «day» in its forms, as in «20th Day», «Jour 192»."""
    month_first: bool
    """Numeric dates put the month first (8/24/2020)."""
    stems: Mapping[str, tuple[str, ...]]
    """First letters of a month's name → the names that begin so."""

    def month(self, word: str) -> int | None:
        """The month that a word names, in any case ending, or ``None``."""
        folded = fold(word)
        if (exact := self.months.get(folded)) is not None:
            return exact
        if len(folded) < _INFLECTION_STEM:
            return None
        alike = self.stems.get(folded[:_INFLECTION_STEM], ())
        return next((self.months[name] for name in alike if _inflected(folded, name)), None)

    def weekday(self, word: str) -> int | None:
        """The weekday that a word names (0 is Monday), or ``None``."""
        return self.weekdays.get(fold(word))


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A name without case, trailing dot and combining marks, so that «İYUN», «iyun.» and «iyun» are one."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip(" .׳'’").replace("ı", "i")


def date_names(language: str | None, text: str) -> DateNames:
    """The names to expect on a page.

    Args:
        language: The BCP 47 tag that the feed or the page declares, or ``None``.
        text: A piece of the page; its script decides when the language is unknown or does not fit.
    """
    return _names_of(_languages(language, text))


@lru_cache(maxsize=64)
def name_tables(language: str | None, kind: Literal["months", "days"]) -> tuple[Mapping[int, str], ...]:
    """The names of months (1 to 12) or weekdays (0 is Monday) as one language writes them: a table for each form.

    Without a language, or with one that CLDR lacks, in English; else the language's own forms, then the English ones.
    """
    known = _known(language)
    languages = dict.fromkeys([*([known, *_REGIONAL.get(known.split("_")[0], ())] if known else ()), "en"])
    tables = [table for name in languages for table in _tables(localedata.load(name), kind)]
    return tuple({key: name for key, name in table.items() if isinstance(name, str)} for table in tables)


@lru_cache(maxsize=64)
def _names_of(languages: tuple[str, ...]) -> DateNames:
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    halves: dict[str, bool] = {}
    days: set[str] = set()
    for language in languages:
        data = localedata.load(language)
        for key, name in _forms(data, "months"):
            months.setdefault(fold(name), key)
        for key, name in _forms(data, "days"):
            weekdays.setdefault(fold(name), key)
        for key, name in _forms(data, "day_periods"):
            if key in {"am", "pm"}:
                halves.setdefault(fold(name), key == "pm")
        days.update(_day_words(data))
    months.setdefault("sept", 9)  # English and French outlets write it; CLDR has «Sep»
    stems: dict[str, tuple[str, ...]] = {}
    for name in months:
        if len(stem := name[:_INFLECTION_STEM]) == _INFLECTION_STEM:
            stems[stem] = (*stems.get(stem, ()), name)
    return DateNames(months, weekdays, halves, frozenset(days), month_first=_month_first(languages[0]), stems=stems)


def _languages(language: str | None, text: str) -> tuple[str, ...]:
    declared = _known(language)
    script = _script(text)
    by_script = _SCRIPT_LANGUAGES.get(script, ())
    root = (declared or "").split("_")[0]
    fits = declared is not None and (root in by_script or (root == "en" and script == "LATIN"))
    chosen = [declared, *_REGIONAL.get(root, ())] if declared else []
    chosen += ["en"] if fits else ["en", *by_script]
    return tuple(dict.fromkeys(name for name in chosen if name))


def _known(language: str | None) -> str | None:
    """The locale that Babel has for a BCP 47 tag: with its region, else without, else none."""
    parts = (language or "").replace("-", "_").split("_")
    candidates = ["_".join([parts[0].lower(), *(part.upper() for part in parts[1:2])]), parts[0].lower()]
    return next((name for name in candidates if name.isascii() and name.isprintable() and _exists(name)), None)


@lru_cache(maxsize=256)
def _exists(name: str) -> bool:
    try:
        return bool(name) and localedata.exists(name)
    except (UnknownLocaleError, ValueError):
        return False


def _script(text: str) -> str:
    """The script of most letters in the first part of a text, by Unicode's own names."""
    counts: dict[str, int] = {}
    for char in filter(str.isalpha, text[:4000]):
        name = unicodedata.name(char, "?").split()[0]
        counts[name] = counts.get(name, 0) + 1
    return max(counts, key=counts.__getitem__, default="LATIN")


def _forms(data: Mapping[str, Any], kind: str) -> Iterator[tuple[Any, str]]:
    """Wide and abbreviated names in both grammatical contexts, only those that the language itself brings.

    Read from the plain data: Babel's lazy aliases write what they resolve into dictionaries that languages share,
    so that asking for one language's inherited names can change another's.
    """
    for table in _tables(data, kind):
        for key, name in table.items():
            if isinstance(name, str):
                yield key, name


def _tables(data: Mapping[str, Any], kind: str) -> Iterator[Mapping[Any, Any]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names = data[kind].get(context, {}).get(width)
            if names is not localedata.load("root")[kind].get(context, {}).get(width):
                yield _own(names)


def _own(value: Any) -> Mapping[Any, Any]:
    """A language's own part of a CLDR table: what overrides an alias, or the whole of it."""
    own = value[1] if isinstance(value, tuple) else value
    return own if isinstance(own, Mapping) else {}


def _day_words(data: Mapping[str, Any]) -> Iterator[str]:
    for width in ("long", "short"):
        for pattern in _own(_own(data.get("unit_patterns")).get("duration-day")).get(width, {}).values():
            word = fold(pattern.replace("{0}", "")) if isinstance(pattern, str) else ""
            if len(word) > 1 and word.isalpha():
                yield word


def _month_first(language: str) -> bool:
    short = _own(localedata.load(language).get("date_formats")).get("short")
    pattern = str(getattr(short, "pattern", ""))
    return 0 <= pattern.find("M") < pattern.find("d") and not pattern.startswith("y")


def _inflected(word: str, name: str) -> bool:
    stem = name[: max(_INFLECTION_STEM, len(name) - 1)]
    return word.startswith(stem) and len(word) <= len(name) + _LONGEST_ENDING
