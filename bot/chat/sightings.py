"""The highest message id seen in each sequence of ids, in memory: where settling a doubt by asking would begin."""

from __future__ import annotations

_FIRST_SUPERGROUP = -1_000_000_000_000
"""Ids of supergroups and channels lie below (https://core.telegram.org/api/bots/ids)."""
_SHARED = 0
"""The one sequence of private chats and basic groups."""


class HighestIds:
    """Implements :class:`bot.services.ports.sending.Sightings`: one number a sequence."""

    def __init__(self) -> None:
        self._highest: dict[int, int] = {}

    def saw(self, chat_id: int, message_id: int) -> None:
        """A message of that chat has this id, whoever sent it."""
        sequence = _sequence(chat_id)
        self._highest[sequence] = max(message_id, self._highest.get(sequence, 0))

    def highest(self, chat_id: int) -> int | None:
        """The highest id seen in the sequence that the chat belongs to."""
        return self._highest.get(_sequence(chat_id))


def _sequence(chat_id: int) -> int:
    return chat_id if chat_id <= _FIRST_SUPERGROUP else _SHARED
