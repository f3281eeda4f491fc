"""An update whose messages Telegram refuses: its admins are told."""

from __future__ import annotations

from bot.core.model import OutboxKind
from bot.services.deliver import Stopped
from tests.chat.conftest import Deployment


async def test_admins_are_told_with_sound(sitrep: Deployment) -> None:
    """Every admin gets the update and Telegram's own words."""
    await sitrep.owner.ask("/start")
    heard = len(sitrep.owner.chat.from_bot)
    assert sitrep.chat is not None
    await sitrep.chat.tell_stopped(Stopped(7, "Market hit", OutboxKind.ALERT, "Bad Request: message is too long"))
    [told] = sitrep.owner.chat.from_bot[heard:]
    assert told.text.startswith("Update 7, “Market hit”, is not sent any further.")
    assert "message is too long" in told.text
    assert not told.silent
