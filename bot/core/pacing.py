"""How fast messages may go out: a spacing over all chats, one per chat, and what a refusal changes.

The spacing is GCRA (ITU-T I.371) with a burst of one: measured, a burst on top of 29 messages a second collapses once
the server counts in windows, while evenly spaced 27 a second never met a refusal. A start that a busy loop made late
does not delay those after it. Moments are seconds on a monotonic
clock, except for holds, which outlive a restart and are therefore wall-clock times.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.archive import ChatKind

LATENESS = 0.015
"""Seconds of a busy loop that later messages make up for; GCRA's tolerance, at most half a gap."""
_GAPS = {ChatKind.PRIVATE: 1.05, ChatKind.GROUP: 3.1, ChatKind.CHANNEL: 3.1}
_SLOWER = 0.8
_LOWEST = 0.1
"""The share of its ceiling that a rate never falls below."""
_RECOVERY = 300.0
"""Seconds in which a rate regains its whole ceiling."""
_SLOW_REPLY = 5.0
_SLOW_AGAIN = 5.0
"""Seconds before slow replies slow the rate once more: those in flight tell of the same cause."""
_STORM_CHATS = 3
_STORM_WINDOW = timedelta(seconds=5)
_LONG = timedelta(seconds=60)


def chat_gap(kind: ChatKind) -> float:
    """Seconds between two messages to one chat: Telegram takes one a second, in groups and channels 20 a minute."""
    return _GAPS[kind]


@dataclass(frozen=True, slots=True)
class Pace:
    """The spacing over all chats, as it stands."""

    ceiling: float
    """Messages a second when nothing is wrong."""
    rate: float
    """Messages a second at ``rated_at``; it recovers from then on."""
    free_at: float = 0.0
    """When the next message may start."""
    rated_at: float = 0.0

    @classmethod
    def of(cls, rate: float) -> Pace:
        """An unhindered pace of ``rate`` messages a second."""
        return cls(ceiling=rate, rate=rate)

    def rate_at(self, now: float) -> float:
        """Messages a second at ``now``, recovery included."""
        return min(self.ceiling, self.rate + self.ceiling * max(0.0, now - self.rated_at) / _RECOVERY)

    def room(self, now: float, *, horizon: float, most: int) -> int:
        """How many messages may start until ``now + horizon``, and no more than ``most``."""
        gap = 1 / self.rate_at(now)
        first = self._next(now)
        return max(0, min(most, 1 + int((now + horizon - first) / gap))) if first <= now + horizon else 0

    def take(self, now: float) -> tuple[Pace, float]:
        """The pace with one more message, and when that may start: ``now`` or later."""
        due = self._next(now)
        return replace(self, free_at=due + 1 / self.rate_at(now)), max(now, due)

    def _next(self, now: float) -> float:
        """The next start by the spacing; at most a little in the past, so that being idle saves up nothing."""
        return max(self.free_at, now - min(LATENESS, 0.5 / self.rate_at(now)))

    def slowed(self, now: float) -> Pace:
        """The pace after a refusal."""
        rate = max(self.rate_at(now) * _SLOWER, self.ceiling * _LOWEST)
        return replace(self, rate=rate, rated_at=now)

    def replied(self, now: float, *, seconds: float) -> Pace:
        """The pace after an answer that took ``seconds``: a server that answers late is asked less."""
        busy = seconds >= _SLOW_REPLY and (now - self.rated_at >= _SLOW_AGAIN or self.rate == self.ceiling)
        return self.slowed(now) if busy else self


@dataclass(frozen=True, slots=True)
class Hold:
    """Until when the whole bot sends nothing, and the refusals that led to it."""

    until: datetime | None = None
    recent: tuple[tuple[datetime, int], ...] = ()
    """Refusals of the last seconds: when, and for which chat."""

    def remaining(self, now: datetime) -> timedelta:
        """How long to wait still; zero when nothing is held."""
        return max(timedelta(0), self.until - now) if self.until else timedelta(0)

    def refused(self, chat_id: int, delay: timedelta, now: datetime) -> Hold:
        """The hold after one 429.

        One refusal concerns its chat. Several chats refused at once, or a long wait, concern the bot; the end of the
        hold then only ever moves forward.
        """
        recent = (*(one for one in self.recent if timedelta(0) <= now - one[0] <= _STORM_WINDOW), (now, chat_id))
        storm = len({chat for _, chat in recent}) >= _STORM_CHATS
        until = self.until
        if storm or delay > _LONG:
            until = max(now + delay, until) if until else now + delay
        return Hold(until, recent)
