"""Conditions: what they mean and what they refuse."""

from __future__ import annotations

import pytest

from bot.core.classify.expression import evidence, holds, trigger
from bot.core.classify.lexicon import Lexicon, Reading
from bot.core.classify.notation import ExpressionError, parse_condition
from bot.core.classify.words import sentences

TEXT = "Shelling hit two houses in Tarvin"


def reading(lexicon: Lexicon, text: str = TEXT) -> Reading:
    """The one sentence of a text."""
    (sentence,) = sentences(text)
    return lexicon.read(sentence)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("fire", True),
        ("fire and home", True),
        ("fire and not home", False),
        ("sport or home", True),
        ("sport or fire and sport", False),
        ("(sport or fire) and home", True),
        ("near(fire, home, 3)", True),
        ("near(fire, home, 2)", False),
        ("near(home, fire, 3)", True),
        ("before(fire, home, 3)", True),
        ("before(home, fire, 3)", False),
        ("near(sport or fire, home, 3)", True),
        ("count(home or fire, 2)", True),
        ("count(home or fire, 3)", False),
        ("not sport", True),
    ],
)
def test_a_condition_means_what_it_says(lexicon: Lexicon, condition: str, expected: bool) -> None:
    """``and`` binds closer than ``or``; ``near`` has no order, ``before`` has."""
    parsed = parse_condition(condition, lexicon.index)
    assert holds(parsed, reading(lexicon)) is expected
    if expected and (need := trigger(parsed)):
        assert reading(lexicon).mask & need, "what triggers a rule must be there when the rule holds"


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("", "too early"),
        ("fire and", "too early"),
        ("fire home", "not expected"),
        ("fire and weather", "'weather' is no concept"),
        ("(fire", "is expected"),
        ("near(fire, home)", "is expected"),
        ("near(fire, home, 0)", "number from 1 to 99"),
        ("near(fire and home, home, 3)", "is expected"),
        ("and fire", "out of place"),
        ("fire & home", "not expected"),
        ("(" * 500, "longer than"),
    ],
)
def test_a_condition_that_cannot_be_read_is_refused(lexicon: Lexicon, condition: str, reason: str) -> None:
    """The message names the word or sign."""
    with pytest.raises(ExpressionError, match=reason.replace("(", r"\(")):
        parse_condition(condition, lexicon.index)


def test_evidence_is_what_made_it_hold(lexicon: Lexicon) -> None:
    """Only parts that hold give words, and what must be absent gives none."""
    parsed = parse_condition("(fire or sport) and home and not sport", lexicon.index)
    names = list(lexicon.index)
    assert {names[hit.concept] for hit in evidence(parsed, reading(lexicon))} == {"fire", "home"}
