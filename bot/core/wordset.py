"""Sets of words and of phrases, as the words of a language are asked for: many times a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_REMEMBERED = 20_000
"""Words whose answer is kept; past that the memory starts anew."""


@dataclass(frozen=True, slots=True)
class WordSet:
    """Words in lower case, beginnings of words, written ``минист*``, and endings, written ``*ской``."""

    words: frozenset[str] = frozenset()
    _exact: frozenset[str] = field(init=False, repr=False, compare=False)
    _beginnings: frozenset[str] = field(init=False, repr=False, compare=False)
    _endings: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _lengths: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _known: dict[str, bool] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        beginnings = frozenset(word[:-1] for word in self.words if word.endswith("*"))
        object.__setattr__(self, "_exact", frozenset(word for word in self.words if "*" not in word))
        object.__setattr__(self, "_endings", tuple(word[1:] for word in self.words if word.startswith("*")))
        object.__setattr__(self, "_beginnings", beginnings)
        object.__setattr__(self, "_lengths", tuple(sorted({len(word) for word in beginnings})))

    def __contains__(self, word: str) -> bool:
        if word in self._exact:
            return True
        if not (self._lengths or self._endings):
            return False
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = word.endswith(self._endings) or any(
                word[:length] in self._beginnings for length in self._lengths
            )
        return known

    def __or__(self, other: WordSet) -> WordSet:
        return WordSet(self.words | other.words)


class PhraseSet:
    """Phrases, each a tuple of words in lower case."""

    def __init__(self, phrases: Iterable[tuple[str, ...]] = ()) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(dict.fromkeys(phrases), key=len, reverse=True):
            self._by_first.setdefault(phrase[0], []).append(phrase)

    def begins(self, word: str) -> bool:
        """Whether any phrase begins with a word: most words need no closer look."""
        return word in self._by_first

    def at(self, words: Sequence[str], start: int) -> tuple[str, ...]:
        """The longest phrase that stands at a place; empty when none does."""
        for phrase in self._by_first.get(words[start], ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                return phrase
        return ()

    def __contains__(self, phrase: tuple[str, ...]) -> bool:
        return bool(phrase) and phrase in self._by_first.get(phrase[0], ())
