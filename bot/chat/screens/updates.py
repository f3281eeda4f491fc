"""Lists of updates, one of them opened, and why one came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import assert_never

from bot.chat.callbacks import OpenNews, PickTopic, ShowPage, View, encode
from bot.chat.screens.status import add_clock
from bot.core.archive import Page, Revision, StoredNews
from bot.core.message import Button, Message
from bot.core.model import OTHER_TOPIC, NewsState, Topic
from bot.core.render.clean import clean, clean_line, isolated
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.core.render.parts import (
    Frame,
    add_clock_line,
    day_of,
    heading_of,
    link_of,
    speaker_line,
    title,
    zone_of,
)
from bot.core.render.phrases import ENGLISH
from bot.services.browse import Freshness, Listing

_MAX_LINE = 140
_MAX_SPEAKER = 60
_MAX_TEXT = 2_800
_SHOWN_VERSIONS = 8
_MAX_FILTER = 24
"""Characters of a topic's slug that fit beside the rest of a button; longer ones are not offered as a filter."""
_STATES = {
    NewsState.CURRENT: "",
    NewsState.CORRECTED: " · CORRECTED",
    NewsState.WITHDRAWN: " · WITHDRAWN",
    NewsState.REMOVED: " · REMOVED",
}


def latest_screen(listing: Listing, topics: Sequence[Topic], topic: str | None = None) -> Message:
    """The newest updates, of one topic or of all."""
    about = _name(topic, topics)
    draft = Draft().add(f"Latest reports: {about}" if about else "Latest reports", "bold")
    if not listing.page.items:
        draft.line("There is no such report yet. That is no sign of safety.")
    return _listing(draft, listing, topics, View.LATEST, topic)


def search_screen(query: str, listing: Listing, topics: Sequence[Topic], topic: str | None = None) -> Message:
    """What was found for ``query``, which stands first in fixed width: the buttons find it there again."""
    about = _name(topic, topics)
    within = f" in {about}" if about else ""
    draft = Draft()
    if listing.page.items:
        draft.add(f"{listing.page.total} for “").add(query, "code").add(f"”{within}, newest first")
    else:
        draft.add("No report with “").add(query, "code").add(f"”{within}. That is no sign of safety.")
        draft.line("Fewer or other words may find more; /latest shows the newest reports.")
    return _listing(draft, listing, topics, View.SEARCH, topic)


def pick_topic_screen(view: View, topics: Sequence[Topic], query: str | None) -> Message:
    """The topics by which a listing can be narrowed down."""
    draft = Draft()
    _add_query(draft, query)
    draft.add("Which topic?")
    offered = [topic for topic in topics if len(topic.slug) <= _MAX_FILTER]
    buttons = [Button(topic.name, data=encode(ShowPage(view, topic=topic.slug))) for topic in offered]
    everything = Button("All topics", data=encode(ShowPage(view)))
    return draft.message(((everything,), *(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))))


def search_hint_screen() -> Message:
    """/search without words."""
    return Draft().add("/search WORDS finds reports with all of these words, for example /search hospital.").message()


def opened_screen(
    stored: StoredNews, topics: Sequence[Topic], back: ShowPage, *, revision: int, query: str | None
) -> Message:
    """One update in the source's own words, in the version asked for, and the way back to its list.

    Args:
        stored: The update with its revisions.
        topics: For the topic's short label.
        back: The page of the list that it was opened from.
        revision: The version to show; 0 or one that is not there shows the current one.
        query: The words of the search that it was found by, kept on the screen for the way back.
    """
    version = next((known for known in stored.revisions if known.number == revision), None)
    heading = version.heading if version else stored.news.heading
    draft = Draft()
    _add_query(draft, query)
    draft.add(title(stored, Frame(labels=_labels(topics)), heading_of(heading)), "bold")
    _add_state(draft, stored)
    draft.line(speaker_line(stored, ENGLISH))
    add_clock_line(draft, stored, ENGLISH)
    if stored.news.published_at is not None:
        _add_moment(draft.line("First read by us "), stored.first_seen_at)
    _add_text(draft, version.text if version else stored.news.text)
    _add_versions(draft, stored, version)
    return draft.message(_opened_buttons(stored, back, version))


def gone_screen(back: ShowPage, query: str | None) -> Message:
    """What is shown for an update that is no longer in the archive."""
    draft = Draft()
    _add_query(draft, query)
    draft.add("This report is no longer in the archive.")
    return draft.message(((Button("Back", data=encode(back)),),))


def add_freshness(draft: Draft, freshness: Freshness) -> None:
    """Append how fresh the archive is: when sources were last read, and how many have gone dark."""
    if not freshness.sources:
        draft.line("No source is set up yet.")
        return
    if freshness.read_at is None:
        draft.line("No source has been read yet.")
        return
    draft.line("Sources last read ")
    add_clock(draft, freshness.read_at, freshness.asked_at)
    if freshness.dark:
        draft.line(f"Not read for half an hour or more: {len(freshness.dark)} of {freshness.sources}. See /status.")


def _add_query(draft: Draft, query: str | None) -> None:
    if query is not None:
        draft.add("From the search “").add(query, "code").add("”").line()


def _listing(draft: Draft, listing: Listing, topics: Sequence[Topic], view: View, topic: str | None) -> Message:
    labels = _labels(topics)
    for number, stored in enumerate(listing.page.items, start=1):
        draft.line(f"{number}. {_line(stored, labels, listing.freshness.asked_at)}")
    add_freshness(draft, listing.freshness)
    return draft.message(_listing_buttons(listing.page, view, topic, _name(topic, topics)))


def _line(stored: StoredNews, labels: Mapping[str, str], now: datetime) -> str:
    """Source's day and clock, topic, speaker, heading, and what became of it."""
    label = next((labels[tag.topic] for tag in stored.tags if tag.topic in labels and tag.topic != OTHER_TOPIC), "")
    speaker = isolated(clip(clean_line(stored.attribution[0]), _MAX_SPEAKER)) if stored.attribution else ""
    heading = isolated(clip(clean_line(stored.news.heading or stored.news.text), _MAX_LINE))
    said = f"{speaker}: {heading}" if speaker else heading
    about = " · ".join(piece for piece in (label, said) if piece)
    return f"{_when(stored, now)} {about}{_STATES[stored.state]}"


def _when(stored: StoredNews, now: datetime) -> str:
    day = day_of(stored) or stored.first_seen_at.date()
    year = f" {day.year}" if day.year != now.year else ""
    if stored.news.published_at is None:
        return f"{ENGLISH.on(day)}{year}, no time:"
    return f"{ENGLISH.on(day)}{year} {stored.news.published_at.astimezone(zone_of(stored.news.zone)):%H:%M}"


def _listing_buttons(
    page: Page[StoredNews], view: View, topic: str | None, about: str
) -> tuple[tuple[Button, ...], ...]:
    opened = tuple(
        Button(str(number), data=encode(OpenNews(view, page.anchor, page.number, topic, stored.id)))
        for number, stored in enumerate(page.items, start=1)
    )
    narrow = Button(f"{about or 'All topics'} ▾", data=encode(PickTopic(view)))
    return tuple(row for row in (opened, _turn(page, view, topic), (narrow,)) if row)


def _turn(page: Page[StoredNews], view: View, topic: str | None) -> tuple[Button, ...]:
    if page.pages <= 1:
        return ()
    newer = Button("◀ Newer", data=encode(ShowPage(view, page.anchor, page.number - 1, topic)))
    here = Button(f"{page.number}/{page.pages}", data=encode(ShowPage(view, topic=topic)))
    older = Button("Older ▶", data=encode(ShowPage(view, page.anchor, page.number + 1, topic)))
    return (
        *((newer,) if page.number > 1 else ()),
        here,
        *((older,) if page.number < page.pages else ()),
    )


def _name(slug: str | None, topics: Sequence[Topic]) -> str:
    """The name of the topic that a listing is narrowed down to; "" for all of them, or one that is no more."""
    return next((topic.name for topic in topics if topic.slug == slug), "")


def _labels(topics: Sequence[Topic]) -> dict[str, str]:
    return {topic.slug: topic.label for topic in topics}


def _add_state(draft: Draft, stored: StoredNews) -> None:
    """Append what became of the update at its source, and when we noticed."""
    match stored.state:
        case NewsState.CURRENT:
            return
        case NewsState.CORRECTED:
            mark, meaning = "CORRECTED", ""
        case NewsState.WITHDRAWN:
            mark, meaning = "WITHDRAWN by the source", ENGLISH.not_safe
        case NewsState.REMOVED:
            mark, meaning = "REMOVED from the page", f"No reason given. {ENGLISH.not_false}"
        case unknown:
            assert_never(unknown)
    _add_moment(draft.line(f"{mark}, noticed "), stored.noticed_at or stored.first_seen_at)
    draft.add(f". {meaning}" if meaning else "")


def _add_moment(draft: Draft, moment: datetime) -> None:
    draft.add_moment(f"{ENGLISH.on(moment)}, {moment:%H:%M} UTC", moment, shown_as="dt")


def _add_text(draft: Draft, text: str) -> None:
    shown = clean(text)
    if shown:
        draft.line(clip(shown, _MAX_TEXT), "blockquote")


def _add_versions(draft: Draft, stored: StoredNews, version: Revision | None) -> None:
    if len(stored.revisions) < 2:
        return
    shown = version.number if version else stored.revision
    for known in stored.revisions[-_SHOWN_VERSIONS:]:
        _add_moment(draft.line(f"Version {known.number}: noticed "), known.noticed_at)
        draft.add(", shown here" if known.number == shown else "")


def _opened_buttons(stored: StoredNews, back: ShowPage, version: Revision | None) -> tuple[tuple[Button, ...], ...]:
    shown = version.number if version else stored.revision
    versions = tuple(
        Button(
            f"Version {known.number}",
            data=encode(OpenNews(back.view, back.anchor, back.page, back.topic, stored.id, known.number)),
        )
        for known in stored.revisions[-_SHOWN_VERSIONS:]
        if known.number != shown
    )
    url = link_of(stored)
    source = (Button("Source", url=url),) if url else ()
    rows = (*(versions[i : i + 3] for i in range(0, len(versions), 3)), (*source, Button("Back", data=encode(back))))
    return tuple(row for row in rows if row)
