"""What came of reading a feed once, for logs and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog

from bot.services.ingest.plan import Verdict

log = structlog.get_logger()


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


def log_report(report: PollReport) -> None:
    """Tell the log how a read ended, and what was decided about each update."""
    facts = {"feed": report.feed_id, "outcome": report.outcome.value, "reason": report.reason}
    if report.outcome in {PollOutcome.FAILED, PollOutcome.HELD}:
        log.warning(f"feed {report.outcome.value}", **facts)
        return
    log.info("feed read", **facts, enqueued=report.enqueued, baseline=report.baseline)
    for verdict in report.verdicts:
        quiet = report.baseline or (verdict.decision == "same" and not verdict.alerts)
        (log.debug if quiet else log.info)(
            "update decided",
            feed=report.feed_id,
            decision=verdict.decision,
            reason=verdict.reason,
            alerts=verdict.alerts,
            news=verdict.known_id,
            topics=verdict.topics,
        )
