"""When a feed is read next: its interval while it answers, ever longer waits while it fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_BACK_OFF = timedelta(hours=1)
_PERMANENT = timedelta(hours=6)
"""Between two looks at a source that says it will never come back: sources are never dropped, and some do return."""
_LONGEST_FRESHNESS = timedelta(minutes=10)
"""Caches promise more than a source that reports a crisis keeps."""
_LONGEST_RETRY_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class NextPoll:
    """When to read next, and why then."""

    at: datetime
    reason: str


def after_success(
    now: datetime, *, default: timedelta, fixed: timedelta | None, hint: timedelta | None, jitter: float
) -> NextPoll:
    """When to read again after an answer that could be read.

    Args:
        now: The end of this read.
        default: The deployment's interval.
        fixed: The feed's own interval; nothing but failures changes it.
        hint: How long the server says that its answer stays fresh.
        jitter: Between 0 and 1; spreads feeds that were added together.
    """
    if fixed is not None:
        return NextPoll(now + fixed, "the feed's own interval")
    if hint is not None and hint > default:
        return NextPoll(now + _spread(min(hint, max(default, _LONGEST_FRESHNESS)), jitter), "fresh until then")
    return NextPoll(now + _spread(default, jitter), "the usual interval")


def after_failure(
    now: datetime,
    *,
    interval: timedelta,
    failures: int,
    retry_after: timedelta | None = None,
    permanent: bool = False,
    jitter: float,
) -> NextPoll:
    """When to try again after a failure.

    Args:
        now: The end of this attempt.
        interval: The feed's interval when all is well.
        failures: Failures in a row, this one included, at least 1.
        retry_after: What the server asked for (RFC 9110 §10.2.3); it is kept to, up to a day.
        permanent: The source says that it will not come back.
        jitter: Between 0 and 1.
    """
    if permanent:
        return NextPoll(now + _spread(_PERMANENT, jitter), "the source says it is gone for good")
    doubled = interval * 2 ** min(failures, 16)
    delay = _spread(min(doubled, max(interval, LONGEST_BACK_OFF)), jitter, width=0.5)
    if retry_after is not None and retry_after > delay:
        return NextPoll(now + min(retry_after, _LONGEST_RETRY_AFTER), "the server asked for that pause")
    return NextPoll(now + delay, f"back-off after {failures} failures" if failures > 1 else "back-off after a failure")


def _spread(delay: timedelta, jitter: float, *, width: float = 0.1) -> timedelta:
    """``delay`` moved by up to half of ``width`` either way."""
    return delay * (1 + width * (jitter - 0.5))
