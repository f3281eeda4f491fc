"""One source for admins: how reading it goes, and what became of pausing it, resuming it, reading it at once."""

from __future__ import annotations

from typing import assert_never

from bot.chat.callbacks import AskRemoval, ReadFeed, ShowFeed, ShowFeeds, SwitchFeed, encode
from bot.chat.screens.compose import clock, fill, foreign, title_of
from bot.chat.screens.feeds import release_buttons, state_word
from bot.chat.screens.status import add_last_read
from bot.core.archive import Feed, FeedState
from bot.core.message import Button, Message
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.i18n import Words, msg
from bot.services.feed_care import FeedDetails, NotRead, Paused, ReadAtOnce, Resumed, StillHeld

REASONS = frozenset(
    {
        msg("the feed's own interval"),
        msg("the feed wants these hours skipped"),
        msg("the usual interval"),
        msg("as often as it publishes"),
        msg("the answer is fresh until then"),
        msg("the feed's ttl"),
        msg("the feed's update period"),
        msg("longer after each failure"),
    }
)
"""Why a feed is read as often as it is, as the schedule names it."""


def feed_screen(details: FeedDetails, words: Words) -> Message:
    """All about one feed, and what can be done with it."""
    feed = details.feed
    draft = Draft().add(words("Feed {number}, “{title}”", number=feed.id, title=title_of(feed, words)), "bold")
    draft.line(f"{state_word(feed, words)}, ")
    add_last_read(draft, feed, details.now, words, with_state=False)
    _add_next_read(draft, details, words)
    if feed.last_error:
        draft.line(words("Reason: {reason}", reason=foreign(feed.last_error, 160, words)))
    if details.interval is not None and feed.state is not FeedState.PAUSED:
        span, reason = words.span(details.interval.length), words(details.interval.reason)
        draft.line(words("Interval: {span} ({reason})", span=span, reason=reason))
    draft.line(words("Kind: {kind}", kind=feed.format or words("not read yet")))
    draft.line(_zone(details, words))
    draft.line(words.plural("{n} update in 24 hours", "{n} updates in 24 hours", details.new_today))
    return draft.line(clip(feed.settings.url, 160), "code").message(_buttons(feed, words))


def number_hint_screen(command: str, words: Words) -> Message:
    """A command about a feed without its number."""
    hint = words("{command} NUMBER, for example {command} 3. /feeds lists the numbers.", command=command)
    return Draft().add(hint).message()


def paused_screen(outcome: Paused, words: Words) -> Message:
    """A feed is read no more."""
    feed = outcome.feed
    if not outcome.changed:
        draft = _named(msg("Feed {number}, “{title}”, is paused already."), feed, words)
        return draft.message(_resume_row(feed, words))
    draft = _named(msg("Feed {number}, “{title}”, is paused."), feed, words)
    draft.line(words("Nobody gets alerts from it until it is resumed: /resumefeed {number}", number=feed.id))
    return draft.message(_resume_row(feed, words))


def resumed_screen(outcome: Resumed | StillHeld, words: Words) -> Message:
    """A feed is read again, or why not."""
    feed = outcome.feed
    match outcome:
        case Resumed(changed=True):
            draft = _named(msg("Feed {number}, “{title}”, is resumed."), feed, words)
            draft.line(words("It is read within seconds. What is older than 30 minutes by then comes without sound."))
            return draft.message(_show_row(feed, words))
        case Resumed():
            draft = _named(msg("Feed {number}, “{title}”, is not paused: it is being read."), feed, words)
            return draft.message(_show_row(feed, words))
        case StillHeld():
            draft = _named(msg("Feed {number}, “{title}”, is held, not paused."), feed, words)
            draft.line(words("Say what becomes of what it has:"))
            return draft.message((release_buttons(feed, words),))
        case unknown:
            assert_never(unknown)


def paused_toast(words: Words) -> str:
    """The feed is paused."""
    return words("Paused.")


def resumed_toast(outcome: Resumed | StillHeld, words: Words) -> str:
    """What the tap on «Resume» did."""
    return words("It is held, not paused.") if isinstance(outcome, StillHeld) else words("Resumed.")


def read_toast(outcome: ReadAtOnce | NotRead, words: Words) -> str:
    """What the tap on «Read now» did."""
    match outcome:
        case ReadAtOnce():
            return words("It is read within seconds. «Show again» tells how that went.")
        case NotRead():
            return words("It is paused: resume it first.")
        case unknown:
            assert_never(unknown)


def _add_next_read(draft: Draft, details: FeedDetails, words: Words) -> None:
    feed = details.feed
    if feed.next_poll_at is None or feed.state is FeedState.PAUSED:
        return
    if feed.next_poll_at <= details.now:
        draft.add(", ").add(words("next now"))
    else:
        fill(draft.add(", "), words.template("next {clock}"), clock=clock(feed.next_poll_at, details.now, words))


def _zone(details: FeedDetails, words: Words) -> str:
    if details.feed.settings.timezone is not None:
        return words("Zone: {zone} (as set)", zone=details.zone)
    if details.zone is not None:
        return words("Zone: {zone} (of its newest update)", zone=details.zone)
    return words("Zone: not known yet")


def _buttons(feed: Feed, words: Words) -> tuple[tuple[Button, ...], ...]:
    pause = Button(words("Pause"), data=encode(SwitchFeed(feed.id, 0)))
    resume = Button(words("Resume"), data=encode(SwitchFeed(feed.id, 1)))
    read = Button(words("Read now"), data=encode(ReadFeed(feed.id)))
    remove = Button(words("Remove"), data=encode(AskRemoval(feed.id)))
    again = Button(words("Show again"), data=encode(ShowFeed(feed.id)))
    every = Button(words("All feeds"), data=encode(ShowFeeds(1)))
    held = (release_buttons(feed, words),) if feed.state is FeedState.HELD else ()
    acts = (resume, remove) if feed.state is FeedState.PAUSED else (pause, read, remove)
    return (*held, acts, (again, every))


def _resume_row(feed: Feed, words: Words) -> tuple[tuple[Button, ...], ...]:
    resume = Button(words("Resume"), data=encode(SwitchFeed(feed.id, 1)))
    return ((resume, *_show_row(feed, words)[0]),)


def _show_row(feed: Feed, words: Words) -> tuple[tuple[Button, ...], ...]:
    return ((Button(words("Show"), data=encode(ShowFeed(feed.id))),),)


def _named(sentence: str, feed: Feed, words: Words) -> Draft:
    return Draft().add(words(sentence, number=feed.id, title=title_of(feed, words)), "bold")
