"""/pausefeed: read a source no more, until it is resumed."""

from __future__ import annotations

from functools import partial

from bot.chat.calls import Answer, Call, Command, Rights, Services
from bot.chat.numbers import answer_for_feed
from bot.chat.screens.feed import paused_screen
from bot.i18n import msg


async def _run(services: Services, call: Call) -> Answer:
    pause = partial(services.care.pause, by=call.caller.user_id)
    return await answer_for_feed(call, "/pausefeed", pause, paused_screen)


COMMAND = Command(
    name="pausefeed",
    summary=msg("read a source no more, until it is resumed"),
    run=_run,
    rights=Rights.BOT_ADMIN,
    argument="NUMBER",
    in_menu=False,
)
