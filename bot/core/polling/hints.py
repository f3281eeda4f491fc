"""What a server and a publisher say about when to come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.core.model import PublisherWishes

_HOUR = timedelta(hours=1)
_HOURS_OF_A_WEEK = 168


@dataclass(frozen=True, slots=True)
class Wish:
    """The longest of the wishes, and whose it is."""

    wait: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class Hints:
    """All that was said about the next read, with an answer or in the document."""

    retry_after: timedelta | None = None
    """``Retry-After`` of this answer (RFC 9110 §10.2.3)."""
    fresh_for: timedelta | None = None
    """How long the answer stays fresh (RFC 9111 §4.2)."""
    wishes: PublisherWishes = field(default_factory=PublisherWishes)

    def wish(self) -> Wish | None:
        """The longest of freshness, ``ttl`` and ``updatePeriod``; ``None`` where nothing of it was said."""
        said = (
            (self.fresh_for, "the answer is fresh until then"),
            (self.wishes.ttl, "the feed's ttl"),
            (self.wishes.update_period, "the feed's update period"),
        )
        wishes = [Wish(wait, reason) for wait, reason in said if wait is not None and wait > timedelta(0)]
        return max(wishes, key=lambda wish: wish.wait, default=None)


def past_skipped(at: datetime, wishes: PublisherWishes) -> datetime:
    """The first moment from ``at`` on that is in no hour and on no day that the feed wants skipped (both in UTC).

    A feed that leaves no hour of the week says nothing: ``at`` then.
    """
    at = at.astimezone(UTC)
    moment = at
    for _ in range(_HOURS_OF_A_WEEK):
        if moment.hour not in wishes.skip_hours and moment.weekday() not in wishes.skip_days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + _HOUR
    return at
