"""The new message that answers an earlier alert when what it said no longer stands."""

from __future__ import annotations

import re
from typing import assert_never

from bot.core.archive import Revision, StoredNews
from bot.core.message import Message
from bot.core.model import NewsState
from bot.core.render.changes import Change
from bot.core.render.clean import placed
from bot.core.render.cut import clip, split_lead
from bot.core.render.draft import Draft
from bot.core.render.facts import corrections
from bot.core.render.parts import (
    MAX_LEAD,
    Frame,
    buttons,
    clock_in_zone,
    heading_of,
    noticed,
    opening_of,
    text_of,
    who,
)

_MAX_TOLD = 4
"""Changes told in words; the edited alert shows the rest."""
_MAX_WORDS = 300


def render_reply(stored: StoredNews, previous: Revision | None, frame: Frame, *, repeat: bool = False) -> Message:
    """What the chats that got the earlier version are told.

    Args:
        stored: The update in its current version and state.
        previous: The version before, or ``None`` when it is not known.
        frame: Topic words, destination and buttons.
        repeat: An earlier try may have arrived: say so first.
    """
    phrases = frame.phrases
    draft = Draft().add(opening_of(stored, phrases, repeat=repeat))
    match stored.state:
        case NewsState.WITHDRAWN:
            draft.add(f"{placed(phrases.withdrawn, who=who(stored))}. {phrases.not_safe}")
        case NewsState.REMOVED:
            draft.add(f"{placed(phrases.removed, clock=noticed(stored, phrases))}. {phrases.not_false}")
        case NewsState.CORRECTED:
            _add_correction(draft, stored, previous, frame)
        case NewsState.CURRENT:
            _add_addition(draft, stored, previous, frame)
        case unknown:
            assert_never(unknown)
    return draft.message(buttons(stored, frame))


def _add_correction(draft: Draft, stored: StoredNews, previous: Revision | None, frame: Frame) -> None:
    phrases = frame.phrases
    found = _found(stored, previous) if previous else ()
    if not found:
        lead, _ = split_lead(text_of(stored.news.text), MAX_LEAD)
        draft.add(phrases.rewritten)
        draft.line(lead or heading_of(stored.news.heading), "blockquote")
        return
    first, *others = found[:_MAX_TOLD]
    template = phrases.correction if stored.news.published_at else phrases.correction_untimed
    draft.add(
        placed(
            template, new=_told(first.context), old=_told(first.old), clock=clock_in_zone(stored.at, stored, phrases)
        )
    )
    for change in others:
        draft.line(placed(phrases.also_changed, new=_told(change.context), old=_told(change.old)))


def _add_addition(draft: Draft, stored: StoredNews, previous: Revision | None, frame: Frame) -> None:
    phrases = frame.phrases
    draft.add(placed(phrases.addition, clock=noticed(stored, phrases)))
    lead, _ = split_lead(_added_text(stored, previous), MAX_LEAD)
    draft.line(lead or heading_of(stored.news.heading), "blockquote")


def _added_text(stored: StoredNews, previous: Revision | None) -> str:
    """The sentences that the version before did not have."""
    known = {_folded(sentence) for sentence in _sentences(text_of(previous.text))} if previous else set()
    return " ".join(sentence for sentence in _sentences(text_of(stored.news.text)) if _folded(sentence) not in known)


def _sentences(text: str) -> list[str]:
    sentences: list[str] = []
    for paragraph in text.split("\n\n"):
        sentences += re.split(r"(?<=[.!?…։؟।。！？])\s+", paragraph)
    return [sentence for sentence in sentences if sentence]


def _folded(sentence: str) -> str:
    return "".join(re.findall(r"\w+", sentence.casefold()))


def _found(stored: StoredNews, previous: Revision) -> tuple[Change, ...]:
    """What changed, the text's before the heading's: it says more."""
    news = stored.news
    found = corrections(
        heading_of(previous.heading), text_of(previous.text), heading_of(news.heading), text_of(news.text)
    )
    told = {(change.new, change.old) for change in found.in_text}
    return (*found.in_text, *(change for change in found.in_heading if (change.new, change.old) not in told))


def _told(words: str) -> str:
    return clip(" ".join(words.split()), _MAX_WORDS)
