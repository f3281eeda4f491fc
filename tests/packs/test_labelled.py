"""The shipped rules reach their figures on updates that people labelled."""

from __future__ import annotations

import pytest

from bot.packs import Packs
from tests.packs.scoring import HALVES, labelled, score

TOPICS = 15


def test_the_set_is_large_and_wide() -> None:
    """At least 300 updates, 60 of them about nothing of ours, over all topics and six languages."""
    updates = [update for half in HALVES for update in labelled(half)]
    assert len(updates) >= 300
    assert sum(update.topics == {"other"} for update in updates) >= 60
    assert {update.language for update in updates} == {"ar", "en", "hy", "ru", "tr", "uk"}
    assert len({topic for update in updates for topic in update.topics}) == TOPICS


def test_no_update_stands_in_both_halves() -> None:
    """What measures is not what was tuned on."""
    tune, check = ({update.text for update in labelled(half)} for half in HALVES)
    assert not tune & check


def test_both_halves_together_reach_the_figures(packs: Packs) -> None:
    """Micro-F1 at least 0.92; shelling found in 97 of 100 cases and right in 90."""
    found = score(packs, (update for half in HALVES for update in labelled(half)))
    assert found.f1() >= 0.92
    assert found.recall("civilian-shelling") >= 0.97
    assert found.precision("civilian-shelling") >= 0.90


def test_the_unseen_half_does_not_fall(packs: Packs) -> None:
    """On English by an author who never saw a rule, nothing falls below what was reached; the aims are the bench's."""
    found = score(packs, labelled("check", ["en"]))
    assert found.f1() >= 0.77
    assert found.recall("civilian-shelling") >= 0.87
    assert found.precision("civilian-shelling") >= 0.85
    assert found.alarms * 8 <= found.negatives


@pytest.mark.parametrize("language", ["ar", "hy", "ru", "tr", "uk"])
def test_other_languages_find_three_of_four(packs: Packs, language: str) -> None:
    """On unseen updates of the other languages, three topics of four are found."""
    assert score(packs, labelled("check", [language])).recall() >= 0.75
