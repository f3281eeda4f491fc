"""One update opened from a list: the source's own words, every version, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.chat.callbacks import OpenNews, ShowPage, encode
from bot.chat.screens.compose import day_and_clock, fill
from bot.chat.screens.lists import add_query
from bot.chat.screens.notices import Notice, notice
from bot.core.archive import Revision, StoredNews
from bot.core.message import Button, Message
from bot.core.model import NewsState, Topic
from bot.core.render.clean import clean
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.core.render.parts import Frame, add_clock_line, heading_of, link_of, speaker_line
from bot.core.render.titles import title
from bot.i18n import Words, msg, phrases

_MAX_TEXT = 2_800
_SHOWN_VERSIONS = 8


def opened_screen(
    stored: StoredNews, topics: Sequence[Topic], words: Words, back: ShowPage, *, revision: int, query: str | None
) -> Message:
    """One update in the source's own words, in the version asked for, and the way back to its list.

    Args:
        stored: The update with its revisions.
        topics: For the topic's short label.
        words: The reader's language.
        back: The page of the list that it was opened from.
        revision: The version to show; 0 or one that is not there shows the current one.
        query: The words of the search that it was found by, kept on the screen for the way back.
    """
    version = next((known for known in stored.revisions if known.number == revision), None)
    heading = version.heading if version else stored.news.heading
    own = phrases(words)
    draft = Draft()
    add_query(draft, query, words)
    frame = Frame(labels={topic.slug: topic.label for topic in topics}, phrases=own)
    draft.add(title(stored, frame, heading_of(heading)), "bold")
    _add_state(draft, stored, words)
    draft.line(speaker_line(stored, own))
    add_clock_line(draft, stored, own)
    if stored.news.published_at is not None:
        first_read = day_and_clock(stored.first_seen_at, words)
        fill(draft.line(), words.template("First read by us {clock}"), clock=first_read)
    if text := clean(version.text if version else stored.news.text):
        draft.line(clip(text, _MAX_TEXT), "blockquote")
    _add_versions(draft, stored, version, words)
    return draft.message(_buttons(stored, back, version, words))


def gone_screen(back: ShowPage, query: str | None, words: Words) -> Message:
    """What is shown for an update that is no longer in the archive."""
    draft = Draft()
    add_query(draft, query, words)
    draft.add(notice(Notice.NOT_THERE, words))
    return draft.message(((Button(words("Back"), data=encode(back)),),))


def _add_state(draft: Draft, stored: StoredNews, words: Words) -> None:
    """Append what became of the update at its source, when we noticed, and what that does not mean."""
    own = phrases(words)
    match stored.state:
        case NewsState.CURRENT:
            return
        case NewsState.CORRECTED:
            mark, meaning = msg("CORRECTED, noticed {clock}"), ""
        case NewsState.WITHDRAWN:
            mark, meaning = msg("WITHDRAWN by the source, noticed {clock}."), own.not_safe
        case NewsState.REMOVED:
            mark, meaning = msg("REMOVED from the page, noticed {clock}, no reason given"), own.not_false
        case unknown:
            assert_never(unknown)
    noticed = day_and_clock(stored.noticed_at or stored.first_seen_at, words)
    fill(draft.line(), words.template(mark), clock=noticed)
    if meaning:
        draft.line(meaning)


def _add_versions(draft: Draft, stored: StoredNews, version: Revision | None, words: Words) -> None:
    if len(stored.revisions) < 2:
        return
    shown = version.number if version else stored.revision
    for known in stored.revisions[-_SHOWN_VERSIONS:]:
        noticed = day_and_clock(known.noticed_at, words)
        sentence = msg("Version {number}: noticed {clock}")
        if known.number == shown:
            sentence = msg("Version {number}: noticed {clock}, shown here")
        fill(draft.line(), words.template(sentence), number=str(known.number), clock=noticed)


def _buttons(
    stored: StoredNews, back: ShowPage, version: Revision | None, words: Words
) -> tuple[tuple[Button, ...], ...]:
    shown = version.number if version else stored.revision
    versions = tuple(
        Button(
            words("Version {number}", number=known.number),
            data=encode(OpenNews(back.view, back.anchor, back.page, back.topic, stored.id, known.number)),
        )
        for known in stored.revisions[-_SHOWN_VERSIONS:]
        if known.number != shown
    )
    url = link_of(stored)
    source = (Button(words("Source"), url=url),) if url else ()
    last = (*source, Button(words("Back"), data=encode(back)))
    return tuple(row for row in (*(versions[i : i + 3] for i in range(0, len(versions), 3)), last) if row)
