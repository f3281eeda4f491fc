"""What /claim answers."""

from __future__ import annotations

from typing import assert_never

from bot.core.message import Message
from bot.core.render.draft import Draft
from bot.i18n import Words
from bot.services.admins import AlreadyOwned, ClaimOutcome, NowOwner, WrongCode


def outcome_screen(outcome: ClaimOutcome, words: Words) -> Message:
    """What became of the code."""
    match outcome:
        case NowOwner():
            draft = Draft().add(words("You own this bot now."), "bold")
            return draft.line(
                words("/addfeed ADDRESS adds a source, /feeds lists them, /help shows the rest.")
            ).message()
        case AlreadyOwned(by_caller=True):
            return Draft().add(words("You own this bot already. /help lists what you can do.")).message()
        case AlreadyOwned():
            return Draft().add(words("This bot has an owner already; the code is used up.")).message()
        case WrongCode():
            wrong = words("That is not the code. It is printed when the bot starts, as XXXX-XXXX-XXXX.")
            return Draft().add(wrong).message()
        case unknown:
            assert_never(unknown)


def hint_screen(words: Words) -> Message:
    """/claim alone."""
    return Draft().add(words("/claim CODE, with the code that the bot printed when it started.")).message()


def private_only_screen(words: Words) -> Message:
    """/claim where others read along."""
    line = words("Send /claim to me in a private chat: here others could use the code before you.")
    return Draft().add(line).message()
