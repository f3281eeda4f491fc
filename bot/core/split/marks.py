"""The stamps of a page, and whether they make it a chronology."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.core.model import BlockKind
from bot.core.split.furniture import furniture, is_relative_time, without_relative_time
from bot.core.split.lines import Line
from bot.core.timestamps import DateNames, Stamp, StampPlace, read_stamp, read_trailing_stamp

PAGE_TIME_PREFIXES = frozenset((
    "updated", "update", "upd", "оновлено", "обновлено", "posted", "posted at", "published", "publicado", "maj",
    "mise à jour", "güncelleme", "aktualisiert", "actualización", "aggiornamento",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A stamp that opens an update."""

    line: int
    """Index of its line."""
    stamp: Stamp
    moment: datetime | None = None
    """The machine-readable time beside it, if the page has one."""

    @property
    def clock(self) -> time | None:
        """The clock time printed, or carried by the machine-readable time."""
        if self.stamp.clock:
            return self.stamp.clock.time
        return self.moment.time().replace(second=0, microsecond=0) if self.moment else None

    @property
    def at_end(self) -> bool:
        """It stands at the end of its line, after the headline."""
        return self.stamp.place is StampPlace.END


def read_marks(lines: Sequence[Line], names: DateNames) -> list[Mark]:
    """Every stamp of a page that could open an update or head a day, one a line at most, in page order."""
    return [mark for index, line in enumerate(lines) if (mark := _read_mark(index, line, names))]


def _read_mark(index: int, line: Line, names: DateNames) -> Mark | None:
    stamp = _leading_stamp(line.text, names)
    moment = line.times[0] if line.times else None
    if stamp and stamp.clock:
        return Mark(index, stamp, moment)
    alone = line.kind is BlockKind.TIME or is_relative_time(line)
    if moment and alone and furniture(line) != "updated-at":
        return Mark(index, Stamp(StampPlace.WHOLE, 0, len(line.text), day=stamp.day if stamp else None), moment)
    if stamp:
        return Mark(index, stamp)
    trailing = read_trailing_stamp(line.text, names) if len(line.text) < _LONGEST_HEADLINE else None
    return Mark(index, trailing, moment) if trailing else None


_LONGEST_HEADLINE = 400


def _leading_stamp(text: str, names: DateNames) -> Stamp | None:
    """The stamp that opens a line; «3h ago» beside a stamp is part of it."""
    start, end = without_relative_time(text)
    stamp = read_stamp(text[:end], names, start)
    if stamp is None or (start, end) == (0, len(text)):
        return stamp
    return replace(stamp, start=0, end=len(text) if stamp.place is StampPlace.WHOLE else stamp.end)


def separator(mark: Mark) -> str:
    """What sets a stamp off from the text, dashes of every length as one."""
    return {"–": "-", "—": "-", "―": "-", "--": "-", "：": ":"}.get(mark.stamp.separator, mark.stamp.separator)


def is_update_stamp(mark: Mark) -> bool:
    """Whether a stamp says when the page was last changed («Updated: …»)."""
    return mark.stamp.prefix in PAGE_TIME_PREFIXES - {"posted", "posted at", "published", "publicado"}


def relative_marks(lines: Sequence[Line]) -> list[Mark]:
    """Lines such as «4 min ago» as marks without a clock: they part updates, but tell no time that could be kept."""
    return [
        Mark(index, Stamp(StampPlace.WHOLE, 0, len(line.text)))
        for index, line in enumerate(lines)
        if is_relative_time(line)
    ]


def dated_marks(marks: Sequence[Mark]) -> list[Mark]:
    """Paragraphs that open with a date alone («March 3: …»), where a page has several in a row."""
    dated = [mark for mark in marks if mark.clock is None and mark.stamp.place is StampPlace.START and mark.stamp.day]
    return [mark for mark in dated if separator(mark) in {":", "-"}]
