"""When something about a feed is worth telling its admins: once when it begins, and once when it is over."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.core.polling.rhythm import Rhythm, is_quiet

FAILURES_UNTIL_TOLD = 3


class FeedAlarm(StrEnum):
    """What is wrong with a feed, as its admins have been told."""

    FAILING = "failing"
    """It could not be read several times in a row."""
    QUIET = "quiet"
    """It answers, but has brought nothing new for far longer than usual."""
    UNTIMED = "untimed"
    """It is read, but no times are found in it any more."""


def alarm_after_failure(before: FeedAlarm | None, *, failures: int) -> FeedAlarm | None:
    """What is wrong after so many failures in a row."""
    return FeedAlarm.FAILING if failures >= FAILURES_UNTIL_TOLD else before


def alarm_after_read(
    before: FeedAlarm | None,
    now: datetime,
    rhythm: Rhythm,
    *,
    had_times: bool | None = None,
    has_times: bool | None = None,
) -> FeedAlarm | None:
    """What is wrong after a good read.

    Args:
        before: What was wrong before it.
        now: The end of the read.
        rhythm: The feed's habit, this read included.
        had_times: Whether most updates of the read before had a time; ``None`` where there were none.
        has_times: The same of this read; ``None`` also where nothing has changed.
    """
    if is_quiet(rhythm, now):
        return FeedAlarm.QUIET
    lost = has_times is False and (had_times is True or before is FeedAlarm.UNTIMED)
    kept = has_times is None and before is FeedAlarm.UNTIMED
    return FeedAlarm.UNTIMED if lost or kept else None
