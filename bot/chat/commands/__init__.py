"""The commands: a file and a line each. Menus, /help, rights and routing derive from this registry."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.callbacks import Code
from bot.chat.calls import Button, Command
from bot.chat.commands import (
    addfeed,
    audit,
    claim,
    feed,
    feeds,
    following,
    help,  # noqa: A004  # named after its command, as all are
    language,
    latest,
    mute,
    pausefeed,
    removefeed,
    resumefeed,
    search,
    settings,
    start,
    status,
    stop,
    testfeed,
    topics,
    why,
)

COMMANDS: tuple[Command, ...] = (
    start.COMMAND,
    latest.COMMAND,
    search.COMMAND,
    topics.COMMAND,
    settings.COMMAND,
    status.COMMAND,
    help.COMMAND,
    stop.COMMAND,
    language.COMMAND,
    claim.COMMAND,
    addfeed.COMMAND,
    feeds.COMMAND,
    feed.COMMAND,
    pausefeed.COMMAND,
    resumefeed.COMMAND,
    testfeed.COMMAND,
    audit.COMMAND,
    removefeed.COMMAND,
)
"""In the order of the menu."""

BUTTONS: Mapping[type[Code], Button] = {
    **why.BUTTONS,
    **mute.BUTTONS,
    **following.BUTTONS,
    **{code: button for command in COMMANDS for code, button in command.buttons.items()},
}
"""What each button does."""
