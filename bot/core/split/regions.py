"""A chronology cut into regions: from one stamp or day header to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.core.split.days import DayHeader
from bot.core.split.lines import Line
from bot.core.split.lists import without_number
from bot.core.split.marks import Mark

_DECORATION = " +|"


@dataclass(slots=True)
class Region:
    """Lines that one stamp or day header opens; the first region of a page has neither."""

    lines: list[int] = field(default_factory=list)
    """Indices of the lines below the opener, in page order."""
    mark: Mark | None = None
    header: DayHeader | None = None
    beside: Line | None = None
    """What stands on the stamp's own line besides the stamp."""
    content: list[int] = field(default_factory=list)
    """Those of ``lines`` that may be headline or body, once everything else has been taken out."""
    left: dict[int, str] = field(default_factory=dict)
    """Those that are neither, with the reason."""
    beside_left: str | None = None
    """Why ``beside`` is neither."""
    heading_for_next: int | None = None
    """A line that turned out to be the headline of the region after this one."""

    def leave(self, indices: Sequence[int], reason: str) -> None:
        """Takes lines out of the content, for a reason."""
        self.left.update(dict.fromkeys(indices, reason))
        self.content = [index for index in self.content if index not in self.left]

    def texts(self, lines: Sequence[Line]) -> list[Line]:
        """Headline and body as they stand: beside the stamp, then below it."""
        beside = [self.beside] if self.beside and self.beside_left is None else []
        return beside + [lines[index] for index in self.content]


def cut_regions(lines: Sequence[Line], marks: Sequence[Mark], headers: Sequence[DayHeader]) -> list[Region]:
    """The regions of a page, in page order; a line that bears a mark heads no day."""
    openers: dict[int, Mark | DayHeader] = {header.line: header for header in headers}
    openers.update({mark.line: mark for mark in marks})
    regions = [Region()]
    for index, line in enumerate(lines):
        opener = openers.get(index)
        if isinstance(opener, Mark):
            inner = inner_text(text_beside(line, opener))
            regions.append(Region(mark=opener, beside=replace(line, text=inner) if inner else None))
        elif opener:
            regions.append(Region(header=opener))
        else:
            regions[-1].lines.append(index)
    return regions


def text_beside(line: Line, mark: Mark) -> str:
    """A stamp's line without the stamp."""
    return line.text[: mark.stamp.start] if mark.at_end else line.text[mark.stamp.end :]


def inner_text(text: str) -> str:
    """What stands beside a stamp, without decoration and the number of a list item."""
    return without_number(text.strip(_DECORATION))


def same_day(regions: Sequence[Region], position: int) -> Iterator[Region]:
    """The regions after one, up to the next day header."""
    for region in islice(regions, position + 1, None):
        if region.header:
            return
        yield region
