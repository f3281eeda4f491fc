"""The canonical text, and the fingerprints that outlive a pruned update."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.identity import canonical, fingerprint

SAME = [
    ("quotes", "He said “stop”.", 'He said "stop"'),
    ("apostrophes", "Karst’s mayor", "Karst's mayor"),
    ("dashes", "Karst – Tarvin", "Karst - Tarvin"),
    ("spacing", "Two  houses\u00a0burn\n\nnow", "Two houses burn now"),
    ("letter case", "BREAKING: Karst", "Breaking: Karst"),
    ("invisible characters", "Kar\u00adst\u200b \u202eburns", "Karst burns"),
    ("compatibility forms", "５ houses, ﬁre", "5 houses, fire"),
    ("Armenian ligature", "և", "եւ"),
    ("Turkish capitals", "İstanbul", "istanbul"),
    ("vowel points", "שָׁלוֹם", "שלום"),
    ("Russian yo", "ещё", "еще"),
]
DIFFERENT = [
    ("numbers", "15 houses", "1.5 houses"),
    ("percent", "5% of homes", "5 of homes"),
    ("currency", "$5", "€5"),
    ("words", "Karst", "Tarvin"),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_typography_makes_no_difference(one: str, other: str) -> None:
    """Texts that differ in nothing but how they are set have one canonical form and one fingerprint."""
    assert canonical(one) == canonical(other)
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in DIFFERENT], ids=[row[0] for row in DIFFERENT])
def test_facts_make_a_difference(one: str, other: str) -> None:
    """Texts that say something else have another canonical form."""
    assert canonical(one) != canonical(other)


@given(st.text())
def test_canonical_is_idempotent(text: str) -> None:
    """The canonical form of a canonical text is itself."""
    assert canonical(canonical(text)) == canonical(text)


GOLDEN = [
    ("", "1:cae66941d9efbd404e4d88758ea67670"),
    ("Two houses burned in Karst.", "1:29966bf1ea5340365b8ecf6abbeefd7a"),
    ("Երկու տուն այրվել է Կարստում։", "1:48323b7fea3ec22d3b0186b25c267f93"),
    ("В Карсте сгорели 2 дома: 14.05, 21:35", "1:c733acf16448660a1d6c70e64753fded"),
]


@pytest.mark.parametrize(("text", "value"), GOLDEN)
def test_fingerprints_stay_what_they_were(text: str, value: str) -> None:
    """A release never changes the fingerprints of an earlier one without raising their version."""
    assert fingerprint(text) == value
