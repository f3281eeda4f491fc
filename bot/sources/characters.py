"""Characters that no reader sees: what a source's text is freed of before anything looks at it."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls; tab, line and page breaks and NEL are white space
    "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, BOM: they split words for matching
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # lone surrogates can't be stored, non-characters mean nothing
)


def without_unseen(text: str) -> str:
    """Drop control characters, lone surrogates and zero-width filler; every line break becomes a line feed.

    Joiners (Persian, emoji) and bidirectional controls stay: they carry meaning, and the renderer isolates them.
    """
    for mark, meant in (
        ("\r\n", "\n"),
        ("\r", "\n"),
        ("\x0b", " "),
        ("\x0c", "\n"),
    ):  # XML allows neither of the last two
        text = text.replace(mark, meant)
    return _UNSEEN.sub("", text)


def fold(text: str) -> str:
    """One line without unseen characters: every run of white space, no-break ones included, becomes one space."""
    return " ".join(_UNSEEN.sub("", text).split())
