"""Reading the archive: the latest, a search, one update opened, and why a chat got it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.core.archive import Feed, FeedState, Page, StoredNews
from bot.core.model import TopicMode
from bot.core.query import MAX_WORDS, Query, closest, parse, words_of
from bot.services.ports import storage as port
from bot.services.ports.clock import Clock
from bot.services.ports.tagging import Tagger
from bot.services.subscriptions import ChatThread

PAGE_SIZE = 5
_DAY_AT_MOST = 200
"""Updates of one day that are looked at."""
BLACKOUT_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the archive can be trusted to be up to date."""

    asked_at: datetime
    """Now, when it was asked."""
    read_at: datetime | None = None
    """The last good read of any source; ``None`` when there was none."""
    sources: int = 0
    dark: tuple[Feed, ...] = ()
    """Sources that should be read and have not been for half an hour."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What somebody may have meant whose search found nothing."""

    query: str
    count: int
    """How many reports there are with it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of updates, newest first, and how fresh it is."""

    page: Page[StoredNews]
    freshness: Freshness
    suggestion: Suggestion | None = None
    """Only where a search found nothing."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an update reached a chat."""

    stored: StoredNews
    modes: Mapping[str, TopicMode]
    """What the chat wants of the update's topics, those that are not off; the loudest decided."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What certain choices would have brought on the newest day of the archive."""

    day: date
    loud: int
    silent: int
    listed: int
    last: StoredNews
    """The newest update of that day that they let through."""


class Browse:
    """Queries: nothing here writes."""

    def __init__(
        self,
        storage: port.Storage,
        clock: Clock,
        tagger: Tagger,
        *,
        zone: tzinfo = UTC,
        blackout_after: timedelta = BLACKOUT_AFTER,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._tagger = tagger
        self._zone = zone
        self._blackout_after = blackout_after

    async def latest(self, *, topic: str | None = None, anchor: int | None = None, page: int = 1) -> Listing:
        """The newest updates. ``anchor`` as :class:`Page` gave it keeps later pages from shifting."""
        async with self._storage.read() as work:
            found = await work.news.latest(topics=_only(topic), anchor=anchor, page=page, size=PAGE_SIZE)
            return Listing(found, await self._freshness(work))

    async def search(
        self, typed: str, *, topic: str | None = None, anchor: int | None = None, page: int = 1
    ) -> Listing:
        """Updates with these words, newest first; any string may be asked for (see :mod:`bot.core.query.parse`)."""
        async with self._storage.read() as work:
            found = await self._found(work, typed, topic=topic, anchor=anchor, page=page, size=PAGE_SIZE)
            suggestion = None if found.total else await self._suggestion(work, typed)
            return Listing(found, await self._freshness(work), suggestion)

    async def open(self, news_id: int) -> StoredNews | None:
        """One update with its revisions; ``None`` when it is not there (any more)."""
        async with self._storage.read() as work:
            return await work.news.get(news_id)

    async def explain(self, news_id: int, thread: ChatThread) -> Explanation | None:
        """Why an update concerns this chat and thread; ``None`` when the update is not there."""
        async with self._storage.read() as work:
            stored = await work.news.get(news_id)
            if stored is None:
                return None
            destination = await work.chats.find(thread.chat_id, thread_id=thread.thread_id)
            chosen = await work.subscriptions.of(destination.id) if destination else ()
            modes = {one.topic: one.mode for one in chosen}
            return Explanation(stored, {tag.topic: modes[tag.topic] for tag in stored.tags if tag.topic in modes})

    async def effect(self, modes: Mapping[str, TopicMode]) -> Effect | None:
        """What these modes would have brought on the newest day; ``None`` when nothing of it came through."""
        async with self._storage.read() as work:
            newest = (await work.news.latest(size=_DAY_AT_MOST)).items
        if not newest:
            return None
        day = _day(newest[0])
        heard = [(stored, loudest(stored, modes)) for stored in newest if _day(stored) == day]
        passed = [(stored, mode) for stored, mode in heard if mode is not TopicMode.OFF]
        if not passed:
            return None
        counts = Counter(mode for _, mode in passed)
        loud, silent, listed = (counts[mode] for mode in (TopicMode.LOUD, TopicMode.SILENT, TopicMode.DIGEST))
        return Effect(day, loud, silent, listed, last=passed[0][0])

    async def sources(self) -> tuple[Feed, ...]:
        """Every source that is not removed."""
        async with self._storage.read() as work:
            return tuple(await work.feeds.all())

    async def freshness(self) -> Freshness:
        """How far the archive is up to date."""
        async with self._storage.read() as work:
            return await self._freshness(work)

    async def _found(
        self,
        work: port.UnitOfWork,
        typed: str,
        *,
        topic: str | None = None,
        anchor: int | None = None,
        page: int = 1,
        size: int,
    ) -> Page[StoredNews]:
        query = parse(typed, today=self._clock.now().astimezone(self._zone).date())
        narrowed = await self._narrowed(work, query, topic)
        return await work.news.search(query, narrowed, anchor=anchor, page=page, size=size)

    async def _narrowed(self, work: port.UnitOfWork, query: Query, topic: str | None) -> port.Narrowed:
        """What the query's topic, source and names of places stand for."""
        wanted: set[str | None] | None = {topic} if topic else None
        if query.topic is not None:
            meant = {self._tagger.topic_named(query.topic)}
            wanted = meant if wanted is None else wanted & meant
        return port.Narrowed(
            topics=None if wanted is None else {slug for slug in wanted if slug},
            feed_ids=None if query.source is None else await self._feeds_called(work, query.source),
            named={
                word: {place.id for place in places}
                for word in query.words
                if (places := self._tagger.places_named(word))
            },
        )

    async def _feeds_called(self, work: port.UnitOfWork, name: str) -> set[int]:
        """The feeds in whose title or address all words of that name occur."""
        wanted = set(words_of(name))
        called = {feed.id: {*words_of(feed.title), *words_of(feed.settings.url)} for feed in await work.feeds.all()}
        return {feed_id for feed_id, words in called.items() if wanted <= words}

    async def _suggestion(self, work: port.UnitOfWork, typed: str) -> Suggestion | None:
        """The query as it may have been meant, by the words of the archive, if that finds anything."""
        spelled = [word for typo in typed.split()[:MAX_WORDS] for word in await work.news.spelled_like(typo)]
        meant = closest(typed, spelled)
        if meant is None:
            return None
        count = (await self._found(work, meant, size=1)).total
        return Suggestion(meant, count) if count else None

    async def _freshness(self, work: port.UnitOfWork) -> Freshness:
        feeds = await work.feeds.all()
        now = self._clock.now()
        limit = now - self._blackout_after
        return Freshness(
            asked_at=now,
            read_at=max((feed.last_read_at for feed in feeds if feed.last_read_at), default=None),
            sources=len(feeds),
            dark=tuple(feed for feed in feeds if is_dark(feed, limit)),
        )


def loudest(stored: StoredNews, modes: Mapping[str, TopicMode]) -> TopicMode:
    """How an update reaches a chat with these modes: by the loudest of its topics."""
    wanted = {modes.get(tag.topic, TopicMode.OFF) for tag in stored.tags}
    return next((mode for mode in TopicMode if mode in wanted), TopicMode.OFF)


def _day(stored: StoredNews) -> date:
    return stored.news.local_date or stored.at.date()


def _only(topic: str | None) -> tuple[str, ...]:
    return () if topic is None else (topic,)


def is_dark(feed: Feed, limit: datetime) -> bool:
    """The feed should be read, has been before, and was not since ``limit``."""
    return feed.state is not FeedState.PAUSED and feed.last_read_at is not None and feed.last_read_at < limit
