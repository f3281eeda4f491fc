"""An ordinary article, however many clock times it tells of: one update."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from bot.core.model import BlockKind
from bot.core.split.furniture import furniture, is_byline
from bot.core.split.headings import like_heading
from bot.core.split.leftovers import closes_page
from bot.core.split.lines import Line
from bot.core.split.marks import Mark, is_update_stamp
from bot.core.split.pieces import Entry, Outline, Piece, Role
from bot.core.timestamps import StampPlace

_TOP = 8
"""An article's own date and time stand within its first lines."""
_BRANDS = 3
_TELLING_WORDS = 4


def outline_article(lines: Sequence[Line], stamps: Sequence[Mark], title: str | None) -> Outline:
    """Tells an article's headline, body, its own time, and what is left out.

    Args:
        lines: The article.
        stamps: Every stamp that a line of it opens or ends with.
        title: The document's title, known from outside its text.
    """
    alone = [stamp for stamp in stamps if stamp.stamp.place is StampPlace.WHOLE and (stamp.clock or stamp.stamp.day)]
    posted = _own_time(alone)
    left = {stamp.line: "page-date" if stamp.stamp.day or stamp.moment else "clock" for stamp in alone}
    if posted:
        del left[posted.line]
    for index, line in enumerate(lines):
        if reason := furniture(line) or ("byline" if is_byline(line) else None):
            left.setdefault(index, reason)
    if posted:
        left.pop(posted.line, None)
    content = [index for index in range(len(lines)) if index not in left and not (posted and index == posted.line)]
    heading = _heading(content, lines, title)
    left.update(_left_of_body(content, lines, heading))
    left.update(_tail(content, lines))
    entries = (Entry(posted),) if len(content) > sum(index in left for index in content) else ()
    pieces = [
        _piece(index, line, left, heading=heading, posted=posted, has_entry=bool(entries))
        for index, line in enumerate(lines)
    ]
    return Outline(tuple(pieces), entries)


def _piece(
    index: int, line: Line, left: dict[int, str], *, heading: int | None, posted: Mark | None, has_entry: bool
) -> Piece:
    if index in left or not has_entry:
        return Piece(line.text, Role.LEFT, None, left.get(index, "page-date"), line)
    if posted and index == posted.line:
        return Piece(line.text, Role.TOKEN, 0, None, line)
    return Piece(line.text, Role.HEADING if index == heading else Role.BODY, 0, None, line)


def _own_time(alone: Sequence[Mark]) -> Mark | None:
    """The article's own time: the first with a date among its first lines, or the only clock that stands alone."""
    top = [stamp for stamp in alone if stamp.line < _TOP and not is_update_stamp(stamp)]
    dated = next((stamp for stamp in top if stamp.stamp.day or stamp.moment), None)
    return dated or (top[0] if len(alone) == 1 and top else None)


def _heading(content: Sequence[int], lines: Sequence[Line], title: str | None) -> int | None:
    """The title where it stands in the text, else the first of the lines above the text that says enough."""
    for index in content:
        if title and lines[index].text.casefold() == title.casefold():
            return index
    above = list(takewhile(lambda index: like_heading(lines[index]), content))
    if not above or len(above) == len(content):
        return content[0] if len(content) > 1 and above else None
    marked = [index for index in above if lines[index].kind is BlockKind.HEADING]
    telling = (index for index in marked or above if lines[index].words >= _TELLING_WORDS)
    return next(telling, above[-1])


def _tail(content: Sequence[int], lines: Sequence[Line]) -> dict[int, str]:
    """Short unfinished lines at the end, two or more, are links and labels."""
    tail = list(takewhile(lambda index: closes_page(lines[index]), reversed(content)))
    return dict.fromkeys(tail, "footer") if 1 < len(tail) < len(content) - 1 else {}


def _left_of_body(content: Sequence[int], lines: Sequence[Line], heading: int | None) -> dict[int, str]:
    """What stands between headline and body without being either, and repeats of the headline."""
    left: dict[int, str] = {}
    if heading is None:
        return left
    after = content.index(heading) + 1
    left.update(dict.fromkeys(content[: after - 1], "navigation"))
    for index in content[after:]:
        if lines[index].text == lines[heading].text:
            left[index] = "title"
        elif _is_appeal(lines[index]):
            left[index] = "promo"
        else:
            break
    return left


def _is_appeal(line: Line) -> bool:
    """A call to follow the outlet elsewhere: brand names in Latin letters in a short line of another script."""
    words = line.text.split()
    latin = sum(word[:1].isascii() and word[:1].isupper() for word in words)
    other = sum(any(char.isalpha() and not char.isascii() for char in word) for word in words)
    return line.ending == "!" and len(words) <= 25 and latin >= _BRANDS and other > latin
