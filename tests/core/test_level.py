"""A level is a sum that explains itself; denials and all-clears never ring."""

from __future__ import annotations

import pytest

from bot.core.casualties import Casualties
from bot.core.level import Signs, grade

NOBODY = Casualties()


@pytest.mark.parametrize(
    ("topics", "casualties", "signs", "level", "score"),
    [
        ({"diplomacy"}, NOBODY, Signs(), "routine", 0),
        ({"warnings"}, NOBODY, Signs(), "breaking", 3),
        ({"civilian-shelling"}, NOBODY, Signs(), "important", 2),
        ({"civilian-shelling"}, NOBODY, Signs(now=True), "breaking", 3),
        ({"civilian-shelling"}, NOBODY, Signs(sheltered=True), "breaking", 3),
        ({"civilian-shelling"}, Casualties(killed=2), Signs(), "breaking", 4),
        ({"civilian-shelling"}, Casualties(killed=0, wounded=0), Signs(), "important", 2),
        ({"frontline", "casualties"}, NOBODY, Signs(), "important", 2),
        ({"terrorism", "casualties"}, NOBODY, Signs(), "breaking", 4),
        ({"disaster"}, NOBODY, Signs(), "routine", 1),
        ({"casualties"}, Casualties(killed=900), Signs(retrospect=True), "routine", 0),
        ({"civilian-shelling"}, Casualties(killed=2), Signs(denial=True, sheltered=True), "routine", 2),
        ({"warnings"}, NOBODY, Signs(all_clear=True), "routine", 1),
        ({"frontline"}, NOBODY, Signs(now=True, sheltered=True), "routine", 0),
    ],
)
def test_points_add_up(topics: set[str], casualties: Casualties, signs: Signs, level: str, score: int) -> None:
    """The score is the sum of its reasons, and three points break quiet hours."""
    found = grade(topics, casualties, signs)
    assert (found.level, found.score) == (level, score)
    assert found.score == sum(points for _, points in found.reasons)


def test_the_axes_are_kept_apart() -> None:
    """Urgency, severity and certainty say different things of one update (CAP 1.2)."""
    found = grade({"civilian-shelling"}, Casualties(killed=1), Signs(now=True, hedged=True))
    assert (found.urgency, found.severity, found.certainty) == ("Immediate", "Extreme", "Possible")
    denied = grade({"civilian-shelling"}, NOBODY, Signs(denial=True))
    assert denied.certainty == "Unlikely"
    assert grade({"warnings"}, NOBODY, Signs(all_clear=True)).urgency == "Past"
