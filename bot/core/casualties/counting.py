"""Gives each number of people to what happened to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import zip_longest

from bot.core.casualties.numbers import Number
from bot.core.casualties.people import Count, Scene
from bot.core.casualties.values import Casualties, CountWords
from bot.core.classify.lexicon import Hit, Lexicon, Reading
from bot.core.classify.words import Sentence
from bot.core.small_words import SmallWords

_REACH = 8
"""Words between a number of people and what happened to them."""
_BESIDE = 3
"""Words between a number that names no people and what happened."""
_PERSON_WITHIN = 6
_OBJECT_WITHIN = 5
_PART = 3
"""What a comma or "and" between the two adds to their distance, in words."""
_PARTED = re.compile(r"[,;:()–—،]|\s(?:and|while|but|и|а|та|և|ու|ve|و)\s")
_ASIDE = re.compile(r"[,،(–—][^,،()–—]*[,،)–—]")
_FROM_TO = 2
_OLD_YEARS = (1800, 2000)
_YEAR_DIGITS = 4


class Counter:
    """Counts the people harmed, with the words of one language.

    Args:
        lexicon: the language's concepts.
        words: which of them to use, and what words are worth.
    """

    def __init__(self, lexicon: Lexicon, words: CountWords) -> None:
        self._lexicon, self._words = lexicon, words

    @property
    def small(self) -> SmallWords:
        """The language's small words."""
        return self._words.small

    def count(self, sentences: Iterable[tuple[Sentence, Reading]], text: str) -> Casualties:
        """The highest number of each kind that the text gives.

        Args:
            sentences: of the text, as the lexicon read them.
            text: heading and body.
        """
        found = nobody = Casualties()
        for sentence, reading in sentences:
            scene = _Scene(sentence, reading, text, self._lexicon, self._words)
            nobody = nobody.or_higher(scene.nobody())
            found = found.or_higher(scene.count())
        if found.killed is None and (found.wounded is None or nobody.wounded is None):
            found = replace(found, killed=nobody.killed)
            return replace(found, wounded=nobody.wounded) if found.wounded is None else found
        return found


class _Scene(Scene):
    """One sentence, and what happened in it."""

    def __init__(self, sentence: Sentence, reading: Reading, text: str, lexicon: Lexicon, words: CountWords) -> None:
        super().__init__(sentence, reading, text, lexicon, words)
        self._names = words

    @cached_property
    def _linked(self) -> frozenset[int]:
        return self.small(self._names.small.linked)

    @cached_property
    def _agent(self) -> frozenset[int]:
        return self.small(self._names.small.agent)

    @cached_property
    def _alone(self) -> frozenset[int]:
        return self.small(self._names.small.alone)

    def nobody(self) -> Casualties:
        """What the sentence says that nobody suffered: "no casualties" is both, "nobody was killed" one of them."""
        found = Casualties()
        for hit in self.of(self._names.nobody):
            killed = any(_within(one, hit) for one in self.of(*self._names.killed))
            hurt = any(_within(one, hit) for one in self.of(*self._names.wounded, self._names.harmed))
            found = found.or_higher(Casualties(0, 0 if hurt or not killed else None))
        return found

    def count(self) -> Casualties:
        """Each number that counts people, given to the nearest thing that happened to them."""
        kinds = self._events()
        if not any(kinds.values()) and not self.of(*self._names.toll):
            return Casualties()
        if self._tells_of_old():
            return Casualties()
        found = self._tolls()
        for count in self.counts():
            kind, distance = self._nearest(count, kinds)
            if distance <= _REACH:
                found = found.or_higher(Casualties(**{kind: count.value}))
        return found

    def _tells_of_old(self) -> bool:
        """Whether a year says that the sentence tells of another war."""
        years = (n for n in self.numbers if n.first == n.last and _OLD_YEARS[0] <= n.value < _OLD_YEARS[1])
        return any(len(self.sentence.words[n.first]) == _YEAR_DIGITS and not self._noun(n) for n in years)

    def _events(self) -> dict[str, list[Hit]]:
        """What happened to people: words for casualties of either kind, and bodies that nobody found, are left out."""
        neither = self.places(self._names.harmed)
        if not self.of(self._names.found):
            neither |= self.places(self._names.remains)
        denied = self.places(self._names.nobody)
        displaced = self.of(*self._names.displaced)
        return {
            "killed": [hit for hit in self.of(*self._names.killed) if not _any_in(hit, neither | denied)],
            "wounded": [hit for hit in self.of(*self._names.wounded) if not _any_in(hit, neither | denied)],
            "displaced": displaced,
        }

    def _nearest(self, count: Count, kinds: dict[str, list[Hit]]) -> tuple[str, float]:
        """What happened to them, and how far away it stands; infinitely far where nothing did."""
        if self._are_remains(count):
            return "killed", 0
        near = {
            kind: min((self._apart(count, hit) for hit in hits if self._fits(count, hit)), default=float("inf"))
            for kind, hits in kinds.items()
        }
        kind = min(near, key=near.__getitem__)
        return kind, near[kind]

    def _are_remains(self, count: Count) -> bool:
        """Whether bodies that somebody found are counted, whatever else the sentence tells of."""
        remains = any(count.first <= hit.last and hit.first <= count.last + 1 for hit in self.of(self._names.remains))
        return remains and bool(self.of(self._names.found))

    def _fits(self, count: Count, hit: Hit) -> bool:
        """Whether it can have happened to them, by what stands between the two."""
        if count.noun and not count.person:
            return True
        if hit.first > count.last:
            between = range(count.last + 1, hit.first)
            return self._leads_to(between, count)
        between = range(hit.last + 1, count.first)
        if any(at in self._agent for at in between):
            return False
        if count.person:
            plain = len(between) <= _OBJECT_WITHIN and not any(at in self._alone for at in between)
            return plain and (not between or not self.parted(hit.last, count.first))
        return len(between) <= _BESIDE and all(at in self._linked for at in between) and self._stands_alone(count)

    def _leads_to(self, between: range, count: Count) -> bool:
        """Whether nothing but "were", "others" or, behind a person, a name stands before what happened."""
        if not count.person:
            parted = bool(between) and self.parted(between[0] - 1, between[-1] + 1)
            return len(between) <= _BESIDE and not parted and all(at in self._linked for at in between)
        if len(between) > _PERSON_WITHIN:
            return False
        words = self.sentence.words
        return all(at in self._linked or words[at][0].isupper() or words[at][0].isdigit() for at in between)

    def _stands_alone(self, count: Count) -> bool:
        """Whether no word that the number could count follows it."""
        following = count.last + 1
        if following >= len(self.sentence.words) or self.parted(count.last, following):
            return True
        return following in self._alone or following in self._linked

    def _apart(self, count: Count, hit: Hit) -> float:
        if hit.first > count.last:
            first, last, words = count.last, hit.first, hit.first - count.last
        elif hit.last < count.first:
            first, last, words = hit.last, count.first, count.first - hit.last
        else:
            return 0
        between = f"{self.text[self.sentence.spans[first][1] : self.sentence.spans[last][0] + 1]} "
        aside = _ASIDE.search(between)
        if aside is not None and self._is_share_within(first, last):
            return 1 + len(between[: aside.start()].split()) + len(between[aside.end() :].split())
        return words + _PART * len(_PARTED.findall(between))

    def _is_share_within(self, first: int, last: int) -> bool:
        return any(first < hit.first and hit.last < last for hit in self.of(self._names.partly))

    def _tolls(self) -> Casualties:
        """The number after "the number of dead", or the second of two: "has risen from 12 to 17"."""
        found = Casualties()
        tolls = sorted(self.of(*self._names.toll), key=lambda hit: hit.first)
        for hit, following in zip_longest(tolls, tolls[1:]):
            end = following.first if following and following.first > hit.last else len(self.sentence.words)
            value = self._toll_value([n for n in self.numbers if hit.last < n.first < end])
            if value is not None:
                found = found.or_higher(Casualties(**{self._toll_kind(hit): value}))
        return found

    def _toll_value(self, numbers: Sequence[Number]) -> int | None:
        plain = [number for number in numbers if not self._counts_something_else(number)]
        if not plain:
            return None
        first, *others = plain
        if others and others[0].first - first.last <= _FROM_TO:
            return max(first.value, others[0].value)
        return first.upper or first.value

    def _toll_kind(self, toll: Hit) -> str:
        """What is counted: the wounded where a word in or right behind the phrase says so, else the dead."""
        near = Hit(toll.concept, toll.first, toll.last + 1)
        killed = any(_within(hit, near) for hit in self.of(*self._names.killed))
        wounded = any(_within(hit, near) for hit in self._only_wounded())
        return "wounded" if wounded and not killed else "killed"

    def _only_wounded(self) -> Iterator[Hit]:
        harmed = self.places(self._names.harmed)
        return (hit for hit in self.of(*self._names.wounded) if not _any_in(hit, harmed))


def _within(inner: Hit, outer: Hit) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _any_in(hit: Hit, places: frozenset[int]) -> bool:
    return any(at in places for at in range(hit.first, hit.last + 1))
