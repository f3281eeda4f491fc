"""When a send that did not go through is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from bot.core.archive import Claimed
from bot.core.gather import Parcel
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
    Uneditable,
    Unsent,
)
from bot.services.ports.storage import Settled

_LONGEST_BACK_OFF = timedelta(minutes=5)
_LONGEST_SETTLE = timedelta(minutes=10)


def settled(
    parcel: Parcel, outcome: SendOutcome, *, now: datetime, settle: timedelta, jitter: float, hold: bool = False
) -> tuple[Settled, ...]:
    """The end of one send for each of its rows, or their next try.

    Args:
        parcel: What was sent.
        outcome: What Telegram's answer proved.
        now: The moment of the answer.
        settle: How long a doubt is left to clear before the one marked repeat.
        jitter: Between 0 and 1; keeps sends that failed together from coming back together.
        hold: A doubt is left to a person.
    """
    first = parcel.first
    if isinstance(outcome, InDoubt) and (first.kind is OutboxKind.EDIT or first.told_in is not None):
        # Editing twice is editing once: there is no doubt to settle.
        outcome = Unsent(outcome.reason)
    retry_at = _retry_at(first, outcome, now, settle, jitter)
    return tuple(Settled(row.id, outcome, now, retry_at, hold) for row in parcel.rows)


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
        case Sent() | ChatGone() | TopicClosed() | Rejected() | Uneditable():
            return None
        case unknown:
            assert_never(unknown)
