"""The sources for admins: the list, the question before removing one, and what became of adding one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from bot.chat.callbacks import Cancel, ReleaseFeed, RemoveFeed, ShowFeed, ShowFeeds, encode
from bot.chat.screens.compose import Fixed, clock, fill, foreign, title_of
from bot.chat.screens.status import add_last_read
from bot.core.archive import Feed, FeedState
from bot.core.message import Button, Message
from bot.core.polling import FeedAlarm
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.i18n import Words
from bot.services.feed_care import wants_a_look
from bot.services.feeds import Added, Released

PAGE = 8
"""Feeds on one page of the list."""


def feeds_screen(
    feeds: Sequence[Feed], now: datetime, words: Words, page: int = 1, *, broken_only: bool = False
) -> Message:
    """One page of the feeds by number, or of those that want a look: name, state, reads, failures, address."""
    draft = Draft().add(words("Feeds"), "bold")
    if not feeds:
        none = words("None yet. /addfeed ADDRESS reads a source and shows what it would bring.")
        return draft.line(none).message()
    broken = [feed for feed in feeds if wants_a_look(feed)]
    switch = () if not (broken or broken_only) else (_filter(len(broken), words, broken_only=broken_only),)
    if broken_only and not broken:
        return draft.line(words("None is broken.")).message((switch,))
    listed = broken if broken_only else feeds
    pages = -(-len(listed) // PAGE)
    page = min(max(page, 1), pages)
    shown = listed[(page - 1) * PAGE : page * PAGE]
    for feed in shown:
        _add_feed(draft, feed, now, words)
    draft.line(words("/addfeed ADDRESS adds one, /removefeed NUMBER removes one."))
    held = tuple(release_buttons(feed, words) for feed in shown if feed.state is FeedState.HELD)
    turn = _turn(page, pages, words, broken_only=broken_only)
    return draft.message((*held, *_numbers(shown), turn, switch))


def held_screen(feed: Feed, reason: str, words: Words) -> Message:
    """What admins are told when a feed is held: why, and what they can do."""
    title = title_of(feed, words)
    draft = Draft().add(words("Feed {number}, “{title}”, is held.", number=feed.id, title=title), "bold")
    draft.line(words("Reason: {reason}", reason=foreign(reason, 160, words)))
    draft.line(words("Nothing of it is sent until you say so, or the page is as it was."))
    return draft.message((release_buttons(feed, words),))


def released_screen(released: Released, words: Words) -> Message:
    """A held feed goes on."""
    title = title_of(released.feed, words)
    draft = Draft().add(words("Feed {number}, “{title}”, goes on.", number=released.feed.id, title=title), "bold")
    if released.as_seen:
        draft.line(words("What it has now counts as seen; what comes from now on is alerted."))
    return draft.message()


def remove_screen(feed: Feed, words: Words) -> Message:
    """The question before a feed is removed."""
    title = title_of(feed, words)
    draft = Draft().add(words("Remove feed {number}, “{title}”?", number=feed.id, title=title), "bold")
    draft.line(words("Nobody gets alerts from it any more. What it brought stays in /latest and /search."))
    remove = Button(words("Remove"), data=encode(RemoveFeed(feed.id)))
    return draft.message(((remove, Button(words("Keep"), data=encode(Cancel()))),))


def removed_screen(feed: Feed, words: Words) -> Message:
    """A feed was removed, and how to have it back."""
    title = title_of(feed, words)
    draft = Draft().add(words("Feed {number}, “{title}”, is removed.", number=feed.id, title=title)).line()
    return fill(
        draft, words.template("To have it back: /addfeed {address}"), address=Fixed(feed.settings.url)
    ).message()


def removed_toast(words: Words) -> str:
    """The same in a word."""
    return words("Removed.")


def no_such_feed_screen(number: int, words: Words) -> Message:
    """There is no feed of that number."""
    sentence = words("There is no feed {number}. /feeds lists them with their numbers.", number=number)
    return Draft().add(sentence).message()


def added_screen(added: Added, words: Words) -> Message:
    """A feed was added, and what of it counts as seen."""
    title = foreign(added.title or added.feed.title, 80, words)
    draft = Draft().add(words("Added: feed {number}, “{title}”.", number=added.feed.id, title=title), "bold")
    if added.seen is None:
        draft.line(words("What it has now counts as seen; what comes from now on is alerted."))
    else:
        seen = words.plural(
            "Its {n} present update counts as seen; what comes from now on is alerted.",
            "Its {n} present updates count as seen; what comes from now on is alerted.",
            added.seen,
        )
        draft.line(seen)
    if added.follows_days:
        draft.line(words("The page of each next day is sought from 23:00 on, in the source's own time."))
    return draft.line(words("/feeds shows how it is read.")).message()


def added_toast(words: Words) -> str:
    """The same in a word."""
    return words("Added.")


def already_there_screen(feed: Feed, words: Words) -> Message:
    """The address is followed already."""
    title = title_of(feed, words)
    sentence = words(
        "That is feed {number}, “{title}”, already. /feeds shows how it is read.", number=feed.id, title=title
    )
    return Draft().add(sentence).message()


def cancelled_screen(words: Words) -> Message:
    """Nothing was done."""
    return Draft().add(words("Cancelled: nothing is changed.")).message()


def _add_feed(draft: Draft, feed: Feed, now: datetime, words: Words) -> None:
    draft.line(f"{feed.id}. {title_of(feed, words)}", "bold")
    draft.line(f"{state_word(feed, words)}, ")
    add_last_read(draft, feed, now, words, with_state=False)
    if feed.next_poll_at is not None and feed.state is FeedState.ACTIVE:
        fill(draft.add(", "), words.template("next {clock}"), clock=clock(feed.next_poll_at, now, words))
    if feed.last_error and feed.failures:
        draft.line(words("Reason: {reason}", reason=foreign(feed.last_error, 160, words)))
    draft.line(clip(feed.settings.url, 160), "code")


def state_word(feed: Feed, words: Words) -> str:
    """How it goes with a feed, in a word."""
    match feed.state:
        case FeedState.ACTIVE:
            return _working(feed, words)
        case FeedState.PAUSED:
            return words("paused")
        case FeedState.HELD:
            return words("held")
        case FeedState.REMOVED:
            return words("removed")
        case unknown:
            assert_never(unknown)


def _working(feed: Feed, words: Words) -> str:
    if feed.failures:
        return words("failing")
    match feed.alarm:
        case FeedAlarm.QUIET:
            return words("silent for longer than usual")
        case FeedAlarm.UNTIMED:
            return words("without times")
        case FeedAlarm.FAILING | None:
            return words("working")
        case unknown:
            assert_never(unknown)


def release_buttons(feed: Feed, words: Words) -> tuple[Button, ...]:
    """What can become of what a held feed has."""
    send = words("{number}: send what it has", number=feed.id)
    seen = words("{number}: count it as seen", number=feed.id)
    return (
        Button(send, data=encode(ReleaseFeed(feed.id, 0))),
        Button(seen, data=encode(ReleaseFeed(feed.id, 1))),
    )


def _numbers(feeds: Sequence[Feed]) -> tuple[tuple[Button, ...], ...]:
    """A button a feed that opens it, four in a row."""
    opening = [Button(str(feed.id), data=encode(ShowFeed(feed.id))) for feed in feeds]
    return tuple(tuple(opening[start : start + 4]) for start in range(0, len(opening), 4))


def _filter(broken: int, words: Words, *, broken_only: bool) -> Button:
    if broken_only:
        return Button(words("All feeds"), data=encode(ShowFeeds(1)))
    return Button(words("Broken only ({count})", count=broken), data=encode(ShowFeeds(1, 1)))


def _turn(page: int, pages: int, words: Words, *, broken_only: bool) -> tuple[Button, ...]:
    back, more = (encode(ShowFeeds(to, int(broken_only))) for to in (max(page - 1, 1), page + 1))
    return (
        *((Button(words("◀ Back"), data=back),) if page > 1 else ()),
        *((Button(words("More ▶"), data=more),) if page < pages else ()),
    )
