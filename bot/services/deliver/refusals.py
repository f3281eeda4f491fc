"""Notices that Telegram refuses one update's messages again and again: that is our fault, and no chat's."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from bot.core.gather import Parcel
from bot.core.model import OutboxKind
from bot.services.ports.sending import Rejected, SendOutcome, Sent

MOST = 20
"""Equal refusals, none of its messages going through between them, after which an update is sent no further."""
_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Stopped:
    """A broadcast that is given up."""

    news_id: int
    heading: str
    kind: OutboxKind
    reason: str


class Refusals:
    """Counts refusals by update, kind and words; in memory only, since after a restart they soon come again."""

    def __init__(self) -> None:
        self._counts: OrderedDict[tuple[int, OutboxKind], tuple[str, int]] = OrderedDict()

    def learn(self, parcel: Parcel, outcome: SendOutcome) -> Stopped | None:
        """Take note of an outcome; the broadcast to be stopped because of it, or ``None``."""
        first = parcel.first
        key = first.stored.id, first.kind
        if isinstance(outcome, Sent):
            self._counts.pop(key, None)
        if not isinstance(outcome, Rejected) or len(parcel.rows) > 1:
            return None
        words, count = self._counts.pop(key, (outcome.reason, 0))
        count = count + 1 if words == outcome.reason else 1
        self._counts[key] = outcome.reason, count
        if len(self._counts) > _REMEMBERED:
            self._counts.popitem(last=False)
        if count < MOST:
            return None
        heading = first.stored.news.heading or first.stored.news.text[:80]
        return Stopped(first.stored.id, heading, first.kind, outcome.reason)
