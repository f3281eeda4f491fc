"""What an update is about in space: the most specific places that it names."""

from __future__ import annotations

from bot.core.findings import Findings
from bot.core.places import Place

KARST = Place("karst", "Karst", "region")
TARVIN = Place("tarvin", "Tarvin", "town", "karst")
UPPER = Place("upper", "Upper Tarvin", "village", "tarvin")


def test_the_most_specific_places_decide() -> None:
    """A place named besides something in it, however deep, only says where that lies."""
    both = Findings((), places=(UPPER, KARST), within=("tarvin", "karst"))
    assert both.place_ids == ("upper", "karst")
    assert both.nearest == ("upper",)


def test_a_region_named_alone_decides() -> None:
    """Nothing in it is named, so it concerns everybody there."""
    assert Findings((), places=(KARST,), within=()).nearest == ("karst",)


def test_without_words_nothing_is_found() -> None:
    """What nobody said is routine, nowhere, and no denial."""
    nothing = Findings(())
    assert (nothing.level, nothing.nearest, nothing.denial, nothing.all_clear) == ("routine", (), False, False)
