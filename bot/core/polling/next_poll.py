"""When a feed is read next: by its rhythm and the wishes of its server while it answers, ever later while it fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.polling.hints import Hints, past_skipped
from bot.core.polling.rhythm import Rhythm, interval_of

LONGEST_BACK_OFF = timedelta(hours=12)
"""Between two tries of a source that answers with an error."""
LONGEST_UNREACHED = timedelta(hours=1)
"""Between two tries of a source that does not answer at all, or not with a document: perhaps the fault is ours."""
_GROWTH = 3
_GONE = timedelta(hours=6)
"""Between two looks at a source that says it will never come back, or whose address is refused."""
_LONGEST_RETRY_AFTER = timedelta(hours=24)
_SERVER_SAYS_SO = timedelta(seconds=60)
"""What a server may shorten the shortest interval to by saying that its answer is fresh for less."""
_SPREAD = 0.05
"""By how much jitter lengthens a wait at most; it never shortens one."""
_LONGEST_SPREAD = timedelta(seconds=30)
_SLOW = timedelta(minutes=10)
"""Waits from which on a read keeps away from the full hour, when everybody else's timers go off."""
_AROUND_THE_HOUR = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Pace:
    """The deployment's bounds."""

    shortest: timedelta = timedelta(minutes=2)
    longest: timedelta = timedelta(minutes=30)
    heeded: timedelta = timedelta(minutes=10)
    """Up to this a server's or a publisher's wish prolongs the wait: more than that a live source cannot want."""


@dataclass(frozen=True, slots=True)
class NextPoll:
    """When to read next, and why then."""

    at: datetime
    reason: str


def after_success(
    now: datetime, *, pace: Pace, fixed: timedelta | None, rhythm: Rhythm, hints: Hints, jitter: float
) -> NextPoll:
    """When to read again after an answer that could be read, changed or not.

    Args:
        now: The end of this read.
        pace: The deployment's bounds.
        fixed: The feed's own interval; only failures and ``Retry-After`` change it.
        rhythm: The feed's habit.
        hints: What the server and the publisher say.
        jitter: Between 0 and 1; spreads feeds that were added together.
    """
    wait, reason = (fixed, "the feed's own interval") if fixed else _wait(now, pace, rhythm, hints)
    asked = min(hints.retry_after or timedelta(0), _LONGEST_RETRY_AFTER)
    if asked > wait:
        wait, reason = asked, "the server asked for that pause"
    planned = now + _spread(wait, jitter)
    at = planned if fixed else past_skipped(planned, hints.wishes)
    if at > planned:
        reason = "the feed wants these hours skipped"
    return NextPoll(_off_the_hour(now, at, jitter), reason)


def after_failure(
    now: datetime,
    *,
    interval: timedelta,
    failures: int,
    retry_after: timedelta | None = None,
    permanent: bool = False,
    answered: bool = True,
    jitter: float,
) -> NextPoll:
    """When to try again after a failure.

    Args:
        now: The end of this attempt.
        interval: The feed's interval when all is well.
        failures: Failures in a row, this one included, at least 1.
        retry_after: What the server asked for (RFC 9110 §10.2.3); it is kept to, up to a day.
        permanent: The source says that it will not come back.
        answered: The server answered, with an error: it is left alone for longer than one that was not reached.
        jitter: Between 0 and 1.
    """
    if retry_after is not None and retry_after >= interval:
        return after_pause(now, retry_after, jitter=jitter)
    if permanent:
        return NextPoll(_off_the_hour(now, now + _spread(_GONE, jitter), jitter), "the source says it is gone for good")
    longest = max(interval, LONGEST_BACK_OFF if answered else LONGEST_UNREACHED)
    wait = min(interval * _GROWTH ** min(failures, 16), longest)
    at = _off_the_hour(now, now + wait * (1 + 0.25 * jitter), jitter)
    return NextPoll(at, f"back-off after {failures} failures" if failures > 1 else "back-off after a failure")


def after_pause(now: datetime, pause: timedelta, *, jitter: float) -> NextPoll:
    """When to ask again a site that wants to be left alone for so long; more than a day is taken for a day."""
    at = now + _spread(min(pause, _LONGEST_RETRY_AFTER), jitter)
    return NextPoll(_off_the_hour(now, at, jitter), "the server asked for that pause")


def _wait(now: datetime, pace: Pace, rhythm: Rhythm, hints: Hints) -> tuple[timedelta, str]:
    wish = hints.wish()
    shortest = pace.shortest if wish is None else min(pace.shortest, max(wish.wait, _SERVER_SAYS_SO))
    own = interval_of(rhythm, now, shortest=shortest, longest=pace.longest)
    if wish is not None and (heeded := min(wish.wait, pace.heeded)) > own:
        return heeded, wish.reason
    return own, "the usual interval" if own == shortest else "as often as it publishes"


def _spread(wait: timedelta, jitter: float) -> timedelta:
    """Never shorter than ``wait``: a server that was asked to the second must not be asked before."""
    return wait + min(wait * _SPREAD, _LONGEST_SPREAD) * jitter


def _off_the_hour(now: datetime, at: datetime, jitter: float) -> datetime:
    """Moved on where a slow read would fall on a full hour."""
    if at - now < _SLOW:
        return at
    hour = (at + _AROUND_THE_HOUR).replace(minute=0, second=0, microsecond=0)
    return at if abs(at - hour) > _AROUND_THE_HOUR else hour + _AROUND_THE_HOUR * (1 + 2 * jitter)
