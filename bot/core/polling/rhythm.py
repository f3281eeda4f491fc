"""How often a source publishes, learnt from the times of its updates, and how often it is therefore read.

News comes in bursts. While one lasts, the next update is minutes away, so the source is read at the shortest interval.
The longer it has been silent, the longer it will probably stay so: the wait grows with the silence, and faster than it,
because a wait that were a fixed share of the silence would spend most requests of a day in the hour after each burst.
A source that is regular is read twice between two updates, and not more often just because the last one is recent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import sqrt

KEPT = 9
"""Times of updates that are remembered: eight gaps."""
_CALM = timedelta(minutes=9)
"""The silence at which the wait is a quarter of it; it is half at four times that, and all of it at sixteen times."""
_SHARE = 0.25
"""Half of half the silence: what has been silent so long will on average be so again, and is read twice in it."""
_QUIET_TIMES = 4
"""How many times its longest usual pause a source is silent before that is worth telling."""
_SHORTEST_QUIET = timedelta(hours=1)
_UNKNOWN_NIGHT = timedelta(hours=3)
"""What is taken for the usual pause at least, as long as not a whole day of the source is known."""
_DAY = timedelta(days=1)
_FORGOTTEN_BY_HALF = timedelta(days=7)
_MOST_LEARNT = 2
"""How many times the usual pause one pause may make it: an outage is no habit."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is known of a source's habit."""

    times: tuple[datetime, ...] = ()
    """When its latest updates were published, else first seen: oldest first, at most :data:`KEPT`."""
    pause: timedelta | None = None
    """The longest pause between two updates of late; ``None`` before there were two."""
    since: datetime | None = None
    """From when on it is known; ``None`` before the first read."""

    @property
    def recent_gap(self) -> timedelta:
        """What a third of its latest gaps fall short of: the gap inside a burst, or that of a regular source."""
        gaps = sorted(later - earlier for earlier, later in pairwise(self.times))
        return gaps[len(gaps) // 3] if gaps else timedelta(0)

    @property
    def silent_from(self) -> datetime | None:
        """The time of its latest update, or when it was first looked at."""
        return self.times[-1] if self.times else self.since


def learnt(rhythm: Rhythm, published: Iterable[datetime], *, now: datetime) -> Rhythm:
    """The rhythm after updates that were not known, published at these times; later than now counts as now."""
    new = sorted(min(at, now) for at in published)
    since = min([now, *new] if rhythm.since is None else [rhythm.since, *new])
    if not new:
        return Rhythm(rhythm.times, rhythm.pause, since)
    times = sorted([*rhythm.times, *new])
    return Rhythm(tuple(times[-KEPT:]), _pause(rhythm, times), since)


def interval_of(rhythm: Rhythm, now: datetime, *, shortest: timedelta, longest: timedelta) -> timedelta:
    """How long to wait before the source is read again, by its habit alone."""
    silence = max(now - (rhythm.silent_from or now), timedelta(0))
    wait = max(rhythm.recent_gap / 2, silence * _SHARE * sqrt(silence / _CALM))
    return max(shortest, min(wait, longest))


def is_quiet(rhythm: Rhythm, now: datetime) -> bool:
    """Whether it has been silent for four times its longest usual pause, and for an hour at least."""
    if rhythm.pause is None or rhythm.since is None:
        return False
    usual = rhythm.pause if rhythm.times[-1] - rhythm.since >= _DAY else max(rhythm.pause, _UNKNOWN_NIGHT)
    return now - rhythm.times[-1] >= max(_QUIET_TIMES * usual, _SHORTEST_QUIET)


def _pause(rhythm: Rhythm, times: list[datetime]) -> timedelta | None:
    """The longest pause: halved in memory each week, and stretched by one long silence only so far."""
    if rhythm.pause is None:
        return max((later - earlier for earlier, later in pairwise(times)), default=None)
    latest = rhythm.times[-1]
    new = max(later - earlier for earlier, later in pairwise([latest, *(at for at in times if at >= latest)]))
    kept = float(0.5 ** ((times[-1] - latest) / _FORGOTTEN_BY_HALF))
    return max(rhythm.pause * kept, min(new, _MOST_LEARNT * rhythm.pause) if _whole_day(rhythm) else new)


def _whole_day(rhythm: Rhythm) -> bool:
    return rhythm.since is not None and bool(rhythm.times) and rhythm.times[-1] - rhythm.since >= _DAY
