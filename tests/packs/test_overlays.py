"""Packs given as text: what admins edit while the program runs."""

from __future__ import annotations

import pytest

from bot.core.errors import PackError
from bot.core.model import NewsUpdate
from bot.packs import Packs, load_packs

KLAXON = 'kind = "words"\nlanguage = "en"\n[concepts]\nsiren = ["klaxon"]\n'
NO_TRUCE = 'kind = "topics"\nwithout = ["truce"]\n'


def topics(packs: Packs, text: str) -> set[str]:
    """Slugs of an English update."""
    return {tag.topic for tag in packs.tag(NewsUpdate(text, 0), language="en")}


def test_an_overlay_adds_words_to_new_packs_only(packs: Packs) -> None:
    """The packs that run are another value: they know nothing of it."""
    changed = packs.with_overlays({"sirens": KLAXON})
    assert topics(changed, "A klaxon sounds.") == {"warnings"}
    assert topics(packs, "A klaxon sounds.") == {"other"}


def test_overlays_replace_those_before(packs: Packs) -> None:
    """Undo is to leave one out: nothing of it stays."""
    both = packs.with_overlays({"sirens": KLAXON, "peace": NO_TRUCE})
    assert topics(both, "A klaxon sounds.") == {"warnings"}
    assert topics(both, "The truce holds.") == {"other"}
    undone = both.with_overlays({"sirens": KLAXON})
    assert topics(undone, "A klaxon sounds.") == {"warnings"}
    assert topics(undone, "The truce holds.") == {"ceasefire"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("kind = words", "my rules:1: Invalid value"),
        (KLAXON + 'color = ["red"]\n', "my rules:5: 'color' is no concept"),
        (KLAXON + '[[example]]\ntext = "A bell rings."\nmust = ["warnings"]\n', "my rules:6: must match warnings"),
        ('kind = "topics"\nwithout = ["nonsense"]\n', "my rules:2: no rule or veto is called 'nonsense'"),
        ("x = " + "1" * 5_000, "my rules: "),
        ("x = " + "[" * 5_000, "my rules"),
        ("#" * 8_000_001, "my rules: larger than 8 MB"),
    ],
)
def test_a_bad_overlay_is_refused_and_the_running_packs_stay(packs: Packs, text: str, reason: str) -> None:
    """The same checks as for a file: name, line and reason."""
    with pytest.raises(PackError) as caught:
        packs.with_overlays({"sirens": KLAXON, "my rules": text})
    assert str(caught.value).startswith(reason)
    assert topics(packs, "Air raid sirens are sounding.") == {"warnings"}
    assert topics(packs, "A klaxon sounds.") == {"other"}


def test_an_overlay_keeps_what_the_operator_chose() -> None:
    """Optional topics and the directory's packs stay beneath."""
    chosen = load_packs(optional=["cyber"]).with_overlays({"sirens": KLAXON})
    assert "cyber" in {topic.slug for topic in chosen.topics}
    assert topics(chosen, "A ransomware attack hit the ministry.") >= {"cyber"}
