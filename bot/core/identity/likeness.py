"""How alike two updates are, and whether what they have in common is only their form."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from bot.core.identity.lexicon import Lexicon
from bot.core.identity.sighting import Sighting

_SAMPLE = 300
"""Updates, taken evenly from a longer page, that word frequencies are learnt from."""
_ONE_WORD = 0.78
"""Likeness of letters from which two words are one word, misspelt or inflected."""
_FEW = 24
"""Words left over on both sides up to which misspellings are sought among them."""


class Weights:
    """What a word proves, by how few of the page's own updates hold it (inverse document frequency)."""

    def __init__(self, page: Sequence[Sighting], words: Lexicon) -> None:
        sample = page[:: len(page) // _SAMPLE + 1]
        self._words = words
        self._total = len(sample)
        self._frequency: Counter[str] = Counter()
        for sighting in sample:
            self._frequency.update(set(sighting.tokens))
        self._known: dict[str, float] = {}

    def __getitem__(self, token: str) -> float:
        weight = self._known.get(token)
        if weight is None:
            weight = math.log1p((self._total + 1) / (self._frequency[token] + 0.5))
            if len(token) <= 2 or self._words.has("function", token):
                weight *= 0.3
            self._known[token] = weight
        return weight

    def of(self, tokens: Mapping[str, int]) -> float:
        """The weight of all these words together."""
        return sum(self[token] * count for token, count in tokens.items())


def likeness(one: Sighting, other: Sighting, weights: Weights) -> float:
    """From 0 to 1: the share of weight that both hold, of their mean or, nearly as good, of the shorter one.

    The shorter one counts because an update that was extended or cut is still the same; misspelt words count as shared.
    """
    a, b = Counter(one.tokens), Counter(other.tokens)
    left, right = a - b, b - a
    weight_a, weight_b = weights.of(a), weights.of(b)
    shared = weight_a - weights.of(left) + _misspelt(left, right, weights)
    if not shared:
        return 0.0
    mean = min(1.0, 2 * shared / (weight_a + weight_b))
    shorter = min(len(one.tokens), len(other.tokens))
    contained = min(1.0, shared / min(weight_a, weight_b)) * min(1.0, shorter / 8)
    return max(mean, 0.92 * contained)


def _misspelt(left: Counter[str], right: Counter[str], weights: Weights) -> float:
    """The weight of the words on the left that stand on the right in another spelling or form."""
    if not (0 < len(left) <= _FEW and 0 < len(right) <= _FEW):
        return 0.0
    found = 0.0
    free = set(right)
    for word in left:
        twin = max((w for w in free if _spelling(word, w) >= _ONE_WORD), key=lambda w: _spelling(word, w), default=None)
        if twin is not None:
            free.discard(twin)
            found += 0.9 * min(weights[word], weights[twin])
    return found


def _spelling(one: str, other: str) -> float:
    if one[0].isdigit() or other[0].isdigit() or min(len(one), len(other)) < 4:
        return 0.0
    return fuzz.ratio(one, other) / 100


def conflicting(one: Sighting, other: Sighting, weights: Weights, *, strictly: bool) -> bool:
    """Whether each has numbers or names of its own that outweigh those they share: the mark of two look-alikes.

    Strictly, where nothing but words speaks for the two being one: whether each has any of its own.
    """
    mine, theirs = one.facts - other.facts, other.facts - one.facts
    if len(mine) * len(theirs) <= _FEW * _FEW:
        respelt = {(a, b) for a in mine for b in theirs if _spelling(a, b) >= _ONE_WORD}
        mine, theirs = mine - {a for a, _ in respelt}, theirs - {b for _, b in respelt}
    if strictly or not mine or not theirs:
        return bool(mine and theirs)
    return min(_weigh(mine, weights), _weigh(theirs, weights)) >= _weigh(one.facts & other.facts, weights)


def _weigh(facts: Iterable[str], weights: Weights) -> float:
    return sum(weights[fact.removeprefix("#")] for fact in facts)
