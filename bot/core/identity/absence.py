"""Which known updates are gone from the middle of a page, where an edge says nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.core.identity.decisions import Known, Missing, Removed
from bot.core.model import NewsState, NewsUpdate

READS_UNTIL_REMOVED = 2
"""Reads running in which an update must be missing."""
LONGEST_RUN = 6
"""Updates side by side that an editor takes out at once; of more, the page was read wrongly."""
_LONG_ENOUGH = 25
"""Characters from which a text found inside another is no coincidence."""


@dataclass(frozen=True, slots=True)
class _Present:
    """The known updates that this read found again, by where they stood in the one before."""

    by_position: Mapping[int, tuple[Known, NewsUpdate]]

    def enclosing(self, known: Known, missing: Collection[int]) -> tuple[NewsUpdate, NewsUpdate] | None:
        """The two that it stood between, alone or in a run of missing ones; ``None`` at an end."""
        before, after = known.position - 1, known.position + 1
        while before in missing and after - before <= LONGEST_RUN:
            before -= 1
        while after in missing and after - before <= LONGEST_RUN:
            after += 1
        if before not in self.by_position or after not in self.by_position:
            return None
        return self.by_position[before][1], self.by_position[after][1]

    def spans(self, known: Known) -> bool:
        """Whether present ones stand on both sides of where it last stood, and before and after it in time."""
        positions = self.by_position.keys()
        if not positions or not min(positions) < known.position <= max(positions):
            return False
        moments = [moment for old, _ in self.by_position.values() if (moment := _moment(old)) is not None]
        own = _moment(known)
        return own is None or not moments or min(moments) <= own <= max(moments)


def absent(
    known: Sequence[Known], found: Sequence[NewsUpdate], recognised: Mapping[int, NewsUpdate]
) -> list[Missing | Removed]:
    """Missing and Removed for the known updates that ``recognised`` (index in ``known`` → found) leaves out.

    Positions are those of the last read that held an update, so one that was there in the last read has its position
    for itself, and its neighbours have those beside it; once it is missing the others close up, and only what lies on
    either side can be asked. One whose words stand inside another update was merged into it.
    """
    present = _Present({known[index].position: (known[index], news) for index, news in recognised.items()})
    gone = [k for index, k in enumerate(known) if index not in recognised and _counts(k)]
    free = {k.position for k in gone} - present.by_position.keys()
    decisions: list[Missing | Removed] = []
    for candidate in gone:
        if candidate.missing_reads > 0:
            # Those below it have moved up since, so that its place says nothing any more.
            if present.spans(candidate) and not _merged(candidate, found):
                decisions.append(_missing_again(candidate))
            continue
        enclosing = present.enclosing(candidate, free) if candidate.position in free else None
        if enclosing is not None and not _merged(candidate, enclosing):
            decisions.append(Missing(candidate, "missing while both its neighbours stay, first read"))
    return decisions


def _counts(known: Known) -> bool:
    return known.state not in {NewsState.REMOVED, NewsState.WITHDRAWN}


def _missing_again(known: Known) -> Missing | Removed:
    reads = known.missing_reads + 1
    reason = f"missing while both its neighbours stay, {reads} reads running"
    return Removed(known, reason) if reads >= READS_UNTIL_REMOVED else Missing(known, reason)


def _merged(known: Known, found: Sequence[NewsUpdate]) -> bool:
    text = known.text.strip()
    return len(text) >= _LONG_ENOUGH and any(text in news.text for news in found)


def _moment(known: Known) -> tuple[int, int] | None:
    if known.local_date is None or known.local_time is None:
        return None
    return known.local_date.toordinal(), known.local_time.hour * 60 + known.local_time.minute
