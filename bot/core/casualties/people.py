"""Which numbers of a sentence count people.

A number counts people when a word for people follows it, or when it stands beside the word for what happened to them;
"a woman" is one, "a couple and their child" are three. Shares of a number ("including three children") count nobody
anew, nor do ages, times and distances.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from bot.core.casualties.numbers import Number, digits, numbers_of
from bot.core.casualties.values import CountWords
from bot.core.classify.lexicon import Hit, Lexicon, Reading
from bot.core.classify.stems import fold
from bot.core.classify.words import Sentence
from bot.core.wordset import WordSet

_NOUN_WITHIN = 4
_PARTLY_WITHIN = 2
_JOINED_WITHIN = 3
_ARABIC_AND = "و"
"""Written on to the number that it adds."""
_SIGNS = frozenset(",;:()–—،")
_NO_COUNT = frozenset("%:°")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people over the words ``first`` to ``last``, the word for them included."""

    first: int
    last: int
    value: int
    noun: bool
    """A word says that they are people; else what stands beside must."""
    person: bool = False
    """No number is given: "a woman"."""
    partial: bool = False
    """A share of a number given before."""


class Scene:
    """One sentence with its concepts, its numbers, and the people in it."""

    def __init__(self, sentence: Sentence, reading: Reading, text: str, lexicon: Lexicon, words: CountWords) -> None:
        self.sentence, self.text = sentence, text
        self._lexicon, self._words = lexicon, words
        self._hits: dict[int, list[Hit]] = {}
        for hit in reading.hits:
            self._hits.setdefault(hit.concept, []).append(hit)

    @cached_property
    def _folded(self) -> list[str]:
        return [fold(word, self._lexicon.language) for word in self.sentence.words]

    def of(self, *concepts: str) -> list[Hit]:
        """Where these concepts stand."""
        index = self._lexicon.index
        return [hit for name in concepts if name in index for hit in self._hits.get(index[name], ())]

    def places(self, *concepts: str) -> frozenset[int]:
        """The words at which concepts stand, phrases with all their words."""
        return frozenset(at for hit in self.of(*concepts) for at in range(hit.first, hit.last + 1))

    def small(self, words: WordSet) -> frozenset[int]:
        """The words that are among these."""
        return frozenset(at for at, word in enumerate(self._folded) if word in words)

    def parted(self, first: int, last: int) -> bool:
        """Whether a sign stands between two words, from the left one to the right one."""
        between = self.text[self.sentence.spans[first][1] : self.sentence.spans[last][0]]
        return not _SIGNS.isdisjoint(between)

    @cached_property
    def numbers(self) -> list[Number]:
        """The numbers of the sentence."""
        small = self._words.small
        opened = self.small(small.between)
        joined = {at for at in self.small(small.joined) if any(at - before in opened for before in (2, 3))}
        range_to, half = self.small(small.range_to) | joined, self.small(small.half)
        return numbers_of(self.sentence, self.text, self._worth, range_to, half)

    def counts(self) -> list[Count]:
        """The people of the sentence, those joined by "and" taken together; shares of them are left out."""
        numbers = [number for number in self.numbers if not self._counts_something_else(number)]
        counts = [*self._with_joined_shares(map(self._counted, numbers)), *self._persons(numbers)]
        counts.sort(key=lambda count: count.first)
        return [count for count in self._together(counts) if not count.partial]

    def _worth(self, word: str) -> int | None:
        word = word.removeprefix(_ARABIC_AND) if word[1:2].isdigit() else word
        value = digits(word)
        return self._words.values.get(fold(word, self._lexicon.language)) if value is None else value

    def _counts_something_else(self, number: Number) -> bool:
        """Whether a time, a share, an age, a calibre or a family follows, or a year stands there."""
        after = self.text[self.sentence.spans[number.last][1] :][:1]
        before = self.text[max(self.sentence.spans[number.first][0] - 1, 0) : self.sentence.spans[number.first][0]]
        follows = number.last + 1
        measured = any(hit.first == follows for hit in self.of(self._words.measure, self._words.group))
        year = 1900 < number.value < 2100 and not self._noun(number)
        clock = after == ":" and number.last + 1 < len(self.sentence.words) and self._touches(number.last)
        return (
            year
            or measured
            or clock
            or self._is_spared(number)
            or (after in _NO_COUNT and after != ":")
            or before in {":", "№", "$", "€"}
        )

    def _is_spared(self, number: Number) -> bool:
        """Whether what follows the number tells of people who are missing or alive, and of nothing that befell them."""
        small = self._words.small
        befell = self.places(*self._words.killed, *self._words.wounded, *self._words.displaced)
        befell -= self.places(self._words.spared)
        people, linked = self.places(*self._words.people), self.small(small.linked) - self.small(small.joined)
        for hit in self.of(self._words.spared):
            between = range(number.last + 1, hit.first)
            if (
                hit.first > number.last
                and len(between) <= _NOUN_WITHIN
                and all(at in people or at in linked for at in between)
            ):
                return befell.isdisjoint(between) and not self.parted(number.last, hit.first)
        return False

    def _touches(self, at: int) -> bool:
        return self.sentence.spans[at + 1][0] - self.sentence.spans[at][1] == 1

    def _noun(self, number: Number) -> Hit | None:
        """The word for people that the number belongs to."""
        stops = {at for other in self.numbers if other.first > number.last for at in range(other.first, other.last + 1)}
        for hit in sorted(self.of(*self._words.people), key=lambda hit: hit.first):
            if 0 < hit.first - number.last <= _NOUN_WITHIN:
                between = range(number.last + 1, hit.first)
                if self.parted(number.last, hit.first) or any(at in stops for at in between):
                    return None
                return None if any(at in self.places(self._words.group) for at in between) else hit
        return None

    def _counted(self, number: Number) -> Count:
        noun = self._noun(number)
        last = noun.last if noun else number.last
        return Count(
            number.first, last, number.value, noun is not None, partial=self._is_share(number.first, number.last)
        )

    def _is_share(self, first: int, last: int) -> bool:
        """Whether "including" stands before, or "of them" behind."""
        return any(
            0 <= first - hit.last <= _PARTLY_WITHIN
            or hit.first == first
            or (hit.first == last + 1 and not self.parted(last, hit.first))
            for hit in self.of(self._words.partly)
        )

    def _with_joined_shares(self, counts: Iterable[Count]) -> Iterator[Count]:
        """Counts; the second of "aged 4 and 6" is a share like the first."""
        joined = self.small(self._words.small.joined)
        before: Count | None = None
        for count in counts:
            shared = before is not None and before.partial and count.first - before.last == 2
            if shared and count.first - 1 in joined:
                count = replace(count, partial=True)  # noqa: PLW2901 - the same number, as it now counts
            yield count
            before = count

    def _persons(self, numbers: list[Number]) -> Iterator[Count]:
        """People whom a word alone counts, and no number before it does."""
        for at, word in enumerate(self._folded):
            worth = self._words.persons.get(word)
            if worth is not None and not any(self._counts(number, at) for number in numbers):
                yield Count(at, at, worth, noun=True, person=True, partial=self._is_share(at, at))

    def _counts(self, number: Number, at: int) -> bool:
        """Whether the number counts the people at this word: "two of the wounded soldiers"."""
        noun = self._noun(number)
        last = noun.last if noun else number.last + _NOUN_WITHIN
        return number.last < at <= last and not self.parted(number.last, at)

    def _together(self, counts: list[Count]) -> Iterator[Count]:
        """Counts joined by "and" with nothing that happened between, as one; from the right, as lists end in it."""
        events = self.places(*self._words.killed, *self._words.wounded)
        joined = self.small(self._words.small.joined)
        current: Count | None = None
        listed = False
        for count in reversed(counts):
            if current is not None and self._adds(count, current, events, joined, listed=listed):
                current = replace(count, last=current.last, value=count.value + current.value, person=False)
                listed = True
                continue
            if current is not None:
                yield current
            current, listed = count, False
        if current is not None:
            yield current

    def _adds(self, left: Count, right: Count, events: frozenset[int], joined: frozenset[int], *, listed: bool) -> bool:
        """Whether "and" joins the two, or a comma before "a mother and her child"; a share joins no whole."""
        between = range(left.last + 1, right.first)
        if not (left.noun and right.noun) or len(between) > _JOINED_WITHIN:
            return False
        if not events.isdisjoint(range(left.first, right.last + 1)):
            return False
        if listed and left.person and self.parted(left.last, right.first):
            return True
        return any(at in joined for at in between) and not self.parted(left.last, right.first)
