"""The notice that sources could not be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.core.blackout import Outage
from bot.core.message import Message
from bot.core.render.clean import clean_line, isolated, placed
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.core.render.parts import zone_of
from bot.core.render.phrases import Phrases

_NAMED = 3
_MAX_NAME = 120


def render_outage(outage: Outage, phrases: Phrases, *, zone: str, now: datetime) -> Message:
    """What could not be read and since when, or from when to when; and that silence is no safety.

    Args:
        outage: Feeds that went dark together; without feeds, a time in which Sitrep was down.
        phrases: Our own words.
        zone: The destination's (IANA name), for clients that cannot write a clock in their reader's own.
        now: The moment of sending.
    """
    since = _clock(outage.since, phrases, zone, now)
    until = _clock(outage.until or now, phrases, zone, now)
    if not outage.feeds:
        return Draft().fill(phrases.down, since=since, until=until).message()
    named = [isolated(clip(clean_line(title), _MAX_NAME)) for _, title in outage.feeds]
    more = len(named) - _NAMED
    feeds = ", ".join(named[:_NAMED]) + (f" +{more}" if more > 0 else "")
    if outage.until is None:
        return Draft().fill(phrases.dark, feeds=feeds, clock=since).message()
    return Draft().fill(phrases.dark_before, feeds=feeds, since=since, until=until).message()


def _clock(moment: datetime, phrases: Phrases, zone: str, now: datetime) -> Callable[[Draft], object]:
    """An instant, shown in each reader's own zone where the client knows how."""
    local, today = moment.astimezone(zone_of(zone)), now.astimezone(zone_of(zone)).date()
    if local.date() == today:
        return lambda draft: draft.add_moment(f"{local:%H:%M}", moment, shown_as="t")
    written = placed(phrases.day_and_clock, day=phrases.on(local), clock=f"{local:%H:%M}")
    return lambda draft: draft.add_moment(written, moment, shown_as="dt")
