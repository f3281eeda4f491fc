"""A small lexicon in invented proportions: what the engine does, free of any shipped pack."""

from __future__ import annotations

import pytest

from bot.core.classify.lexicon import Lexicon
from bot.core.classify.terms import parse_term

CONCEPTS = {
    "fire": ("shell", "under fire", "-shell company", "rain* ~2 rockets"),
    "home": ("house", "=School", "apartment|tower block"),
    "place": ("in @Name",),
    "number": ("@number", "-@year"),
    "past": ("in|of @past",),
    "sport": ("striker", "goal"),
}


@pytest.fixture
def lexicon() -> Lexicon:
    """English, five concepts."""
    return Lexicon(
        "en",
        {name: tuple(parse_term(term) for term in terms) for name, terms in CONCEPTS.items()},
        common=frozenset({"monday", "the"}),
        number_words=frozenset({"two", "three"}),
    )
