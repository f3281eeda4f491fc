"""Edited updates stay themselves, and look-alikes of one outlet are never taken for one another."""

from __future__ import annotations

import pytest

from bot.core.identity import identify
from tests.core.identity.editor import Chronology, chronologies, told_apart, work_over
from tests.core.identity.pages import remembered

PAGES = chronologies()
IDS = [page.name for page in PAGES]


def outcome(page: Chronology, seeds: range) -> tuple[int, list[str], list[str]]:
    """How many updates were edited in these reads, which were not recognised, and which were taken for others."""
    known = remembered(page.updates)
    edited, missed, merged = 0, [], []
    for seed in seeds:
        version = work_over(page, seed)
        decisions = identify(known, version.updates, language=page.language)
        lost, wrong = told_apart(decisions, version, [k.id for k in known])
        edited += sum(
            origin is not None and bool(done) for origin, done in zip(version.origins, version.edits, strict=True)
        )
        missed += [f"seed {seed}: {what}" for what in lost]
        merged += [f"seed {seed}: {what}" for what in wrong]
    return edited, missed, merged


def overall(seeds: range) -> tuple[int, list[str], list[str]]:
    """The outcome over all pages."""
    outcomes = [(page.name, *outcome(page, seeds)) for page in PAGES]
    missed = [f"{name} {what}" for name, _, lost, _ in outcomes for what in lost]
    merged = [f"{name} {what}" for name, _, _, wrong in outcomes for what in wrong]
    return sum(edited for _, edited, _, _ in outcomes), missed, merged


def test_edited_updates_are_recognised_and_look_alikes_told_apart() -> None:
    """At least 99 % of edited updates are recognised as themselves, and no update is ever taken for another."""
    edited, missed, merged = overall(range(80))
    assert edited > 1_000
    assert not merged, merged
    assert len(missed) <= 0.01 * edited, missed


@pytest.mark.soak
def test_over_many_thousand_edits() -> None:
    """The same over thousands of reads of every page."""
    edited, missed, merged = overall(range(80, 2_000))
    assert not merged, merged
    assert len(missed) <= 0.005 * edited, missed


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_the_language_need_not_be_declared(page: Chronology) -> None:
    """A page whose software declares the wrong language is told apart as well."""
    known = remembered(page.updates)
    for seed in range(20):
        version = work_over(page, seed)
        decisions = identify(known, version.updates, language="en-US")
        missed, merged = told_apart(decisions, version, [k.id for k in known])
        assert not merged, merged
        assert len(missed) <= 1, missed
