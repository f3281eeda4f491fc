"""Whether an update that is seen for the first time is news at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.core.habits import zone_named
from bot.core.model import NewsUpdate

ARCHIVE_AFTER = timedelta(hours=24)
"""What was older when it was first read is archived and alerts nobody."""


@dataclass(frozen=True, slots=True)
class FirstRead:
    """Whether a new update may alert."""

    alerts: bool
    reason: str


def at_first_read(news: NewsUpdate, *, now: datetime | None) -> FirstRead:
    """Whether an update that is seen for the first time is news at all; without ``now`` none is too old to be."""
    if news.service:
        return FirstRead(alerts=False, reason="housekeeping of the source")
    if news.retracted:
        return FirstRead(alerts=False, reason="the source had taken it back before it was read")
    at = _latest_possible(news)
    if at is not None and now is not None and now - at > ARCHIVE_AFTER:
        return FirstRead(alerts=False, reason="older than 24 h at first read")
    return FirstRead(alerts=True, reason="new")


def _latest_possible(news: NewsUpdate) -> datetime | None:
    """The last moment at which it can have happened; ``None`` when the source gives neither day nor time."""
    if news.published_at is not None or news.local_date is None:
        return news.published_at
    return datetime.combine(news.local_date, time.max, zone_named(news.zone)).astimezone(UTC)
