"""What a source would bring, before anything is stored: the dry run of /addfeed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.chat.callbacks import AddFeed, Cancel, PreviewOffered, ShowSample, encode
from bot.chat.screens.feeds import already_there_screen
from bot.core.message import Button, Message
from bot.core.model import OTHER_TOPIC, NewsUpdate, Topic
from bot.core.render.clean import clean, clean_line, isolated
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.core.render.phrases import ENGLISH
from bot.services.feeds import (
    Advertised,
    AlreadyThere,
    BadAddress,
    NotReached,
    NotUnderstood,
    Preview,
    PreviewedUpdate,
    PreviewOutcome,
)

_WARNINGS = 5
_OFFERED = 5
_MAX_SAMPLE = 1_500
_ADD_OR_NOT = (
    (Button("Add, treat all as seen", data=encode(AddFeed())),),
    (Button("Cancel", data=encode(Cancel())),),
)


def reading_screen() -> Message:
    """Shown at once, until the source has answered."""
    return Draft().add("Reading…").message()


def outcome_screen(outcome: PreviewOutcome, topics: Sequence[Topic]) -> Message:
    """What came of reading the source."""
    match outcome:
        case Preview():
            return preview_screen(outcome, topics)
        case BadAddress(reason=reason):
            return bad_address_screen(reason)
        case AlreadyThere(feed=feed):
            return already_there_screen(feed)
        case NotReached(url=url, reason=reason):
            return _failed("The source could not be reached", reason, url)
        case NotUnderstood(url=url, reason=reason):
            return _failed("The source answered, but it cannot be read as a feed", reason, url)
        case Advertised():
            return _advertised_screen(outcome)
        case unknown:
            assert_never(unknown)


def bad_address_screen(reason: str) -> Message:
    """What was typed is no web address."""
    text = f"That is no address: {reason}. For example: /addfeed https://news.example/feed"
    return Draft().add(text).message()


def preview_screen(preview: Preview, topics: Sequence[Topic]) -> Message:
    """Kind, zone and why, how many updates with what times, warnings, topics; the address stands in fixed width."""
    reading = preview.reading
    draft = Draft().add(isolated(clip(clean_line(reading.title or preview.url), 100)), "bold")
    draft.line(preview.url, "code")
    draft.line(f"{_size(preview.size)}, {preview.seconds:.1f} s. Reader: {reading.split.reader} ({reading.format}).")
    draft.line(f"Zone: {reading.split.zone} ({reading.split.zone_from}).")
    draft.line(_counts([update.news for update in preview.updates]))
    for warning in _warnings(preview):
        draft.line(f"Warning: {clip(clean_line(warning), 200)}")
    draft.line(f"Topics: {_topic_counts(preview, topics)}")
    draft.line("Dry run: nothing is stored or sent.")
    first = Button(f"Show 1/{len(preview.updates)}", data=encode(ShowSample(1)))
    return draft.message(((first,), *_ADD_OR_NOT))


def sample_screen(preview: Preview, number: int, topics: Sequence[Topic]) -> Message:
    """Update ``number`` (1-based, brought into range) of a preview, with what would be made of it."""
    count = len(preview.updates)
    number = min(max(number, 1), count)
    update = preview.updates[number - 1]
    draft = Draft().add(f"Update {number} of {count} in").line(preview.url, "code")
    _add_sample(draft, update, topics)
    turn = (
        *((Button("◀ Previous", data=encode(ShowSample(number - 1))),) if number > 1 else ()),
        *((Button("Next ▶", data=encode(ShowSample(number + 1))),) if number < count else ()),
    )
    back = (Button("Back", data=encode(ShowSample(0))),)
    return draft.message((turn, back, *_ADD_OR_NOT))


def _add_sample(draft: Draft, update: PreviewedUpdate, topics: Sequence[Topic]) -> None:
    news = update.news
    draft.line(isolated(clip(clean_line(news.heading or "(no heading)"), 200)), "bold")
    draft.line(_clock(news))
    names = {topic.slug: topic.name for topic in topics}
    for tag in update.tags:
        words = ", ".join(f"“{isolated(clean_line(match.words))}”" for match in tag.matches[:3])
        draft.line(f"{names.get(tag.topic, tag.topic)}{f': {words}' if words else ''}")
    if update.attribution:
        draft.line(f"Says: {isolated(clip(clean_line(', '.join(update.attribution)), 150))}")
    if text := clean(news.text):
        draft.line(clip(text, _MAX_SAMPLE), "blockquote")


def _advertised_screen(outcome: Advertised) -> Message:
    draft = Draft().add("This page has no updates of its own, but it names feeds:")
    offered = [url for url in outcome.feeds if len(url) <= 300][:_OFFERED]
    for number, url in enumerate(offered, start=1):
        draft.line(f"{number}. ").add(url, "code")
    buttons = tuple(
        Button(f"Read {number}", data=encode(PreviewOffered(number))) for number in range(1, len(offered) + 1)
    )
    return draft.message((buttons, (Button("Cancel", data=encode(Cancel())),)))


def _failed(what: str, reason: str, url: str) -> Message:
    draft = Draft().add(f"{what}.", "bold").line(f"Reason: {clip(clean_line(reason), 300)}")
    return draft.line(url, "code").line("Nothing is stored. Check the address and send /addfeed again.").message()


def _size(size: int) -> str:
    return f"{size} bytes" if size < 1_000 else f"{size / 1_000:.0f} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"


def _counts(updates: Sequence[NewsUpdate]) -> str:
    timed = sorted((news for news in updates if news.published_at), key=lambda news: str(news.published_at))
    untimed = len(updates) - len(timed)
    count = f"{len(updates)} update{'s' if len(updates) != 1 else ''}"
    if not timed:
        return f"{count}, none with a time."
    return f"{count}, {len(timed)} timed ({_span(timed[0], timed[-1])}){f', {untimed} untimed' if untimed else ''}."


def _span(first: NewsUpdate, last: NewsUpdate) -> str:
    if first.local_date is None or first.local_date != last.local_date:
        return f"{_clock(first)} to {_clock(last)}"
    clocks = dict.fromkeys(f"{news.local_time:%H:%M}" for news in (first, last) if news.local_time)
    return f"{'–'.join(clocks)} on {ENGLISH.on(first.local_date)}"


def _clock(news: NewsUpdate) -> str:
    day = ENGLISH.on(news.local_date) if news.local_date else ""
    clock = f"{news.local_time:%H:%M}" if news.local_time else "no time given"
    return ", ".join(piece for piece in (day, clock) if piece)


def _warnings(preview: Preview) -> tuple[str, ...]:
    damaged = preview.reading.damaged
    return (*((damaged,) if damaged else ()), *preview.reading.split.warnings)[:_WARNINGS]


def _topic_counts(preview: Preview, topics: Sequence[Topic]) -> str:
    labels = {topic.slug: topic.label for topic in topics} | {OTHER_TOPIC: "Other"}
    return " · ".join(f"{labels.get(topic, topic)} {count}" for topic, count in preview.topic_counts.items())
