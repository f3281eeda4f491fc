"""What came of reading a feed once, for logs and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.services.ingest.plan import Verdict


class PollOutcome(StrEnum):
    """How one read ended."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    POSTPONED = "postponed"
    """Nothing was asked: the site wants to be left alone."""
    HELD = "held"
    """It changed too much to be believed: nothing was stored, and people are asked."""
    DROPPED = "dropped"
    """The feed was paused or removed meanwhile: nothing was stored."""


@dataclass(frozen=True, slots=True)
class PollReport:
    """One read of one feed."""

    feed_id: int
    outcome: PollOutcome
    reason: str
    next_poll_at: datetime | None = None
    """``None`` when nothing could be recorded: the feed stays due."""
    verdicts: tuple[Verdict, ...] = ()
    """What was decided about each update, in page order, then about those that are missing."""
    enqueued: int = 0
    """Deliveries that wait because of this read."""
    baseline: bool = False
    """It was the first document of the feed: everything is archived, nobody is alerted."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a read would bring if it were made now."""

    verdicts: tuple[Verdict, ...]
    """As in :class:`PollReport`; a new update that repeats another feed's is a "copy"."""
    held: str | None = None
    """Why all of it would be held, or ``None``."""
