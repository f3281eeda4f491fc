"""What somebody may have meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.query import closest

TEXTS = (
    "Shelling of Stepanakert goes on. The hospital of Stepanakert was hit.",
    "Ադրբեջանը հրետակոծում է Ստեփանակերտը։",
    "Обстрел Степанакерта продолжается.",
    "Café Rouge in Tarvin was destroyed.",
)


@pytest.mark.parametrize(
    ("typed", "meant", "rule"),
    [
        ("Stepanekert", "Stepanakert", "one letter is wrong"),
        ("Stepankert", "Stepanakert", "one is missing"),
        ("Stepaankert", "Stepanakert", "two are swapped"),
        ("hopsital", "hospital", "two are swapped in a short word"),
        ("stepanekert HOSPITAL", "Stepanakert HOSPITAL", "words that occur stay as they were typed"),
        ("Ստեփանակերտո", "Ստեփանակերտը", "in any script"),
        ("Степонакерта", "Степанакерта", "in any script"),
        ("Tarwin", "Tarvin", "a place of five letters"),
    ],
)
def test_a_slip_is_seen_through(typed: str, meant: str, rule: str) -> None:
    """A word that is nowhere is taken for the most similar one that is somewhere."""
    assert closest(typed, TEXTS) == meant, rule


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("Stepanakert", "it occurs"),
        ("cafe", "it occurs but for its accent"),
        ("tunnel", "nothing is similar"),
        ("hit", "too short to tell"),
        ("", "there is no word"),
        ("…", "there is no letter"),
    ],
)
def test_where_nothing_is_similar_nothing_is_made_up(typed: str, rule: str) -> None:
    """Without a likely meaning there is no suggestion."""
    assert closest(typed, TEXTS) is None, rule


def test_the_more_frequent_of_two_similar_words_wins() -> None:
    """Between two candidates the one that reports use more is meant."""
    assert closest("Karsd", ["Karsk. Karst, Karst and Karst."]) == "Karst"


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=5))
def test_any_input_has_an_answer(query: str, texts: list[str]) -> None:
    """Whatever is typed and whatever reports hold, a suggestion differs from what was typed, or there is none."""
    assert closest(query, texts) != query
