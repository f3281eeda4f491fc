"""How many people an update says were killed, wounded or displaced.

A number counts people when a word for people follows it, or when it stands right beside the word for what happened
to them; so two houses are no victims, and three of eleven are counted once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.classify.lexicon import Hit, Lexicon
from bot.core.classify.stems import fold
from bot.core.classify.words import Sentence, sentences

_REACH = 8
"""Words between a number and what happened."""
_NOUN_WITHIN = 4
_FROM_TO = 2
"""Words from one number to the next in "from 12 to 17"."""
_MULTIPLIER = 1000
"""Number words from here up multiply what stands before them; alone ("thousands") they are no number."""
_PARTED = re.compile(r"[,;:()–—،]|\s(?:and|while|but|и|а|та|և|ու|ve|و)\s")
_SIGN = re.compile(r"[,;:()–—،]")
_PART = 3
"""What a comma or "and" between number and event adds to their distance, in words."""


@dataclass(frozen=True, slots=True)
class Casualties:
    """Numbers of people; ``None`` where the text gives none, 0 where it says that there were none."""

    killed: int | None = None
    wounded: int | None = None
    displaced: int | None = None


UNCOUNTED = Casualties()
"""A text that gives no number of people."""


@dataclass(frozen=True, slots=True)
class CountWords:
    """The concepts that counting needs, by their names in a lexicon, and what number words are worth."""

    values: Mapping[str, int]
    """Folded word → value; words from 1000 up multiply the number before them."""
    killed: str = "killed"
    wounded: str = "wounded"
    displaced: str = "displaced"
    fled: str = "flee"
    victim: str = "victim"
    toll: str = "death_toll"
    nobody: str = "no_victims"
    partly: str = "partly"
    measure: str = "measure"


@dataclass(frozen=True, slots=True)
class _Number:
    first: int
    last: int
    value: int


def count_casualties(text: str, lexicon: Lexicon, words: CountWords) -> Casualties:
    """The highest number of each kind that the text gives.

    Args:
        text: heading and body.
        lexicon: the language's concepts.
        words: which of them to use, and the number words.
    """
    found = Casualties()
    nobody = False
    for sentence in sentences(text):
        scene = _Scene(sentence, text, lexicon, words)
        nobody = nobody or bool(scene.of(words.nobody))
        found = _higher(found, scene.count())
    if nobody and found.killed is None and found.wounded is None:
        return replace(found, killed=0, wounded=0)
    return found


class _Scene:
    """One sentence with its concepts."""

    def __init__(self, sentence: Sentence, text: str, lexicon: Lexicon, words: CountWords) -> None:
        self._sentence = sentence
        self._text = text
        self._lexicon = lexicon
        self._words = words
        self._hits = lexicon.read(sentence).hits

    def of(self, *concepts: str) -> list[Hit]:
        """Where these concepts stand."""
        wanted = {self._lexicon.index[name] for name in concepts if name in self._lexicon.index}
        return [hit for hit in self._hits if hit.concept in wanted]

    def count(self) -> Casualties:
        """Each number that counts people, given to the nearest thing that happened to them."""
        kinds = {
            "killed": self.of(self._words.killed),
            "wounded": self.of(self._words.wounded),
            "displaced": self.of(self._words.displaced, self._words.fled),
        }
        found = Casualties()
        for number in self._numbers():
            if not self._counts_people(number, [hit for hits in kinds.values() for hit in hits]):
                continue
            near = {kind: self._distance(number, hits) for kind, hits in kinds.items()}
            kind = min(near, key=near.__getitem__)
            if near[kind] <= _REACH:
                found = _higher(found, Casualties(**{kind: number.value}))
        return _higher(found, Casualties(killed=self._toll()))

    def _numbers(self) -> Iterator[_Number]:
        """Numbers left to right, "twenty five" and "two thousand" as one."""
        at = 0
        words = self._sentence.words
        while at < len(words):
            value = self._value(words[at])
            if value is None or (value >= _MULTIPLIER and not words[at][0].isdigit()):
                at += 1
                continue
            first = at
            while at + 1 < len(words) and (joined := _joined(value, self._value(words[at + 1]))) is not None:
                value, at = joined, at + 1
            yield _Number(first, at, value)
            at += 1

    def _value(self, word: str) -> int | None:
        digits = re.sub(r"[,.\u00a0\u202f]|['’].*", "", word)
        if digits.isdecimal():
            return int(digits) if len(digits) < 8 else None
        return self._words.values.get(fold(word, self._lexicon.language))

    def _counts_people(self, number: _Number, events: Sequence[Hit]) -> bool:
        if any(0 <= number.first - hit.last <= 2 for hit in self.of(self._words.partly)):
            return False
        victims = self.of(self._words.victim)
        noun = any(0 < hit.first - number.last <= _NOUN_WITHIN and not self._cut(number, hit) for hit in victims)
        beside = any(
            hit.first - number.last == 1 or (0 < number.first - hit.last <= 3 and not self._cut(number, hit))
            for hit in events
        )
        return (noun or beside) and not self._counts_something_else(number, noun=noun)

    def _counts_something_else(self, number: _Number, *, noun: bool) -> bool:
        """Whether a time, a share, an age or a calibre follows, or a year stands there."""
        measures = any(hit.first == number.last + 1 for hit in self.of(self._words.measure))
        after = self._text[self._sentence.spans[number.last][1] :][:2]
        year = 1900 < number.value < 2100 and not noun
        return year or measures or after[:1] in {"%", ":", "°"}

    def _cut(self, number: _Number, hit: Hit) -> bool:
        """Whether a sign or another number stands between the two."""
        first, last = sorted((number.first, hit.first))
        between = self._text[self._sentence.spans[first][1] : self._sentence.spans[last][0]]
        return _SIGN.search(between) is not None or any(
            self._value(word) is not None for word in self._sentence.words[max(first, number.last) + 1 : last]
        )

    def _distance(self, number: _Number, hits: Sequence[Hit]) -> float:
        return min((self._apart(number, hit) for hit in hits), default=float("inf"))

    def _apart(self, number: _Number, hit: Hit) -> float:
        if hit.first > number.last:
            first, last, words = number.last, hit.first, hit.first - number.last
        elif hit.last < number.first:
            first, last, words = hit.last, number.first, number.first - hit.last
        else:
            return 0
        between = self._text[self._sentence.spans[first][1] : self._sentence.spans[last][0] + 1]
        return words + _PART * len(_PARTED.findall(f"{between} "))

    def _toll(self) -> int | None:
        """The number after "death toll", or the second of two: "has risen from 12 to 17"."""
        for hit in self.of(self._words.toll):
            numbers = [
                n for n in self._numbers() if n.first > hit.last and not self._counts_something_else(n, noun=False)
            ]
            if len(numbers) > 1 and numbers[1].first - numbers[0].last <= _FROM_TO:
                return max(numbers[0].value, numbers[1].value)
            if numbers:
                return numbers[0].value
        return None


def _joined(value: int, following: int | None) -> int | None:
    """Two number words as one number, or ``None`` when they are two numbers."""
    if following is None:
        return None
    if following >= _MULTIPLIER:
        return value * following if value < following else None
    if value >= _MULTIPLIER and value % _MULTIPLIER == 0:
        return value + following
    if following == 100 and value < 10:
        return value * 100
    if value % 10 == 0 and 20 <= value < 100 and following < 10:
        return value + following
    return None


def _higher(left: Casualties, right: Casualties) -> Casualties:
    return Casualties(
        _max(left.killed, right.killed), _max(left.wounded, right.wounded), _max(left.displaced, right.displaced)
    )


def _max(left: int | None, right: int | None) -> int | None:
    return max(one for one in (left, right) if one is not None) if (left, right) != (None, None) else None
