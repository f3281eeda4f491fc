"""What is answered in one line, always with the way on."""

from __future__ import annotations

import re
from enum import Enum

from bot.core.message import Message
from bot.i18n import Words, msg


class Notice(Enum):
    """The lines; a ``{command}`` in them is the one that they are about, with its slash."""

    UNKNOWN_COMMAND = msg("There is no command {command}. /help lists those there are.")
    NOT_LIKE_A_COMMAND = msg("There is no command like that. /help lists those there are.")
    NOT_A_COMMAND = msg(
        "I answer to commands: /search WORDS finds reports, /topics chooses alerts, /help lists the rest."
    )
    FORWARDED = msg("A forwarded message is not taken as a command. Type it yourself.")
    GROUP_ADMINS_ONLY = msg(
        "Only admins of this group can change what it gets. For alerts of your own, write to me in private."
    )
    BOT_ADMINS_ONLY = msg("{command} is for the admins of this bot. /help lists what is open to everybody.")
    PRIVATE_ONLY = msg("Send {command} to me in a private chat: here others would read along.")
    NOT_YOURS = msg("Only whoever asked turns these pages. /latest and /search give you your own.")
    OUT_OF_DATE = msg("This button is out of date. Send the command again.")
    NOT_THERE = msg("This report is no longer in the archive.")
    READING = msg("Reading…")
    TOO_FAST = msg("Too fast: I answer again in a few seconds. Alerts come as before.")
    OUR_FAULT = msg("That did not work, and it is our fault: it has been noted. Please try again.")


def unknown_command(typed: str) -> Notice:
    """The notice for a command that there is not: it is repeated only where it has a command's form."""
    named = re.fullmatch(r"/[A-Za-z0-9_]{1,32}", typed) is not None
    return Notice.UNKNOWN_COMMAND if named else Notice.NOT_LIKE_A_COMMAND


def notice(kind: Notice, words: Words, *, command: str = "") -> str:
    """The line in a language."""
    return words(kind.value, command=command)


def notice_screen(kind: Notice, words: Words, *, command: str = "") -> Message:
    """The line as a message."""
    return Message(notice(kind, words, command=command))
