"""/status: what this chat gets, and when each source was last read."""

from __future__ import annotations

from bot.chat.calls import Answer, Call, Command, Services
from bot.chat.screens.status import status_screen
from bot.i18n import msg


async def _run(services: Services, call: Call) -> Answer:
    choices = await services.subscriptions.choices(call.thread)
    sources = await services.browse.sources()
    freshness = await services.browse.freshness()
    topics = services.topics_in(call.words.language)
    return Answer(status_screen(choices, sources, topics, freshness.asked_at, call.words))


COMMAND = Command(name="status", summary=msg("what is on, and when sources were last read"), run=_run, in_groups=False)
