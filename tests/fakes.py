"""Stand-ins at the ports, for what a test must decide itself: the time, and what a source says."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.archive import Validators
from bot.core.findings import Findings
from bot.core.model import OTHER_TOPIC, Match, NewsUpdate, Split, Tag, Topic
from bot.core.places import Place
from bot.core.reading import Reading, ReadOutcome, ReadRequest, Unreadable
from bot.packs import load_packs
from bot.packs.place_names import PlaceNames
from bot.services.ports.fetching import Failed, Fetched, FetchOutcome
from tests.builders import NOW


@dataclass
class SetClock:
    """A clock that stands where a test puts it."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=max(0.0, seconds))
        await asyncio.sleep(0)


@dataclass
class InventedWeb:
    """Sources that exist only here: what fetching and reading an address yields."""

    pages: dict[str, ReadOutcome | Failed] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None
    """Where one is set, no source answers before it."""

    async def fetch(self, url: str, validators: Validators | None = None) -> FetchOutcome:
        self.fetched.append(url)
        if self.gate is not None:
            await self.gate.wait()
        page = self.pages.get(url, Failed("HTTP 404, the page has moved or gone", permanent=False))
        return page if isinstance(page, Failed) else Fetched(url.encode(), url)

    async def read(self, request: ReadRequest) -> ReadOutcome:
        page = self.pages[request.body.decode()]
        return page if not isinstance(page, Failed) else Unreadable("gone")


def a_reading(*updates: NewsUpdate, title: str | None = "Norvale Post", alternates: tuple[str, ...] = ()) -> Reading:
    """A page read without a doubt."""
    split = Split(updates, (), zone="Asia/Yerevan", zone_from="publisher's country", reader="dated paragraphs")
    return Reading("html", split, title=title, language="en", alternates=alternates)


class PlainTagger:
    """The shipped topics with rules of one word each, so that tests of the chat do not hang on the real packs."""

    def __init__(self) -> None:
        self._packs = load_packs()
        self.topics: Sequence[Topic] = self._packs.topics

    def topics_in(self, language: str) -> Sequence[Topic]:
        """The shipped names in a language."""
        return self._packs.topics_in(language)

    def tag(self, news: NewsUpdate, *, language: str | None) -> tuple[Tag, ...]:
        words = {"shells": "civilian-shelling", "ministers": "diplomacy"}
        tags = tuple(
            Tag(topic, (Match(word.title(), "one word", "tests"),))
            for word, topic in words.items()
            if word in news.whole.lower()
        )
        return tags or (Tag(OTHER_TOPIC),)

    def attribution(self, news: NewsUpdate, *, language: str | None) -> tuple[str, ...]:
        return ("Emergency Service",) if "Emergency Service" in news.whole else ()

    def findings(self, news: NewsUpdate, *, language: str | None) -> Findings:
        found = self._packs.findings(news, language=language)
        tags, speakers = self.tag(news, language=language), self.attribution(news, language=language)
        return replace(found, tags=tags, attribution=speakers)

    def places_in(self, language: str) -> Mapping[str, str]:
        """The shipped places, named in a language."""
        return PlaceNames(self._packs, language)

    def place(self, place_id: str) -> Place | None:
        return self._packs.place(place_id)

    def within(self, place_id: str) -> tuple[str, ...]:
        return self._packs.within(place_id)

    def places_named(self, name: str) -> tuple[Place, ...]:
        return self._packs.places_named(name)

    def topic_named(self, name: str) -> str | None:
        return self._packs.topic_named(name)

    @property
    def place_names(self) -> frozenset[str]:
        return self._packs.place_names
