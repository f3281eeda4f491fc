"""/addfeed: read a source, show what it would bring, and store it only on a tap."""

from __future__ import annotations

from typing import assert_never

from bot.chat.callbacks import AddFeed, Cancel, PreviewOffered, ShowSample
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap, refused
from bot.chat.screens.feeds import added_screen, added_toast, already_there_screen, cancelled_screen
from bot.chat.screens.notices import Notice, notice_screen
from bot.chat.screens.preview import (
    bad_address_screen,
    outcome_screen,
    preview_screen,
    sample_screen,
)
from bot.core.web_address import BadAddress
from bot.i18n import msg
from bot.services.feeds import Added, AlreadyThere, Preview


async def _run(services: Services, call: Call) -> Answer:
    if call.argument:
        await call.progress(notice_screen(Notice.READING, call.words))
    outcome = await services.feeds.preview(call.argument)
    return Answer(outcome_screen(outcome, services.topics_in(call.words.language), call.words))


async def _sample(services: Services, tap: Tap, code: ShowSample) -> Answer:
    if tap.subject is None:
        return refused(Notice.OUT_OF_DATE, tap.words)
    topics = services.topics_in(tap.words.language)
    outcome = await services.feeds.preview_again(tap.subject)
    if not isinstance(outcome, Preview):
        return Answer(outcome_screen(outcome, topics, tap.words))
    if code.number == 0:
        return Answer(preview_screen(outcome, topics, tap.words, code.follow))
    return Answer(sample_screen(outcome, code.number, topics, tap.words, code.follow))


async def _offered(services: Services, tap: Tap, code: PreviewOffered) -> Answer:
    offered = tap.shown.fixed if tap.shown else ()
    if not 1 <= code.number <= len(offered):
        return refused(Notice.OUT_OF_DATE, tap.words)
    outcome = await services.feeds.preview(offered[code.number - 1])
    return Answer(outcome_screen(outcome, services.topics_in(tap.words.language), tap.words))


async def _add(services: Services, tap: Tap, code: AddFeed) -> Answer:
    if tap.subject is None:
        return refused(Notice.OUT_OF_DATE, tap.words)
    outcome = await services.feeds.add(tap.subject, by=tap.caller.user_id, follow_days=code.follow == 1)
    match outcome:
        case Added():
            return Answer(added_screen(outcome, tap.words), toast=added_toast(tap.words))
        case AlreadyThere(feed=feed):
            return Answer(already_there_screen(feed, tap.words))
        case BadAddress(reason=reason):
            return Answer(bad_address_screen(reason, tap.words))
        case unknown:
            assert_never(unknown)


async def _cancel(_services: Services, tap: Tap, _code: Cancel) -> Answer:
    return Answer(cancelled_screen(tap.words))


COMMAND = Command(
    name="addfeed",
    summary=msg("read a source and add it"),
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
