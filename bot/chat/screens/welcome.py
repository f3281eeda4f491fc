"""The first message, the one on coming back, and what a group is told when the bot comes in."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.callbacks import ShowTopics, encode
from bot.chat.screens.compose import foreign, title_of
from bot.chat.screens.topics import NOT_A_WARNING, add_choices, names, topic_keyboard
from bot.core.archive import Feed
from bot.core.message import Button, Message
from bot.core.model import Topic, TopicMode
from bot.core.render.draft import Draft
from bot.i18n import Words
from bot.services.subscriptions import Started

_NAMED_SOURCES = 3


def welcome_screen(
    started: Started,
    bot_name: str,
    sources: Sequence[Feed],
    topics: Sequence[Topic],
    words: Words,
    *,
    unknown_topic: str | None = None,
) -> Message:
    """What the bot is, what this chat gets now, and the keyboard: in full for a newcomer, short for an old friend."""
    draft = Draft()
    if started.before.state is not None:
        draft.add(words("Welcome back. Alerts are on."))
        add_choices(draft, started.now, topics, words)
    else:
        draft.add(_introduction(bot_name, sources, words))
        draft.line(words(NOT_A_WARNING))
        draft.line(_first_choice(started, topics, words))
    if unknown_topic is not None:
        topic = foreign(unknown_topic, 60, words)
        draft.line(words("There is no topic “{topic}” here: choose from these.", topic=topic))
    return draft.message(topic_keyboard(started.now, topics, words, 1))


def invited_screen(bot_name: str, words: Words) -> Message:
    """The one line with which the bot comes into a group."""
    sentence = words(
        "{bot} sends conflict and crisis alerts. Admins of this group choose what comes here.", bot=bot_name
    )
    return Draft().add(sentence).message(((Button(words("Set up"), data=encode(ShowTopics(1))),),))


def _introduction(bot_name: str, sources: Sequence[Feed], words: Words) -> str:
    if not sources:
        return words("{bot}: conflict and crisis alerts. No source is set up yet.", bot=bot_name)
    named = ", ".join(title_of(feed, words) for feed in sources[:_NAMED_SOURCES])
    more = len(sources) - _NAMED_SOURCES
    if more <= 0:
        return words("{bot}: alerts from {sources}.", bot=bot_name, sources=named)
    return words.plural(
        "{bot}: alerts from {sources} and {n} more.",
        "{bot}: alerts from {sources} and {n} more.",
        more,
        bot=bot_name,
        sources=named,
    )


def _first_choice(started: Started, topics: Sequence[Topic], words: Words) -> str:
    if started.subscribed is None:
        return words("Nothing is on yet: tap what you want to hear about.")
    chosen = names(started.now.modes, topics, TopicMode.LOUD)
    return words("You get: {topics}, with sound. Nothing else yet.", topics=chosen)
