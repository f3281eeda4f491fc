"""/addfeed: read a source, show what it would bring, and store it only on a tap."""

from __future__ import annotations

from typing import assert_never

from bot.chat.callbacks import AddFeed, Cancel, PreviewOffered, ShowSample
from bot.chat.calls import OUT_OF_DATE, Answer, Button, Call, Command, Rights, Services, Tap
from bot.chat.screens.feeds import added_screen, already_there_screen, cancelled_screen
from bot.chat.screens.preview import (
    bad_address_screen,
    outcome_screen,
    preview_screen,
    reading_screen,
    sample_screen,
)
from bot.services.feeds import Added, AlreadyThere, BadAddress, Preview


async def _run(services: Services, call: Call) -> Answer:
    if call.argument:
        await call.progress(reading_screen())
    return Answer(outcome_screen(await services.feeds.preview(call.argument), services.topics))


async def _sample(services: Services, tap: Tap, code: ShowSample) -> Answer:
    if tap.subject is None:
        return OUT_OF_DATE
    outcome = await services.feeds.preview_again(tap.subject)
    if not isinstance(outcome, Preview):
        return Answer(outcome_screen(outcome, services.topics))
    if code.number == 0:
        return Answer(preview_screen(outcome, services.topics))
    return Answer(sample_screen(outcome, code.number, services.topics))


async def _offered(services: Services, tap: Tap, code: PreviewOffered) -> Answer:
    offered = tap.shown.fixed if tap.shown else ()
    if not 1 <= code.number <= len(offered):
        return OUT_OF_DATE
    return Answer(outcome_screen(await services.feeds.preview(offered[code.number - 1]), services.topics))


async def _add(services: Services, tap: Tap, _code: AddFeed) -> Answer:
    if tap.subject is None:
        return OUT_OF_DATE
    outcome = await services.feeds.add(tap.subject, by=tap.caller.user_id)
    match outcome:
        case Added():
            return Answer(added_screen(outcome), toast="Added.")
        case AlreadyThere(feed=feed):
            return Answer(already_there_screen(feed))
        case BadAddress(reason=reason):
            return Answer(bad_address_screen(reason))
        case unknown:
            assert_never(unknown)


async def _cancel(_services: Services, _tap: Tap, _code: Cancel) -> Answer:
    return Answer(cancelled_screen(), toast="Cancelled.")


COMMAND = Command(
    name="addfeed",
    summary="read a source and add it",
    run=_run,
    rights=Rights.BOT_ADMIN,
    argument="ADDRESS",
    buttons={
        ShowSample: Button(_sample, Rights.BOT_ADMIN, slow=True),
        PreviewOffered: Button(_offered, Rights.BOT_ADMIN, slow=True),
        AddFeed: Button(_add, Rights.BOT_ADMIN),
        Cancel: Button(_cancel, Rights.BOT_ADMIN),
    },
)
