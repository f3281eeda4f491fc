"""Which stretches of a text are somebody's own words: whoever "says" something in there is quoted, not the source."""

from __future__ import annotations

from bisect import bisect_right

_PAIRS = {"“": "”", "«": "»", "„": "“”"}
_LONGEST = 3_000
"""Characters after which a quotation that nobody closed is none."""


class Quotations:
    """The quoted stretches of a text: curly, angled and straight marks.

    A mark that opens again before it closes opens anew (each paragraph of a long quotation does); one that is never
    closed reaches to the end of its paragraph. A straight mark tells not whether it opens or closes: alone in its
    paragraph it opens only at the beginning.
    """

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        at = 0
        while (start := _opening(text, at)) >= 0:
            end = _closing(text, start)
            self._starts.append(start)
            self._ends.append(end)
            at = end + 1

    def covers(self, at: int) -> bool:
        """Whether the character at this place is quoted."""
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and at < self._ends[number]


def _opening(text: str, at: int) -> int:
    """Where the next quotation opens, or -1."""
    found = [place for mark in (*_PAIRS, '"') if (place := text.find(mark, at)) >= 0]
    return min(found, default=-1)


def _closing(text: str, start: int) -> int:
    """Where the quotation that opens here closes."""
    mark = text[start]
    closers = _PAIRS.get(mark, mark)
    paragraph = text.find("\n", start)
    paragraph = len(text) if paragraph < 0 else paragraph
    limit = min(len(text), start + _LONGEST) if mark in _PAIRS else paragraph
    ends = [place for closer in closers if (place := text.find(closer, start + 1, limit)) >= 0]
    opens = mark in _PAIRS or start == 0 or text[start - 1] == "\n"
    return min(ends, default=paragraph if opens else start)
