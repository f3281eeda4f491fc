"""Words of a pack that stemming confuses: "attackers" and "attack" have one stem, and are not one concept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.classify.lexicon import Lexicon

_APART = 3
"""Letters by which two words of one stem differ before they count as two words: more than an ending."""


@dataclass(frozen=True, slots=True)
class Collision:
    """Two words of different concepts that a text cannot tell apart."""

    stem: str
    words: tuple[tuple[str, str], ...]
    """Concept and word."""

    def __str__(self) -> str:
        listed = ", ".join(f"{word!r} in {concept}" for concept, word in self.words)
        return f"{listed}: one stem, {self.stem!r}; write =word for the form that is meant"


def collisions(lexicon: Lexicon) -> tuple[Collision, ...]:
    """Stems that stand for clearly different words in different concepts."""
    by_stem: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for concept, stems in lexicon.stems.items():
        for stem, word in stems.items():
            by_stem[stem].add((concept, word))
    return tuple(Collision(stem, tuple(sorted(words))) for stem, words in sorted(by_stem.items()) if _differ(words))


def _differ(words: Iterable[tuple[str, str]]) -> bool:
    """Whether two concepts use words whose lengths no ending explains, agent nouns first of all."""
    listed = sorted(words)
    return any(
        one != other and concept != second and (abs(len(one) - len(other)) >= _APART or _agent(one) != _agent(other))
        for concept, one in listed
        for second, other in listed
    )


def _agent(word: str) -> bool:
    return word.endswith(("er", "ers", "or", "ors"))
