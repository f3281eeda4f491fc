"""What was found right, found falsely, and missed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Counts of what texts hold: a speaker, a number of people."""

    right: int = 0
    false: int = 0
    missed: int = 0
    texts: int = 0

    @property
    def precision(self) -> float:
        """Of what was found, that which is right."""
        return self.right / max(self.right + self.false, 1)

    @property
    def recall(self) -> float:
        """Of what the texts hold, that which was found right."""
        return self.right / max(self.right + self.missed, 1)
