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
_TELLING = {"uk": re.compile(r"[іїєґІЇЄҐ]"), "tr": re.compile(r"[ğşıİ]")}


def choose_language(declared: str | None, text: str, available: Collection[str]) -> str | None:
    """The language of the pack to use.

    Args:
        declared: BCP 47 tag of the feed, or ``None``.
        text: the update.
        available: languages with a pack.

    Returns:
        The declared language where it has a pack and its script is the text's; else the one that the text's script
        falls back to; ``None`` for a text without letters or in a script that no pack is for.
    """
    script = _script(text[:_SAMPLE])
    primary = (declared or "").replace("_", "-").partition("-")[0].lower()
    if primary in available and _SCRIPT_OF.get(primary, script) == script:
        return primary
    if script is None:
        return None
    for language, letters in _TELLING.items():
        if _SCRIPT_OF[language] == script and language in available and letters.search(text[:_SAMPLE]):
            return language
    return fallback if (fallback := _FALLBACK[script]) in available else None


def _script(text: str) -> str | None:
    """The script of most letters."""
    counts = {script: len(letters.findall(text)) for script, letters in _SCRIPTS.items()}
    script = max(counts, key=counts.__getitem__)
    return script if counts[script] else None
