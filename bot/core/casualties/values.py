"""What counting gives, and the words that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.small_words import SmallWords


@dataclass(frozen=True, slots=True)
class Casualties:
    """Numbers of people; ``None`` where the text gives none, 0 where it says that there were none."""

    killed: int | None = None
    wounded: int | None = None
    displaced: int | None = None

    def or_higher(self, other: Casualties) -> Casualties:
        """The higher number of each kind."""
        return Casualties(
            _higher(self.killed, other.killed),
            _higher(self.wounded, other.wounded),
            _higher(self.displaced, other.displaced),
        )


UNCOUNTED = Casualties()
"""What a text that counts nobody gives."""


def _higher(one: int | None, other: int | None) -> int | None:
    return max((number for number in (one, other) if number is not None), default=None)


@dataclass(frozen=True, slots=True)
class CountWords:
    """What words are worth, and the names under which a lexicon has the concepts that counting needs."""

    values: Mapping[str, int]
    """Folded number word → value; words from 1000 up multiply the number before them."""
    persons: Mapping[str, int] = field(default_factory=dict)
    """Folded word for people in a form that itself says how many ("woman": 1, "couple": 2)."""
    small: SmallWords = field(default_factory=SmallWords)
    killed: tuple[str, ...] = ("killed", "fallen")
    wounded: tuple[str, ...] = ("wounded", "treated")
    displaced: tuple[str, ...] = ("displaced", "flee", "moved")
    people: tuple[str, ...] = ("victim", "counted")
    toll: tuple[str, ...] = ("death_toll", "tolled")
    nobody: str = "no_victims"
    partly: str = "partly"
    measure: str = "measure"
    harmed: str = "harmed"
    """Casualties of either kind: they are neither killed nor wounded."""
    group: str = "group"
    """What is counted and made of people: families, units."""
    remains: str = "remains"
    """Bodies: they are dead people only where they are found."""
    found: str = "found"
    spared: str = "spared"
    """What people are that were neither killed nor wounded: missing, alive."""
