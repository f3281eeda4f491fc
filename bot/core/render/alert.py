"""The alert message, and the same message edited after its source changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from bot.core.archive import Revision, StoredNews
from bot.core.message import Message
from bot.core.model import NewsState
from bot.core.render.changes import annotate, only_added
from bot.core.render.clean import placed
from bot.core.render.draft import Draft, utf16_length
from bot.core.render.facts import corrections
from bot.core.render.parts import (
    Frame,
    add_body,
    add_clock_line,
    buttons,
    hashtags,
    heading_of,
    noticed,
    opening_of,
    speaker_line,
    text_of,
    who,
)
from bot.core.render.phrases import Phrases
from bot.core.render.titles import tells_heading, title

_MAX_NOTES = 6
"""Old values told inside an edited text; more of them make it unreadable."""


def render_alert(
    stored: StoredNews, frame: Frame, *, late_by: timedelta | None = None, repeat: bool = False
) -> Message:
    """An update as a new message.

    Args:
        stored: The update in its current version.
        frame: Topic words, destination and buttons.
        late_by: Its age where that must be told first («Reported 3 h ago»), else ``None``.
        repeat: An earlier try may have arrived: say so first.

    Returns:
        At most 3 500 UTF-16 code units; entities never cut a character.
    """
    opening = opening_of(stored, frame.phrases, late_by=late_by, repeat=repeat)
    version = _Version(heading_of(stored.news.heading), text_of(stored.news.text))
    return _message(stored, frame, opening, version)


def render_edit(stored: StoredNews, previous: Revision | None, frame: Frame) -> Message:
    """The alert as it must read now, with a mark that says what happened.

    Args:
        stored: The update in its current version and state.
        previous: The version before; ``None`` when the change is one that nobody is told about.
        frame: Topic words, destination and buttons.
    """
    version = _version(stored, previous, frame)
    mark = f"{version.mark}. " if version.mark else ""
    return _message(stored, frame, opening_of(stored, frame.phrases) + mark, version)


@dataclass(frozen=True, slots=True)
class _Version:
    """The source's words as one edit shows them, and what is said about them."""

    heading: str
    text: str
    mark: str = ""
    """Opens the message."""
    last: str = ""
    """Closes it."""
    folded: bool = False
    """Nothing of the text is shown before a tap."""


def _version(stored: StoredNews, previous: Revision | None, frame: Frame) -> _Version:
    phrases = frame.phrases
    plain = _Version(heading_of(stored.news.heading), text_of(stored.news.text))
    clock = noticed(stored, phrases)
    match stored.state:
        case NewsState.WITHDRAWN:
            return replace(plain, mark=placed(phrases.withdrawn, who=who(stored)), folded=True)
        case NewsState.REMOVED:
            return replace(plain, mark=placed(phrases.removed, clock=clock))
        case NewsState.CORRECTED if previous is not None:
            return _corrected(plain, previous, phrases, clock)
        case NewsState.CORRECTED:
            return replace(plain, mark=phrases.corrected_before)
        case NewsState.CURRENT:
            return replace(plain, last=placed(phrases.added, clock=clock)) if previous is not None else plain
        case unknown:
            assert_never(unknown)


def _corrected(plain: _Version, previous: Revision, phrases: Phrases, clock: str) -> _Version:
    """The old values beside the new ones; a mere addition to what was corrected before says just that."""
    before = text_of(previous.text)
    found = corrections(heading_of(previous.heading), before, plain.heading, plain.text)
    if not found.in_text and not found.in_heading and only_added(before, plain.text):
        return replace(plain, mark=phrases.corrected_before, last=placed(phrases.added, clock=clock))
    return replace(
        plain,
        mark=placed(phrases.corrected, clock=clock),
        heading=annotate(plain.heading, found.in_heading[:_MAX_NOTES], phrases.was),
        text=annotate(plain.text, found.in_text[:_MAX_NOTES], phrases.was),
    )


def _message(stored: StoredNews, frame: Frame, opening: str, version: _Version) -> Message:
    draft = Draft().add(opening).add(title(stored, frame, version.heading), "bold")
    draft.line(speaker_line(stored, frame.phrases))
    add_clock_line(draft, stored, frame.phrases)
    closing = [line for line in (hashtags(stored, frame), version.last) if line]
    reserve = sum(utf16_length(line) + 1 for line in closing)
    add_body(draft, _body(version, stored, frame), stored, frame.phrases, reserve=reserve, folded=version.folded)
    for line in closing:
        draft.line(line)
    return draft.message(buttons(stored, frame))


def _body(version: _Version, stored: StoredNews, frame: Frame) -> str:
    """The text, under its heading where the title has none."""
    lines = [version.text] if tells_heading(stored, frame) else [version.heading, version.text]
    return "\n\n".join(line for line in lines if line)
