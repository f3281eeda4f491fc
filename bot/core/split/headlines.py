"""Where a page's headlines stand: on or below the stamp, above it, or nowhere; decided for the page as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.model import BlockKind
from bot.core.split.headings import clearly_heading, like_heading
from bot.core.split.lines import Line
from bot.core.split.regions import Region

_MOST = 0.5
_SOME = 0.25
_NEARLY_ALL = 0.8
_TITLE_WORDS = 3
_FEW = 2
"""Of so few entries no habit can be seen: a title right above a time line is taken for its headline."""


@dataclass(frozen=True, slots=True)
class Headlines:
    """How a page's entries are headed."""

    below: float
    """The share of entries whose first line, on the stamp's line or below it, can be a headline."""

    @property
    def stand_first(self) -> bool:
        """Most entries open with their headline."""
        return self.below >= _MOST

    @property
    def never_stand_first(self) -> bool:
        """Hardly any entry opens with a headline, so that one in its middle opens something else."""
        return self.below < _SOME

    def heads(self, line: Line, *, alone: bool) -> bool:
        """Whether an entry's first line is its headline; ``alone`` when it is all of the entry."""
        if line.kind is BlockKind.HEADING or self.stand_first:
            return like_heading(line)
        return not alone and not self.never_stand_first and clearly_heading(line)


def find_headlines(regions: Sequence[Region], lines: Sequence[Line]) -> Headlines:
    """Decides where the headlines stand, and hands each that stands above a stamp to the region below it."""
    headlines = Headlines(_first_lines_that_head(regions, lines))
    if not headlines.stand_first:
        _lift(regions, lines)
    return headlines


def _first_lines_that_head(regions: Sequence[Region], lines: Sequence[Line]) -> float:
    """The share of entries of two lines or more whose first line can be a headline."""
    entries = [region for region in regions if region.mark]
    texts = [region.texts(lines) for region in entries]
    long = [parts[0] for parts in texts if len(parts) > 1]
    if long:
        return sum(map(like_heading, long)) / len(long)
    singles = [parts[0] for parts in texts if parts]
    if any(line.kind is BlockKind.HEADING for line in singles) or any(_at_end(region) for region in entries):
        return 1.0
    if not singles or not regions[-1].content or any(region.beside for region in entries):
        return 0.0
    return sum(map(like_heading, singles)) / len(singles)


def _at_end(region: Region) -> bool:
    return region.mark is not None and region.mark.at_end


def _lift(regions: Sequence[Region], lines: Sequence[Line]) -> None:
    above = [before for before, entry in pairwise(regions) if entry.mark and _can_spare(before)]
    inner = [region for region in above if region is not regions[0]]
    gaps = sum(1 for before, entry in pairwise(regions[1:]) if entry.mark and before.content)
    voted = gaps > 0 and sum(like_heading(_last(region, lines)) for region in inner) >= _MOST * gaps
    few = len(above) <= _FEW and all(region.beside is None for region in regions)
    certain = any(clearly_heading(_last(region, lines)) for region in inner)
    written = _writes_sentences(regions)
    for region in above:
        last = _last(region, lines)
        introduced = region is regions[0] and _ends_introduction(region, lines)
        sure = clearly_heading(last) and (region is not regions[0] or certain or introduced)
        breaks_off = written and region is not regions[0] and _follows_sentence(region, lines)
        if sure or (like_heading(last) and (voted or breaks_off or (introduced and few))):
            region.heading_for_next = region.content.pop()


def _writes_sentences(regions: Sequence[Region]) -> bool:
    """Whether what stands beside the stamps ends as sentences do: then a line that does not is no part of an entry."""
    beside = [region.beside for region in regions if region.beside]
    return len(beside) > _FEW and sum(line.is_sentence for line in beside) >= _NEARLY_ALL * len(beside)


def _follows_sentence(region: Region, lines: Sequence[Line]) -> bool:
    """Whether the last line of an entry says enough to be a headline, and stands below a sentence."""
    texts = region.texts(lines)
    return len(texts) > 1 and texts[-1].words >= _TITLE_WORDS and texts[-2].is_sentence and texts[-2].ending != ":"


def _can_spare(region: Region) -> bool:
    """A region has a last line to give; an entry keeps its only one, unless it has text beside its stamp."""
    return len(region.content) > (1 if region.mark and region.beside is None else 0)


def _last(region: Region, lines: Sequence[Line]) -> Line:
    return lines[region.content[-1]]


def _ends_introduction(region: Region, lines: Sequence[Line]) -> bool:
    """A title right above the first stamp heads it if running text stands before it; else it may be the page's own."""
    enough = len(region.content) > 1 and _last(region, lines).words >= _TITLE_WORDS
    return enough and lines[region.content[-2]].is_sentence
