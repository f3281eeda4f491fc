"""The words of a text and of a query as the search index compares them.

Folded: Unicode's compatibility form (UAX #15), no case, no marks; letters that keyboards and habits confuse are one
(ё and е, և and եվ, the Arabic alefs). Then the stem of its language, by script, since a person who searches declares
none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.core.query.stems import stem

LONGEST_TEXT = 20_000
"""Characters that are indexed: an update is never that long, and a hostile one costs no more than this."""
LONGEST_WORD = 40
_KEPT = 100_000
"""Words that are remembered: a language's running vocabulary."""
MAX_WORDS = 8
"""Words of a query that are looked for."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SPELLED = re.compile(r"[^\W\d_]+")
_APOSTROPHES = str.maketrans("’ʼʹ`´‘", "''''''")
_MARKS = re.compile(r"[\u0300-\u036f\u055a-\u055f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Accents, Armenian marks inside words, Hebrew and Arabic vowel signs, the tatweel."""
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ی": "ي", "ئ": "ي", "ة": "ه", "ؤ": "و", "ک": "ك",
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ґ": "г",
    }
)  # fmt: skip
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_YO, _SHORT_I, _YI = "е\u0308", "и\u0306", "і\u0308"
_KEPT_MARKS = {_YO: "е", _SHORT_I: "й", _YI: "ї"}
_SCRIPTS = (
    ("latin", re.compile(r"[a-z]")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("armenian", re.compile(r"[\u0561-\u0587]")),
    ("arabic", re.compile(r"[\u0620-\u06d3]")),
)
_LANGUAGES: dict[str, tuple[str, ...]] = {
    "latin": ("en", "tr"),
    "cyrillic": ("ru", "uk"),
    "armenian": ("hy",),
    "arabic": ("ar",),
}
_UNSTEMMED = {
    "cyrillic": frozenset(("be", "bg", "sr", "mk", "kk", "ky", "tg", "mn")),
    "arabic": frozenset(("fa", "ur", "ckb", "ps", "ug")),
    "others": frozenset(("he", "ka", "el", "hi", "zh", "ja", "ko", "my", "am", "ti", "th", "bn")),
}
"""Languages written so whose words stay as they are, and in whose feeds Latin words are English."""
_TURKIC = {"az": "tr"}
_UKRAINIAN_LETTER = re.compile(r"[іїєґІЇЄҐ]")


def fold(text: str) -> str:
    """The text in small letters without marks, as words are compared."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES))
    for marked, letter in _KEPT_MARKS.items():
        text = text.replace(marked, letter)
    return _MARKS.sub("", text).translate(_LETTERS).translate(_DIGITS).replace("եվ", "եւ")


def words_of(text: str) -> Iterator[str]:
    """The folded words of a text in their order; everything that is not a letter or digit only separates them.

    An apostrophe is a part of a Cyrillic word (зв'язок), and parts a Latin one (l'hôpital, Ankara'da, Norvale's).
    """
    for found in _WORD.finditer(fold(text[:LONGEST_TEXT])):
        word = found.group()
        if "'" not in word:
            yield word[:LONGEST_WORD]
        elif "\u0400" <= word[0] <= "\u04ff":
            yield word.replace("'", "")[:LONGEST_WORD]
        else:
            yield from (part[:LONGEST_WORD] for part in word.split("'") if part != "s")


def words_spelled(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text without numbers, folded and as it stands there."""
    for word in _SPELLED.findall(text[:LONGEST_TEXT]):
        yield _folded(word), word


def index_terms(text: str, language: str | None) -> Sequence[str]:
    """What the index holds of a text, in the order of its words.

    Args:
        text: A heading or a body.
        language: BCP 47 tag of what the feed declares, or ``None``; a word in another script than that language's gets
            the stem of its script's.
    """
    declared = _primary(language)
    cyrillic = "uk" if declared == "uk" or (declared != "be" and _UKRAINIAN_LETTER.search(text)) else "ru"
    return [_stemmed(word, declared, cyrillic) for word in words_of(text)]


def query_terms(word: str) -> tuple[str, ...]:
    """Every term that a folded word of a query may stand under in the index, likeliest first."""
    languages = _LANGUAGES.get(_script(word) or "", ())
    return tuple(dict.fromkeys((*(stem(word, language) for language in languages), word)))


def phrase_terms(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The sequences of terms under which a phrase of folded words may stand, likeliest first."""
    languages = dict.fromkeys(language for word in words for language in _LANGUAGES.get(_script(word) or "", ()))
    stemmed = [tuple(_in(word, language) for word in words) for language in languages]
    return tuple(dict.fromkeys((*stemmed, tuple(words))))


@lru_cache(maxsize=_KEPT)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=_KEPT)
def _stemmed(word: str, declared: str | None, cyrillic: str) -> str:
    script = _script(word)
    if script is None:
        return word
    if declared in _LANGUAGES[script]:
        return stem(word, cyrillic if script == "cyrillic" else declared)
    if declared in _UNSTEMMED.get(script, ()) or (script == "latin" and _is_latin(declared)):
        return word
    return stem(word, cyrillic if script == "cyrillic" else _LANGUAGES[script][0])


def _in(word: str, language: str) -> str:
    """The stem where the language is of the word's script; else that of the script's first."""
    spoken = _LANGUAGES.get(_script(word) or "", ())
    return stem(word, language if language in spoken else spoken[0]) if spoken else word


def _is_latin(language: str | None) -> bool:
    """Whether the language has Latin letters, as far as is known: most that no list here names do."""
    elsewhere = {name for script in _LANGUAGES if script != "latin" for name in _LANGUAGES[script]}
    return language is not None and language not in elsewhere.union(*_UNSTEMMED.values())


def _primary(language: str | None) -> str | None:
    primary = (language or "").replace("_", "-").partition("-")[0].lower()
    return _TURKIC.get(primary, primary) or None


def _script(word: str) -> str | None:
    """The script of a word that has a stemmer; ``None`` for others and for numbers."""
    return next((script for script, letters in _SCRIPTS if letters.search(word)), None)
