"""Sentences with formatted pieces in them, wherever a language puts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from string import Formatter

from bot.core.archive import Feed
from bot.core.render.clean import clean_line, isolated
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.i18n import Words

FSI, PDI = "\u2068", "\u2069"
"""Unicode's first strong isolate and its end: what stands between keeps its own direction."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A piece in fixed-width letters, which Telegram leaves exactly as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, which clients write in their reader's own zone."""

    text: str
    """For clients that do not know how."""
    at: datetime
    shown_as: str
    """As in :attr:`bot.core.message.Entity.moment_format`."""


def fill(draft: Draft, template: str, **pieces: str | Fixed | Moment) -> Draft:
    """Append a template's words and, in the place of each ``{field}``, its piece."""
    for literal, field, _, _ in Formatter().parse(template):
        draft.add(literal)
        if field is None:
            continue
        match pieces[field]:
            case Fixed(text=text):
                draft.add(text, "code")
            case Moment() as moment:
                draft.add_moment(moment.text, moment.at, shown_as=moment.shown_as)
            case str() as text:
                draft.add(text)
    return draft


def clock(at: datetime, now: datetime, words: Words) -> Moment:
    """A clock in the reader's own zone; with its day where that is not today's."""
    if at.date() == now.date():
        return Moment(f"{at:%H:%M} UTC", at, "t")
    return day_and_clock(at, words)


def day_and_clock(at: datetime, words: Words) -> Moment:
    """A day and its clock in the reader's own zone."""
    return Moment(f"{words.day(at)}, {at:%H:%M} UTC", at, "dt")


def foreign(text: str, limit: int, words: Words) -> str:
    """A source's or a person's words for use inside a sentence of ours: harmless, on one line, of bounded length."""
    line = clip(clean_line(text), limit)
    return f"{FSI}{line}{PDI}" if words.right_to_left and line else isolated(line)


def title_of(feed: Feed, words: Words) -> str:
    """A feed's title inside a sentence."""
    return foreign(feed.title, 80, words)
