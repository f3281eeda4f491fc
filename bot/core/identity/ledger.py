"""How often an update held each fact before and after, so that what only moved is no change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.core.identity.lexicon import Lexicon
from bot.core.identity.sentences import Sentence

_HARM = ("killed", "wounded", "missing")
NEGATION = "class negation"
DENIAL = "class denial"
"""What a ledger counts negations, and contradictions of a report, under."""


class Ledger:
    """How often the whole update, heading included, held each fact before and after: what only moved is no change."""

    def __init__(self, was: Iterable[Sentence], now: Iterable[Sentence], words: Lexicon) -> None:
        self._was, self._now = _count(was, words), _count(now, words)

    def lost(self, fact: str) -> bool:
        """Whether it stands in the new version fewer times."""
        return self._now[fact] < self._was[fact]

    def gained(self, fact: str) -> bool:
        """Whether it stands in the new version more often."""
        return self._now[fact] > self._was[fact]

    def changed(self, fact: str) -> bool:
        """Whether the two versions do not hold it equally often."""
        return self._now[fact] != self._was[fact]

    def new(self, fact: str) -> bool:
        """Whether only the new version has it."""
        return self._now[fact] > 0 and not self._was[fact]

    def facts_before(self) -> Iterable[str]:
        """Every fact of the old version."""
        return self._was.keys()


def _count(sentences: Iterable[Sentence], words: Lexicon) -> Counter[str]:
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(sentence.keys)
        counts.update(class_of(name) for key in sentence.keys for name in _HARM if words.has(name, key))
        counts[NEGATION] += sum(words.has("negation", key) for key in sentence.keys)
        counts[DENIAL] += sum(denies(sentence, at, words) for at in range(len(sentence.units)))
    return counts


def class_of(name: str) -> str:
    """The name under which a ledger counts a class of words."""
    return f"class {name}"


def harm_in(keys: Iterable[str], words: Lexicon) -> set[str]:
    """What the words say happened to people."""
    return {name for key in keys for name in _HARM if words.has(name, key)}


def denies(sentence: Sentence, at: int, words: Lexicon) -> bool:
    """Whether the word there contradicts a report; what is "being clarified" contradicts nothing, "not true" does."""
    before = [unit.key for unit in sentence.units[max(0, at - 4) : at]]
    if sentence.units[at].key == "true":
        return any(words.has("negation", key) for key in before)
    return words.has("denial", sentence.units[at].key) and before[-1:] not in (["being"], ["be"])
