"""Whether the stamps of a page make it a chronology, or are a timetable, a list of links, or the time of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.core.split.address import path_of
from bot.core.split.lines import Line
from bot.core.split.marks import Mark, is_update_stamp
from bot.core.split.service import names_coverage
from bot.core.timestamps import ClockForm, StampPlace

_MANY = 3
_FILLED = 0.4
_TELLING_WORDS = 5
_LOOK_BELOW = 8
_INTRO_WORDS = 8
_TOP_LINES = 6
_LETTERS = re.compile(r"[^\W\d_]+")


def is_chronology(marks: Sequence[Mark], lines: Sequence[Line], url: str | None) -> bool:
    """Whether marks open updates.

    Three marks with something to tell do. One or two may be the first updates of a page's day, or the time of an
    ordinary article: a page that calls itself live, an introduction above them, a zone or a mark of its own speak for
    the first.

    Args:
        marks: The marks of the page's family, in page order.
        lines: The page.
        url: The page's address.
    """
    filled = _filled(marks, lines)
    if len(marks) >= _MANY:
        return filled >= _FILLED * len(marks)
    if not marks or filled < len(marks) or any(map(_is_page_update, marks)):
        return False
    live = _calls_itself_live(lines, url)
    if marks[0].at_end:
        return live
    if all(mark.stamp.place is StampPlace.START for mark in marks):
        return len(marks) > 1 or live or _is_set_off(marks[0])
    return len(marks) > 1 or live or _stands_alone(marks[0], lines)


def _is_page_update(mark: Mark) -> bool:
    return mark.stamp.place is StampPlace.WHOLE and is_update_stamp(mark)


def _is_set_off(mark: Mark) -> bool:
    """A stamp that opens its line in a way that no sentence does."""
    stamp = mark.stamp
    return bool(stamp.separator or stamp.bracketed or stamp.zone_words or stamp.prefix or stamp.day) or (
        stamp.clock is not None and stamp.clock.form is not ClockForm.PLAIN
    )


def _stands_alone(mark: Mark, lines: Sequence[Line]) -> bool:
    """A stamp on its own line that is not the article's own time: it has no date, and stands below an introduction."""
    introduced = any(line.is_sentence and line.words >= _INTRO_WORDS for line in lines[: mark.line])
    return mark.clock is not None and mark.stamp.day is None and introduced


def _calls_itself_live(lines: Sequence[Line], url: str | None) -> bool:
    """The page's first lines or its address speak of continuous coverage."""
    return names_coverage(path_of(url)) or any(names_coverage(line.text) for line in lines[:_TOP_LINES])


def _filled(marks: Sequence[Mark], lines: Sequence[Line]) -> int:
    """How many marks have something to tell: a sentence or a few words beside or below them."""
    bounds = [*(mark.line for mark in marks), len(lines)]
    spans = zip(marks, pairwise(bounds), strict=True)
    return sum(_tells(mark, lines[start : min(end, start + _LOOK_BELOW)]) for mark, (start, end) in spans)


def _tells(mark: Mark, lines: Sequence[Line]) -> bool:
    own = lines[0].text
    beside = replace(lines[0], text=(own[: mark.stamp.start] if mark.at_end else own[mark.stamp.end :]).strip())
    return beside.words > 2 or any(line.is_sentence or line.words >= _TELLING_WORDS for line in (beside, *lines[1:]))
