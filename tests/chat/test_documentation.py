"""The page about the chat is true."""

from __future__ import annotations

import re
from pathlib import Path

from bot.chat.commands import COMMANDS
from bot.chat.flood import BURST
from bot.i18n import LANGUAGES

PAGE = (Path(__file__).parents[2] / "docs" / "chat.md").read_text(encoding="utf-8")


def test_every_command_is_documented_and_no_other() -> None:
    """The table has a row a command, with what follows it."""
    rows = re.findall(r"^\| `/(\w+)(?: ([A-Z]+))?` \|", PAGE, re.MULTILINE)
    assert dict(rows) == {command.name: command.argument for command in COMMANDS}


def test_the_figures_of_the_page_are_those_of_the_code() -> None:
    """What the page says of limits and languages is what the program does."""
    assert f"send {BURST} commands" in PAGE
    names = {"en": "English", "hy": "Armenian", "ru": "Russian", "ar": "Arabic"}
    assert all(names[language] in PAGE for language in LANGUAGES)
