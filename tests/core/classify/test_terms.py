"""The notation of terms, and what it refuses."""

from __future__ import annotations

import pytest

from bot.core.classify.terms import TermError, parse_term


@pytest.mark.parametrize(
    ("term", "reason"),
    [
        ("", "empty"),
        ("-", "empty"),
        ("~2 house", "gap"),
        ("house ~", "gap"),
        ("a ~9 b", "1 to 8"),
        ("a ~2 ~3 b", "two gaps in a row"),
        ("a || b", "is no word"),
        ("@Place", "is no word"),
        ("x*y", "is no word"),
        ("a*", "is no word"),
    ],
)
def test_a_term_that_means_nothing_is_refused(term: str, reason: str) -> None:
    """The message says what is wrong."""
    with pytest.raises(TermError, match=reason):
        parse_term(term)


def test_a_hyphenated_word_is_a_phrase() -> None:
    """Texts are read that way, so "cease-fire" is two words in a pack as well."""
    assert len(parse_term("cease-fire").elements) == 2
