"""«Follow» below a search: its words are followed, whatever the topic."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.callbacks import Code, FollowWord
from bot.chat.calls import Answer, Button, Rights, Services, Tap, refused
from bot.chat.screens.following import followed_toast, with_follow
from bot.chat.screens.lists import search_screen
from bot.chat.screens.notices import Notice
from bot.core.archive import ChatKind
from bot.core.message import Message
from bot.i18n import Words
from bot.services.browse import Listing
from bot.services.subscriptions import ChatThread


async def found_screen(
    services: Services, thread: ChatThread, words: Words, query: str, listing: Listing, *, topic: str | None = None
) -> Message:
    """What a search found; in a private chat with the way to follow its words."""
    screen = search_screen(query, listing, services.topics_in(words.language), words, topic)
    if thread.kind is not ChatKind.PRIVATE:
        return screen
    return with_follow(screen, query, listing.page, await services.habits.of(thread), words, topic=topic)


async def _follow(services: Services, tap: Tap, code: FollowWord) -> Answer:
    if tap.subject is None or code.followed > 1:
        return refused(Notice.OUT_OF_DATE, tap.words)
    habits = await services.habits.follow_word(tap.thread, tap.subject, followed=bool(code.followed))
    if bool(code.followed) != (tap.subject in habits.words):
        return Answer(toast=tap.words("That is the most that can be chosen: leave one first."), alert=True)
    topic = code.topic if code.topic in services.slugs else None
    anchor, page = code.anchor or None, max(code.page, 1)
    listing = await services.browse.search(tap.subject, topic=topic, anchor=anchor, page=page)
    screen = await found_screen(services, tap.thread, tap.words, tap.subject, listing, topic=topic)
    return Answer(screen, toast=followed_toast(tap.subject, tap.words, followed=bool(code.followed)))


BUTTONS: Mapping[type[Code], Button] = {FollowWord: Button(_follow, Rights.CHAT_ADMIN)}
