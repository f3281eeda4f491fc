"""The comparable units of a sentence: words, set apart from their apostrophes, and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"\d{1,3}(?:[ ]\d{3})+(?!\d)|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[%$€£₽₴₺֏]")
_APOSTROPHES = re.compile("['’ʼ]")
_SUFFIXED = frozenset({"tr", "az"})
"""Languages that set a name's case endings off by an apostrophe: ``Karst'ta`` is *Karst*."""
_OPENING = frozenset('"“”„«‘([:—–-•')


@dataclass(frozen=True, slots=True)
class Unit:
    """One word or number of a sentence."""

    text: str
    """As it stands in the source."""
    key: str
    """What is compared: the folded word, or ``#`` and the value of a number."""
    start: int
    """Offsets into the sentence's text."""
    end: int
    capital: bool = False
    opens: bool = False
    """It opens a sentence or a quotation, where a capital proves nothing."""

    @property
    def is_number(self) -> bool:
        """Whether it is a number, "dozens" included."""
        return self.key.startswith("#")


def units_of(sentence: str, language: str) -> list[Unit]:
    """The words and digits of a sentence in order, digits as they are written."""
    units: list[Unit] = []
    for match in _TOKEN.finditer(sentence):
        opens = not units or _opened(sentence, match.start())
        units.extend(_split_word(match.group(), match.start(), language, opens=opens))
    return units


def _opened(sentence: str, at: int) -> bool:
    before = sentence[max(0, at - 2) : at]
    return bool(before) and (before[-1] in _OPENING or (before[0] in _OPENING and before[-1].isspace()))


def _split_word(word: str, start: int, language: str, *, opens: bool) -> list[Unit]:
    if word[0].isdigit():
        return [Unit(word, f"#{word}", start, start + len(word))]
    key = word.casefold().replace("ё", "е").replace("i̇", "i")
    if not _APOSTROPHES.search(word):
        return [Unit(word, key, start, start + len(word), word[0].isupper(), opens)]
    if language in _SUFFIXED:
        name = _APOSTROPHES.split(word)[0]
        return [Unit(name, _APOSTROPHES.split(key)[0], start, start + len(name), word[0].isupper(), opens)]
    if not word[0].isascii() or not word[-1].isascii():
        joined = _APOSTROPHES.sub("", key)
        return [Unit(word, joined, start, start + len(word), word[0].isupper(), opens)]
    return list(_split_apostrophes(word, start, opens=opens))


def _split_apostrophes(word: str, start: int, *, opens: bool) -> Iterator[Unit]:
    """``didn't`` is *did* and *n't*, ``Karst's`` is *Karst*, ``l'armée`` is *l* and *armée*."""
    if word.casefold().endswith(("n't", "n’t")):
        yield Unit(word[:-3], word[:-3].casefold(), start, start + len(word) - 3, word[0].isupper(), opens)
        yield Unit(word[-3:], "n't", start + len(word) - 3, start + len(word))
        return
    at = start
    for part in _APOSTROPHES.split(word):
        if part and part.casefold() != "s":
            yield Unit(part, part.casefold(), at, at + len(part), part[0].isupper(), opens and at == start)
        at += len(part) + 1
