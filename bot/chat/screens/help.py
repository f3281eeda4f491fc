"""What the bot can do, for this person in this chat."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.chat.calls import Command
from bot.chat.screens.topics import NOT_A_WARNING
from bot.core.archive import Feed
from bot.core.message import Message
from bot.core.render.clean import clean_line, isolated
from bot.core.render.cut import clip
from bot.core.render.draft import Draft

_LISTED_SOURCES = 10


def help_screen(commands: Sequence[Command], sources: Sequence[Feed], bot_name: str) -> Message:
    """The commands that this person may use here, and the sources' own addresses, for the day Telegram is cut."""
    draft = Draft().add(bot_name, "bold").line("Alerts from news sources, sent once each and corrected when they are.")
    draft.line(NOT_A_WARNING).line()
    for command in commands:
        argument = f" {command.argument}" if command.argument else ""
        draft.line(f"/{command.name}{argument}: {command.summary}")
    if sources:
        draft.line().line("Should Telegram be out of reach, the sources themselves:")
        for feed in sources[:_LISTED_SOURCES]:
            draft.line(f"{isolated(clip(clean_line(feed.title), 60))}: ").add(clip(feed.settings.url, 150), "code")
    return draft.message()


def unknown_command_screen(typed: str) -> Message:
    """The one line for a command that there is not; it is named only where it has a command's form."""
    named = typed if re.fullmatch(r"/[A-Za-z0-9_]{1,32}", typed) else "like that"
    return Draft().add(f"There is no command {named}. /help lists those there are.").message()


def not_a_command_screen() -> Message:
    """The one line for a message that is no command."""
    text = "I answer to commands: /search WORDS finds reports, /topics chooses alerts, /help lists the rest."
    return Draft().add(text).message()


def forwarded_screen() -> Message:
    """The one line for a command that was forwarded."""
    return Draft().add("A forwarded message is not taken as a command. Type it yourself.").message()


def refusal_screen(reason: str) -> Message:
    """Why a person may not do what they asked."""
    return Draft().add(reason).message()


def failed_screen() -> Message:
    """The one line when something broke on our side."""
    return Draft().add("That did not work, and it is our fault: it has been noted. Please try again.").message()


def slowed_screen() -> Message:
    """The one line for a flood of commands."""
    return Draft().add("Too fast: I answer again in a few seconds. Alerts come as before.").message()
