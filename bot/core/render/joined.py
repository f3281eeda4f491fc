"""Several updates in one message: what waited, what was missed, a list, the morning after quiet hours, a burst.

The first line says what the message is, in plain words; each update then has its clock, title, speaker and link.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.core.archive import StoredNews
from bot.core.match.signs import DANGER_TOPICS, order_in_force
from bot.core.message import Message
from bot.core.model import JoinedForm, NewsState
from bot.core.render.clean import placed
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.core.render.parts import (
    MAX_VISIBLE,
    Frame,
    city,
    heading_of,
    link_of,
    mute_button,
    noticed,
    opening_of,
    speaker_line,
    text_of,
    who,
    zone_of,
)
from bot.core.render.titles import place_names, title, topic_label

MAX_LISTED = 10
"""Updates in one message of a list, a line each."""
_MOST = 100
"""Updates in one message of any form; Telegram takes 100 entities, of which each update has two at most."""
_FOR_HEADING = 100
"""UTF-16 code units of a text that stand for the heading that it has not."""


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a message covers, as its first line tells it."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """A message, and which updates are in it."""

    message: Message
    taken: tuple[int, ...]
    """Places in the given sequence, ascending; at least one. What is left goes in the next message."""


def joined(
    stored: Sequence[StoredNews],
    form: JoinedForm,
    frame: Frame,
    *,
    now: datetime,
    zone: str = "UTC",
    span: Span | None = None,
    continued: bool = False,
) -> Joined:
    """One message of several updates.

    Args:
        stored: Oldest first; at least one.
        form: Why they come together.
        frame: As for a single alert; ``mute_data`` is that of a mute of everything.
        now: The moment of sending.
        zone: The destination's zone (IANA name), for clients that cannot write a clock in their reader's own.
        span: What time it covers; where that is not known, from the first update until now.
        continued: It carries on an earlier message, and says so.

    Returns:
        At most 3 500 UTF-16 code units; entities never cut a character.
    """
    if not stored:
        raise ValueError("there is nothing to join")
    scene = _Scene(frame, now, zone)
    draft = Draft()
    scene.open(draft, stored, form, span or Span(min(each.at for each in stored), now))
    if continued:
        draft.add(f" ({frame.phrases.continued})")
    if form is JoinedForm.DIGEST:
        draft.line(_counts(stored, frame))
    taken = scene.fill(draft, stored, form)
    return Joined(draft.message((mute_button(frame),)), taken)


class _Scene:
    """Who reads, and when."""

    def __init__(self, frame: Frame, now: datetime, zone: str) -> None:
        self._frame, self._phrases = frame, frame.phrases
        self._now, self._zone = now, zone_of(zone)

    def open(self, draft: Draft, stored: Sequence[StoredNews], form: JoinedForm, span: Span) -> None:
        """The line that says what the message is."""
        phrases, updates = self._phrases, self._phrases.count(len(stored))
        since, until = self._clock(span.since), self._clock(span.until)
        match form:
            case JoinedForm.GAP:
                draft.fill(phrases.missed, since=since, until=until, updates=updates)
                self._add_latest_danger(draft, stored)
            case JoinedForm.BACKLOG:
                draft.fill(phrases.waited, updates=updates)
            case JoinedForm.DIGEST:
                clock = f"{self._written(span.until)} {city(self._zone.key)}"
                draft.fill(phrases.listed, clock=clock, updates=updates)
            case JoinedForm.BURST:
                draft.fill(phrases.burst, clock=since, updates=updates)
            case JoinedForm.MORNING:
                draft.fill(phrases.quiet, updates=updates)
            case unknown:
                assert_never(unknown)

    def fill(self, draft: Draft, stored: Sequence[StoredNews], form: JoinedForm) -> tuple[int, ...]:
        """Append as many updates as fit; returns which."""
        short = form is JoinedForm.DIGEST
        orders = self._orders(stored, form)
        above = {orders[0]: self._phrases.orders} if orders else {}
        taken: list[int] = []
        for at in (*orders, *(at for at in range(len(stored)) if at not in orders)):
            needed = self._add(Draft(), stored[at], above.get(at, ""), short=short).length
            if taken and (draft.length + needed > MAX_VISIBLE or len(taken) == (MAX_LISTED if short else _MOST)):
                break
            self._add(draft, stored[at], above.get(at, ""), short=short)
            taken.append(at)
        return tuple(sorted(taken))

    def _orders(self, stored: Sequence[StoredNews], form: JoinedForm) -> list[int]:
        """The orders in force, which a morning begins with."""
        if form is not JoinedForm.MORNING:
            return []
        return [at for at, each in enumerate(stored) if order_in_force(each, self._now)]

    def _add(self, draft: Draft, stored: StoredNews, above: str, *, short: bool) -> Draft:
        """Append one update below a line of our own, "" for none: a line of a list, or two lines with its speaker."""
        draft.add("\n" if short else "\n\n")
        if above:
            draft.add(f"{above}\n", "bold")
        url = link_of(stored)
        draft.add(f"{self._when(stored)} {opening_of(stored, self._phrases)}{self._mark(stored)}")
        draft.add(self._title(stored), "text_link" if url else "bold", url=url)
        return draft if short else draft.line(speaker_line(stored, self._phrases))

    def _title(self, stored: StoredNews) -> str:
        heading = heading_of(stored.news.heading) or clip(" ".join(text_of(stored.news.text).split()), _FOR_HEADING)
        return title(stored, self._frame, heading)

    def _mark(self, stored: StoredNews) -> str:
        """What became of it since it was told first."""
        match stored.state:
            case NewsState.CURRENT:
                return ""
            case NewsState.CORRECTED:
                return f"{self._phrases.corrected_before}. "
            case NewsState.WITHDRAWN:
                return f"{placed(self._phrases.withdrawn, who=who(stored))}. "
            case NewsState.REMOVED:
                return f"{placed(self._phrases.removed, clock=noticed(stored, self._phrases))}. "
            case unknown:
                assert_never(unknown)

    def _when(self, stored: StoredNews) -> str:
        """The source's clock; where it gave none, the first read, called that."""
        zone = zone_of(stored.news.zone)
        if stored.news.published_at is not None:
            return self._written(stored.news.published_at, zone)
        return placed(self._phrases.first_read, clock=self._written(stored.first_seen_at, zone))

    def _add_latest_danger(self, draft: Draft, stored: Sequence[StoredNews]) -> None:
        """Behind the gap, the last thing in it that endangered people."""
        danger = [each for each in stored if _tells_of_danger(each)]
        if not danger:
            return
        last = max(danger, key=lambda each: each.at)
        words = (topic_label(last, self._frame).lower(), self._written(last.at), place_names(last, self._frame))
        draft.add(", ").fill(self._phrases.latest, danger=" ".join(word for word in words if word))

    def _clock(self, moment: datetime) -> Callable[[Draft], object]:
        """An instant, shown in each reader's own zone where the client knows how."""
        today = moment.astimezone(self._zone).date() == self._now.astimezone(self._zone).date()
        return lambda draft: draft.add_moment(self._written(moment), moment, shown_as="t" if today else "dt")

    def _written(self, moment: datetime, zone: ZoneInfo | None = None) -> str:
        """A clock in the destination's zone or another, with its day where that is not today."""
        local, today = moment.astimezone(zone or self._zone), self._now.astimezone(zone or self._zone).date()
        if local.date() == today:
            return f"{local:%H:%M}"
        return placed(self._phrases.day_and_clock, day=self._phrases.on(local), clock=f"{local:%H:%M}")


def _counts(stored: Sequence[StoredNews], frame: Frame) -> str:
    """How many updates each topic has, most first: «Refugees 4 · Aid 2»."""
    counted = Counter(topic_label(each, frame) or frame.phrases.update for each in stored)
    return " · ".join(f"{label} {n}" for label, n in counted.most_common())


def _tells_of_danger(stored: StoredNews) -> bool:
    topics = {tag.topic for tag in stored.tags}
    return bool(topics & DANGER_TOPICS) and not (stored.denial or stored.all_clear or stored.news.exercise)
