"""/feeds: the sources and how reading them goes."""

from __future__ import annotations

from bot.chat.callbacks import ShowFeeds
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap
from bot.chat.screens.feeds import feeds_screen
from bot.core.message import Message


async def _run(services: Services, _call: Call) -> Answer:
    return Answer(await _page(services, 1))


async def _turn(services: Services, _tap: Tap, code: ShowFeeds) -> Answer:
    return Answer(await _page(services, code.page))


async def _page(services: Services, page: int) -> Message:
    return feeds_screen(await services.feeds.all(), services.feeds.now(), page)


COMMAND = Command(
    name="feeds",
    summary="the sources and how reading them goes",
    run=_run,
    rights=Rights.BOT_ADMIN,
    buttons={ShowFeeds: Button(_turn, Rights.BOT_ADMIN)},
)
