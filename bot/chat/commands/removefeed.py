"""/removefeed: stop following a source, after a second look."""

from __future__ import annotations

from bot.chat.callbacks import RemoveFeed
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap
from bot.chat.numbers import answer_for_feed
from bot.chat.screens.feeds import (
    no_such_feed_screen,
    remove_screen,
    removed_screen,
    removed_toast,
)
from bot.i18n import msg
from bot.services.feeds import NoSuchFeed


async def _run(services: Services, call: Call) -> Answer:
    return await answer_for_feed(call, "/removefeed", services.feeds.find, remove_screen)


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
