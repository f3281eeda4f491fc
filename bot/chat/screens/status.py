"""Whether alerts are on, what this chat gets, and when each source was last read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.screens.compose import clock, fill, title_of
from bot.chat.screens.mutes import add_mutes
from bot.chat.screens.topics import NOT_A_WARNING, add_choices
from bot.core.archive import ChatState, Feed, FeedState
from bot.core.habits import Habits
from bot.core.message import Button, Message
from bot.core.model import Topic
from bot.core.render.draft import Draft
from bot.i18n import Words
from bot.services.subscriptions import Choices

_LISTED_SOURCES = 20


def status_screen(
    choices: Choices,
    habits: Habits,
    sources: Sequence[Feed],
    topics: Sequence[Topic],
    words: Words,
    *,
    now: datetime,
) -> Message:
    """What /status says; sources unread for longest come first, for they matter most."""
    draft = Draft()
    unmute: tuple[tuple[Button, ...], ...] = ()
    match choices.state:
        case ChatState.ACTIVE:
            draft.add(words("Alerts are on."), "bold")
            unmute = add_mutes(draft, habits, now, words, screen="status")
            add_choices(draft, choices, topics, words)
        case ChatState.STOPPED | ChatState.GONE:
            draft.add(words("Alerts are stopped."), "bold")
            draft.line(words("/start turns them on again, as they were:"))
            add_choices(draft, choices, topics, words)
        case None:
            draft.add(words("Nothing is set up here yet."), "bold").line(words("/start begins."))
    draft.line().line(words("Sources") if sources else words("No source is set up yet."), "bold")
    for feed in _by_need(sources)[:_LISTED_SOURCES]:
        draft.line(f"{title_of(feed, words)}: ")
        add_last_read(draft, feed, now, words)
    more = len(sources) - _LISTED_SOURCES
    if more > 0:
        draft.line(words.plural("and {n} more", "and {n} more", more))
    draft.line().line(words(NOT_A_WARNING))
    return draft.message(unmute)


def stopped_screen(choices: Choices, words: Words) -> Message:
    """What /stop says to a chat with these choices before it."""
    if choices.state is None:
        return Draft().add(words("Nothing is set up here, so there is nothing to stop. /start begins.")).message()
    draft = Draft().add(words("Alerts are stopped."), "bold")
    kept = words("What you chose is kept: /start turns it on again. /latest and /search go on working.")
    return draft.line(kept).message()


def add_last_read(draft: Draft, feed: Feed, now: datetime, words: Words, *, with_state: bool = True) -> None:
    """Append when the feed was last read well, and ``with_state`` why it is not being read."""
    if not with_state:
        pass
    elif feed.state is FeedState.PAUSED:
        draft.add(words("paused")).add(", ")
    elif feed.state is FeedState.HELD:
        draft.add(words("held")).add(", ")
    if feed.last_read_at is None:
        draft.add(words("not read yet"))
        return
    fill(draft, words.template("last read {clock}"), clock=clock(feed.last_read_at, now, words))
    if feed.failures and feed.state is FeedState.ACTIVE:
        draft.add(", ").add(words.plural("{n} failed read since", "{n} failed reads since", feed.failures))


def _by_need(sources: Sequence[Feed]) -> list[Feed]:
    return sorted(sources, key=lambda feed: (feed.last_read_at.timestamp() if feed.last_read_at else 0.0, feed.id))
