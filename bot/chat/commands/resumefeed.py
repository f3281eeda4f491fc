"""/resumefeed: read a paused source again."""

from __future__ import annotations

from functools import partial

from bot.chat.calls import Answer, Call, Command, Rights, Services
from bot.chat.numbers import answer_for_feed
from bot.chat.screens.feed import resumed_screen
from bot.i18n import msg


async def _run(services: Services, call: Call) -> Answer:
    resume = partial(services.care.resume, by=call.caller.user_id)
    return await answer_for_feed(call, "/resumefeed", resume, resumed_screen)  # type: ignore[misc]  # a union of three


COMMAND = Command(
    name="resumefeed",
    summary=msg("read a paused source again"),
    run=_run,
    rights=Rights.BOT_ADMIN,
    argument="NUMBER",
    in_menu=False,
)
