"""Whether the reply that corrects an alert rings, and whether it waits for the morning."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from bot.core.archive import Claimed, Revision, StoredNews
from bot.core.habits import Habits
from bot.core.identity import Corrected, Known, identify
from bot.core.match.ruling import Ruling, Send, Wait
from bot.core.match.signs import LATE_AFTER, is_recent, is_standing_order, order_in_force
from bot.core.model import NewsState, NewsUpdate

_GRAVE = frozenset({"place", "negation", "denial", "victims"})
"""Kinds of changed facts that ring."""


def rule_on_reply(claimed: Claimed, habits: Habits, now: datetime) -> Ruling:
    """What is to become of a reply: it rings at most as its alert did."""
    since, until = habits.quiet_since(now), habits.quiet_until(now)
    if since is not None and until is not None and not _rang_since(claimed, since):
        return Wait(until, "quiet hours, in which its alert did not ring")
    return Send(silent=(reason := _silenced(claimed, habits, now)) is not None, reason=reason or "as loud as its alert")


def _rang_since(claimed: Claimed, since: datetime) -> bool:
    return bool(claimed.rang) and claimed.sent_at is not None and claimed.sent_at >= since


def _silenced(claimed: Claimed, habits: Habits, now: datetime) -> str | None:
    """Why it makes no sound; ``None`` where it does."""
    stored = claimed.stored
    reasons = {
        "everything is muted here": habits.muted_at(now) is not None,
        "quiet hours": habits.quiet_until(now) is not None,
        "the chat's setting is silent or off": not (claimed.loud and claimed.loud_now),
        "gone from the page without a word": stored.state is NewsState.REMOVED,
        "its alert came without sound": not _alert_rang(claimed),
        "noticed more than 30 min ago": now - (stored.noticed_at or now) > LATE_AFTER,
    }
    found = next((reason for reason, holds in reasons.items() if holds), None)
    if found is None and stored.state is NewsState.CORRECTED and not is_grave(claimed.previous, stored):
        return "neither a place, a negation, an order nor victims changed"
    return found


def _alert_rang(claimed: Claimed) -> bool:
    """Whether its alert rang; where that is not on record, whether it must have by its age when it was first read."""
    if claimed.rang is not None:
        return claimed.rang
    stored = claimed.stored
    return is_recent(stored, stored.first_seen_at) or order_in_force(stored, stored.first_seen_at)


def is_grave(previous: Revision | None, stored: StoredNews) -> bool:
    """Whether a correction changed a place, a negation, an order or victims; so it is where nobody can tell."""
    if previous is None or is_standing_order(stored.tags):
        return True
    news = stored.news
    kinds = _kinds(previous.heading, previous.text, news.heading, news.text)
    counted = stored.casualties.killed is not None or stored.casualties.wounded is not None
    return not kinds or bool(kinds & _GRAVE) or ("number" in kinds and counted)


@lru_cache(maxsize=64)
def _kinds(old_heading: str | None, old_text: str, heading: str | None, text: str) -> frozenset[str]:
    """The kinds of facts that changed. One correction is ruled on for every chat, and is compared once."""
    known = Known(0, "", 0, old_text, heading=old_heading)
    decision = identify((known,), (NewsUpdate(text, 0, heading=heading),))[0]
    return frozenset(decision.kinds) if isinstance(decision, Corrected) else frozenset()
