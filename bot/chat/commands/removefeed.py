"""/removefeed: stop following a source, after a second look."""

from __future__ import annotations

from bot.chat.callbacks import RemoveFeed
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap
from bot.chat.numbers import feed_number
from bot.chat.screens.feeds import (
    no_such_feed_screen,
    remove_hint_screen,
    remove_screen,
    removed_screen,
    removed_toast,
)
from bot.i18n import msg
from bot.services.feeds import NoSuchFeed


async def _run(services: Services, call: Call) -> Answer:
    number = feed_number(call.argument)
    if number is None:
        return Answer(remove_hint_screen(call.words))
    feed = await services.feeds.find(number)
    if isinstance(feed, NoSuchFeed):
        return Answer(no_such_feed_screen(number, call.words))
    return Answer(remove_screen(feed, call.words))


async def _remove(services: Services, tap: Tap, code: RemoveFeed) -> Answer:
    outcome = await services.feeds.remove(code.feed, by=tap.caller.user_id)
    if isinstance(outcome, NoSuchFeed):
        return Answer(no_such_feed_screen(code.feed, tap.words))
    return Answer(removed_screen(outcome.feed, tap.words), toast=removed_toast(tap.words))


COMMAND = Command(
    name="removefeed",
    summary=msg("stop following a source"),
    run=_run,
    rights=Rights.BOT_ADMIN,
    argument="NUMBER",
    buttons={RemoveFeed: Button(_remove, Rights.BOT_ADMIN)},
)
