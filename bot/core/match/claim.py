"""When and how a claimed delivery goes out: now or later, with a sound or without, and why.

The audience was decided when the update was stored; this decides at every claim of a row, so that what was chosen in
between counts. For an alert the questions stand in this order: may it still be told, is the destination muted, are
its hours quiet, does it wait for a list, does it ring.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.core.archive import ChatState, Claimed, StoredNews
from bot.core.habits import Habits
from bot.core.match.replies import rule_on_reply
from bot.core.match.ruling import Lane, Lapse, Ruling, Send, Wait
from bot.core.match.signs import is_danger, is_recent, order_in_force, what_is_new
from bot.core.model import OutboxKind, TopicMode


def at_claim(claimed: Claimed, habits: Habits, *, now: datetime) -> Ruling:
    """What is to become of a delivery at the moment that it is claimed.

    Args:
        claimed: The row, with what is known of the destination's setting and of what it was sent before.
        habits: What the destination decided; its ``zone`` is set (:meth:`bot.core.habits.Habits.within`).
        now: The moment of the claim.
    """
    match claimed.kind:
        case OutboxKind.EDIT:
            return Send(silent=True, reason="an edit notifies nobody", lane=Lane.EDITS)
        case _ if claimed.destination.state is ChatState.STOPPED:
            return Lapse("the chat said /stop: what it was sent is edited, nothing new comes")
        case OutboxKind.ALERT:
            return _alert(claimed, habits, now)
        case OutboxKind.REPLY:
            return rule_on_reply(claimed, habits, now)
        case unknown:
            assert_never(unknown)


def _alert(claimed: Claimed, habits: Habits, now: datetime) -> Ruling:
    return (
        _too_late(claimed, now)
        or _muted(claimed, habits, now)
        or _quiet(claimed, habits, now)
        or _listed(claimed, habits, now)
        or _sound(claimed, habits, now)
    )


def _too_late(claimed: Claimed, now: datetime) -> Lapse | None:
    """An all-clear is only told while it holds: an old one may have been followed by anything."""
    stored = claimed.stored
    if not stored.all_clear:
        return None
    if not is_recent(stored, now):
        return Lapse("an all-clear given more than 30 min ago")
    return Lapse("danger was reported there since this all-clear") if claimed.overtaken else None


def _muted(claimed: Claimed, habits: Habits, now: datetime) -> Wait | None:
    until = habits.muted_at(now)
    if until is not None:
        return Wait(until, "everything is muted here")
    story = _story_mute(claimed, habits)
    return Wait(story, "this story is muted here") if story is not None and now < story else None


def _story_mute(claimed: Claimed, habits: Habits) -> datetime | None:
    """The end of the last mute of the story that it belongs to, running or over."""
    stored = claimed.stored
    return habits.muted_stories.get(stored.id if stored.report_of is None else stored.report_of)


def _quiet(claimed: Claimed, habits: Habits, now: datetime) -> Wait | None:
    until = habits.quiet_until(now)
    if until is None or habits.quiet is None:
        return None
    rings = not _sound(claimed, habits, now).silent
    if habits.quiet.danger_rings and rings and is_danger(claimed.stored, now):
        return None
    return Wait(until, "quiet hours")


def _listed(claimed: Claimed, habits: Habits, now: datetime) -> Ruling | None:
    if claimed.mode is not TopicMode.DIGEST:
        return None
    if claimed.stored.level == "breaking":
        late_by = None if is_recent(claimed.stored, now) else now - claimed.stored.at
        return Send(silent=True, reason="breaking news waits for no list", late_by=late_by, lane=Lane.BREAKING)
    due = habits.next_digest(claimed.stored.first_seen_at)
    if now < due:
        return Wait(due, "its topics come as a list")
    return Send(silent=True, reason="the time of the list", lane=Lane.DIGEST)


def _sound(claimed: Claimed, habits: Habits, now: datetime) -> Send:
    """How it goes where nothing holds it back."""
    stored = claimed.stored
    age = now - stored.at
    late_by = None if is_recent(stored, now) else age
    lane = Lane.BREAKING if stored.level == "breaking" and late_by is None else Lane.NORMAL
    silenced = _silenced(claimed, habits, now)
    if silenced is not None:
        return Send(silent=True, reason=silenced, late_by=late_by, lane=lane)
    return replace(_by_age(stored, late_by, now), lane=lane)


def _by_age(stored: StoredNews, late_by: timedelta | None, now: datetime) -> Send:
    if late_by is None:
        return Send(silent=False, reason="recent")
    if order_in_force(stored, now):
        return Send(silent=False, reason="an order in force", late_by=late_by)
    return Send(silent=True, reason="reported more than 30 min ago", late_by=late_by)


def _silenced(claimed: Claimed, habits: Habits, now: datetime) -> str | None:
    """Why it makes no sound, however fresh it is; ``None`` where it may."""
    stored = claimed.stored
    if not claimed.loud:
        return "the chat's setting is silent"
    if stored.news.exercise:
        return "an exercise or a test"
    if stored.denial:
        return "a denial never rings"
    if claimed.first_report is not None and what_is_new(claimed.first_report, stored) is None:
        return "another report of what the chat was told"
    mutes = (habits.muted_until, _story_mute(claimed, habits))
    if any(until is not None and stored.first_seen_at < until <= now for until in mutes):
        return "it was held by a mute"
    return None
