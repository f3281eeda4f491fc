"""/claim: become the owner with the code that the first start printed."""

from __future__ import annotations

from typing import assert_never

from bot.chat.calls import Answer, Call, Command, Services
from bot.chat.screens.claim import hint_screen, outcome_screen, private_only_screen
from bot.i18n import msg
from bot.services.admins import AlreadyOwned, NowOwner, WrongCode


async def _run(services: Services, call: Call) -> Answer:
    if not call.private or call.caller.user_id is None:
        return Answer(private_only_screen(call.words))
    if not call.argument:
        return Answer(hint_screen(call.words))
    outcome = await services.admins.claim(call.caller.user_id, call.argument)
    match outcome:
        case NowOwner():
            return Answer(outcome_screen(outcome, call.words), menu_changed=True)
        case AlreadyOwned() | WrongCode():
            return Answer(outcome_screen(outcome, call.words))
        case unknown:
            assert_never(unknown)


COMMAND = Command(
    name="claim",
    summary=msg("own this bot, with the code it printed"),
    run=_run,
    argument="CODE",
    in_menu=False,
    in_help=False,
)
