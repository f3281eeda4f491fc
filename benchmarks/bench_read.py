"""How much CPU one read of a live page costs: split it and identify its updates against those known.

The promise: 500 updates against their 500 known ones, 5 % edited and 10 new, in under 150 ms CPU together, and growth
no worse than linear to 5 000. Both ways to write a page are measured, oldest first and newest first; the texts are
seeded, and made as alike as one outlet's are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

from bot.core.identity import Corrected, Decision, Known, New, Same, identify
from bot.core.model import Block, BlockKind, Document, Entry, EntryKind, NewsUpdate
from bot.core.split import SplitContext, split

T = TypeVar("T")

SIZES = (250, 500, 1_000, 2_500, 5_000)
PROMISED = 500
PROMISE_MS = 150
_EDITED_SHARE = 0.05
_NEW = 10
_REPEATS = 5
_FIRST_DAY = date(2031, 3, 1)
_READ_AT = datetime(2031, 5, 15, 23, 0, tzinfo=UTC)
_TOWNS = ("Karst", "Tarvin", "Varde", "Lorin", "Ostra", "Hadrun", "Falun", "Linden", "Brenholt", "Sarrego")
_SPEAKERS = ("the State Rescue Service", "Defense Ministry spokesperson Lena Arvid", "the Defense Army", "Mayor Behr")
_TEXTS = (
    "According to {who}, the situation overnight was relatively calm; {n} shells fell near the town of {a}.",
    "According to {who}, {n} drones were shot down over {a} and {b}, and fragments damaged {m} houses.",
    "{n} people were wounded in {a} when a rocket hit the market, {who} said. Rescue teams are on the way from {b}.",
    "A convoy of {n} trucks left {a} for {b}. It carries {m} tons of flour, blankets and medicine, {who} announced.",
    "Talks on a ceasefire between {a} and {b} will resume in {n} days. “We are ready,” {who} said.",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one page size costs, in milliseconds of CPU, the best of several runs."""

    size: int
    split_ms: float
    identify_ms: float

    @property
    def total_ms(self) -> float:
        """Both together."""
        return self.split_ms + self.identify_ms


def chronology(random: Random, count: int) -> list[tuple[date, int, str]]:
    """Day, minute of the day and text of that many updates, oldest first, 60 a day."""
    lines = []
    for number in range(count):
        values = {
            "who": random.choice(_SPEAKERS),
            "a": random.choice(_TOWNS),
            "b": random.choice(_TOWNS),
            "n": random.randint(2, 90),
            "m": random.randint(2, 90),
        }
        more = " ".join(random.choice(_TEXTS).format(**values | {"n": number}) for _ in range(random.randint(0, 2)))
        text = f"{random.choice(_TEXTS).format(**values)} {more}".strip()
        lines.append((_FIRST_DAY + timedelta(days=number // 60), 360 + number % 60 * 16, text))
    return lines


def document(lines: Sequence[tuple[date, int, str]]) -> Document:
    """The page in the form "3 May 2031, 14:20", one stamp a line and the text below it."""
    blocks = []
    for day, minute, text in lines:
        stamp = f"{day:%d %B %Y}, {minute // 60:02}:{minute % 60:02}".lstrip("0")
        blocks += [Block(BlockKind.PARAGRAPH, stamp), Block(BlockKind.PARAGRAPH, text)]
    return Document("html", (Entry(EntryKind.PAGE, "", tuple(blocks)),), language="en")


def edited(random: Random, lines: Sequence[tuple[date, int, str]], fresh: int) -> list[tuple[date, int, str]]:
    """The page one read later: some numbers changed, some remarks added, and updates that are new."""
    later = []
    for day, minute, text in lines:
        changed = random.random() < _EDITED_SHARE
        remark = random.choice((" Details are being verified.", f" {random.randint(91, 99)} houses are without power."))
        later.append((day, minute, text + remark if changed else text))
    return later + [
        (day + timedelta(days=100), minute, text)
        for day, minute, text in chronology(random, len(lines) + fresh)[-fresh:]
    ]


def known(updates: Sequence[NewsUpdate]) -> list[Known]:
    """What the archive remembers of them."""
    return [
        Known(number, news.page_key, news.position, news.text, news.heading, news.local_date, news.local_time)
        for number, news in enumerate(updates, start=1)
    ]


def measure(size: int, *, newest_first: bool) -> Figure:
    """Split and identify a page of that size; raises when it was not understood, for then the time means nothing."""
    random = Random(size)
    before = chronology(random, size)
    after = edited(random, before, _NEW)
    if newest_first:
        before, after = before[::-1], after[::-1]
    context = SplitContext(read_at=_READ_AT + timedelta(days=300), timezone="UTC", language="en")
    archived = known(split(document(before), context).updates)
    page = document(after)
    split_ms, found = _timed(lambda: split(page, context).updates)
    identify_ms, decisions = _timed(lambda: identify(archived, found, language="en"))
    _check(decisions, size)
    return Figure(size, split_ms, identify_ms)


def _check(decisions: Sequence[Decision], size: int) -> None:
    new = sum(isinstance(decision, New) for decision in decisions)
    untouched = sum(isinstance(decision, Same | Corrected) for decision in decisions)
    if new != _NEW or untouched < size * (1 - 2 * _EDITED_SHARE):
        raise AssertionError(f"{size} updates: {new} taken for new, {untouched} for known")


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    best, result = float("inf"), work()
    for _ in range(_REPEATS):
        started = time.process_time()
        result = work()
        best = min(best, time.process_time() - started)
    return best * 1_000, result


def main() -> None:
    """Print the table, and how the cost of an update grows from the promised size to the greatest."""
    for newest_first in (False, True):
        figures = [measure(size, newest_first=newest_first) for size in SIZES]
        print("newest first" if newest_first else "oldest first")
        print(f"{'updates':>8} {'split ms':>9} {'identify ms':>12} {'together ms':>12} {'µs each':>8}")
        for figure in figures:
            each = figure.total_ms * 1_000 / figure.size
            print(
                f"{figure.size:>8} {figure.split_ms:>9.1f} {figure.identify_ms:>12.1f}"
                f" {figure.total_ms:>12.1f} {each:>8.0f}"
            )
        promised = next(figure for figure in figures if figure.size == PROMISED)
        growth = (figures[-1].total_ms / figures[-1].size) / (promised.total_ms / promised.size)
        print(f"{PROMISED} updates: {promised.total_ms:.0f} ms CPU (promise: < {PROMISE_MS} ms)")
        size = figures[-1].size
        print(f"an update at {size} costs × {growth:.2f} of one at {PROMISED} (promise: no worse than linear)")


if __name__ == "__main__":
    main()
