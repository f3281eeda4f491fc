"""/stop: end alerts; what was chosen is kept."""

from __future__ import annotations

from bot.chat.calls import Answer, Call, Command, Rights, Services
from bot.chat.screens.status import stopped_screen
from bot.i18n import msg


async def _run(services: Services, call: Call) -> Answer:
    return Answer(stopped_screen(await services.subscriptions.stop(call.thread), call.words))


COMMAND = Command(name="stop", summary=msg("end alerts"), run=_run, rights=Rights.CHAT_ADMIN)
