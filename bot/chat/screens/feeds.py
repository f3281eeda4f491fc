"""The sources for admins: the list, the question before removing one, and what became of adding one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from bot.chat.callbacks import Cancel, RemoveFeed, ShowFeeds, encode
from bot.chat.screens.status import add_clock, add_last_read
from bot.core.archive import Feed, FeedState
from bot.core.message import Button, Message
from bot.core.render.clean import clean_line, isolated
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.services.feeds import Added

PAGE = 8
"""Feeds on one page of the list."""


def feeds_screen(feeds: Sequence[Feed], now: datetime, page: int = 1) -> Message:
    """One page of the feeds by number: name, state, last and next read, failures, address."""
    draft = Draft().add("Feeds", "bold")
    if not feeds:
        return draft.line("None yet. /addfeed ADDRESS reads a source and shows what it would bring.").message()
    pages = -(-len(feeds) // PAGE)
    page = min(max(page, 1), pages)
    for feed in feeds[(page - 1) * PAGE : page * PAGE]:
        _add_feed(draft, feed, now)
    draft.line("/addfeed ADDRESS adds one, /removefeed NUMBER removes one.")
    return draft.message((_turn(page, pages),))


def remove_screen(feed: Feed) -> Message:
    """The question before a feed is removed."""
    draft = Draft().add(f"Remove feed {feed.id}, {name(feed)}?", "bold")
    draft.line("Nobody gets alerts from it any more. What it brought stays in /latest and /search.")
    buttons = ((Button("Remove", data=encode(RemoveFeed(feed.id))), Button("Keep", data=encode(Cancel()))),)
    return draft.message(buttons)


def remove_hint_screen() -> Message:
    """/removefeed without a number."""
    return Draft().add("/removefeed NUMBER, for example /removefeed 3. /feeds lists the numbers.").message()


def removed_screen(feed: Feed) -> Message:
    """A feed was removed, and how to have it back."""
    draft = Draft().add(f"Feed {feed.id}, {name(feed)}, is removed.")
    return draft.line("To have it back: /addfeed ").add(feed.settings.url, "code").message()


def no_such_feed_screen(number: int) -> Message:
    """There is no feed of that number."""
    return Draft().add(f"There is no feed {number}. /feeds lists them with their numbers.").message()


def added_screen(added: Added) -> Message:
    """A feed was added, and what of it counts as seen."""
    titled = f"“{isolated(clip(clean_line(added.title), 80))}”" if added.title else name(added.feed)
    draft = Draft().add(f"Added: feed {added.feed.id}, {titled}.", "bold")
    match added.seen:
        case None:
            seen = "What it has now counts as seen"
        case 1:
            seen = "Its one present update counts as seen"
        case _:
            seen = f"Its {added.seen} present updates count as seen"
    return draft.line(f"{seen}; what comes from now on is alerted. /feeds shows how it is read.").message()


def already_there_screen(feed: Feed) -> Message:
    """The address is followed already."""
    return Draft().add(f"That is feed {feed.id}, {name(feed)}, already. /feeds shows how it is read.").message()


def cancelled_screen() -> Message:
    """Nothing was done."""
    return Draft().add("Cancelled: nothing is changed.").message()


def name(feed: Feed) -> str:
    """The feed's title within a sentence."""
    return f"“{isolated(clip(clean_line(feed.title), 80))}”"


def _add_feed(draft: Draft, feed: Feed, now: datetime) -> None:
    draft.line(f"{feed.id}. {isolated(clip(clean_line(feed.title), 80))}", "bold")
    draft.line(f"{_state(feed)}, ")
    add_last_read(draft, feed, now)
    if feed.next_poll_at is not None and feed.state is FeedState.ACTIVE:
        draft.add(", next ")
        add_clock(draft, feed.next_poll_at, now)
    if feed.last_error and feed.failures:
        draft.line(f"Reason: {clip(clean_line(feed.last_error), 160)}")
    draft.line(clip(feed.settings.url, 160), "code")


def _state(feed: Feed) -> str:
    match feed.state:
        case FeedState.ACTIVE:
            return "failing" if feed.failures else "working"
        case FeedState.PAUSED:
            return "paused"
        case FeedState.HELD:
            return "held"
        case FeedState.REMOVED:
            return "removed"
        case unknown:
            assert_never(unknown)


def _turn(page: int, pages: int) -> tuple[Button, ...]:
    return (
        *((Button("◀ Back", data=encode(ShowFeeds(page - 1))),) if page > 1 else ()),
        *((Button("More ▶", data=encode(ShowFeeds(page + 1))),) if page < pages else ()),
    )
