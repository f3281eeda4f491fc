"""What an update means for the moment: danger, an order in force, news in another report of a known event."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.core.archive import StoredNews
from bot.core.casualties import Casualties
from bot.core.model import Tag

LATE_AFTER = timedelta(minutes=30)
"""An older report comes without sound and says its age first."""
ORDER_STANDS = timedelta(hours=12)
"""For how long an order in force still rings."""
DANGER_TOPICS = frozenset({"civilian-shelling", "warnings"})

_STRIKE_TOPIC = "civilian-shelling"
_ORDERS_TOPIC = "warnings"
_ORDER = re.compile(
    r"evacuat|curfew|shelter|эвакуа|комендантск|укрыти|տարհան|պարետային|ապաստար|إخلاء|حظر التجول|ملجأ", re.IGNORECASE
)
_OVER = re.compile(
    r"all.?clear|lift|cancel|may leave|may return|\bended|is over|отбой|отмен|снят|չեղարկ|վերացվ|رفع|إلغاء|انتهاء",
    re.IGNORECASE,
)
"""Says that an order is in force no longer."""


def is_standing_order(tags: Collection[Tag]) -> bool:
    """Evacuation, curfew or shelter: still worth a sound hours later."""
    words = " · ".join(found.words for tag in tags if tag.topic == _ORDERS_TOPIC for found in tag.matches)
    return _ORDER.search(words) is not None and _OVER.search(words) is None


def order_in_force(stored: StoredNews, now: datetime) -> bool:
    """Whether it gives an order that still stands."""
    return not stored.all_clear and now - stored.at <= ORDER_STANDS and is_standing_order(stored.tags)


def is_recent(stored: StoredNews, now: datetime) -> bool:
    """Whether it is news of the last half hour, by the source's clock, else by the first read."""
    return now - stored.at <= LATE_AFTER


def is_danger(stored: StoredNews, now: datetime) -> bool:
    """Whether people may be in danger right now where it says: what may wake somebody who asked for quiet."""
    topics = {tag.topic for tag in stored.tags}
    unreal = stored.denial or stored.all_clear or stored.news.exercise
    return bool(topics & DANGER_TOPICS) and not unreal and now - stored.at < LATE_AFTER


def what_is_new(first: StoredNews, again: StoredNews) -> str | None:
    """What a later report of an event brings beyond the first: a strike, a place or victims; ``None`` for nothing."""
    if _struck(again) and not _struck(first):
        return "a new strike"
    if set(again.places) - {*first.places, *first.within}:
        return "a new place"
    if _more_victims(first.casualties, again.casualties):
        return "more victims"
    return None


def _struck(stored: StoredNews) -> bool:
    return not stored.denial and any(tag.topic == _STRIKE_TOPIC for tag in stored.tags)


def _more_victims(first: Casualties, again: Casualties) -> bool:
    pairs = ((first.killed, again.killed), (first.wounded, again.wounded))
    return any((later or 0) > (earlier or 0) for earlier, later in pairs)
