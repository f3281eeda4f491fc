"""Trying a source: what a read would bring if it were made now, and whom that concerns. Nothing is stored or sent."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.core.archive import Feed, FeedSettings, FeedState, PageOfDay
from bot.core.web_address import BadAddress, to_address
from bot.services.feeds import NoSuchFeed
from bot.services.ingest import DryRun, Verdict
from bot.services.ports.clock import Clock
from bot.services.ports.fetching import Failed
from bot.services.ports.storage import Storage, UnitOfWork

_KEPT = 8
_NOT_FOLLOWED = 0
"""Stands for the number of a source that has none."""

DryRunner = Callable[[Feed], Awaitable[DryRun | Failed]]
"""Decides about a source as a read would, and changes nothing."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What would become of one update."""

    verdict: Verdict
    chats: int = 0
    """How many chats follow its topics; counted only for what would be sent by a message of its own."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a read would bring."""

    url: str
    feed: Feed | None
    """``None`` for a source that is not followed: its updates are judged as if it had been so far."""
    tried: tuple[Tried, ...]
    held: str | None
    """Why all of it would be held, or ``None``."""

    @property
    def sent(self) -> int:
        """How many updates would be sent by a message of their own."""
        return sum(each.verdict.told for each in self.tried)


@dataclass(frozen=True, slots=True)
class TrialFailed:
    """The source could not be read."""

    url: str
    reason: str


TrialOutcome = Trial | TrialFailed | BadAddress | NoSuchFeed


class FeedTrials:
    """Tries sources. Whoever calls has checked their rights.

    Args:
        storage: Where the known updates and their followers are.
        clock: Time.
        dry_run: Decides about a source as a read would; see :meth:`bot.services.ingest.Ingest.dry_run`.
    """

    def __init__(self, storage: Storage, clock: Clock, dry_run: DryRunner) -> None:
        self._storage = storage
        self._clock = clock
        self._dry_run = dry_run
        self._kept: OrderedDict[str, Trial] = OrderedDict()

    async def of_feed(self, number: int) -> TrialOutcome:
        """Try the followed source with that number, a paused one too."""
        async with self._storage.read() as work:
            feed = await work.feeds.get(number)
            if feed is None or feed.state is FeedState.REMOVED:
                return NoSuchFeed(number)
            feed = await _on_its_page(work, feed)
        return await self._try(feed.settings.url, feed)

    async def of_address(self, typed: str) -> TrialOutcome:
        """Try the source at an address as a person typed it."""
        url = to_address(typed)
        if isinstance(url, BadAddress):
            return url
        async with self._storage.read() as work:
            feed = await work.feeds.by_url(url)
            if feed is not None and feed.state is not FeedState.REMOVED:
                feed = await _on_its_page(work, feed)
            else:
                feed = None
        return await self._try(url, feed)

    async def again(self, url: str) -> TrialOutcome:
        """The trial made of ``url`` a moment ago, to turn its pages; made anew where it is no longer at hand."""
        return self._kept.get(url) or await self.of_address(url)

    async def _try(self, url: str, feed: Feed | None) -> Trial | TrialFailed:
        now = self._clock.now()
        judged = feed or Feed(_NOT_FOLLOWED, FeedSettings(url), FeedState.ACTIVE, baseline_at=now)
        run = await self._dry_run(judged)
        if isinstance(run, Failed):
            return TrialFailed(url, run.reason)
        tried = await self._with_chats(run)
        trial = Trial(url, feed, tried, run.held if feed is not None else None)
        self._keep(trial)
        return trial

    async def _with_chats(self, run: DryRun) -> tuple[Tried, ...]:
        counted: dict[tuple[str, ...], int] = {}
        async with self._storage.read() as work:
            for verdict in run.verdicts:
                if verdict.told and verdict.topics not in counted:
                    counted[verdict.topics] = await work.subscriptions.audience(verdict.topics)
        return tuple(
            Tried(verdict, counted[verdict.topics] if verdict.told else 0)
            for verdict in run.verdicts
            if verdict.news is None or not verdict.news.service
        )

    def _keep(self, trial: Trial) -> None:
        self._kept[trial.url] = trial
        self._kept.move_to_end(trial.url)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)


async def _on_its_page(work: UnitOfWork, feed: Feed) -> Feed:
    """With the page of the day that it is read from, as a read has it."""
    if not feed.settings.follow_days:
        return feed
    followed = await work.days.get(feed.id)
    if followed is None:
        return feed
    other = followed.before.key if followed.before is not None else None
    return replace(feed, page=PageOfDay(followed.key, other_key=other))
