"""Word forms brought to one form: case, marks and endings removed, by language.

Endings: Snowball (https://snowballstem.org) where it knows the language; a language without one is matched by
prefixes in its pack, so its stem is the folded word itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from sys import intern

import snowballstemmer

_SNOWBALL = {"en": "english", "ru": "russian", "hy": "armenian", "ar": "arabic", "tr": "turkish"}

_MARKS = re.compile(r"[\u0300-\u036f\u055a-\u055f\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Stress marks, Armenian marks that stand inside words, Arabic vowel signs and the tatweel."""

_POSSESSIVE = re.compile(r"'s?$")
_TURKISH_CAPITALS = str.maketrans({"İ": "i", "I": "ı"})
_ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_ARABIC_CLITICS = (re.compile(r"^[وف](?=\w{3})"), re.compile(r"^(?:[بك]?ال|لل|[بلكس])(?=\w{3})"))
_CLITICS = {"ar": _ARABIC_CLITICS, "hy": (re.compile(r"^[կչ](?=\w{5})"),)}
_CYRILLIC_LETTERS = str.maketrans({"ё": "е"})


def fold(word: str, language: str) -> str:
    """The word in lower case without marks, possessive or article: what exact and prefix terms are compared with."""
    if language == "tr":
        word = word.translate(_TURKISH_CAPITALS)
    folded = word.lower().replace("’", "'").replace("ʼ", "'")
    if folded.isascii():
        return _POSSESSIVE.sub("", folded)
    folded = _MARKS.sub("", unicodedata.normalize("NFC", folded)) or folded
    match language:
        case "ar":
            return folded.translate(_ARABIC_LETTERS)
        case "tr":
            return folded.partition("'")[0]
        case "hy":
            return folded.replace("և", "եւ")
        case "ru" | "uk":
            return folded.translate(_CYRILLIC_LETTERS)
        case _:
            return _POSSESSIVE.sub("", folded)


def variants(word: str, language: str) -> tuple[str, ...]:
    """The folded word, and also without what is written on to its front.

    In Arabic "and", article and preposition; in Armenian the signs of future and negation. Whether such a letter
    belongs to the word only a dictionary knows, so every reading is offered.
    """
    found = [fold(word, language)]
    for clitic in _CLITICS.get(language, ()):
        found += [shorter for form in found if (shorter := clitic.sub("", form)) != form]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8)
def _stemmer(language: str) -> snowballstemmer.stemmer | None:
    name = _SNOWBALL.get(language)
    return snowballstemmer.stemmer(name) if name else None


def stem(folded: str, language: str) -> str:
    """The stem of an already folded word. Costs tens of microseconds: callers keep what they asked for."""
    stemmer = _stemmer(language)
    return intern(str(stemmer.stemWord(folded))) if stemmer else folded
