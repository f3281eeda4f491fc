"""What is stored of updates, and how they are found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.archive import Page, StoredNews
from bot.core.casualties import UNCOUNTED, Casualties
from bot.core.copies import Report
from bot.core.findings import Findings
from bot.core.identity import Known
from bot.core.model import Level, NewsState, NewsUpdate, Tag
from bot.core.query import Query


@dataclass(frozen=True, slots=True)
class Facts:
    """What the packs found in an update besides its topics and speakers; see :class:`bot.core.archive.StoredNews`."""

    level: Level = "routine"
    places: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    casualties: Casualties = UNCOUNTED
    denial: bool = False
    all_clear: bool = False

    @classmethod
    def of(cls, findings: Findings) -> Facts:
        """What is kept of an update's findings."""
        return cls(
            level=findings.level,
            places=findings.place_ids,
            nearest=findings.nearest,
            within=findings.within,
            casualties=findings.casualties,
            denial=findings.denial,
            all_clear=findings.all_clear,
        )


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class NewNews:
    """An update to archive for the first time."""

    news: NewsUpdate
    tags: tuple[Tag, ...]
    attribution: tuple[str, ...] = ()
    copy_of: int | None = None
    """The update of another feed that it repeats: whoever was told that one is not told again."""
    report_of: int | None = None
    """The update of another feed that tells the same event: its alert is answered, without sound."""
    facts: Facts = NO_FACTS


@dataclass(frozen=True, slots=True)
class RevisedNews:
    """A known update as it stands now. A silent one overwrites the current version; any other makes a new revision.

    No tags means that they were not looked at and stay, as do the facts: every update has at least one tag.
    """

    id: int
    news: NewsUpdate
    state: NewsState
    silent: bool
    tags: tuple[Tag, ...] = ()
    attribution: tuple[str, ...] = ()
    facts: Facts = NO_FACTS


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a listing is narrowed to; ``None`` leaves a thing open, and a collection without anything finds nothing."""

    topics: Collection[str] | None = None
    """Any of them."""
    feed_ids: Collection[int] | None = None
    named: Mapping[str, Collection[str]] = field(default_factory=dict)
    """A folded word of the query → the ids of the places that have this name: either will do."""


EVERYWHERE = Narrowed()


class News(Protocol):
    """The archive of updates."""

    async def known(self, feed_id: int, page_keys: Collection[str]) -> Sequence[Known]:
        """All that was ever seen under these page keys, in the order of their last known positions."""
        ...

    async def told_elsewhere(self, feed_id: int, *, since: datetime) -> Sequence[Report]:
        """What other feeds brought after ``since``, service updates left out, oldest first.

        A copy carries the id of its original: whoever repeats it repeats that one.
        """
        ...

    async def count_new(self, feed_id: int, *, since: datetime) -> int:
        """How many updates of the feed were first seen after ``since``."""
        ...

    async def add(self, feed_id: int, news: Sequence[NewNews], *, at: datetime) -> Sequence[int]:
        """Archive new updates; returns their ids in the same order."""
        ...

    async def revise(self, revised: Sequence[RevisedNews], *, at: datetime) -> None:
        """Store known updates as they stand now, each id at most once; they are no longer missing.

        A vendor id that comes again with the same text is proven from then on.
        """
        ...

    async def mark(self, ids: Collection[int], *, state: NewsState | None = None, missing_reads: int = 0) -> None:
        """Set for how many reads running these updates have been missing, and their state where one is given."""
        ...

    async def get(self, news_id: int) -> StoredNews | None:
        """One update with every revision."""
        ...

    async def latest(
        self, *, topics: Collection[str] = (), anchor: int | None = None, page: int = 1, size: int = 5
    ) -> Page[StoredNews]:
        """Newest first (by ``StoredNews.at``, then id); no topics means all. Service updates are left out.

        A page that is not there is the nearest one that is. A listing takes in the newest 2 000: so does ``total``.
        """
        ...

    async def search(
        self, query: Query, narrowed: Narrowed = EVERYWHERE, *, anchor: int | None = None, page: int = 1, size: int = 5
    ) -> Page[StoredNews]:
        """Full-text search, newest first; words in any of their forms, and where none is found their beginnings.

        Every query has an answer; one that asks nothing finds nothing. Pages and their total are those of
        :meth:`latest`.
        """
        ...

    async def spelled_like(self, word: str) -> Sequence[str]:
        """Words of the archive, as first spelled there, that share letters with ``word``; the likeliest first."""
        ...
