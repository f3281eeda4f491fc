"""What admins are told of messages that Telegram refuses."""

from __future__ import annotations

from bot.chat.screens.compose import foreign
from bot.core.message import Message
from bot.core.render import Draft
from bot.i18n import Words
from bot.services.deliver import Stopped


def stopped_screen(stopped: Stopped, words: Words) -> Message:
    """An update is sent no further: our own fault, which somebody has to mend."""
    heading = foreign(stopped.heading, 80, words)
    draft = Draft().add(
        words("Update {number}, “{heading}”, is not sent any further.", number=stopped.news_id, heading=heading), "bold"
    )
    draft.line(words("Telegram refuses its messages, again and again for the same reason."))
    draft.line(words("Reason: {reason}", reason=foreign(stopped.reason, 160, words)))
    return draft.message()
