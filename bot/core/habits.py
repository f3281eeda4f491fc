"""What one destination decided about when and how it is told: quiet hours, mutes, digests, places and words.

Wall-clock times are in the destination's zone. Of a time that a clock put back shows twice, the first counts; one that
a clock put forward skips is as long after the jump as it would have been (PEP 495).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours in which a destination is left alone, by its own clock; ``end`` may lie on the next day."""

    start: time = time(23)
    end: time = time(7)
    danger_rings: bool = True
    """Fresh danger in its places rings all the same."""


@dataclass(frozen=True, slots=True)
class DigestTime:
    """When a destination gets its lists: every day at that time, or with ``None`` at every full hour."""

    at: time | None = time(20)


@dataclass(frozen=True, slots=True)
class Habits:
    """Everything that one destination decided about the moment; the defaults mean that it decided nothing."""

    zone: str | None = None
    """IANA name; ``None`` is the deployment's."""
    quiet: QuietHours | None = None
    muted_until: datetime | None = None
    """The end of the last mute of everything, running or over: what came before it is told without sound."""
    muted_stories: Mapping[int, datetime] = field(default_factory=dict)
    """Id of the update that a story began with → the end of the last mute of it, running or over."""
    digest: DigestTime = DigestTime()
    places: frozenset[str] = frozenset()
    """Ids of the packs; empty is everywhere."""
    words: tuple[str, ...] = ()
    """Followed words, as they were typed, in the order of their being followed."""

    def within(self, zone: str) -> Habits:
        """The same with ``zone``, the deployment's, where it has none of its own."""
        return self if self.zone is not None else replace(self, zone=zone)

    def quiet_until(self, now: datetime) -> datetime | None:
        """When the quiet hours end that hold at ``now``; ``None`` outside of them."""
        found = self._quiet_around(now)
        return found[1] if found else None

    def quiet_since(self, now: datetime) -> datetime | None:
        """When the quiet hours began that hold at ``now``; ``None`` outside of them."""
        found = self._quiet_around(now)
        return found[0] if found else None

    def muted_at(self, now: datetime) -> datetime | None:
        """When the mute of everything ends that holds at ``now``."""
        return self.muted_until if self.muted_until is not None and now < self.muted_until else None

    def stories_muted_at(self, now: datetime) -> Mapping[int, datetime]:
        """The mutes of stories that hold at ``now``."""
        return {news_id: until for news_id, until in self.muted_stories.items() if now < until}

    def next_digest(self, after: datetime) -> datetime:
        """The first time for a list later than ``after``."""
        zone = zone_named(self.zone)
        local = after.astimezone(zone)
        if self.digest.at is None:
            # Full hours of the clock on the wall: some zones are half an hour off.
            return after + timedelta(hours=1) - timedelta(minutes=local.minute, seconds=local.second) - _below(after)
        return next(
            at for days in range(3) if (at := _instant(local.date() + days * _DAY, self.digest.at, zone)) > after
        )

    def _quiet_around(self, now: datetime) -> tuple[datetime, datetime] | None:
        if self.quiet is None or self.quiet.start == self.quiet.end:
            return None
        zone = zone_named(self.zone)
        today = now.astimezone(zone).date()
        for day in (today - _DAY, today):
            start = _instant(day, self.quiet.start, zone)
            end = _instant(day if self.quiet.start < self.quiet.end else day + _DAY, self.quiet.end, zone)
            if start <= now < end:
                return start, end
        return None


def zone_named(name: str | None) -> ZoneInfo:
    """The zone of that IANA name; UTC where the name is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _below(moment: datetime) -> timedelta:
    """What a moment has below the second."""
    return timedelta(microseconds=moment.microsecond)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant of a wall clock's time. A skipped one is read with the offset from before the jump (PEP 495)."""
    return datetime.combine(day, at, zone).astimezone(UTC)
