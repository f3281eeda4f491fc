"""All of a chat's choices in a few characters, so that a button can take a preset back with nothing stored.

The form is a short check of the list of topics, then two bits a topic in base 36: a snapshot taken before the list of
topics changed is recognised as out of date instead of being applied to the wrong ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from bot.core.model import TopicMode

MAX_TOPICS = 100
"""More do not fit a button."""
_BITS = (TopicMode.OFF, TopicMode.LOUD, TopicMode.SILENT, TopicMode.DIGEST)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CHECK_LENGTH = 4


def take(modes: Mapping[str, TopicMode], topics: Sequence[str]) -> str | None:
    """The snapshot of ``modes`` over ``topics``; ``None`` where there are too many topics for one."""
    if len(topics) > MAX_TOPICS:
        return None
    number = 0
    for topic in reversed(topics):
        number = number << 2 | _BITS.index(modes.get(topic, TopicMode.OFF))
    return _check(topics) + _base36(number)


def restore(snapshot: str, topics: Sequence[str]) -> dict[str, TopicMode] | None:
    """Every topic's mode as it was, or ``None`` for a snapshot that is not of these topics."""
    digits = snapshot[_CHECK_LENGTH:]
    if not digits or not set(digits) <= set(_DIGITS):
        return None
    number = int(digits, 36)
    modes = {topic: _BITS[number >> 2 * place & 3] for place, topic in enumerate(topics)}
    return modes if take(modes, topics) == snapshot else None


def _check(topics: Sequence[str]) -> str:
    return hashlib.blake2s(",".join(topics).encode()).hexdigest()[:_CHECK_LENGTH]


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
