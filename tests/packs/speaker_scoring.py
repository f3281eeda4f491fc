"""The texts labelled with their speakers, and how well the shipped packs find them.

Each file under ``speakers`` is one language, each line ``speaker; speaker | text`` with the lead speaker first, ``-``
for nobody, and ``one/other`` where either form of a name is right. The words are tuned on the files under ``tune``;
those under ``check`` only measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.model import NewsUpdate
from bot.packs import Packs
from tests.packs.tally import Tally

SPEAKERS = Path(__file__).parent / "speakers"
_ARTICLE = re.compile(r"^(?:the|a|an)\s+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One text and who speaks in it; each speaker by every form of the name that is right."""

    language: str
    speakers: tuple[frozenset[str], ...]
    text: str


@dataclass(slots=True)
class SpeakerScore(Tally):
    """Counts of speakers, and of texts whose lead speaker is right."""

    leads: int = 0

    def count(self, spoken: Spoken, found: Sequence[str]) -> bool:
        """Add one text; whether everything in it is right, its lead speaker first."""
        names = [_plain(name) for name in found]
        right = sum(any(name in forms for name in names) for forms in spoken.speakers)
        self.right += right
        self.missed += len(spoken.speakers) - right
        self.false += len(names) - right
        self.texts += 1
        lead = (not names and not spoken.speakers) or bool(names and spoken.speakers and names[0] in spoken.speakers[0])
        self.leads += lead
        return lead and right == len(names) == len(spoken.speakers)


def spoken_texts(half: str, languages: Sequence[str] = ()) -> Iterator[Spoken]:
    """The texts of one half, of these languages or of all."""
    for path in sorted((SPEAKERS / half).glob("*.txt")):
        if languages and path.stem not in languages:
            continue
        for line in path.read_text("utf-8").splitlines():
            names, _, text = line.partition(" | ")
            forms = [] if names == "-" else [frozenset(map(_plain, name.split("/"))) for name in names.split(";")]
            yield Spoken(path.stem, tuple(forms), text)


def score_speakers(packs: Packs, texts: Iterator[Spoken]) -> SpeakerScore:
    """How well the packs find who speaks."""
    score = SpeakerScore()
    for spoken in texts:
        score.count(spoken, packs.attribution(NewsUpdate(spoken.text, 0), language=spoken.language))
    return score


def _plain(name: str) -> str:
    return _ARTICLE.sub("", " ".join(name.casefold().replace("’", "'").split()))
