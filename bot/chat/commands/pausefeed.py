"""/pausefeed: read a source no more, until it is resumed."""

from __future__ import annotations

from bot.chat.calls import Answer, Call, Command, Rights, Services
from bot.chat.numbers import feed_number
from bot.chat.screens.feed import number_hint_screen, paused_screen
from bot.chat.screens.feeds import no_such_feed_screen
from bot.i18n import msg
from bot.services.feeds import NoSuchFeed


async def _run(services: Services, call: Call) -> Answer:
    number = feed_number(call.argument)
    if number is None:
        return Answer(number_hint_screen("/pausefeed", call.words))
    outcome = await services.care.pause(number, by=call.caller.user_id)
    if isinstance(outcome, NoSuchFeed):
        return Answer(no_such_feed_screen(number, call.words))
    return Answer(paused_screen(outcome, call.words))


COMMAND = Command(
    name="pausefeed",
    summary=msg("read a source no more, until it is resumed"),
    run=_run,
    rights=Rights.BOT_ADMIN,
    argument="NUMBER",
    in_menu=False,
)
