"""What may start right now: the pace over all chats, each chat's own spacing, holds and outages.

Moments called ``moment`` are seconds on the monotonic clock.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.core.gather import Parcel
from bot.core.pacing import Hold, Pace, chat_gap
from bot.services.ports.sending import RetryAfter, SendOutcome, Unsent

HORIZON = 0.06
"""Seconds that a claim looks ahead. What is claimed but not begun when the program dies is repeated needlessly; too
short a look makes every send late by the time that its claim takes."""
LEAD = 0.025
"""Seconds before the next start at which a claim is made for it alone; until then an outcome may come to share its
transaction."""
_LONGEST_OUTAGE = 30.0


class Gates:
    """The sender's own view of what Telegram allows; only the hold outlives the process."""

    def __init__(self, rate: float, *, most_in_flight: int) -> None:
        self.hold = Hold()
        self._pace = Pace.of(rate)
        self._most_in_flight = most_in_flight
        self._held_until = -math.inf
        self._unreachable = 0
        """Sends in a row that never reached Telegram."""
        self._down_until = -math.inf
        self._free_at: dict[int, float] = {}
        """Chat (the number of its lines) to the moment at which it takes the next message; infinite while in flight."""

    def restore(self, hold: Hold, *, moment: float, now: datetime) -> None:
        """Go on with a hold from before the restart."""
        self._keep(hold, moment, now)

    def room(self, moment: float, *, in_flight: int) -> int:
        """How many sends may start within the horizon."""
        most = self._most(in_flight)
        if most <= 0 or moment < self._shut_until():
            return 0
        return self._pace.room(moment, horizon=HORIZON, most=most)

    def opens_at(self, moment: float, *, in_flight: int) -> float:
        """When to claim next, from ``moment`` on; infinite while too many sends are in flight."""
        if self._most(in_flight) <= 0:
            return math.inf
        return max(moment, self._shut_until(), self._pace.free_at - LEAD)

    def closed(self, moment: float) -> Collection[int]:
        """The chats (numbers of their lines) that take nothing at ``moment``."""
        for line in [line for line, free_at in self._free_at.items() if free_at <= moment]:
            del self._free_at[line]
        return self._free_at.keys()

    def next_chat_at(self) -> float:
        """The first moment at which a closed chat opens again; infinite when none will by itself."""
        return min(self._free_at.values(), default=math.inf)

    def pass_by(self, moment: float) -> None:
        """Something else was sent at ``moment`` that no turn is waited for: what comes after it is spaced from it."""
        self._pace, _ = self._pace.take(moment)

    def enter(self, parcel: Parcel, moment: float) -> float:
        """Take the place for one send; returns when to start."""
        self._pace, start = self._pace.take(moment)
        self._free_at[parcel.first.line] = math.inf
        return start

    def leave(self, parcel: Parcel, outcome: SendOutcome, *, started: float, moment: float, now: datetime) -> None:
        """Learn from an answer to a send that began at ``started``."""
        destination = parcel.destination
        free_at = started + chat_gap(destination.kind)
        self._pace = self._pace.replied(moment, seconds=moment - started)
        if isinstance(outcome, RetryAfter):
            self._pace = self._pace.slowed(moment)
            self._keep(self.hold.refused(destination.chat_id, outcome.delay, now), moment, now)
            free_at = max(free_at, moment + outcome.delay.total_seconds())
        self._free_at[parcel.first.line] = free_at
        self._learn_reachability(outcome, moment)

    def _keep(self, hold: Hold, moment: float, now: datetime) -> None:
        self.hold = hold
        remaining = hold.remaining(now)
        if remaining > timedelta(0):
            self._held_until = max(self._held_until, moment + remaining.total_seconds())

    def _learn_reachability(self, outcome: SendOutcome, moment: float) -> None:
        if not isinstance(outcome, Unsent):
            self._unreachable, self._down_until = 0, -math.inf
        elif moment >= self._down_until:
            self._unreachable += 1
            self._down_until = moment + min(_LONGEST_OUTAGE, 2.0 ** (self._unreachable - 1))

    def _most(self, in_flight: int) -> int:
        """While Telegram cannot be reached, one send at a time finds out when it can again."""
        return (1 if self._unreachable else self._most_in_flight) - in_flight

    def _shut_until(self) -> float:
        return max(self._held_until, self._down_until)
