"""What the bot can do, for this person in this chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.calls import Command
from bot.chat.screens.compose import title_of
from bot.chat.screens.topics import NOT_A_WARNING
from bot.core.archive import Feed
from bot.core.message import Message
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.i18n import Words

_LISTED_SOURCES = 10


def help_screen(commands: Sequence[Command], sources: Sequence[Feed], bot_name: str, words: Words) -> Message:
    """The commands that this person may use here, and the sources' own addresses, for the day Telegram is cut."""
    draft = Draft().add(bot_name, "bold")
    draft.line(words("Alerts from news sources, sent once each and corrected when they are."))
    draft.line(words(NOT_A_WARNING)).line()
    for command in commands:
        argument = f" {command.argument}" if command.argument else ""
        draft.line(f"/{command.name}{argument}: {words(command.summary)}")
    if sources:
        draft.line().line(words("Should Telegram be out of reach, the sources themselves:"))
        for feed in sources[:_LISTED_SOURCES]:
            draft.line(f"{title_of(feed, words)}: ").add(clip(feed.settings.url, 150), "code")
    return draft.message()
