"""Where a text may be cut: after a sentence, else after a word, never inside what a reader sees as one character.

Reference: https://www.unicode.org/reports/tr29/, of which the rules that matter to news text are followed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from bot.core.render.draft import utf16_length

ELLIPSIS = "…"
_CLOSERS = "\"'»”’)\\]"
_SENTENCE_END = re.compile(rf"[.!?…։؟۔।][{_CLOSERS}]*(?=\s|$)|[。！？][{_CLOSERS}」』]*|\n\n")
_ABBREVIATION = re.compile(
    r"(?:^|[^\w])(?:\w|[ap]\.m|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Brig|Adm|St|No|Jr|Sr|vs|approx|etc|e\.g|i\.e)\.$"
)
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")
_STAYS_WITH_LAST = {"Mn", "Me", "Mc"}


def split_lead(text: str, limit: int) -> tuple[str, str]:
    """The whole sentences that fit, and the rest.

    Args:
        text: Paragraphs joined by a blank line.
        limit: The most UTF-16 code units that the lead may have.

    Returns:
        The lead, which ends with an ellipsis where the first sentence alone is too long, and the rest, "" when
        everything fits.
    """
    if utf16_length(text) <= limit:
        return text, ""
    end = max((end for end in _sentence_ends(text, limit) if utf16_length(text[:end]) <= limit), default=0)
    if end:
        return text[:end].strip(), text[end:].strip()
    lead = clip(text, limit)
    return lead, text[len(lead.removesuffix(ELLIPSIS).rstrip()) :].strip()


def clip(text: str, limit: int) -> str:
    """``text`` within ``limit`` UTF-16 code units; cut after a word where that costs little, and marked with «…»."""
    if utf16_length(text) <= limit:
        return text
    end = _last_boundary(text, limit - utf16_length(ELLIPSIS))
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    if space > end // 2:
        end = space
    return text[:end].rstrip() + ELLIPSIS


def _sentence_ends(text: str, limit: int) -> Iterator[int]:
    """Ends of sentences in the first ``limit`` characters."""
    for match in _SENTENCE_END.finditer(text, 0, limit + 2):
        following = text[match.end() :].lstrip()[:1]
        if match[0] == "\n\n" or not (following.islower() or _ABBREVIATION.search(text[: match.start() + 1])):
            yield match.end()


def _last_boundary(text: str, limit: int) -> int:
    """The largest index whose prefix has at most ``limit`` code units and that is not inside a grapheme cluster."""
    within = 0
    for end, length in enumerate(accumulate(map(utf16_length, text)), start=1):
        if length > limit:
            break
        within = end
    end = within
    while end and not _is_boundary(text, end):
        end -= 1
    return end or within


def _is_boundary(text: str, index: int) -> bool:
    if index >= len(text):
        return True
    before, after = text[index - 1], text[index]
    if unicodedata.category(after) in _STAYS_WITH_LAST or "\U0001f3fb" <= after <= "\U0001f3ff":
        return False
    if "\u200d" in (before, after):
        return False
    if _REGIONAL.match(before) and _REGIONAL.match(after):
        flags = len(text[:index]) - len(text[:index].rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))
        return flags % 2 == 0
    return not _same_syllable(before, after)


def _same_syllable(before: str, after: str) -> bool:
    """Hangul letters that a reader sees as one block (rules GB6 to GB8)."""
    if "\u1100" <= before <= "\u115f":
        return "\u1100" <= after <= "\u11a7" or "\uac00" <= after <= "\ud7a3"
    return ("\u1160" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3") and "\u1160" <= after <= "\u11ff"
