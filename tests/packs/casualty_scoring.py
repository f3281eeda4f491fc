"""The texts labelled with the people harmed in them, and how well the shipped packs count.

Each file under ``casualties`` is one language, each line ``killed wounded displaced | text``; ``-`` stands for a number
that the text does not give. The words are tuned on the files under ``tune``; those under ``check`` only measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from bot.core.casualties import Casualties
from bot.core.model import NewsUpdate
from bot.packs import Packs
from tests.packs.tally import Tally

CASUALTIES = Path(__file__).parent / "casualties"


@dataclass(frozen=True, slots=True)
class Counted:
    """One text and the people harmed in it."""

    language: str
    casualties: Casualties
    text: str


@dataclass(slots=True)
class CountScore(Tally):
    """Counts of numbers: each of killed, wounded and displaced that the text gives is one."""

    def count(self, counted: Counted, found: Casualties) -> bool:
        """Add one text; whether all its numbers are right."""
        pairs = list(zip(astuple(counted.casualties), astuple(found), strict=True))
        right = sum(is_ == got is not None for is_, got in pairs)
        self.right += right
        self.false += sum(got is not None and is_ != got for is_, got in pairs)
        self.missed += sum(is_ is not None and is_ != got for is_, got in pairs)
        self.texts += 1
        return counted.casualties == found


def counted_texts(half: str, languages: Sequence[str] = ()) -> Iterator[Counted]:
    """The texts of one half, of these languages or of all."""
    for path in sorted((CASUALTIES / half).glob("*.txt")):
        if languages and path.stem not in languages:
            continue
        for line in path.read_text("utf-8").splitlines():
            numbers, _, text = line.partition(" | ")
            killed, wounded, displaced = (None if one == "-" else int(one) for one in numbers.split())
            yield Counted(path.stem, Casualties(killed, wounded, displaced), text)


def score_casualties(packs: Packs, texts: Iterator[Counted]) -> CountScore:
    """How well the packs count."""
    score = CountScore()
    for counted in texts:
        score.count(counted, packs.casualties(NewsUpdate(counted.text, 0), language=counted.language))
    return score
