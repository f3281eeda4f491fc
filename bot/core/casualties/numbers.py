"""The numbers of a sentence: digits, words, decimals before a million, ranges."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from bot.core.classify.words import Sentence

_MULTIPLIER = 1000
"""Number words from here up multiply what stands before them; alone ("thousands") they are no number."""
_DOZEN = 12
_LONGEST_DIGITS = 8
_GROUP = 3
"""Digits between two spaces of a long number."""
_MOST_THOUSANDS = 2
_HALF_WITHIN = 2
"""Words between a whole, its half and the million that both count."""
_MARKS = re.compile(r"[,.\u00a0\u202f]|['’].*")


@dataclass(frozen=True, slots=True)
class Number:
    """A number over the words ``first`` to ``last``, both included."""

    first: int
    last: int
    value: int
    upper: int | None = None
    """The other end of a range; ``value`` is the lower one."""


def numbers_of(
    sentence: Sentence,
    text: str,
    worth: Callable[[str], int | None],
    range_to: Collection[int],
    half: Collection[int] = (),
) -> list[Number]:
    """The numbers left to right, "twenty five", "2 thousand" and "10 to 15" as one each.

    Args:
        sentence: its words.
        text: the text that they stand in.
        worth: the value of a word, or ``None`` for one that is no number.
        range_to: where words stand that may join the ends of a range.
        half: where words stand that halve the million behind them: "two and a half million", "half a million".
    """
    plain = list(_with_halves(list(_plain(sentence, text, worth)), sentence, worth, half))
    return list(_with_ranges(plain, sentence, text, range_to))


def _with_halves(
    numbers: list[Number], sentence: Sentence, worth: Callable[[str], int | None], half: Collection[int]
) -> Iterator[Number]:
    """The numbers left to right, those of halves with the half of the million or the thousand added."""
    halves = {}
    for at in half:
        behind = range(at + 1, min(at + 1 + _HALF_WITHIN, len(sentence.words)))
        large = next((place for place in behind if (worth(sentence.words[place]) or 0) >= _MULTIPLIER), None)
        if large is not None:
            halves[at] = large
    for at, large in sorted(halves.items()):
        unit = worth(sentence.words[large]) or 0
        whole = next((n for n in numbers if n.last < at <= n.last + _HALF_WITHIN + 1 and n.value < unit), None)
        numbers = [number for number in numbers if number is not whole and number.first != large]
        value = unit // 2 + (whole.value * unit if whole else 0)
        numbers.append(Number(whole.first if whole else at, large, value))
    yield from sorted(numbers, key=lambda number: number.first)


def digits(word: str) -> int | None:
    """The value of a word of digits, whatever parts its thousands."""
    plain = _MARKS.sub("", word)
    return int(plain) if plain.isdecimal() and len(plain) <= _LONGEST_DIGITS else None


def _plain(sentence: Sentence, text: str, worth: Callable[[str], int | None]) -> Iterator[Number]:
    at, words = 0, sentence.words
    while at < len(words):
        value = worth(words[at])
        if value is None or (value >= _MULTIPLIER and not words[at][0].isdigit()):
            at += 1
            continue
        if _is_decimal(sentence, text, at):
            following = worth(words[at + 2]) if at + 2 < len(words) else None
            if following is not None and following >= _MULTIPLIER:
                fraction = float(f"{value}.{words[at + 1]}")
                yield Number(at, at + 2, round(fraction * following))
            at += 3
            continue
        first = at
        while _is_thousands(sentence, text, at, first):
            value, at = value * 1000 + int(words[at + 1]), at + 1
        while at + 1 < len(words) and (joined := _joined(value, worth(words[at + 1]))) is not None:
            value, at = joined, at + 1
        yield Number(first, at, value)
        at += 1


def _is_decimal(sentence: Sentence, text: str, at: int) -> bool:
    """Whether a point and more digits follow: "1.5 million"."""
    if at + 1 >= len(sentence.words) or not (sentence.words[at].isdecimal() and sentence.words[at + 1].isdecimal()):
        return False
    return text[sentence.spans[at][1] : sentence.spans[at + 1][0]] in {".", ","}


def _is_thousands(sentence: Sentence, text: str, at: int, first: int) -> bool:
    """Whether the next three digits belong to the number: "40 000"."""
    words = sentence.words
    opens = words[first].isdecimal() and len(words[first]) <= _GROUP
    if not opens or at + 1 >= len(words) or at - first >= _MOST_THOUSANDS:
        return False
    following = words[at + 1]
    between = text[sentence.spans[at][1] : sentence.spans[at + 1][0]]
    return len(following) == _GROUP and following.isdecimal() and between == " "


def _joined(value: int, following: int | None) -> int | None:
    """Two number words as one number, or ``None`` when they are two numbers."""
    if following is None:
        return None
    if following >= _MULTIPLIER:
        return value * following if value < following else None
    if value >= _MULTIPLIER and value % _MULTIPLIER == 0:
        return value + following
    if following in {_DOZEN, 100} and value < 10:
        return value * following
    if value % 10 == 0 and 20 <= value < 100 and following < 10:
        return value + following
    return value + following if value % 100 == 0 and value < _MULTIPLIER and following < 100 else None


def _with_ranges(numbers: list[Number], sentence: Sentence, text: str, range_to: Collection[int]) -> Iterator[Number]:
    at = 0
    while at < len(numbers):
        number = numbers[at]
        if at + 1 < len(numbers) and _is_range(number, numbers[at + 1], sentence, text, range_to):
            upper = numbers[at + 1]
            number = replace(number, last=upper.last, upper=upper.value)
            at += 1
        yield number
        at += 1


def _is_range(lower: Number, upper: Number, sentence: Sentence, text: str, range_to: Collection[int]) -> bool:
    if upper.value <= lower.value:
        return False
    if upper.first - lower.last == 2:
        return lower.last + 1 in range_to
    between = text[sentence.spans[lower.last][1] : sentence.spans[upper.first][0]]
    return upper.first - lower.last == 1 and between.strip() in {"-", "–", "—"}
