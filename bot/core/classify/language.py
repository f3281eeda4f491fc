"""Which language's words to look for: the declared one, unless the text is in another script.

Detectors fail on headlines (they call "Shelling of Stepanakert" Javanese), so only scripts are told apart, and
within one script a few letters that only one of the known languages has.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_SAMPLE = 2_000
"""Characters that decide: an update does not change its script half-way."""

_SCRIPTS = {
    "latin": re.compile(r"[A-Za-zÀ-ɏ]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "armenian": re.compile(r"[\u0531-\u0587]"),
    "arabic": re.compile(r"[\u0620-\u064a\u0671-\u06d3]"),
}
_SCRIPT_OF = {"en": "latin", "tr": "latin", "ru": "cyrillic", "uk": "cyrillic", "hy": "armenian", "ar": "arabic"}
_FALLBACK = {"latin": "en", "cyrillic": "ru", "armenian": "hy", "arabic": "ar"}
_TELLING = {
    "uk": re.compile(r"[іїєґІЇЄҐ]"),
    "ru": re.compile(r"[ыэъёЫЭЪЁ]"),
    "tr": re.compile(r"[ğşıĞŞİ]"),
    "en": re.compile(r"[wqxWQX]"),
}
"""Letters that, of the languages of one script, only this one has."""
_CERTAIN = {"en": 3}
"""Telling letters that outweigh a declaration, two elsewhere: English quotes more names as others write them."""


def choose_language(declared: str | None, text: str, available: Collection[str]) -> str | None:
    """The language of the pack to use.

    Args:
        declared: BCP 47 tag of the feed, or ``None``.
        text: the update.
        available: languages with a pack.

    Returns:
        The declared language where it has a pack, its script is the text's and no letters speak for another one; else
        the one that the text's letters or script fall back to; ``None`` for a text without letters or in a script
        that no pack is for.
    """
    text = text[:_SAMPLE]
    script = _script(text)
    primary = (declared or "").replace("_", "-").partition("-")[0].lower()
    if primary in available and _SCRIPT_OF.get(primary, script) == script:
        return _contradicted(primary, text, available) or primary
    if script is None:
        return None
    for language, letters in _TELLING.items():
        if _SCRIPT_OF[language] == script and language in available and letters.search(text):
            return language
    return fallback if (fallback := _FALLBACK[script]) in available else None


def _contradicted(declared: str, text: str, available: Collection[str]) -> str | None:
    """The language that a text is in, where its letters say that it is not the declared one."""
    own = _TELLING.get(declared)
    if own is None or own.search(text):
        return None
    script = _SCRIPT_OF[declared]
    others = (language for language in _TELLING if _SCRIPT_OF[language] == script and language in available)
    return next(
        (language for language in others if len(_TELLING[language].findall(text)) >= _CERTAIN.get(declared, 2)), None
    )


def _script(text: str) -> str | None:
    """The script of most letters."""
    counts = {script: len(letters.findall(text)) for script, letters in _SCRIPTS.items()}
    script = max(counts, key=counts.__getitem__)
    return script if counts[script] else None
