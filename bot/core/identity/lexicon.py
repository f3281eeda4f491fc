"""The vocabulary of one language, ready to ask, and which language a page speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.core.identity.canonical import canonical
from bot.core.identity.vocabulary import WORDS

_ENOUGH = 20
"""Function words that a text must hold before it may contradict the language that its source declares."""


@dataclass(frozen=True, slots=True)
class WordClass:
    """A set of words, some of them given by their stem."""

    exact: frozenset[str]
    stems: re.Pattern[str] | None

    def __contains__(self, word: object) -> bool:
        """Whether this folded word belongs to the class."""
        if not isinstance(word, str):
            return False
        return word in self.exact or (self.stems is not None and self.stems.match(word) is not None)


def word_class(words: str) -> WordClass:
    """The class of these words, separated by spaces or ``|``; those with a trailing ``*`` are stems."""
    listed = [w for w in re.split(r"[\s|]+", words) if w]
    stems = sorted(re.escape(w[:-1]) for w in listed if w.endswith("*"))
    exact = frozenset(w for w in listed if not w.endswith("*"))
    return WordClass(exact, re.compile("|".join(stems)) if stems else None)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word classes of ``bot.core.identity.vocabulary`` for one language."""

    language: str
    classes: dict[str, WordClass]
    compass: tuple[WordClass, ...]

    def has(self, name: str, word: str) -> bool:
        """Whether the folded word is in the class of that name."""
        return word in self.classes[name]


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language (ISO 639-1 code); English where there is none."""
    words = WORDS.get(language, WORDS["en"])
    classes = {name: word_class(listed) for name, listed in words.items()}
    return Lexicon(language, classes, tuple(word_class(point) for point in words["compass"].split()))


def page_language(texts: Iterable[str], declared: str | None = None) -> str:
    """The language of a page, as an ISO 639-1 code with a lexicon.

    The declared one (a BCP 47 tag), unless the function words of the texts clearly speak another: many sites leave
    their software's default in place. Only ever asked of whole pages; a headline alone would prove nothing.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(canonical(text).split())
    votes = {language: _votes(language, counts) for language in WORDS}
    best = max(votes, key=lambda language: votes[language])
    tag = (declared or "").replace("_", "-").split("-")[0].lower()
    if tag not in WORDS:
        return best if votes[best] else "en"
    return best if votes[best] >= _ENOUGH and votes[best] > 2 * votes[tag] else tag


def _votes(language: str, counts: Counter[str]) -> int:
    return sum(counts[word] for word in WORDS[language]["function"].split())
