"""/feeds: the sources and how reading them goes."""

from __future__ import annotations

from bot.chat.callbacks import ShowFeeds
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap
from bot.chat.screens.feeds import feeds_screen
from bot.core.message import Message
from bot.i18n import Words, msg


async def _run(services: Services, call: Call) -> Answer:
    return Answer(await _page(services, call.words, 1))


async def _turn(services: Services, tap: Tap, code: ShowFeeds) -> Answer:
    return Answer(await _page(services, tap.words, code.page))


async def _page(services: Services, words: Words, page: int) -> Message:
    return feeds_screen(await services.feeds.all(), services.feeds.now(), words, page)


COMMAND = Command(
    name="feeds",
    summary=msg("the sources and how reading them goes"),
    run=_run,
    rights=Rights.BOT_ADMIN,
    buttons={ShowFeeds: Button(_turn, Rights.BOT_ADMIN)},
)
