"""What is decided about a delivery at the moment that it is claimed. Every ruling says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TypeAlias


class Lane(IntEnum):
    """What goes first where not everything can go at once, the most urgent lowest.

    Replies to people have no lane here: they never pass the outbox.
    """

    BREAKING = 1
    NORMAL = 2
    DIGEST = 3
    EDITS = 4


@dataclass(frozen=True, slots=True)
class Send:
    """It goes now."""

    silent: bool
    reason: str
    late_by: timedelta | None = None
    """The age to be told first, or ``None`` when it is recent."""
    lane: Lane = Lane.NORMAL


@dataclass(frozen=True, slots=True)
class Wait:
    """It goes later, and is ruled on again then."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """Its moment is over: sent now it would mislead. It stays in the archive."""

    reason: str


Ruling: TypeAlias = Send | Wait | Lapse
