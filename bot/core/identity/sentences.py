"""A text as sentences of comparable units: words, and numbers however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.core.identity.lexicon import Lexicon
from bot.core.identity.numbers import with_numbers
from bot.core.identity.units import Unit, units_of

MAX_UNITS = 400
"""A longer "sentence" is cut into pieces of this length: comparing two costs the product of their lengths."""

_INVISIBLE = re.compile(
    "[\\u00ad\\u0300-\\u036f\\u0591-\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]"
)
_SENTENCE_END = re.compile(r"\n+|(?<=[.!?…։؟。])[\"”»’)\]]*\s+(?=[^\sa-zà-öø-ÿа-яёա-և])")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a heading, or a piece of an endless line."""

    text: str
    units: tuple[Unit, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its units, in order."""
        return tuple(unit.key for unit in self.units)


def sentences(text: str, words: Lexicon) -> tuple[Sentence, ...]:
    """The sentences of a text that hold at least one word, in order."""
    normal = _INITIALS.sub(_undotted, _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    pieces = (piece.strip() for piece in _SENTENCE_END.split(normal))
    return tuple(sentence for piece in pieces if piece for sentence in _sentences(piece, words))


def _undotted(initials: re.Match[str]) -> str:
    return initials.group().replace(".", "") if initials.group().isupper() else initials.group()


def _sentences(text: str, words: Lexicon) -> Iterator[Sentence]:
    """The sentence, in pieces where it is an endless line."""
    units = tuple(with_numbers(units_of(text, words.language), text, words))
    if len(units) <= MAX_UNITS:
        if units:
            yield Sentence(text, units)
        return
    for first in range(0, len(units), MAX_UNITS):
        part = units[first : first + MAX_UNITS]
        start = part[0].start
        placed = tuple(replace(unit, start=unit.start - start, end=unit.end - start) for unit in part)
        yield Sentence(text[start : part[-1].end], placed)
