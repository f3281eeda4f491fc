"""What depends on the moment: whether an update alerts at all, whether it rings, and why.

The audience was decided when the update was stored; this decides at first read and again when a row is claimed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.archive import Claimed, StoredNews
from bot.core.model import NewsState, NewsUpdate, OutboxKind, Tag

LATE_AFTER = timedelta(minutes=30)
"""An older report comes without sound and says its age first."""
ORDER_STANDS = timedelta(hours=12)
"""For how long an order in force still rings."""
ARCHIVE_AFTER = timedelta(hours=24)
"""What was older when it was first read is archived and alerts nobody."""

_ORDERS_TOPIC = "warnings"
_ORDER = re.compile(
    r"evacuat|curfew|shelter|эвакуа|комендантск|укрыти|տարհան|պարետային|ապաստար|إخلاء|حظر التجول|ملجأ", re.IGNORECASE
)
_OVER = re.compile(
    r"all.?clear|lift|cancel|may leave|may return|\bended|is over|отбой|отмен|снят|չեղարկ|վերացվ|رفع|إلغاء|انتهاء",
    re.IGNORECASE,
)
"""Says that an order is in force no longer."""


@dataclass(frozen=True, slots=True)
class FirstRead:
    """Whether a new update may alert."""

    alerts: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a claimed row goes out."""

    silent: bool
    reason: str
    late_by: timedelta | None = None
    """The age to be told first, or ``None`` when it is recent."""


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


def at_claim(claimed: Claimed, *, now: datetime) -> Ruling:
    """Whether a delivery rings, at the moment that it is claimed."""
    if not claimed.loud:
        return Ruling(silent=True, reason="the chat's setting is silent", late_by=_late_by(claimed, now))
    match claimed.kind:
        case OutboxKind.ALERT:
            return _alert(claimed.stored, now)
        case OutboxKind.EDIT:
            return Ruling(silent=True, reason="an edit notifies nobody")
        case OutboxKind.REPLY:
            return _reply(claimed.stored, now)
        case unknown:
            assert_never(unknown)


def is_standing_order(tags: tuple[Tag, ...]) -> bool:
    """Evacuation, curfew or shelter: still worth a sound hours later."""
    words = " · ".join(found.words for tag in tags if tag.topic == _ORDERS_TOPIC for found in tag.matches)
    return _ORDER.search(words) is not None and _OVER.search(words) is None


def _alert(stored: StoredNews, now: datetime) -> Ruling:
    age = now - stored.at
    if age <= LATE_AFTER:
        return Ruling(silent=False, reason="recent")
    if is_standing_order(stored.tags) and age <= ORDER_STANDS:
        return Ruling(silent=False, reason="an order in force", late_by=age)
    return Ruling(silent=True, reason="reported more than 30 min ago", late_by=age)


def _reply(stored: StoredNews, now: datetime) -> Ruling:
    if stored.state is NewsState.REMOVED:
        return Ruling(silent=True, reason="gone from the page without a word")
    if _alert(stored, stored.first_seen_at).silent:
        return Ruling(silent=True, reason="its alert came late and without sound")
    if now - (stored.noticed_at or now) > LATE_AFTER:
        return Ruling(silent=True, reason="noticed more than 30 min ago")
    return Ruling(silent=False, reason="what rang no longer stands as it was")


def _late_by(claimed: Claimed, now: datetime) -> timedelta | None:
    age = now - claimed.stored.at
    return age if claimed.kind is OutboxKind.ALERT and age > LATE_AFTER else None


def _latest_possible(news: NewsUpdate) -> datetime | None:
    """The last moment at which it can have happened; ``None`` when the source gives neither day nor time."""
    if news.published_at is not None or news.local_date is None:
        return news.published_at
    try:
        zone = ZoneInfo(news.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    return datetime.combine(news.local_date, time.max, zone).astimezone(UTC)
