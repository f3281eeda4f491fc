"""Numbers in words and digits, decimals, ranges."""

from __future__ import annotations

import pytest

from bot.core.casualties.numbers import digits, numbers_of
from bot.core.classify.words import sentences

WORTH = {"two": 2, "five": 5, "twenty": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}


def worth(word: str) -> int | None:
    """What digits and a few words are worth."""
    value = digits(word)
    return WORTH.get(word.lower()) if value is None else value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("two", [(2, None)]),
        ("twenty five men", [(25, None)]),
        ("two hundred five", [(205, None)]),
        ("two thousand", [(2000, None)]),
        ("1,300 and 40 000", [(1300, None), (40_000, None)]),
        ("1.5 million people", [(1_500_000, None)]),
        ("1,5 million people", [(1_500_000, None)]),
        ("2.5 metres", []),
        ("two dozen", [(24, None)]),
        ("thousand or million", []),
        ("10 to 15", [(10, 15)]),
        ("10-15", [(10, 15)]),
        ("15 to 10", [(15, None), (10, None)]),
        ("five or twenty", [(5, None), (20, None)]),
        ("123456789", []),
    ],
)
def test_numbers_are_read(text: str, values: list[tuple[int, int | None]]) -> None:
    """Each number with the other end of its range; multipliers alone are none."""
    sentence = sentences(text)[0]
    range_to = {at for at, word in enumerate(sentence.words) if word == "to"}
    found = numbers_of(sentence, text, worth, range_to)
    assert [(number.value, number.upper) for number in found] == values
