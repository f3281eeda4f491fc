"""A text becomes sentences of words that know where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.classify.words import LONGEST, LONGEST_SENTENCE, sentences


def words(text: str) -> list[list[str]]:
    """Only the words."""
    return [list(sentence.words) for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One fell. Two rose!", [["One", "fell"], ["Two", "rose"]]),
        ("Gen. Vale spoke. He left.", [["Gen", "Vale", "spoke"], ["He", "left"]]),
        ("The U.S. President came.", [["The", "U", "S", "President", "came"]]),
        ("At 5 p.m. The town was hit.", [["At", "5", "p", "m"], ["The", "town", "was", "hit"]]),
        ("Heading\nBody", [["Heading"], ["Body"]]),
        ("2,000 people, 3.5 km", [["2,000", "people", "3", "5", "km"]]),
        ("cease-fire in Artsakh’s towns", [["cease", "fire", "in", "Artsakh’s", "towns"]]),
        ("Հարվածել են։ Զոհեր չկան։", [["Հարվածել", "են"], ["Զոհեր", "չկան"]]),
        ("من الذي؟ لا أحد.", [["من", "الذي"], ["لا", "أحد"]]),
        ("دوّت صافرات", [["دوّت", "صافرات"]]),
        ("за\u0301мок пал", [["за\u0301мок", "пал"]]),
        ("... !!! \n\n", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[list[str]]) -> None:
    """Full stops of abbreviations do not end a sentence, line ends always do."""
    assert words(text) == expected


@given(st.text(max_size=400))
def test_every_word_stands_where_it_says(text: str) -> None:
    """A word's span gives the word back, and spans never overlap or go backwards."""
    end = 0
    for sentence in sentences(text):
        for word, (start, stop) in zip(sentence.words, sentence.spans, strict=True):
            assert text[start:stop] == word
            assert start >= end
            end = stop


def test_a_hostile_text_is_bounded() -> None:
    """A megabyte without a stop gives sentences of bounded length from its first part only."""
    found = sentences("word " * 200_000)
    assert max(len(sentence.words) for sentence in found) <= LONGEST_SENTENCE
    assert found[-1].spans[-1][1] <= LONGEST
