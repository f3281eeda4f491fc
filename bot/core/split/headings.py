"""What looks like a headline."""

from __future__ import annotations

import re

from bot.core.model import BlockKind
from bot.core.split.lines import Line

_LONGEST = 190
_MOST_WORDS = 26
_TITLE_CASE = 0.6
_CAPTIONED = re.compile(r"\(\d{1,2}[:.]\d{2}\)$")
"""«Vell speaks (14:30)» is a picture's or a video's caption."""


def like_heading(line: Line) -> bool:
    """A line that can be a headline: short, and not ended as a sentence is."""
    if len(line.text) > _LONGEST or line.words > _MOST_WORDS:
        return False
    return not line.is_sentence and any(map(str.isalpha, line.text)) and not _CAPTIONED.search(line.text)


def clearly_heading(line: Line) -> bool:
    """A headline by its own looks: marked up or bold, or in title case where the script has one."""
    if not like_heading(line) or line.kind is BlockKind.LIST_ITEM:
        return False
    return line.kind is BlockKind.HEADING or line.emphasis or _in_title_case(line.text)


def _in_title_case(text: str) -> bool:
    words = [word.lstrip("“\"'‘«(") for word in text.replace("-", " ").split()]
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    if text.isupper():
        return len(words) > 1 and bool(long)
    if len(words) < 3 or len(long) < 2 or not (text[0].isupper() or not text[0].isalpha()):
        return False
    return sum(word[0].isupper() for word in long) >= _TITLE_CASE * len(long)
