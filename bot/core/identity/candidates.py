"""Which known updates a found one could be, without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from bot.core.identity.likeness import Weights
from bot.core.identity.sighting import Sighting

_RARE_WORDS = 14
"""How many of an update's rarest words are looked up."""
_POSTINGS = 40
"""A word held by more known updates than this tells none of them apart."""
_BEST = 6
"""How many candidates the words may give."""
_SAME_MINUTE = 12
"""How many candidates the clock may give."""


class Candidates:
    """An inverted index over known updates: by rare word, and by clock."""

    def __init__(self, known: Iterable[Sighting], weights: Weights) -> None:
        self._weights = weights
        self._by_word: Mapping[str, list[Sighting]] = defaultdict(list)
        self._by_clock: Mapping[object, list[Sighting]] = defaultdict(list)
        for sighting in known:
            for token in set(sighting.tokens):
                self._by_word[token].append(sighting)
            if sighting.clock is not None:
                self._by_clock[sighting.clock].append(sighting)

    def of(self, found: Sighting) -> list[Sighting]:
        """The known updates that share rare words or the printed minute with this one."""
        scores: Counter[int] = Counter()
        seen: dict[int, Sighting] = {}
        rarest = sorted(set(found.tokens), key=lambda token: (-self._weights[token], token))
        looked_up = 0
        for token in rarest:
            postings = self._by_word.get(token, ())
            if not 0 < len(postings) <= _POSTINGS:
                continue
            looked_up += 1
            for sighting in postings:
                scores[sighting.index] += 1
                seen[sighting.index] = sighting
            if looked_up == _RARE_WORDS:
                break
        best = {index: seen[index] for index, _ in scores.most_common(_BEST)}
        if found.clock is not None:
            # The latest of them: yesterday's 9:00 stands before today's.
            best |= {known.index: known for known in self._by_clock.get(found.clock, [])[-_SAME_MINUTE:]}
        return list(best.values())
