"""What /claim answers."""

from __future__ import annotations

from typing import assert_never

from bot.core.message import Message
from bot.core.render.draft import Draft
from bot.services.admins import AlreadyOwned, ClaimOutcome, NowOwner, WrongCode


def outcome_screen(outcome: ClaimOutcome) -> Message:
    """What became of the code."""
    match outcome:
        case NowOwner():
            draft = Draft().add("You own this bot now.", "bold")
            return draft.line("/addfeed ADDRESS adds a source, /feeds lists them, /help shows the rest.").message()
        case AlreadyOwned(by_caller=True):
            return Draft().add("You own this bot already. /help lists what you can do.").message()
        case AlreadyOwned():
            return Draft().add("This bot has an owner already; the code is used up.").message()
        case WrongCode():
            return Draft().add("That is not the code. It is printed when the bot starts, as XXXX-XXXX-XXXX.").message()
        case unknown:
            assert_never(unknown)


def hint_screen() -> Message:
    """/claim alone."""
    return Draft().add("/claim CODE, with the code that the bot printed when it started.").message()


def private_only_screen() -> Message:
    """/claim where others read along."""
    return Draft().add("Send /claim to me in a private chat: here others could use the code before you.").message()
