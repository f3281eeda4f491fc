"""Whether alerts are on, what this chat gets, and when each source was last read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.screens.topics import NOT_A_WARNING, add_choices
from bot.core.archive import ChatState, Feed, FeedState
from bot.core.message import Message
from bot.core.model import Topic
from bot.core.render.clean import clean_line, isolated
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.core.render.phrases import ENGLISH
from bot.services.subscriptions import Choices

_LISTED_SOURCES = 20


def status_screen(choices: Choices, sources: Sequence[Feed], topics: Sequence[Topic], now: datetime) -> Message:
    """What /status says; sources unread for longest come first, for they matter most."""
    draft = Draft()
    match choices.state:
        case ChatState.ACTIVE:
            draft.add("Alerts are on.", "bold")
            add_choices(draft, choices, topics)
        case ChatState.STOPPED | ChatState.GONE:
            draft.add("Alerts are stopped.", "bold").line("/start turns them on again, as they were:")
            add_choices(draft, choices, topics)
        case None:
            draft.add("Nothing is set up here yet.", "bold").line("/start begins.")
    draft.line().line("Sources" if sources else "No source is set up yet.", "bold")
    for feed in _by_need(sources)[:_LISTED_SOURCES]:
        draft.line(f"{isolated(clip(clean_line(feed.title), 60))}: ")
        add_last_read(draft, feed, now)
    if len(sources) > _LISTED_SOURCES:
        draft.line(f"and {len(sources) - _LISTED_SOURCES} more")
    draft.line().line(NOT_A_WARNING)
    return draft.message()


def stopped_screen(before: Choices) -> Message:
    """What /stop says."""
    if before.state is None:
        return Draft().add("Nothing is set up here, so there is nothing to stop. /start begins.").message()
    draft = Draft().add("Alerts are stopped.", "bold")
    draft.line("What you chose is kept: /start turns it on again. /latest and /search go on working.")
    return draft.message()


def add_last_read(draft: Draft, feed: Feed, now: datetime) -> None:
    """Append when the feed was last read well, or why it is not being read."""
    if feed.state is FeedState.PAUSED:
        draft.add("paused, ")
    elif feed.state is FeedState.HELD:
        draft.add("held, ")
    if feed.last_read_at is None:
        draft.add("not read yet")
        return
    draft.add("last read ")
    add_clock(draft, feed.last_read_at, now)
    if feed.failures and feed.state is FeedState.ACTIVE:
        draft.add(f", {feed.failures} failed {'read' if feed.failures == 1 else 'reads'} since")


def add_clock(draft: Draft, moment: datetime, now: datetime) -> None:
    """Append a clock that clients show in the reader's own zone; with its day where that is not today's."""
    today = moment.date() == now.date()
    written = f"{moment:%H:%M} UTC" if today else f"{ENGLISH.on(moment)}, {moment:%H:%M} UTC"
    draft.add_moment(written, moment, shown_as="t" if today else "dt")


def _by_need(sources: Sequence[Feed]) -> list[Feed]:
    return sorted(sources, key=lambda feed: (feed.last_read_at.timestamp() if feed.last_read_at else 0.0, feed.id))
