"""The labelled updates and how well the shipped rules do on them.

Each file is one language (``en.txt``, ``en-outlets.txt``), each line ``topics | text``; a line that begins with ``#``
names the kind of outlet of what follows. The rules are tuned on the files under ``tune``; those under ``check`` only
measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.model import NewsUpdate
from bot.packs import Packs

LABELLED = Path(__file__).parent / "labelled"
HALVES = ("tune", "check")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One update with the topics that a reader gives it."""

    language: str
    topics: frozenset[str]
    text: str


@dataclass(slots=True)
class Score:
    """Counts by topic, and how many updates about nothing of ours were given a topic."""

    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    negatives: int = 0
    alarms: int = 0

    def precision(self, topic: str | None = None) -> float:
        """Of a topic, or of all together."""
        return _ratio(_sum(self.right, topic), _sum(self.false, topic))

    def recall(self, topic: str | None = None) -> float:
        """Of a topic, or of all together."""
        return _ratio(_sum(self.right, topic), _sum(self.missed, topic))

    def f1(self) -> float:
        """Micro-averaged over topics."""
        return 2 * self.precision() * self.recall() / max(self.precision() + self.recall(), 1e-9)


def labelled(half: str, languages: Sequence[str] = ()) -> Iterator[Labelled]:
    """The updates of one half, of these languages or of all."""
    for path in sorted((LABELLED / half).glob("*.txt")):
        language, _, _ = path.stem.partition("-")
        if languages and language not in languages:
            continue
        for line in path.read_text("utf-8").splitlines():
            topics, found, text = line.partition(" | ")
            if found and not topics.startswith("#"):
                yield Labelled(language, frozenset(topics.split()), text)


def score(packs: Packs, updates: Iterator[Labelled]) -> Score:
    """How well the rules do on these updates."""
    found = Score()
    for update in updates:
        got = {tag.topic for tag in packs.tag(NewsUpdate(update.text, 0), language=update.language)}
        found.right.update(got & update.topics)
        found.false.update(got - update.topics)
        found.missed.update(update.topics - got)
        if update.topics == {"other"}:
            found.negatives += 1
            found.alarms += got != {"other"}
    return found


def _sum(counts: Counter[str], topic: str | None) -> int:
    return counts.total() if topic is None else counts[topic]


def _ratio(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0
