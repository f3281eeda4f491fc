"""How much one person, or one thread of a group, may ask for: a flood from one slows nobody else."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

BURST = 30
"""Commands and taps at once: more than anybody taps through a keyboard by hand."""
REFILL = 1.0
"""Further ones a second."""
_KEPT = 10_000
"""Buckets held before those that are full again are let go."""


class Verdict(Enum):
    """What becomes of one command or tap."""

    PASS = auto()
    NOTICE = auto()
    """Not carried out, and the first one to be told so."""
    DROP = auto()
    """Not carried out, as was said before."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A token bucket: full it holds :data:`BURST`, and every call takes one."""

    tokens: float = BURST
    at: float = 0.0
    """Monotonic seconds of the last call."""
    told: bool = False
    """The person knows that they are being slowed."""

    def draw(self, now: float) -> tuple[Bucket, Verdict]:
        """The bucket after one more call at ``now``, and what becomes of that call."""
        tokens = min(BURST, self.tokens + max(0.0, now - self.at) * REFILL)
        if tokens >= 1:
            return Bucket(tokens - 1, now), Verdict.PASS
        return Bucket(tokens, now, told=True), Verdict.DROP if self.told else Verdict.NOTICE


class FloodGate:
    """One bucket a person."""

    def __init__(self) -> None:
        self._buckets: dict[int, Bucket] = {}

    def admit(self, person: int, now: float) -> Verdict:
        """What becomes of this person's command or tap; ``now`` in monotonic seconds."""
        if person not in self._buckets and len(self._buckets) >= _KEPT:
            self._buckets = {who: held for who, held in self._buckets.items() if now - held.at < BURST / REFILL}
        self._buckets[person], verdict = self._buckets.get(person, Bucket(at=now)).draw(now)
        return verdict


class Pause:
    """Lets one pass for each key, then none for a while."""

    def __init__(self, length: timedelta) -> None:
        self._seconds = length.total_seconds()
        self._passed: dict[Hashable, float] = {}

    def admit(self, key: Hashable, now: float) -> bool:
        """Whether ``key`` may pass now; ``now`` in monotonic seconds."""
        self._passed = {one: at for one, at in self._passed.items() if now - at < self._seconds}
        if key in self._passed:
            return False
        self._passed[key] = now
        return True
