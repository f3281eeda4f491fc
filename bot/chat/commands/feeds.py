"""/feeds: the sources and how reading them goes."""

from __future__ import annotations

from bot.chat.callbacks import ReleaseFeed, ShowFeeds
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap
from bot.chat.screens.feeds import feeds_screen, no_such_feed_screen, released_screen
from bot.core.message import Message
from bot.i18n import Words, msg
from bot.services.feeds import NoSuchFeed


async def _run(services: Services, call: Call) -> Answer:
    return Answer(await _page(services, call.words, 1))


async def _turn(services: Services, tap: Tap, code: ShowFeeds) -> Answer:
    return Answer(await _page(services, tap.words, code.page, broken_only=code.broken == 1))


async def _release(services: Services, tap: Tap, code: ReleaseFeed) -> Answer:
    outcome = await services.feeds.release(code.feed, as_seen=code.as_seen == 1, by=tap.caller.user_id)
    if isinstance(outcome, NoSuchFeed):
        return Answer(no_such_feed_screen(code.feed, tap.words))
    return Answer(released_screen(outcome, tap.words))


async def _page(services: Services, words: Words, page: int, *, broken_only: bool = False) -> Message:
    feeds = await services.feeds.all()
    return feeds_screen(feeds, services.feeds.now(), words, page, broken_only=broken_only)


COMMAND = Command(
    name="feeds",
    summary=msg("the sources and how reading them goes"),
    run=_run,
    rights=Rights.BOT_ADMIN,
    buttons={
        ShowFeeds: Button(_turn, Rights.BOT_ADMIN),
        ReleaseFeed: Button(_release, Rights.BOT_ADMIN),
    },
)
