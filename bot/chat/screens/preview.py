"""What a source would bring, before anything is stored: the dry run of /addfeed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.chat.callbacks import AddFeed, Cancel, PreviewOffered, ShowSample, encode
from bot.chat.screens.compose import foreign
from bot.chat.screens.feeds import already_there_screen
from bot.core.message import Button, Message
from bot.core.model import OTHER_TOPIC, NewsUpdate, Topic
from bot.core.render.clean import clean
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.core.web_address import BadAddress
from bot.i18n import Words
from bot.services.feeds import (
    Advertised,
    AlreadyThere,
    NotReached,
    NotUnderstood,
    Preview,
    PreviewedUpdate,
    PreviewOutcome,
)

_WARNINGS = 5
_OFFERED = 5
_OFFERED_BESIDE = 3
"""Feeds offered beside a preview of the page's own updates."""
_LONGEST_OFFERED = 300
_MAX_SAMPLE = 1_500


def outcome_screen(outcome: PreviewOutcome, topics: Sequence[Topic], words: Words) -> Message:
    """What came of reading the source."""
    match outcome:
        case Preview():
            return preview_screen(outcome, topics, words)
        case BadAddress(reason=reason):
            return bad_address_screen(reason, words)
        case AlreadyThere(feed=feed):
            return already_there_screen(feed, words)
        case NotReached(url=url, reason=reason):
            return _failed(words("The source could not be reached."), reason, url, words)
        case NotUnderstood(url=url, reason=reason):
            return _failed(words("The source answered, but it cannot be read as a feed."), reason, url, words)
        case Advertised():
            return _advertised_screen(outcome, words)
        case unknown:
            assert_never(unknown)


def bad_address_screen(reason: str, words: Words) -> Message:
    """What was typed is no web address."""
    sentence = words(
        "That is no address: {reason}. For example: /addfeed https://news.example/feed", reason=words(reason)
    )
    return Draft().add(sentence).message()


def preview_screen(preview: Preview, topics: Sequence[Topic], words: Words, follow: int = 0) -> Message:
    """Kind, zone and why, how many updates with what times, warnings, topics; the address stands in fixed width.

    Of a page per day also the question whether the next days be followed; ``follow`` is the answer, as in the buttons.
    """
    reading = preview.reading
    draft = Draft().add(foreign(reading.title or preview.url, 100, words), "bold")
    draft.line(preview.url, "code")
    size, seconds = _size(preview.size, words), f"{preview.seconds:.1f}"
    reader = f"{words(reading.split.reader)} ({reading.format})"
    draft.line(words("{size}, {seconds} s. Reader: {reader}.", size=size, seconds=seconds, reader=reader))
    why = words(reading.split.zone_from)
    draft.line(words("Zone: {zone} ({why}).", zone=reading.split.zone, why=why))
    draft.line(_counts([update.news for update in preview.updates], words))
    for warning in _warnings(preview):
        draft.line(words("Warning: {warning}", warning=foreign(warning, 200, words)))
    draft.line(words("Topics: {topics}", topics=_topic_counts(preview, topics, words)))
    question = _add_question(draft, preview, follow, words)
    offered = _add_offered(draft, preview, words)
    draft.line(words("Dry run: nothing is stored or sent."))
    show = words("Show {number}/{count}", number=1, count=len(preview.updates))
    sample = (Button(show, data=encode(ShowSample(1, follow))),)
    return draft.message((*question, sample, *offered, *_add_or_not(words, follow)))


def sample_screen(preview: Preview, number: int, topics: Sequence[Topic], words: Words, follow: int = 0) -> Message:
    """Update ``number`` (1-based, brought into range) of a preview, with what would be made of it."""
    count = len(preview.updates)
    number = min(max(number, 1), count)
    draft = Draft().add(words("Update {number} of {count} in", number=number, count=count)).line(preview.url, "code")
    _add_sample(draft, preview.updates[number - 1], topics, words)
    turn = (
        *((Button(words("◀ Previous"), data=encode(ShowSample(number - 1, follow))),) if number > 1 else ()),
        *((Button(words("Next ▶"), data=encode(ShowSample(number + 1, follow))),) if number < count else ()),
    )
    back = (Button(words("Back"), data=encode(ShowSample(0, follow))),)
    return draft.message((turn, back, *_add_or_not(words, follow)))


def _add_offered(draft: Draft, preview: Preview, words: Words) -> tuple[tuple[Button, ...], ...]:
    """The feeds that a page advertises: what is read of them is often more exact."""
    offered = [url for url in preview.reading.alternates if len(url) <= _LONGEST_OFFERED and url != preview.url]
    offered = offered[:_OFFERED_BESIDE]
    if not offered:
        return ()
    draft.line(words("It names feeds of its site:"))
    for number, url in enumerate(offered, start=1):
        draft.line(f"{number}. ").add(url, "code")
    # The first address in fixed width is the previewed one.
    return (
        tuple(
            Button(words("Read {number}", number=number), data=encode(PreviewOffered(number + 1)))
            for number in range(1, len(offered) + 1)
        ),
    )


def _add_question(draft: Draft, preview: Preview, follow: int, words: Words) -> tuple[tuple[Button, ...], ...]:
    """Whether to follow a page per day, or what was answered; the buttons with the other answers."""
    if preview.day_page is None:
        return ()
    day = words.day(preview.day_page.day)
    yes, no = Button(words("Yes"), data=encode(ShowSample(0, 1))), Button(words("No"), data=encode(ShowSample(0, 2)))
    match follow:
        case 1:
            draft.line(words("This page is for {day}. The next days are followed.", day=day))
            return ((no,),)
        case 2:
            draft.line(words("This page is for {day}. The next days are not followed.", day=day))
            return ((yes,),)
        case _:
            draft.line(words("This page is for {day}. Follow the next days?", day=day))
            return ((yes, no),)


def _add_or_not(words: Words, follow: int) -> tuple[tuple[Button, ...], ...]:
    add = Button(words("Add, treat all as seen"), data=encode(AddFeed(follow)))
    return ((add,), (Button(words("Cancel"), data=encode(Cancel())),))


def _add_sample(draft: Draft, update: PreviewedUpdate, topics: Sequence[Topic], words: Words) -> None:
    news = update.news
    draft.line(foreign(news.heading, 200, words) if news.heading else words("(no heading)"), "bold")
    draft.line(_clock(news, words))
    names = {topic.slug: topic.name for topic in topics}
    for tag in update.tags:
        matched = ", ".join(f"“{foreign(match.words, 60, words)}”" for match in tag.matches[:3])
        draft.line(f"{names.get(tag.topic, tag.topic)}{f': {matched}' if matched else ''}")
    if update.attribution:
        draft.line(words("Says: {names}", names=foreign(", ".join(update.attribution), 150, words)))
    if text := clean(news.text):
        draft.line(clip(text, _MAX_SAMPLE), "blockquote")


def _advertised_screen(outcome: Advertised, words: Words) -> Message:
    draft = Draft().add(words("This page has no updates of its own, but it names feeds:"))
    offered = [url for url in outcome.feeds if len(url) <= _LONGEST_OFFERED][:_OFFERED]
    for number, url in enumerate(offered, start=1):
        draft.line(f"{number}. ").add(url, "code")
    buttons = tuple(
        Button(words("Read {number}", number=number), data=encode(PreviewOffered(number)))
        for number in range(1, len(offered) + 1)
    )
    return draft.message((buttons, (Button(words("Cancel"), data=encode(Cancel())),)))


def _failed(what: str, reason: str, url: str, words: Words) -> Message:
    draft = Draft().add(what, "bold").line(words("Reason: {reason}", reason=foreign(reason, 300, words)))
    draft.line(url, "code")
    return draft.line(words("Nothing is stored. Check the address and send /addfeed again.")).message()


def _size(size: int, words: Words) -> str:
    if size < 1_000:
        return words.plural("{n} byte", "{n} bytes", size)
    return f"{size / 1_000:.0f} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"


def _counts(updates: Sequence[NewsUpdate], words: Words) -> str:
    timed = sorted((news for news in updates if news.published_at), key=lambda news: str(news.published_at))
    untimed = len(updates) - len(timed)
    count = words.plural("{n} update", "{n} updates", len(updates))
    if not timed:
        return words("{updates}, none with a time.", updates=count)
    span = _span(timed[0], timed[-1], words)
    if not untimed:
        return words("{updates}, all timed ({span}).", updates=count, span=span)
    return words(
        "{updates}, {timed} timed ({span}), {untimed} untimed.",
        updates=count,
        timed=len(timed),
        span=span,
        untimed=untimed,
    )


def _span(first: NewsUpdate, last: NewsUpdate, words: Words) -> str:
    if first.local_date is None or first.local_date != last.local_date:
        return f"{_clock(first, words)} – {_clock(last, words)}"
    clocks = dict.fromkeys(f"{news.local_time:%H:%M}" for news in (first, last) if news.local_time)
    return f"{words.day(first.local_date)}, {'–'.join(clocks)}"


def _clock(news: NewsUpdate, words: Words) -> str:
    day = words.day(news.local_date) if news.local_date else ""
    clock = f"{news.local_time:%H:%M}" if news.local_time else words("no time given")
    return ", ".join(piece for piece in (day, clock) if piece)


def _warnings(preview: Preview) -> tuple[str, ...]:
    damaged = preview.reading.damaged
    return (*((damaged,) if damaged else ()), *preview.reading.split.warnings)[:_WARNINGS]


def _topic_counts(preview: Preview, topics: Sequence[Topic], words: Words) -> str:
    labels = {topic.slug: topic.label for topic in topics} | {OTHER_TOPIC: words("Other")}
    return " · ".join(f"{labels.get(topic, topic)} {count}" for topic, count in preview.topic_counts.items())
