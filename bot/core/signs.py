"""What the words of an update show besides its topics: a denial, an all-clear, that it goes on or looks back.

What an update as a whole *is* must stand where it opens: a denial in the last sentence of a report of shelling makes
the report no denial, and "since the war began" at its end makes it no review.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.casualties import Casualties
from bot.core.classify.lexicon import Hit, Lexicon, Reading
from bot.core.classify.stems import fold
from bot.core.classify.words import Sentence
from bot.core.level import Signs
from bot.core.small_words import SmallWords

_OPENING = 2
"""Sentences, a heading aside, in which an all-clear or a look back must stand."""
_NOT_YET_WITHIN = 6
"""Words before an all-clear at which "until" or "not" takes it back."""

Read = Sequence[tuple[Sentence, Reading]]


def signs_of(read: Read, lexicon: Lexicon, small: SmallWords, casualties: Casualties, *, heading: bool) -> Signs:
    """The signs of one update.

    Args:
        read: its sentences, as the lexicon read them.
        lexicon: the language's concepts, by the names of the fields of :class:`~bot.core.level.Signs`.
        small: its small words.
        casualties: people harmed in it: who counts victims denies nothing that happened.
        heading: whether the first sentence is a heading.
    """
    words = _Words(lexicon)
    first = 1 + heading
    opening = read[: _OPENING + heading]
    harmed = bool(casualties.killed or casualties.wounded)
    return Signs(
        denial=not harmed and words.any(read[:first], "denial"),
        all_clear=any(
            _is_all_clear(sentence, words.of(reading, "all_clear"), words, small) for sentence, reading in opening
        ),
        now=words.any(read, "now"),
        retrospect=words.any(opening, "retrospect"),
        sheltered=any(_is_sheltered_target(reading, words) for _, reading in read),
        hedged=words.any(read, "hedged"),
    )


class _Words:
    """Concepts by name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._index = lexicon.index
        self.language = lexicon.language

    def of(self, reading: Reading, *names: str) -> list[Hit]:
        """Where these concepts stand in a sentence."""
        wanted = {self._index[name] for name in names if name in self._index}
        return [hit for hit in reading.hits if hit.concept in wanted]

    def any(self, read: Read, name: str) -> bool:
        """Whether a concept stands in any of the sentences."""
        number = self._index.get(name)
        return number is not None and any(reading.mask >> number & 1 for _, reading in read)


def _is_all_clear(sentence: Sentence, hits: list[Hit], words: _Words, small: SmallWords) -> bool:
    """Whether a danger is said to be over, and not "until" it is over, nor that it is not."""
    if not hits:
        return False
    folded = [fold(word, words.language) for word in sentence.words]
    return any(
        not any(word in small.not_yet for word in folded[max(hit.first - _NOT_YET_WITHIN, 0) : hit.last + 1])
        for hit in hits
    )


def _is_sheltered_target(reading: Reading, words: _Words) -> bool:
    """Whether a hospital or school is what the sentence is about, and not only where the wounded were taken."""
    taken = words.of(reading, "wounded", "treated")
    return any(not any(_covers(care, hit) for care in taken) for hit in words.of(reading, "sheltered"))


def _covers(outer: Hit, inner: Hit) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last
