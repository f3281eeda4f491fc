"""Which stretches of a text are quoted."""

from __future__ import annotations

import pytest

from bot.core.attribution.quotes import Quotations


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “a b” and c", "a b"),
        ("«a b» - сказал", "a b"),
        ("„a b“ heißt", "a b"),
        ('x "a b" y', "a b"),
        # each paragraph of a long quotation opens anew, and only the last one closes
        ("“a\n\n“b c” said", "a\n\n“b c"),
        # one that nobody closes ends with its paragraph; a straight one inside a paragraph opens nothing
        ("“a b\nc", "a b"),
        ('"a b\nc" d', "a b"),
        ('a 5" gun\nb', ""),
        ("nothing", ""),
    ],
)
def test_what_stands_between_marks_is_quoted(text: str, quoted: str) -> None:
    """Curly, angled, low and straight marks."""
    quotations = Quotations(text)
    inside = "".join(letter for at, letter in enumerate(text) if quotations.covers(at))
    assert inside.lstrip('“«„"') == quoted


def test_marks_without_end_are_bounded() -> None:
    """Ten thousand opening marks cost no more than their number."""
    assert Quotations("“" * 10_000).covers(5_000)
