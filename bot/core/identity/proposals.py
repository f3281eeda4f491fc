"""How alike is alike enough, given when and where two updates stand, and which of two claims is the better one."""

from __future__ import annotations

from bot.core.identity.likeness import Weights, conflicting, likeness
from bot.core.identity.sighting import Sighting
from bot.core.identity.surroundings import Clock, Places, clock

_NEVER = 2.0
_SHORT = 8
"""Words up to which an equal text may be an everyday phrase ("Explosions are heard in the city")."""

# Likeness needed, by clock and shared neighbours: without and with conflicting numbers or names.
_NEEDED: dict[tuple[Clock, int], tuple[float, float]] = {
    (Clock.EQUAL, 2): (0.0, 0.0),
    (Clock.EQUAL, 1): (0.0, 0.15),
    (Clock.EQUAL, 0): (0.30, 0.40),
    (Clock.UNKNOWN, 2): (0.30, 0.35),
    (Clock.UNKNOWN, 1): (0.45, 0.70),
    (Clock.UNKNOWN, 0): (0.75, _NEVER),
    (Clock.NEAR, 2): (0.50, 0.80),
    (Clock.NEAR, 1): (0.60, 0.88),
    (Clock.NEAR, 0): (0.90, _NEVER),
    (Clock.FAR, 2): (0.60, 0.90),
    (Clock.FAR, 1): (_NEVER, _NEVER),
    (Clock.FAR, 0): (_NEVER, _NEVER),
}


class Proposals:
    """Likeness and conflict of the pairs looked at, each worked out once."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._likeness: dict[tuple[int, int], float] = {}
        self._conflict: dict[tuple[int, int, bool], bool] = {}

    def likeness(self, known: Sighting, found: Sighting) -> float:
        at = known.index, found.index
        if at not in self._likeness:
            self._likeness[at] = likeness(known, found, self._weights)
        return self._likeness[at]

    def score(self, known: Sighting, found: Sighting, places: Places) -> float:
        """What to prefer among all that is accepted: the same minute outweighs the same words a minute later."""
        clocks = {Clock.EQUAL: 0.8, Clock.NEAR: 0.1}.get(clock(known, found), 0.0)
        same_heading = 0.1 if known.heading == found.heading != "" else 0.0
        look_alike = 0.25 if self._conflicting(known, found, strictly=True) else 0.0
        place = 0.1 * places.agreement(known, found) + (0.05 if places.adjoining(known, found) else 0.0)
        return self.likeness(known, found) + clocks + same_heading + place - look_alike

    def accepted(self, known: Sighting, found: Sighting, places: Places) -> bool:
        """Whether they are alike enough for where and when they stand."""
        relation, neighbours = clock(known, found), places.agreement(known, found)
        if relation is Clock.EQUAL and (places.sole(known, found) or _shares_a_line(known, found)):
            return True
        if neighbours + (relation is Clock.EQUAL) >= 2 and found.is_notice:
            return True
        agreeing, conflicted = _NEEDED[relation, neighbours]
        alike = self.likeness(known, found)
        if alike < agreeing:
            return False
        if relation in {Clock.NEAR, Clock.FAR} and neighbours == 0 and len(found.tokens) <= _SHORT:
            return False
        return alike >= conflicted or not self._conflicting(known, found, strictly=neighbours == 0)

    def _conflicting(self, known: Sighting, found: Sighting, *, strictly: bool) -> bool:
        at = known.index, found.index, strictly
        if at not in self._conflict:
            self._conflict[at] = conflicting(known, found, self._weights, strictly=strictly)
        return self._conflict[at]


def _shares_a_line(known: Sighting, found: Sighting) -> bool:
    """Whether the headline of one is the headline, or all the words, of the other: a reader drew the line elsewhere."""
    return not {known.heading, known.body}.isdisjoint({found.heading, found.body} - {""})


def evidence(known: Sighting, found: Sighting, places: Places, proposals: Proposals) -> str:
    """By what they were recognised, in words for the reason of a decision."""
    parts = [f"{proposals.likeness(known, found):.0%} alike"]
    if clock(known, found) is Clock.EQUAL:
        parts.append("same time")
    if known.heading == found.heading != "":
        parts.append("same heading")
    if neighbours := places.agreement(known, found):
        parts.append("between the same neighbours" if neighbours == 2 else "beside the same neighbour")
    return ", ".join(parts)
