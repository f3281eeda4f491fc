"""/search: reports with certain words. Any input is a search."""

from __future__ import annotations

from bot.chat.calls import Answer, Call, Command, Services
from bot.chat.commands.latest import GROUP_PAUSE
from bot.chat.screens.lists import search_hint_screen, search_screen
from bot.core.render.clean import clean_line
from bot.core.render.cut import clip
from bot.i18n import msg

MAX_QUERY = 200
"""UTF-16 code units of the words that are searched for and shown again."""


async def _run(services: Services, call: Call) -> Answer:
    query = clip(clean_line(call.argument), MAX_QUERY)
    if not query:
        return Answer(search_hint_screen(call.words))
    listing = await services.browse.search(query)
    return Answer(search_screen(query, listing, services.topics_in(call.words.language), call.words))


COMMAND = Command(
    name="search", summary=msg("find reports by their words"), run=_run, argument="WORDS", once_in=GROUP_PAUSE
)
