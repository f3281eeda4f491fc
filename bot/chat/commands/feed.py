"""/feed: one source, how reading it goes, and what can be done with it."""

from __future__ import annotations

from bot.chat.callbacks import AskRemoval, ReadFeed, ShowFeed, SwitchFeed
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap
from bot.chat.numbers import answer_for_feed
from bot.chat.screens.feed import feed_screen, paused_toast, read_toast, resumed_toast
from bot.chat.screens.feeds import no_such_feed_screen, remove_screen
from bot.core.message import Message
from bot.i18n import Words, msg
from bot.services.feeds import NoSuchFeed


async def _run(services: Services, call: Call) -> Answer:
    return await answer_for_feed(call, "/feed", services.care.details, feed_screen)


async def _show(services: Services, tap: Tap, code: ShowFeed) -> Answer:
    return Answer(await _screen(services, code.feed, tap.words))


async def _switch(services: Services, tap: Tap, code: SwitchFeed) -> Answer:
    if code.on == 1:
        resumed = await services.care.resume(code.feed, by=tap.caller.user_id)
        toast = "" if isinstance(resumed, NoSuchFeed) else resumed_toast(resumed, tap.words)
    else:
        paused = await services.care.pause(code.feed, by=tap.caller.user_id)
        toast = "" if isinstance(paused, NoSuchFeed) else paused_toast(tap.words)
    return Answer(await _screen(services, code.feed, tap.words), toast=toast)


async def _read(services: Services, tap: Tap, code: ReadFeed) -> Answer:
    outcome = await services.care.read_now(code.feed, by=tap.caller.user_id)
    toast = "" if isinstance(outcome, NoSuchFeed) else read_toast(outcome, tap.words)
    return Answer(await _screen(services, code.feed, tap.words), toast=toast)


async def _ask_removal(services: Services, tap: Tap, code: AskRemoval) -> Answer:
    feed = await services.feeds.find(code.feed)
    if isinstance(feed, NoSuchFeed):
        return Answer(no_such_feed_screen(code.feed, tap.words))
    return Answer(remove_screen(feed, tap.words))


async def _screen(services: Services, number: int, words: Words) -> Message:
    details = await services.care.details(number)
    return no_such_feed_screen(number, words) if isinstance(details, NoSuchFeed) else feed_screen(details, words)


COMMAND = Command(
    name="feed",
    summary=msg("one source, how it is read, pause and resume"),
    run=_run,
    rights=Rights.BOT_ADMIN,
    argument="NUMBER",
    buttons={
        ShowFeed: Button(_show, Rights.BOT_ADMIN),
        SwitchFeed: Button(_switch, Rights.BOT_ADMIN),
        ReadFeed: Button(_read, Rights.BOT_ADMIN),
        AskRemoval: Button(_ask_removal, Rights.BOT_ADMIN),
    },
)
