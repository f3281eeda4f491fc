"""Remembers where an update has rung, so that a chat whose threads all follow it hears it once."""

from __future__ import annotations

from collections import OrderedDict

from bot.core.archive import ChatKind, Claimed
from bot.core.gather import Parcel
from bot.core.model import OutboxKind

_REMEMBERED = 10_000
"""Updates and chats: what is pushed out by newer ones has reached its threads long ago."""


class Rings:
    """The latest alerts that made a sound in a group, in memory only: a restart may let one ring twice."""

    def __init__(self) -> None:
        self._rung: OrderedDict[tuple[int, int], None] = OrderedDict()

    def heard(self, claimed: Claimed) -> bool:
        """Whether the chat of this alert has heard it already, in another of its threads."""
        return _key(claimed) in self._rung

    def remember(self, parcel: Parcel) -> None:
        """The alerts of a parcel have rung, as far as is known."""
        for row in parcel.rows:
            if row.kind is OutboxKind.ALERT and row.destination.kind is ChatKind.GROUP:
                self._rung[_key(row)] = None
                if len(self._rung) > _REMEMBERED:
                    self._rung.popitem(last=False)


def _key(claimed: Claimed) -> tuple[int, int]:
    return claimed.destination.chat_id, claimed.stored.id
