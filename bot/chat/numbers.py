"""Commands that take a feed's number."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.chat.calls import Answer, Call
from bot.chat.screens.feed import number_hint_screen
from bot.chat.screens.feeds import no_such_feed_screen
from bot.core.message import Message
from bot.i18n import Words
from bot.services.feeds import NoSuchFeed

T = TypeVar("T")


def feed_number(typed: str) -> int | None:
    """The feed's number as typed, "#3" included; ``None`` for anything else."""
    digits = typed.removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


async def answer_for_feed(
    call: Call, command: str, act: Callable[[int], Awaitable[T | NoSuchFeed]], screen: Callable[[T, Words], Message]
) -> Answer:
    """Do something with the feed whose number was typed, and show what came of it.

    Args:
        call: The command as it was sent.
        command: Its name with the slash, for the hint that answers anything but a number.
        act: What is done with the feed of that number.
        screen: What shows its outcome.
    """
    number = feed_number(call.argument)
    if number is None:
        return Answer(number_hint_screen(command, call.words))
    outcome = await act(number)
    if isinstance(outcome, NoSuchFeed):
        return Answer(no_such_feed_screen(number, call.words))
    return Answer(screen(outcome, call.words))
