"""What somebody may have meant who searched for words that are in no report."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MIN_LENGTH = 4
"""Shorter words are one slip from too many others."""
_MAX_WORDS = 8
_CLOSE = 0.75
"""The least similarity: one slip in four letters, two in eight."""
_VOCABULARY = 20_000


def closest(query: str, texts: Iterable[str]) -> str | None:
    """``query`` with each word that occurs in none of the texts replaced by the most similar one that does.

    Args:
        query: The words as typed.
        texts: Reports in any order; the more frequent of two equally similar words wins.

    Returns:
        The query so corrected, as the texts spell its words; ``None`` when nothing in it is close to anything.
    """
    vocabulary = _vocabulary(texts)
    corrected = [_corrected(word, vocabulary) for word in query.split()[:_MAX_WORDS]]
    return " ".join(corrected) if corrected != query.split()[:_MAX_WORDS] else None


def _vocabulary(texts: Iterable[str]) -> dict[str, str]:
    """Folded word to its most frequent spelling, the most frequent words first."""
    counts = Counter(word for text in texts for word in _WORD.findall(text) if len(word) >= _MIN_LENGTH)
    spelled: dict[str, str] = {}
    for word, _ in counts.most_common(_VOCABULARY):
        spelled.setdefault(_fold(word), word)
    return spelled


def _corrected(word: str, vocabulary: dict[str, str]) -> str:
    folded = _fold(word)
    if len(folded) < _MIN_LENGTH or folded in vocabulary:
        return word
    found = process.extractOne(folded, vocabulary.keys(), scorer=OSA.normalized_similarity, score_cutoff=_CLOSE)
    return word if found is None else vocabulary[found[0]]


def _fold(word: str) -> str:
    """Without case and accents, as a search compares words."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
