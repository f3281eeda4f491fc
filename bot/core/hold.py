"""When one read of a feed changes so much that it must not go out before a person has looked: the feed is *held*.

A site that is redesigned, a reader that loses the clock, or a feed that rewrites all its ids would otherwise flood its
subscribers with repeats, corrections and removals that are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.archive import ReadCounts
from bot.core.identity import Corrected, Decision, Missing, New, Removed, Withdrawn

MOST_NEW = 30
"""New updates that any read may bring."""
TIMES_USUAL = 3
"""How many times its usual count a busier feed may bring."""
SHORT_PAGE = 4
"""Updates below which losing half of them is nothing unusual."""
MOST_CHANGED = 3
"""Updates that any read may correct, or remove."""
CHANGED_SHARE = 10
"""Of a longer page, one in so many."""


def hold_reason(
    before: ReadCounts | None,
    now: ReadCounts,
    decisions: Sequence[Decision],
    *,
    usual_new: float = 0.0,
    last_day: date | None = None,
) -> str | None:
    """Why nothing of this read may go out yet, in an admin's words, or ``None`` when it may.

    Args:
        before: What the last good read found; ``None`` for a feed's first document, which alerts nobody anyway.
        now: What this read found.
        decisions: What was decided about each update.
        usual_new: How many new updates the feed usually brings in the time since its last good read.
        last_day: The latest day of all updates known before, in the page's zone; ``None`` when none had one.
    """
    if before is None:
        return None
    lost = None if _new_day(decisions, last_day) else _lost(before, now)
    return lost or _flooded(decisions, usual_new) or _rewritten(before, decisions)


def _new_day(decisions: Sequence[Decision], last_day: date | None) -> bool:
    """Whether the page starts afresh, as many do at midnight: none of it is known, and all is of a later day."""
    found = [decision for decision in decisions if not isinstance(decision, Missing | Removed)]
    return last_day is not None and bool(found) and all(_is_later(decision, last_day) for decision in found)


def _is_later(decision: Decision, last_day: date) -> bool:
    day = decision.news.local_date if isinstance(decision, New) else None
    return day is not None and day > last_day


def _lost(before: ReadCounts, now: ReadCounts) -> str | None:
    halved = before.updates >= SHORT_PAGE and now.updates * 2 <= before.updates
    if halved or (before.updates and not now.updates):
        return f"answers, but {now.updates} updates found, was {before.updates}"
    if before.timed * 2 >= before.updates > 0 and now.timed * before.updates * 2 < before.timed * now.updates:
        return f"answers, but {now.timed} of {now.updates} updates have a time, was {before.timed} of {before.updates}"
    return None


def _flooded(decisions: Sequence[Decision], usual_new: float) -> str | None:
    new = sum(isinstance(decision, New) and not decision.news.service for decision in decisions)
    most = max(MOST_NEW, round(TIMES_USUAL * usual_new))
    return f"{new} new updates in one read, at most {most} are believed" if new > most else None


def _rewritten(before: ReadCounts, decisions: Sequence[Decision]) -> str | None:
    most = max(MOST_CHANGED, before.updates // CHANGED_SHARE)
    corrected = sum(isinstance(decision, Corrected | Withdrawn) for decision in decisions)
    if corrected > most:
        return f"{corrected} updates corrected in one read, at most {most} are believed"
    removed = sum(isinstance(decision, Removed) for decision in decisions)
    return f"{removed} updates removed in one read, at most {most} are believed" if removed > most else None
