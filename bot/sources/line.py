"""The text of one line while it is gathered, piece by piece, from the inline elements that it consists of."""

from __future__ import annotations

import re

from bot.sources.characters import fold

_CLOCK_ENDS = re.compile(r"\d[:.]\d\d$")


class Line:
    """Pieces of text with what decides about the whole: its first link, whether it is all bold, or all one time."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._gap = False
        self._words = False
        self._bold = True
        self._time = True
        self.link: str | None = None
        """The first absolute link inside."""

    def part(self) -> None:
        """The next piece stands apart from the last one, though only the page's style shows it."""
        self._gap = True

    def add(self, text: str, *, bold: bool, time: bool) -> None:
        """Append a piece of text as it stands in the tree."""
        if not text:
            return
        if self._pieces and not text[0].isspace() and (self._gap or self._glues_a_clock(text)):
            self._pieces.append(" ")
        self._pieces.append(text)
        if any(map(str.isalnum, text)):  # punctuation between bold words does not matter
            self._words = True
            self._bold = self._bold and bold
            self._time = self._time and time
        if not text.isspace():
            self._gap = False

    @property
    def text(self) -> str:
        """All of it on one line, white space folded."""
        return fold("".join(self._pieces)) if self._pieces else ""

    @property
    def is_bold(self) -> bool:
        return self._words and self._bold

    @property
    def is_time(self) -> bool:
        return self._words and self._time

    def _glues_a_clock(self, text: str) -> bool:
        """``<b>14:35</b>Shelling``: no publisher means "14:35Shelling"."""
        return text[0].isalpha() and bool(_CLOCK_ENDS.search(self._pieces[-1]))
