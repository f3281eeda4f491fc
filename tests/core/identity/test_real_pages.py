"""Edits of real pages, where the environment names their folder: read by the splitter, recognised, judged."""

from __future__ import annotations

import os
import random
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.identity import Added, Corrected, Decision, Same, identify
from bot.core.model import Block, BlockKind, Document, Entry, EntryKind, NewsUpdate
from bot.core.split import SplitContext, split
from tests.core.identity.pages import remembered

FOLDER = os.environ.get("SITREP_SAMPLES", "")
SAMPLES = sorted(Path(FOLDER).rglob("*.txt")) if FOLDER else []
SEEDS = range(12)

pytestmark = pytest.mark.skipif(not SAMPLES, reason="SITREP_SAMPLES names no folder of real pages")


def updates(text: str, name: str) -> list[NewsUpdate]:
    """The updates of a page, read on the day that its name states, else in the autumn of the conflict."""
    head, *lines = text.splitlines()
    url = head if head.startswith("http") else None
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, line.strip()) for line in (lines if url else [head, *lines]) if line.strip()
    )
    day = re.search(r"(20\d\d)-(\d\d)-(\d\d)", name)
    year, month, date = map(int, day.groups()) if day else (2020, 11, 8)
    context = SplitContext(read_at=datetime(year, month, date, 20, 59, tzinfo=UTC), url=url)
    return list(split(Document("text", (Entry(EntryKind.PAGE, "", blocks),)), context).updates)


def told(decisions: tuple[Decision, ...]) -> list[Decision]:
    """The decisions that somebody would notice."""
    return [d for d in decisions if not isinstance(d, Same) and not (isinstance(d, Added) and not d.alerts)]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_slip_in_a_real_page_is_silent(sample: Path) -> None:
    """Two letters exchanged in one word of a page tell nobody anything."""
    text = sample.read_text(encoding="utf-8")
    base = updates(text, sample.name)
    words = [w for news in base for w in re.findall(r"[^\W\d_]{6,}", news.text) if text.count(w) == 1 and w.islower()]
    for seed in SEEDS if words else ():
        rng = random.Random(seed)
        word = rng.choice(words)
        at = rng.randrange(1, len(word) - 2)
        slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        decisions = identify(remembered(base), updates(text.replace(word, slip), sample.name))
        assert not told(decisions), (word, slip, told(decisions))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_number_changed_in_a_real_page_is_one_correction(sample: Path) -> None:
    """Another number in one update corrects that one and no other."""
    text = sample.read_text(encoding="utf-8")
    base = updates(text, sample.name)
    numbers = [
        (place, number)
        for place, news in enumerate(base)
        for number in re.findall(r"(?<![\d:.,])\d{2,4}(?![\d:.,%])", news.text)
        if text.count(number) == 1
    ]
    for seed in SEEDS if numbers else ():
        rng = random.Random(seed)
        place, number = rng.choice(numbers)
        changed = text.replace(number, str(int(number) + rng.choice((1, 3, 10))))
        (decision,) = told(identify(remembered(base), updates(changed, sample.name)))
        assert isinstance(decision, Corrected)
        assert decision.known.id == place + 1
