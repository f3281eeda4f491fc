"""The first message, the one on coming back, and what a group is told when the bot comes in."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.callbacks import ShowTopics, encode
from bot.chat.screens.topics import NOT_A_WARNING, add_choices, names, topic_keyboard
from bot.core.archive import Feed
from bot.core.message import Button, Message
from bot.core.model import Topic, TopicMode
from bot.core.render.clean import clean_line, isolated
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.services.subscriptions import Started

_NAMED_SOURCES = 3


def welcome_screen(
    started: Started,
    bot_name: str,
    sources: Sequence[Feed],
    topics: Sequence[Topic],
    *,
    unknown_topic: str | None = None,
) -> Message:
    """What the bot is, what this chat gets now, and the keyboard: in full for a newcomer, short for an old friend."""
    draft = Draft()
    if started.before.state is not None:
        draft.add("Welcome back. Alerts are on.")
        add_choices(draft, started.now, topics)
    else:
        draft.add(f"{bot_name}: {_from_whom(sources)}")
        draft.line(NOT_A_WARNING)
        draft.line(_first_choice(started, topics))
    if unknown_topic is not None:
        draft.line(f"There is no topic “{clip(clean_line(unknown_topic), 60)}” here: choose from these.")
    return draft.message(topic_keyboard(started.now, topics, 1))


def invited_screen(bot_name: str) -> Message:
    """The one line with which the bot comes into a group."""
    draft = Draft().add(f"{bot_name} sends conflict and crisis alerts. Admins of this group choose what comes here.")
    return draft.message(((Button("Set up", data=encode(ShowTopics(1))),),))


def _from_whom(sources: Sequence[Feed]) -> str:
    if not sources:
        return "conflict and crisis alerts. No source is set up yet."
    named = [isolated(clip(clean_line(feed.title), 60)) for feed in sources[:_NAMED_SOURCES]]
    more = len(sources) - len(named)
    return f"alerts from {', '.join(named)}{f' and {more} more' if more else ''}."


def _first_choice(started: Started, topics: Sequence[Topic]) -> str:
    if started.subscribed is None:
        return "Nothing is on yet: tap what you want to hear about."
    return f"You get: {names(started.now.modes, topics, TopicMode.LOUD)}, with sound. Nothing else yet."
