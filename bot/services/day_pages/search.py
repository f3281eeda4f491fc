"""Looks for the next day's page: links of the present page, the address pattern, then the site's feeds and indexes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import structlog

from bot.core.archive import Feed, FollowedDay, Validators
from bot.core.day_pages import Accepted, Candidate, Linked, candidates, index_addresses, judge
from bot.core.model import PageLink
from bot.core.reading import Reading, ReadRequest
from bot.services.ports.clock import Clock
from bot.services.ports.fetching import Fetched, Fetcher, NotModified
from bot.services.ports.reading import Reader

log = structlog.get_logger()

_MOST_FEEDS = 2
"""Feeds of the site that are looked through for teasers."""
_KEPT = 32
"""Pages whose links are kept, to ask for them only when they have changed."""
_LONGEST_TEASER = 160


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The next day's page."""

    url: str
    """After redirects."""
    reading: Reading
    reason: str


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a page led to when it was last looked at."""

    validators: Validators | None
    links: tuple[PageLink, ...]
    alternates: tuple[str, ...]


_NOTHING = _Looked(None, (), ())


class Search:
    """Asks the site for its next page, politely: what was looked through is asked for conditionally."""

    def __init__(self, fetcher: Fetcher, reader: Reader, clock: Clock) -> None:
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        self._looked: OrderedDict[str, _Looked] = OrderedDict()

    async def read(self, feed: Feed, url: str) -> tuple[str, Reading] | None:
        """The address that answers for ``url`` and its page, with its links; ``None`` when there is none to read."""
        fetched = await self._fetcher.fetch(url)
        return await self._reading(feed, fetched) if isinstance(fetched, Fetched) else None

    async def next_page(self, feed: Feed, followed: FollowedDay, wanted: date) -> FoundPage | None:
        """The page of ``wanted``, or ``None`` when it is not there yet."""
        url = feed.settings.url
        here = await self._look(feed, url)
        tried: set[str] = set()
        near = [Linked("the page", here.links)]
        if (found := await self._first(feed, followed, wanted, near, tried)) is not None:
            return found
        feeds = [
            Linked("the site's feed", (await self._look(feed, one)).links) for one in here.alternates[:_MOST_FEEDS]
        ]
        indexes = [Linked(one, (await self._look(feed, one)).links) for one in index_addresses(url)]
        return await self._first(feed, followed, wanted, [*feeds, *indexes], tried)

    async def _first(
        self, feed: Feed, followed: FollowedDay, wanted: date, linked: Sequence[Linked], tried: set[str]
    ) -> FoundPage | None:
        """The first candidate that proves to be the page; each address is tried once in a search."""
        found = await asyncio.to_thread(
            candidates,
            feed.settings.url,
            followed.title,
            followed.day,
            wanted,
            language=feed.settings.language or followed.language,
            linked=linked,
        )
        for candidate in found:
            if candidate.url not in tried:
                tried.add(candidate.url)
                if (page := await self._try(feed, candidate, wanted)) is not None:
                    return page
        return None

    async def _try(self, feed: Feed, candidate: Candidate, wanted: date) -> FoundPage | None:
        read = await self.read(feed, candidate.url)
        if read is None:
            return None
        url, reading = read
        verdict = judge(reading, url=url, wanted=wanted, current_url=feed.settings.url)
        log.info("next day's page tried", feed=feed.id, why=candidate.reason, verdict=verdict.reason)
        if isinstance(verdict, Accepted):
            return FoundPage(url, reading, f"{candidate.reason}; {verdict.reason}")
        return None

    async def _look(self, feed: Feed, url: str) -> _Looked:
        """Where a page of the site leads to, or a feed; nothing where it can't be read."""
        known = self._looked.get(url)
        fetched = await self._fetcher.fetch(url, known.validators if known else None)
        match fetched:
            case NotModified() if known is not None:
                return known
            case Fetched():
                read = await self._reading(feed, fetched)
                looked = _Looked(fetched.validators, _links(read[1]), read[1].alternates) if read else _NOTHING
                self._keep(url, looked)
                return looked
            case _:
                return _NOTHING

    async def _reading(self, feed: Feed, fetched: Fetched) -> tuple[str, Reading] | None:
        request = ReadRequest(
            fetched.body,
            self._clock.now(),
            fetched.url,
            fetched.content_type,
            timezone=feed.settings.timezone,
            language=feed.settings.language,
            links=True,
        )
        reading = await self._reader.read(request)
        return (fetched.url, reading) if isinstance(reading, Reading) else None

    def _keep(self, url: str, looked: _Looked) -> None:
        self._looked[url] = looked
        self._looked.move_to_end(url)
        while len(self._looked) > _KEPT:
            self._looked.popitem(last=False)


def _links(reading: Reading) -> tuple[PageLink, ...]:
    """A page's links; the teasers of a feed are links too."""
    teasers = (
        PageLink(news.url, (news.heading or news.text)[:_LONGEST_TEASER])
        for news in reading.split.updates
        if news.url is not None
    )
    return (*reading.links, *dict.fromkeys(teasers))
