"""Where the next day's page may be: a link to it, or the address pattern, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from rapidfuzz import fuzz

from bot.core.day_pages.address import addresses_for, states_day, without_day
from bot.core.day_pages.recognise import days_in, same_address
from bot.core.model import PageLink
from bot.core.timestamps import date_names, find_dates

_MOST: Final = 6
"""Candidates that one look brings: each costs the site a request."""
_ALIKE: Final = 75.0
"""Of 100, from which on an address or the words of a link are those of the followed page on another day."""
_NEXT_ALIKE: Final = 60.0
"""The same where the page itself calls the link its next."""
_MOST_INDEXES: Final = 3
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be the wanted day's page."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Linked:
    """Links to look through, and what they stand on: "the page", "the site's feed", "https://news.example/updates"."""

    where: str
    links: tuple[PageLink, ...]


def candidates(
    url: str, title: str | None, day: date, wanted: date, *, language: str | None, linked: Sequence[Linked]
) -> tuple[Candidate, ...]:
    """Where the page of ``wanted`` may be, likeliest first, each address once.

    Args:
        url: The address of the page that is followed.
        title: Its title.
        day: The day that it is for.
        wanted: The day whose page is sought, later than ``day``.
        language: The page's language.
        linked: The links of the page itself, of index pages, and the entries of the site's feeds.
    """
    by_pattern = [
        Candidate(address, f"the address pattern: {states_day(url, day, language, sure=True)} becomes {words}")
        for address in addresses_for(url, day, wanted, language, sure=True)
        if (words := states_day(address, wanted, language, sure=True))
    ]
    by_link = [
        (likeness, Candidate(link.url, f"{group.where} links to it: “{link.text or link.url}”"))
        for group in linked
        for link in group.links
        if (likeness := _likeness(link, url, title, day, wanted, language=language))
    ]
    by_link.sort(key=lambda pair: -pair[0])
    found: list[Candidate] = []
    for candidate in [*(candidate for _, candidate in by_link), *by_pattern]:
        if not any(same_address(candidate.url, other.url) for other in found):
            found.append(candidate)
    return tuple(found[:_MOST])


def index_addresses(url: str) -> tuple[str, ...]:
    """Pages that may list the site's days: the folders above the page's address, and the front page."""
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step]
    folders = ["/".join(["", *steps[:count], ""]) for count in range(len(steps) - 1, 0, -1)]
    paths = [folder for folder in folders if not re.fullmatch(r"[\d/]+", folder)][: _MOST_INDEXES - 1]
    return tuple(urlunsplit((parts.scheme, parts.netloc, path, "", "")) for path in [*paths, "/"])


def _likeness(
    link: PageLink, url: str, title: str | None, day: date, wanted: date, *, language: str | None
) -> float | None:
    """How alike a link is to the followed page, its day apart, or ``None`` when it leads to another page."""
    if _host(link.url) != _host(url) or same_address(link.url, url):
        return None
    named = str(wanted.day) in link.url or str(wanted.day) in link.text
    says = named and (
        states_day(link.url, wanted, language) is not None or wanted in days_in(link.text, language, wanted)
    )
    if not says and link.rel != "next":
        return None
    likeness = max(
        fuzz.ratio(without_day(link.url, wanted, language), without_day(url, day, language)),
        _words_alike(link.text, title, language),
    )
    return likeness if likeness >= (_ALIKE if says and link.rel != "next" else _NEXT_ALIKE) else None


def _words_alike(text: str, title: str | None, language: str | None) -> float:
    """The words of the link count: no link has the site's name of a title («november 3 update | Norvale Post»)."""
    ours, theirs = _words(title or "", language), _words(text, language)
    return fuzz.token_set_ratio(" ".join(theirs), " ".join(ours)) if theirs else 0.0


def _words(text: str, language: str | None) -> list[str]:
    """The words of a text, its dates left out."""
    for _, start, end in reversed(list(find_dates(text, date_names(language, text)))):
        text = f"{text[:start]} {text[end:]}"
    return [word.casefold() for word in _WORD.findall(text)]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
