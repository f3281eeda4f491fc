"""/search: reports with certain words. Any input is a search."""

from __future__ import annotations

from bot.chat.callbacks import SearchMeant
from bot.chat.calls import Answer, Button, Call, Command, Services, Tap, refused
from bot.chat.commands.following import found_screen
from bot.chat.commands.latest import GROUP_PAUSE
from bot.chat.screens.lists import search_hint_screen
from bot.chat.screens.notices import Notice
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
    return Answer(await found_screen(services, call.thread, call.words, query, listing))


async def _search_meant(services: Services, tap: Tap, _code: SearchMeant) -> Answer:
    if tap.shown is None or len(tap.shown.fixed) < 2:
        return refused(Notice.OUT_OF_DATE, tap.words)
    query = tap.shown.fixed[1]
    listing = await services.browse.search(query)
    return Answer(await found_screen(services, tap.thread, tap.words, query, listing))


COMMAND = Command(
    name="search",
    summary=msg("find reports by their words"),
    run=_run,
    argument="WORDS",
    once_in=GROUP_PAUSE,
    buttons={SearchMeant: Button(_search_meant, asker_only=True)},
)
