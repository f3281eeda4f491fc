"""A page split: a chronology into its updates, an ordinary article into one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.core.split.article import outline_article
from bot.core.split.chronology import is_chronology
from bot.core.split.context import PageContext
from bot.core.split.dating import Dated, date_entries
from bot.core.split.days import DayHeader, find_day_headers
from bot.core.split.evidence import page_evidence
from bot.core.split.family import choose_marks, find_repeats
from bot.core.split.lines import Line, break_run_together, join_split_stamps
from bot.core.split.lists import is_bullet, is_bulleted
from bot.core.split.marks import Mark, dated_marks, is_update_stamp, read_marks, relative_marks
from bot.core.split.outline import outline
from bot.core.split.pieces import Outline
from bot.core.split.sequence import Order, is_inverted
from bot.core.split.zoning import Zone, page_zone
from bot.core.timestamps import DateNames, StampPlace, country_of_address, date_names

_SAMPLE_LINES = 60
_MOST_WARNINGS = 3


@dataclass(frozen=True, slots=True)
class PageSplit:
    """A page told apart and dated; ``dated`` goes with ``outline.entries``."""

    outline: Outline
    dated: tuple[Dated, ...]
    zone: Zone
    reader: str
    warnings: tuple[str, ...] = ()


def split_page(lines: Sequence[Line], context: PageContext) -> PageSplit:
    """Splits a page's lines: by its stamps, else by bullets under its day headers, else not at all."""
    return split_chronology(lines, context) or _split_article(lines, context)


def split_chronology(lines: Sequence[Line], context: PageContext, *, fewest: int = 1) -> PageSplit | None:
    """Splits a page that presents several updates, or ``None`` when it is an ordinary article.

    Args:
        lines: The page.
        context: What else is known of it.
        fewest: How many stamps it takes to be a chronology.
    """
    broken = break_run_together(lines)
    names = _names(broken, context)
    broken, found = _with_whole_stamps(broken, names)
    marks = _opening_marks(found, broken, context.url)
    lined = {mark.line for mark in marks}
    headers = [header for header in find_day_headers(broken, names) if header.line not in lined]
    if marks and len(marks) >= fewest:
        return _split_timed(broken, marks, headers, found=found, names=names, context=context)
    if _is_sectioned(broken, headers) or is_bulleted(broken):
        return _split_sections(broken, headers, names, context)
    return None


def _opening_marks(found: Sequence[Mark], lines: Sequence[Line], url: str | None) -> Sequence[Mark]:
    """The marks that open a page's updates: its clocks, else «4 min ago», else dates alone; none in an article."""
    for marks in (choose_marks(found, lines), relative_marks(lines), dated_marks(found)):
        if is_chronology(marks, lines, url):
            return marks
    return ()


def _with_whole_stamps(lines: list[Line], names: DateNames) -> tuple[list[Line], list[Mark]]:
    """The lines and their stamps, after stamps printed over two lines have been put together."""
    found = read_marks(lines, names)
    whole = {mark.line: mark for mark in found if mark.stamp.place is StampPlace.WHOLE}
    clocks = [index in whole and whole[index].stamp.day is None for index in range(len(lines))]
    days = [index in whole and whole[index].clock is None for index in range(len(lines))]
    joined = join_split_stamps(lines, clocks, days)
    return (joined, found) if len(joined) == len(lines) else (joined, read_marks(joined, names))


def _names(lines: Sequence[Line], context: PageContext) -> DateNames:
    language, country = context.language, country_of_address(context.url)
    if language == "en" and country not in {None, "US"}:
        language = "en-GB"  # only Americans write 3/11 for 11 March
    return date_names(language, " ".join(line.text for line in lines[:_SAMPLE_LINES]))


def _split_timed(
    lines: Sequence[Line],
    marks: Sequence[Mark],
    headers: Sequence[DayHeader],
    *,
    found: Sequence[Mark],
    names: DateNames,
    context: PageContext,
) -> PageSplit:
    marks, repeated = find_repeats(marks, lines)
    first = marks[0].line
    zone = page_zone(
        marks,
        lines[:first],
        setting=context.timezone,
        url=context.url,
        language=context.language,
        read_at=context.read_at,
        page_dates=[mark for mark in found if mark.line < first and mark.stamp.day],
    )
    labels = [header for header in headers if header.line < first and not _heads(header, lines, first)]
    page_dates = [mark for mark in found if mark.line < first and _is_page_date(mark)]
    own = [
        header
        for header in headers
        if header not in labels and header.line not in {m.line for m in page_dates if m.clock}
    ]
    stray = _stray_stamps(found, marks, page_dates) | dict.fromkeys(repeated, "repeat")
    told = outline(lines, marks, own, stray)
    evidence = page_evidence(context, zone.name, names, labels=labels, page_dates=page_dates, preamble=lines[:first])
    dated, order = date_entries(told.entries, evidence, ZoneInfo(zone.name))
    return PageSplit(told, tuple(dated), zone, _reader(marks), (*_warnings(told, dated, order), *_zone_warning(zone)))


def _stray_stamps(found: Sequence[Mark], marks: Sequence[Mark], page_dates: Sequence[Mark]) -> dict[int, str]:
    """Lines that are nothing but a stamp, yet open no update: the page's dates, a video's length."""
    own = {mark.line for mark in marks}
    alone = (mark for mark in found if mark.clock and mark.stamp.place is StampPlace.WHOLE and mark.line not in own)
    stray = {mark.line: "updated-at" if is_update_stamp(mark) else "clock" for mark in alone}
    return stray | dict.fromkeys((mark.line for mark in page_dates), "page-date")


def _heads(header: DayHeader, lines: Sequence[Line], first: int) -> bool:
    """Whether a day header above the first stamp heads it, with no more than a headline in between."""
    between = lines[header.line + 1 : first]
    return len(between) <= 2 and not any(line.is_sentence and line.words > 4 for line in between)


def _is_page_date(mark: Mark) -> bool:
    dated = mark.stamp.day is not None or mark.moment is not None
    return dated and mark.stamp.place is StampPlace.WHOLE


def _reader(marks: Sequence[Mark]) -> str:
    if marks[0].at_end:
        return "headlines with times"
    whole = sum(mark.stamp.place is StampPlace.WHOLE for mark in marks)
    return "entries under time lines" if whole * 2 > len(marks) else "dated paragraphs"


def _warnings(told: Outline, dated: Sequence[Dated], order: Order) -> Iterator[str]:
    """The first neighbours of one day that stand against the page's order."""
    timed = [day for day in dated if day.clock]
    shown = 0
    for before, after in pairwise(timed):
        if before.clock is None or after.clock is None or before.day != after.day or shown == _MOST_WARNINGS:
            continue
        if is_inverted(before.clock, after.clock, order):
            shown += 1
            yield f"{before.clock:%H:%M} stands before {after.clock:%H:%M}"


def _zone_warning(zone: Zone) -> tuple[str, ...]:
    return (zone.warning,) if zone.warning else ()


def _is_sectioned(lines: Sequence[Line], headers: Sequence[DayHeader]) -> bool:
    """Whether day headers divide a page without clock times: two with text below, or one above a list."""
    if not headers:
        return False
    bounds = [*(header.line for header in headers), len(lines)]
    filled = sum(any(line.words > 4 for line in lines[start + 1 : end]) for start, end in pairwise(bounds))
    bullets = sum(is_bullet(line) for line in lines[headers[0].line :])
    return filled >= 2 or (filled == 1 and bullets >= 3)


def _split_sections(
    lines: Sequence[Line], headers: Sequence[DayHeader], names: DateNames, context: PageContext
) -> PageSplit:
    zone = page_without_marks(context)
    told = outline(lines, [], headers, {}, bulleted=is_bulleted(lines))
    evidence = page_evidence(context, zone.name, names)
    dated, _ = date_entries(told.entries, evidence, ZoneInfo(zone.name))
    return PageSplit(
        told, tuple(dated), zone, "pieces under day headers" if headers else "a list of pieces", _zone_warning(zone)
    )


def page_without_marks(context: PageContext) -> Zone:
    """The zone of something that prints none: by setting, country or language."""
    return page_zone(
        [], [], setting=context.timezone, url=context.url, language=context.language, read_at=context.read_at
    )


def _split_article(lines: Sequence[Line], context: PageContext) -> PageSplit:
    names = _names(lines, context)
    stamps = read_marks(lines, names)
    zone = page_without_marks(context)
    told = outline_article(lines, stamps, context.title)
    page_dates = [entry.mark for entry in told.entries if entry.mark and _is_page_date(entry.mark)]
    evidence = page_evidence(context, zone.name, names, page_dates=page_dates)
    dated, _ = date_entries(told.entries, replace(evidence, updated=None), ZoneInfo(zone.name))
    return PageSplit(told, tuple(dated), zone, "one article", _zone_warning(zone))
