"""What was typed into a search, taken apart. Anything is a query: what means nothing special is words.

    "exact phrase"   -left out   27 Oct · yesterday   since:1 Oct   until:2020-10-03   topic:shelling   from:Post

A value that is no day leaves the whole as words, so that nobody is told that what he looks for is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.core.query.words import MAX_WORDS, words_of
from bot.core.timestamps.calendar import find_dates, resolve_year
from bot.core.timestamps.names import DateNames, date_names

LONGEST = 500
"""Characters of a query that are looked at."""

_KEY = re.compile(
    r"(?<!\S)(?P<key>since|until|topic|from):\s?(?P<value>\"[^\"]*\"|\d{1,2}\.?\s[^\W\d_]+\.?(?:\s\d{4})?|\S+)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?P<not>(?<!\S)[-−])?[\"“„«](?P<phrase>[^\"“”„«»]*)[\"”“»]")
_EXCLUDED = re.compile(r"(?<!\S)[-−](?P<word>[^\W_]\S*)")
_RELATIVE = {
    0: "today сегодня сьогодні այսօր اليوم bugün",
    1: "yesterday вчера вчора երեկ أمس dün",
}
_RELATIVE_DAYS = {word: days for days, words in _RELATIVE.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: all of it must hold."""

    words: tuple[str, ...] = ()
    """Folded, each once, in any form."""
    phrases: tuple[tuple[str, ...], ...] = ()
    """Folded words that stand side by side."""
    excluded: tuple[tuple[str, ...], ...] = ()
    """Words and phrases that must not occur."""
    since: date | None = None
    """The first day, by the source's own calendar."""
    until: date | None = None
    """The last one, which counts."""
    topic: str | None = None
    """A topic as it was typed."""
    source: str | None = None
    """A source as it was typed."""

    @property
    def has_words(self) -> bool:
        """There is something to look for in the texts themselves."""
        return bool(self.words or self.phrases)

    @property
    def is_empty(self) -> bool:
        """Nothing was asked that anything could answer."""
        return not (self.has_words or self.since or self.until or self.topic or self.source)


def parse(typed: str, *, today: date) -> Query:
    """Take a search apart.

    Args:
        typed: As a person typed it; only its first :data:`LONGEST` characters count.
        today: The day on which it is asked, for days that name no year.
    """
    rest = typed[:LONGEST]
    # Only whole names of months: Martuni is no March.
    days = _Days(replace(date_names(None, rest), stems={}), today)
    keys: dict[str, str] = {}
    rest = _taken(_KEY, rest, lambda found: _key(found, keys, days))
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []

    def quoted(found: re.Match[str]) -> bool:
        phrase = tuple(words_of(found["phrase"]))[:MAX_WORDS]
        if phrase:
            (excluded if found["not"] else phrases).append(phrase)
        return bool(phrase)

    def left_out(found: re.Match[str]) -> bool:
        words = tuple(words_of(found["word"]))[:MAX_WORDS]
        if words:
            excluded.append(words)
        return bool(words)

    rest = _taken(_EXCLUDED, _taken(_QUOTED, rest, quoted), left_out)
    day, rest = days.found_in(rest)
    return Query(
        words=tuple(dict.fromkeys(words_of(rest)))[:MAX_WORDS],
        phrases=tuple(phrases[:MAX_WORDS]),
        excluded=tuple(excluded[:MAX_WORDS]),
        since=days.read(keys["since"]) if "since" in keys else day,
        until=days.read(keys["until"]) if "until" in keys else day,
        topic=keys.get("topic"),
        source=keys.get("from"),
    )


@dataclass(frozen=True, slots=True)
class _Days:
    """Reads days as people type them."""

    names: DateNames
    today: date

    def read(self, text: str) -> date | None:
        """The day that a whole text names."""
        day, rest = self.found_in(text)
        return day if not rest.strip() else None

    def found_in(self, text: str) -> tuple[date | None, str]:
        """The first day that a text names, and what else is in it."""
        for found in re.finditer(r"[^\W\d_]+", text):
            back = _RELATIVE_DAYS.get(found.group().casefold())
            if back is not None:
                return self.today - timedelta(days=back), text[: found.start()] + text[found.end() :]
        for partial, start, end in find_dates(text, self.names):
            day = resolve_year(partial, self.today, self.today)
            if day is not None:
                return day, text[:start] + text[end:]
        return None, text


def _key(found: re.Match[str], keys: dict[str, str], days: _Days) -> bool:
    key, value = found["key"].lower(), found["value"].strip('"').strip()
    if not value or (key in {"since", "until"} and days.read(value) is None):
        return False
    keys.setdefault(key, value)
    return True


def _taken(pattern: re.Pattern[str], text: str, take: Callable[[re.Match[str]], bool]) -> str:
    """The text without what ``take`` made use of."""
    return pattern.sub(lambda found: " " if take(found) else found.group(), text)
