"""What a read of a source would bring: each update with what would become of it, and why."""

from __future__ import annotations

from typing import assert_never

from bot.chat.callbacks import ShowTrial, encode
from bot.chat.screens.compose import foreign, title_of
from bot.chat.screens.feeds import no_such_feed_screen
from bot.chat.screens.preview import bad_address_screen
from bot.core.message import Button, Message
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.core.web_address import BadAddress
from bot.i18n import Words, msg
from bot.services.feed_trials import Trial, TrialFailed, TrialOutcome, Tried
from bot.services.feeds import NoSuchFeed

PAGE = 6
"""Updates on one page."""
_WORDS = {
    "new": msg("new"),
    "same": msg("seen"),
    "corrected": msg("corrected"),
    "added": msg("text added"),
    "withdrawn": msg("withdrawn"),
    "missing": msg("missing for the first time"),
    "removed": msg("removed from the page"),
    "copy": msg("another feed told it before"),
}
_UNSENT = {
    "older than 24 h at first read": msg("too old: over 24 hours"),
    "part of the feed's first document": msg("counts as seen: part of the first document"),
    "the source had taken it back before it was read": msg("taken back by its source before it was read"),
    "it stands on the other day's page too": msg("it stands on the other day's page too"),
}
"""Why a new update is not sent, where that is a fixed reason."""
_UNKNOWN = msg("never seen before")


def trial_screen(outcome: TrialOutcome, words: Words, page: int = 1) -> Message:
    """One page of a trial, or why there is none."""
    match outcome:
        case Trial():
            return _trial(outcome, words, page)
        case TrialFailed(url=url, reason=reason):
            draft = Draft().add(words("It cannot be read."), "bold").line(clip(url, 160), "code")
            return draft.line(words("Reason: {reason}", reason=foreign(reason, 160, words))).message()
        case BadAddress(reason=reason):
            return bad_address_screen(reason, words)
        case NoSuchFeed(number=number):
            return no_such_feed_screen(number, words)
        case unknown:
            assert_never(unknown)


def trial_hint_screen(words: Words) -> Message:
    """/testfeed without anything."""
    hint = words("/testfeed NUMBER or /testfeed ADDRESS, for example /testfeed 3. /feeds lists the numbers.")
    return Draft().add(hint).message()


def _trial(trial: Trial, words: Words, page: int) -> Message:
    draft = Draft().add(_headline(trial, words), "bold").line(trial.url, "code")
    draft.line(words.plural("{n} update", "{n} updates", len(trial.tried))).add(", ")
    draft.add(words("would be sent: {count}", count=trial.sent))
    if trial.held is not None:
        draft.line(words("All of it would be held: {reason}", reason=foreign(trial.held, 160, words)))
    if trial.feed is None:
        draft.line(words("It is not followed: each update is judged as if it came now."))
    pages = max(-(-len(trial.tried) // PAGE), 1)
    page = min(max(page, 1), pages)
    start = (page - 1) * PAGE
    for number, tried in enumerate(trial.tried[start : start + PAGE], start + 1):
        _add_tried(draft, number, tried, words)
    draft.line(words("Dry run: nothing is stored or sent."), "italic")
    return draft.message((_turn(page, pages, words),))


def _headline(trial: Trial, words: Words) -> str:
    if trial.feed is None:
        return words("What a read would bring now")
    title = title_of(trial.feed, words)
    return words("What a read of feed {number}, “{title}”, would bring now", number=trial.feed.id, title=title)


def _add_tried(draft: Draft, number: int, tried: Tried, words: Words) -> None:
    news = tried.verdict.news
    if news is None:
        report = words("report {number}", number=tried.verdict.known_id)
        draft.line(f"{number}. {report}")
    else:
        draft.line(f"{number}. {foreign(news.heading or news.text, 80, words)}")
    draft.line(f"→ {_become(tried, words)}")
    if tried.verdict.told:
        draft.add(" · ").add(words("Chats that follow what it brings: {count}", count=tried.chats))


def _become(tried: Tried, words: Words) -> str:
    """The verdict in words, and its reason: in the source's language where it is made of what differs."""
    verdict = tried.verdict
    for reason, said in _UNSENT.items():
        if verdict.decision == "new" and not verdict.alerts and reason in verdict.reason:
            return words(said)
    word = words(_WORDS[verdict.decision]) if verdict.decision in _WORDS else verdict.decision
    if verdict.decision == "new" and set(verdict.topics) <= {"other"}:
        word = words("new, of no topic")
    reason = words(_UNKNOWN) if verdict.reason == _UNKNOWN else foreign(verdict.reason, 160, words)
    return f"{word}: {reason}"


def _turn(page: int, pages: int, words: Words) -> tuple[Button, ...]:
    return (
        *((Button(words("◀ Back"), data=encode(ShowTrial(page - 1))),) if page > 1 else ()),
        *((Button(words("More ▶"), data=encode(ShowTrial(page + 1))),) if page < pages else ()),
    )
