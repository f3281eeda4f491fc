"""Lists of updates: the latest, what a search found, and the topics by which they can be narrowed down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat.callbacks import OpenNews, PickTopic, SearchMeant, ShowPage, View, encode
from bot.chat.screens.compose import Fixed, clock, fill, foreign
from bot.core.archive import Page, StoredNews
from bot.core.message import Button, Message
from bot.core.model import OTHER_TOPIC, NewsState, Topic
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.core.render.parts import day_of, zone_of
from bot.i18n import Words, msg
from bot.services.browse import Freshness, Listing

_MAX_LINE = 140
_MAX_SPEAKER = 60
_MAX_LABEL = 40
_MAX_FILTER = 24
"""Characters of a topic's slug that fit beside the rest of a button; longer ones are not offered as a filter."""
_STATES = {
    NewsState.CORRECTED: msg("CORRECTED"),
    NewsState.WITHDRAWN: msg("WITHDRAWN"),
    NewsState.REMOVED: msg("REMOVED"),
}


def latest_screen(listing: Listing, topics: Sequence[Topic], words: Words, topic: str | None = None) -> Message:
    """The newest updates, of one topic or of all."""
    about = _name(topic, topics)
    head = words("Latest reports: {topic}", topic=about) if about else words("Latest reports")
    draft = Draft().add(head, "bold")
    if not listing.page.items:
        draft.line(words("There is no such report yet. That is no sign of safety."))
    return _listing(draft, listing, topics, words, view=View.LATEST, topic=topic)


def search_screen(
    query: str, listing: Listing, topics: Sequence[Topic], words: Words, topic: str | None = None
) -> Message:
    """What was found for ``query``, which stands first in fixed width: the buttons find it there again."""
    about = _name(topic, topics)
    draft = Draft()
    if listing.page.items:
        head = (
            msg("{count} for “{query}” in {topic}, newest first")
            if about
            else msg("{count} for “{query}”, newest first")
        )
    elif about:
        head = msg("No report with “{query}” in {topic}. That is no sign of safety.")
    else:
        head = msg("No report with “{query}”. That is no sign of safety.")
    fill(draft, words.template(head), count=str(listing.page.total), query=Fixed(query), topic=about)
    meant = listing.suggestion
    if meant is not None:
        count = str(meant.count)
        fill(draft.line(), words.template("Did you mean “{query}” ({count})?"), query=Fixed(meant.query), count=count)
    elif not listing.page.items:
        draft.line(words("Fewer or other words may find more; /latest shows the newest reports."))
    return _listing(draft, listing, topics, words, view=View.SEARCH, topic=topic)


def search_hint_screen(words: Words) -> Message:
    """/search without words."""
    hint = words("/search WORDS finds reports with all of these words, for example /search hospital.")
    return Draft().add(hint).message()


def pick_topic_screen(view: View, topics: Sequence[Topic], query: str | None, words: Words) -> Message:
    """The topics by which a listing can be narrowed down."""
    draft = Draft()
    add_query(draft, query, words)
    draft.add(words("Which topic?"))
    offered = [topic for topic in topics if len(topic.slug) <= _MAX_FILTER]
    buttons = [Button(topic.name, data=encode(ShowPage(view, topic=topic.slug))) for topic in offered]
    everything = Button(words("All topics"), data=encode(ShowPage(view)))
    return draft.message(((everything,), *(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))))


def add_query(draft: Draft, query: str | None, words: Words) -> None:
    """Append the words that were searched for, for the way back; nothing for ``None``."""
    if query is not None:
        fill(draft, words.template("From the search “{query}”"), query=Fixed(query)).line()


def _listing(
    draft: Draft, listing: Listing, topics: Sequence[Topic], words: Words, *, view: View, topic: str | None
) -> Message:
    labels = {topic.slug: topic.label for topic in topics}
    for number, stored in enumerate(listing.page.items, start=1):
        draft.line(f"{number}. {_line(stored, labels, listing.freshness.asked_at, words)}")
    _add_freshness(draft, listing.freshness, words)
    narrowed = _name(topic, topics) or words("All topics")
    narrow = Button(f"{narrowed} ▾", data=encode(PickTopic(view)))
    meant: tuple[Button, ...] = ()
    if listing.suggestion is not None:
        meant = (Button(clip(listing.suggestion.query, _MAX_LABEL), data=encode(SearchMeant())),)
    rows = (meant, _opened(listing.page, view, topic), _turn(listing.page, view, topic, words), (narrow,))
    return draft.message(tuple(row for row in rows if row))


def _add_freshness(draft: Draft, freshness: Freshness, words: Words) -> None:
    """Append how fresh the archive is: when sources were last read, and how many have gone dark."""
    if not freshness.sources:
        draft.line(words("No source is set up yet."))
    elif freshness.read_at is None:
        draft.line(words("No source has been read yet."))
    else:
        last = clock(freshness.read_at, freshness.asked_at, words)
        fill(draft.line(), words.template("Sources last read {clock}"), clock=last)
    if freshness.dark:
        dark = words(
            "Not read for half an hour or more: {dark} of {sources}. See /status.",
            dark=len(freshness.dark),
            sources=freshness.sources,
        )
        draft.line(dark)


def _line(stored: StoredNews, labels: Mapping[str, str], now: datetime, words: Words) -> str:
    """Source's day and clock, topic, speaker, heading, and what became of it."""
    label = next((labels[tag.topic] for tag in stored.tags if tag.topic in labels and tag.topic != OTHER_TOPIC), "")
    speaker = foreign(stored.attribution[0], _MAX_SPEAKER, words) if stored.attribution else ""
    heading = foreign(stored.news.heading or stored.news.text, _MAX_LINE, words)
    said = f"{speaker}: {heading}" if speaker else heading
    state = words(_STATES[stored.state]) if stored.state in _STATES else ""
    return f"{_when(stored, now, words)} {' · '.join(piece for piece in (label, said, state) if piece)}"


def _when(stored: StoredNews, now: datetime, words: Words) -> str:
    day = day_of(stored) or stored.first_seen_at.date()
    written = words.day(day) if day.year == now.year else f"{words.day(day)} {day.year}"
    if stored.news.published_at is None:
        return words("{day}, no time:", day=written)
    return f"{written} {stored.news.published_at.astimezone(zone_of(stored.news.zone)):%H:%M}"


def _opened(page: Page[StoredNews], view: View, topic: str | None) -> tuple[Button, ...]:
    return tuple(
        Button(str(number), data=encode(OpenNews(view, page.anchor, page.number, topic, stored.id)))
        for number, stored in enumerate(page.items, start=1)
    )


def _turn(page: Page[StoredNews], view: View, topic: str | None, words: Words) -> tuple[Button, ...]:
    if page.pages <= 1:
        return ()
    newer = Button(words("◀ Newer"), data=encode(ShowPage(view, page.anchor, page.number - 1, topic)))
    here = Button(f"{page.number}/{page.pages}", data=encode(ShowPage(view, topic=topic)))
    older = Button(words("Older ▶"), data=encode(ShowPage(view, page.anchor, page.number + 1, topic)))
    return (
        *((newer,) if page.number > 1 else ()),
        here,
        *((older,) if page.number < page.pages else ()),
    )


def _name(slug: str | None, topics: Sequence[Topic]) -> str:
    """The name of the topic that a listing is narrowed down to; "" for all of them, or one that is no more."""
    return next((topic.name for topic in topics if topic.slug == slug), "")
