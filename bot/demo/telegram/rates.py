"""How fast Telegram lets a bot send, and what it does to one that is faster.

The limits are those of https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: 30 messages a
second over all, one a second in a chat (short bursts pass for a moment), 20 a minute in a group or channel.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum


class RateMode(StrEnum):
    """What happens to a message that comes too early."""

    OFF = "off"
    MILD = "mild"
    """Refused until its own limit allows it; nothing else suffers."""
    STRICT = "strict"
    """Refused, and with it everything else that changes a chat for five seconds: edits and deletions, too."""
    ESCALATING = "escalating"
    """Like strict, and each further violation doubles the time."""
    SILENT = "silent"
    """Never refused: the answer comes as late as the limit demands."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The limits in force; a limit is so many messages within so many seconds."""

    mode: RateMode = RateMode.OFF
    overall: int = 30
    private_burst: int = 3
    """Messages that one private chat takes at once; after them one a second."""
    group: int = 20
    group_window: float = 60.0
    penalty: float = 5.0
    """Seconds of silence after a violation, where the mode knows one."""


class Limiter:
    """Counts messages in sliding windows and tells how long one has to wait. Times are monotonic seconds."""

    def __init__(self, rates: Rates) -> None:
        self.rates = rates
        self._sent: deque[float] = deque()
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)
        self._private: dict[int, float] = {}
        self._closed_until = -math.inf
        self._violations = 0

    def closed(self, now: float) -> float:
        """Seconds for which a violation keeps everything closed; 0 when nothing is."""
        return max(0.0, self._closed_until - now)

    def wait(self, chat_id: int, now: float) -> float:
        """Seconds until a message to that chat is allowed; 0 counts it as sent."""
        if self.rates.mode is RateMode.OFF:
            return 0.0
        closed = self.closed(now)
        if closed > 0:
            return closed
        early = max(self._overall(now), self._group(chat_id, now) if chat_id < 0 else self._one_chat(chat_id, now))
        if early > 0:
            return self._violated(early, now)
        self._count(chat_id, now)
        return 0.0

    def _violated(self, early: float, now: float) -> float:
        if self.rates.mode not in {RateMode.STRICT, RateMode.ESCALATING}:
            return early
        doubling = 2**self._violations if self.rates.mode is RateMode.ESCALATING else 1
        self._violations += 1
        self._closed_until = now + self.rates.penalty * doubling
        return max(early, self._closed_until - now)

    def _overall(self, now: float) -> float:
        return _until_free(self._sent, self.rates.overall, 1.0, now)

    def _group(self, chat_id: int, now: float) -> float:
        return _until_free(self._groups[chat_id], self.rates.group, self.rates.group_window, now)

    def _one_chat(self, chat_id: int, now: float) -> float:
        """GCRA with one message a second: the stored time is when the chat's burst is whole again."""
        whole = max(self._private.get(chat_id, now), now)
        return max(0.0, whole - now - (self.rates.private_burst - 1))

    def _count(self, chat_id: int, now: float) -> None:
        self._sent.append(now)
        if chat_id < 0:
            self._groups[chat_id].append(now)
        else:
            self._private[chat_id] = max(self._private.get(chat_id, now), now) + 1.0


def _until_free(sent: deque[float], limit: int, window: float, now: float) -> float:
    while sent and sent[0] <= now - window:
        sent.popleft()
    return sent[0] + window - now if len(sent) >= limit else 0.0
