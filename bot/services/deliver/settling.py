"""When a send that did not go through is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from bot.core.archive import Claimed
from bot.core.model import OutboxKind
from bot.services.ports.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    Rejected,
    RetryAfter,
    SendOutcome,
    Sent,
    TopicClosed,
    Unsent,
)
from bot.services.ports.storage import Settled

_LONGEST_BACK_OFF = timedelta(minutes=5)
_LONGEST_SETTLE = timedelta(minutes=10)


def settled(claimed: Claimed, outcome: SendOutcome, *, now: datetime, settle: timedelta, jitter: float) -> Settled:
    """The end of one send, or its next try.

    Args:
        claimed: What was sent.
        outcome: What Telegram's answer proved.
        now: The moment of the answer.
        settle: How long a doubt is left to clear before the one marked repeat.
        jitter: Between 0 and 1; keeps sends that failed together from coming back together.
    """
    if isinstance(outcome, InDoubt) and claimed.kind is OutboxKind.EDIT:
        # Editing twice is editing once: there is no doubt to settle.
        outcome = Unsent(outcome.reason)
    return Settled(claimed.id, outcome, now, _retry_at(claimed, outcome, now, settle, jitter))


def _retry_at(
    claimed: Claimed, outcome: SendOutcome, now: datetime, settle: timedelta, jitter: float
) -> datetime | None:
    doubling: int = 2 ** min(claimed.attempt - 1, 12)
    match outcome:
        case RetryAfter(delay):
            return now + delay
        case Unsent():
            return now + min(timedelta(seconds=1) * doubling, _LONGEST_BACK_OFF) * (0.75 + jitter / 2)
        case InDoubt():
            return now + min(settle * doubling, max(settle, _LONGEST_SETTLE))
        case ChatMigrated():
            return now
        case Sent() | ChatGone() | TopicClosed() | Rejected():
            return None
        case unknown:
            assert_never(unknown)
