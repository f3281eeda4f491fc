"""An ordinary article, however many clock times it tells of: one update."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.split.furniture import furniture, is_byline
from bot.core.split.headings import like_heading
from bot.core.split.lines import Line
from bot.core.split.marks import Mark, is_update_stamp
from bot.core.split.pieces import Entry, Outline, Piece, Role
from bot.core.timestamps import StampPlace

_TOP = 8
"""An article's own date and time stand within its first lines."""
_BRANDS = 3


def outline_article(lines: Sequence[Line], stamps: Sequence[Mark], title: str | None) -> Outline:
    """Tells an article's headline, body, its own time, and what is left out.

    Args:
        lines: The article.
        stamps: Every stamp that a line of it opens or ends with.
        title: The document's title, known from outside its text.
    """
    own = [stamp for stamp in stamps if stamp.line < _TOP and stamp.stamp.place is StampPlace.WHOLE]
    posted = next((stamp for stamp in own if not is_update_stamp(stamp)), None)
    left = {stamp.line: "page-date" for stamp in own if stamp is not posted}
    for index, line in enumerate(lines):
        if reason := furniture(line) or ("byline" if is_byline(line) else None):
            left.setdefault(index, reason)
    content = [index for index in range(len(lines)) if index not in left and not (posted and index == posted.line)]
    heading = _heading(content, lines, title)
    left.update(_left_of_body(content, lines, heading))
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


def _heading(content: Sequence[int], lines: Sequence[Line], title: str | None) -> int | None:
    """The title where it stands in the text, else the first line if it can be a headline with a body below."""
    for index in content[:_TOP]:
        if title and lines[index].text.casefold() == title.casefold():
            return index
    return content[0] if len(content) > 1 and like_heading(lines[content[0]]) else None


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
