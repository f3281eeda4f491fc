"""Which stamps of a page open its updates: the page's own family of time stamps, by majority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise, takewhile

from bot.core.split.lines import Line
from bot.core.split.marks import PAGE_TIME_PREFIXES, Mark, is_update_stamp, separator
from bot.core.split.sequence import Order, fits_between, follows, page_order
from bot.core.timestamps import ClockForm, StampPlace

_COMMON = 0.6
"""So large a share of a family's members makes a trait the family's own."""
_PAGE_DATES, _TOP_LINES = 2, 6
"""A page has its own date once or twice, within its first lines."""


def choose_marks(marks: Sequence[Mark], lines: Sequence[Line]) -> list[Mark]:
    """The marks of the page's own family: most of one form and place, and of the others those that fit in between.

    A paragraph that opens with a clock time, a video's length and a page's own «updated» stamp are not of it.
    """
    timed = _below_page_dates([mark for mark in marks if mark.clock is not None], lines)
    families = Counter(_family(mark) for mark in timed if _is_strong(mark, lines))
    if not families:
        return []
    at_end, form = max(families, key=lambda family: (families[family], not family[0]))
    own = [mark for mark in timed if mark.at_end == at_end]
    core = _core([mark for mark in own if _family(mark) == (at_end, form) and _is_strong(mark, lines)])
    return _below_summary(_without_strays(_admit(core, own)), lines)


def _below_summary(marks: list[Mark], lines: Sequence[Line]) -> list[Mark]:
    """The marks without those of a box at the top that names some entries by time and headline before they come."""
    names = [_name(mark, lines) for mark in marks]
    bounds = [*(mark.line for mark in marks), len(lines)]
    lengths = [end - start for start, end in pairwise(bounds)]
    last = {name: position for position, name in enumerate(names)}
    boxed = sum(1 for _ in takewhile(lambda at: lengths[at] < lengths[last[names[at]]], range(len(marks))))
    return marks[boxed:] if 2 * boxed <= len(marks) else marks


def find_repeats(marks: Sequence[Mark], lines: Sequence[Line]) -> tuple[list[Mark], list[int]]:
    """The marks without those of entries that a page prints a second time, word for word, and the lines of those."""
    seen: set[tuple[str, ...]] = set()
    kept: list[Mark] = []
    repeated: list[int] = []
    for mark, end in zip(marks, [*(mark.line for mark in marks[1:]), len(lines)], strict=True):
        words = tuple(line.text for line in lines[mark.line : end])
        if words in seen and any(line.is_sentence for line in lines[mark.line : end]):
            repeated.extend(range(mark.line, end))
        else:
            seen.add(words)
            kept.append(mark)
    return kept, repeated


def _name(mark: Mark, lines: Sequence[Line]) -> tuple[time | None, str]:
    """A stamp's time and the first words beside or below it."""
    line = lines[mark.line].text
    beside = (line[: mark.stamp.start] if mark.at_end else line[mark.stamp.end :]).strip()
    below = lines[mark.line + 1].text if mark.line + 1 < len(lines) else ""
    return mark.clock, (beside or below).casefold()


def _below_page_dates(timed: list[Mark], lines: Sequence[Line]) -> list[Mark]:
    """The marks without the page's own dates: one or two at its top, next to each other, where the others have none."""
    dated = [mark for mark in timed if mark.stamp.day and mark.stamp.place is StampPlace.WHOLE]
    others = [mark for mark in timed if mark.stamp.day is None and _is_strong(mark, lines)]
    if (
        any(mark.moment for mark in timed)
        or not dated
        or not others
        or len(dated) > _PAGE_DATES
        or dated[-1].line > others[0].line
    ):
        return timed
    between = lines[dated[0].line + 1 : dated[-1].line]
    if dated[0].line > _TOP_LINES or any(line.is_sentence for line in between):
        return timed
    return [mark for mark in timed if mark not in dated]


def _family(mark: Mark) -> tuple[bool, ClockForm | None]:
    """Place and form; a time stated for machines is one form, however the page prints it."""
    stated = mark.moment is not None and mark.stamp.place is StampPlace.WHOLE
    return mark.at_end, mark.stamp.clock.form if mark.stamp.clock and not stated else None


def _is_strong(mark: Mark, lines: Sequence[Line]) -> bool:
    """Nothing about the stamp alone says that it belongs to a sentence."""
    stamp, text = mark.stamp, lines[mark.line].text
    if stamp.place is StampPlace.END:
        return not lines[mark.line].is_sentence or text.endswith((".m.", "Uhr"))
    if stamp.place is StampPlace.WHOLE:
        return True
    rest = text[stamp.end :]
    if stamp.separator in {"", ",", "."} and not stamp.bracketed and rest[:1].islower():
        return False
    return stamp.separator not in {",", "/", ";"}


def _core(strong: list[Mark]) -> list[Mark]:
    """The strong marks that share what most of them have: place, day, year, prefix, separator, zone words, brackets."""
    core = strong
    if core and all(mark.moment and mark.stamp.place is StampPlace.WHOLE for mark in core):
        return [mark for mark in core if not is_update_stamp(mark)] or core
    for trait in (_place, _day, _year, _prefix, separator, _zone, _bracketed):
        counts = Counter(trait(mark) for mark in core)
        common, count = counts.most_common(1)[0]
        if count >= _COMMON * len(core) and len(core) >= 3:
            core = [mark for mark in core if trait(mark) == common]
        elif trait is _place and len(core) == 2 and len(counts) == 2:
            core = [mark for mark in core if mark.stamp.place is StampPlace.START]
    return core


def _place(mark: Mark) -> str:
    return mark.stamp.place


def _day(mark: Mark) -> bool:
    return mark.stamp.day is not None


def _year(mark: Mark) -> bool:
    return mark.stamp.day is not None and mark.stamp.day.year is not None


def _prefix(mark: Mark) -> str:
    return mark.stamp.prefix


def _zone(mark: Mark) -> bool:
    return bool(mark.stamp.zone_words)


def _bracketed(mark: Mark) -> bool:
    return mark.stamp.bracketed


def _admit(core: list[Mark], candidates: list[Mark]) -> list[Mark]:
    """The core, and those other candidates whose time fits between their neighbours of the core."""
    chosen = {mark.line for mark in core}
    traits = _Traits.of(core)
    admitted = list(core)
    position = 0
    for mark in candidates:
        while position < len(core) and core[position].line < mark.line:
            position += 1
        before = core[position - 1] if position else None
        after = core[position] if position < len(core) else None
        if mark.line not in chosen and _fits(mark, before, after, traits):
            admitted.append(mark)
    return sorted(admitted, key=lambda mark: mark.line)


@dataclass(frozen=True, slots=True)
class _Traits:
    """What a family's members have in common."""

    whole: bool
    prefixes: frozenset[str]
    order: Order

    @classmethod
    def of(cls, core: list[Mark]) -> _Traits:
        whole = all(mark.stamp.place is StampPlace.WHOLE for mark in core)
        return cls(whole, frozenset(mark.stamp.prefix for mark in core), page_order(_clocks(core)))


def _fits(mark: Mark, before: Mark | None, after: Mark | None, family: _Traits) -> bool:
    """Whether a mark that differs from the family is one of its entries all the same."""
    if before is None and mark.stamp.place is StampPlace.WHOLE and not family.whole:
        return False  # a page's own date line above its first entry
    if before is None and (mark.stamp.day is not None or mark.stamp.prefix in PAGE_TIME_PREFIXES):
        return False
    if before and before.line == mark.line - 1 and family.whole:
        return False  # the same moment in another form
    if mark.stamp.prefix in PAGE_TIME_PREFIXES and mark.stamp.prefix not in family.prefixes:
        return False
    if family.whole and mark.stamp.place is StampPlace.START:
        return False
    return fits_between(mark.clock, before.clock if before else None, after.clock if after else None, family.order)


def _clocks(marks: Sequence[Mark]) -> list[time]:
    return [mark.clock for mark in marks if mark.clock is not None]


def _without_strays(marks: list[Mark]) -> list[Mark]:
    """Marks without the lengths of videos: small clock times on their own line, far out of the page's order."""
    clocks = _clocks(marks)
    order = page_order(clocks)
    return [
        mark
        for index, mark in enumerate(marks)
        if not (
            mark.stamp.place is StampPlace.WHOLE
            and mark.stamp.day is None
            and mark.moment is None
            and index > 0
            and clocks[index] < time(10)
            and not follows(clocks, index, order)
        )
    ]
