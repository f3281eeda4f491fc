"""/latest: the newest reports, page by page; the buttons of every list of reports."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.callbacks import MAX_PAGE, OpenNews, PickTopic, ShowPage, View
from bot.chat.calls import Answer, Button, Call, Command, Services, Tap, refused
from bot.chat.commands.following import found_screen
from bot.chat.screens.lists import latest_screen, pick_topic_screen
from bot.chat.screens.notices import Notice
from bot.chat.screens.opened import gone_screen, opened_screen
from bot.i18n import msg

GROUP_PAUSE = timedelta(seconds=30)


async def _run(services: Services, call: Call) -> Answer:
    listing = await services.browse.latest()
    return Answer(latest_screen(listing, services.topics_in(call.words.language), call.words))


async def _turn(services: Services, tap: Tap, code: ShowPage) -> Answer:
    topics = services.topics_in(tap.words.language)
    topic = code.topic if code.topic in services.slugs else None
    anchor, page = code.anchor or None, max(code.page, 1)
    if code.view is View.LATEST:
        listing = await services.browse.latest(topic=topic, anchor=anchor, page=page)
        return Answer(latest_screen(listing, topics, tap.words, topic))
    if tap.subject is None:
        return refused(Notice.OUT_OF_DATE, tap.words)
    listing = await services.browse.search(tap.subject, topic=topic, anchor=anchor, page=page)
    return Answer(await found_screen(services, tap.thread, tap.words, tap.subject, listing, topic=topic))


async def _pick(services: Services, tap: Tap, code: PickTopic) -> Answer:
    if code.view is View.SEARCH and tap.subject is None:
        return refused(Notice.OUT_OF_DATE, tap.words)
    query = tap.subject if code.view is View.SEARCH else None
    return Answer(pick_topic_screen(code.view, services.topics_in(tap.words.language), query, tap.words))


async def _open(services: Services, tap: Tap, code: OpenNews) -> Answer:
    if code.view is View.SEARCH and tap.subject is None:
        return refused(Notice.OUT_OF_DATE, tap.words)
    query = tap.subject if code.view is View.SEARCH else None
    topic = code.topic if code.topic in services.slugs else None
    back = ShowPage(code.view, code.anchor, min(code.page, MAX_PAGE), topic)
    stored = await services.browse.open(code.news)
    if stored is None:
        return Answer(gone_screen(back, query, tap.words))
    topics = services.topics_in(tap.words.language)
    return Answer(opened_screen(stored, topics, tap.words, back, revision=code.revision, query=query))


COMMAND = Command(
    name="latest",
    summary=msg("the newest reports"),
    run=_run,
    once_in=GROUP_PAUSE,
    buttons={
        ShowPage: Button(_turn, asker_only=True),
        PickTopic: Button(_pick, asker_only=True),
        OpenNews: Button(_open, asker_only=True),
    },
)
