"""/help: the commands that this person may use here."""

from __future__ import annotations

from bot.chat.calls import Answer, Call, Command, Services
from bot.chat.screens.help import help_screen
from bot.i18n import msg


async def _run(services: Services, call: Call) -> Answer:
    return Answer(help_screen(await call.menu(), await services.browse.sources(), call.bot_name, call.words))


COMMAND = Command(name="help", summary=msg("what I can do"), run=_run)
