"""/stop: end alerts; what was chosen is kept."""

from __future__ import annotations

from bot.chat.calls import Answer, Call, Command, Rights, Services
from bot.chat.screens.status import stopped_screen


async def _run(services: Services, call: Call) -> Answer:
    return Answer(stopped_screen(await services.subscriptions.stop(call.thread)))


COMMAND = Command(name="stop", summary="end alerts", run=_run, rights=Rights.CHAT_ADMIN)
