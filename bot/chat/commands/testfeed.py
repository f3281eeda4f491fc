"""/testfeed: what a read of a source would bring now, update by update."""

from __future__ import annotations

from bot.chat.callbacks import ShowTrial
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap, refused
from bot.chat.numbers import feed_number
from bot.chat.screens.notices import Notice, notice_screen
from bot.chat.screens.trial import trial_hint_screen, trial_screen
from bot.i18n import msg


async def _run(services: Services, call: Call) -> Answer:
    if not call.argument:
        return Answer(trial_hint_screen(call.words))
    await call.progress(notice_screen(Notice.READING, call.words))
    number = feed_number(call.argument)
    if number is None:
        return Answer(trial_screen(await services.trials.of_address(call.argument), call.words))
    return Answer(trial_screen(await services.trials.of_feed(number), call.words))


async def _turn(services: Services, tap: Tap, code: ShowTrial) -> Answer:
    if tap.subject is None:
        return refused(Notice.OUT_OF_DATE, tap.words)
    return Answer(trial_screen(await services.trials.again(tap.subject), tap.words, code.page))


COMMAND = Command(
    name="testfeed",
    summary=msg("what a read of a source would bring now"),
    run=_run,
    rights=Rights.BOT_ADMIN,
    argument="SOURCE",
    buttons={ShowTrial: Button(_turn, Rights.BOT_ADMIN, slow=True)},
)
