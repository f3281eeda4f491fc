"""Everything that the words of one update tell: topics, speakers, places, how grave it is and how many were harmed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.casualties import UNCOUNTED, Casualties
from bot.core.level import Grade
from bot.core.model import Level, Tag
from bot.core.places import Place

_ROUTINE = Grade("routine", 0, (), "Unknown", "Minor", "Observed")


@dataclass(frozen=True, slots=True)
class Findings:
    """What the packs make of one update, found together in one pass over its text."""

    tags: tuple[Tag, ...]
    """Strongest first; exactly ``other`` when no rule matched."""
    attribution: tuple[str, ...] = ()
    """Who says it, lead speaker first; empty when the text names nobody."""
    places: tuple[Place, ...] = ()
    """The places that it names, the most specific first, then in the order of the text."""
    within: tuple[str, ...] = ()
    """The ids of everything that those places lie in, nearest first; some may be named themselves."""
    grade: Grade = _ROUTINE
    casualties: Casualties = UNCOUNTED
    denial: bool = False
    """Its speaker denies what others report: it never rings."""
    all_clear: bool = False
    """Its speaker says that a danger is over: never concluded from anything but such words."""

    @property
    def level(self) -> Level:
        """How grave it is: decides sound and quiet hours, and withholds nothing."""
        return self.grade.level

    @property
    def place_ids(self) -> tuple[str, ...]:
        """The ids of :attr:`places`, in their order."""
        return tuple(place.id for place in self.places)

    @property
    def nearest(self) -> tuple[str, ...]:
        """The ids of the most specific places named, which decide whom it concerns.

        A place named besides something in it is not among them: "Tarvin in the Karst region" is about Tarvin. One
        named alone is, and concerns everybody in it.
        """
        return tuple(place.id for place in self.places if place.id not in self.within)
