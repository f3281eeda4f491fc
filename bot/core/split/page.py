"""A page split: a chronology into its updates, an ordinary article into one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.core.model import DateFrom
from bot.core.split.address import date_in_address
from bot.core.split.article import outline_article
from bot.core.split.dating import Dated, Evidence, date_entries
from bot.core.split.days import DayHeader, find_day_headers
from bot.core.split.lines import Line, break_run_together
from bot.core.split.marks import Mark, choose_marks, is_chronology, is_update_stamp, read_marks
from bot.core.split.outline import is_bullet, outline
from bot.core.split.pieces import Outline
from bot.core.split.sequence import Order, is_inverted
from bot.core.split.zoning import Zone, page_zone
from bot.core.timestamps import DateNames, StampPlace, date_names, resolve_year

_SAMPLE_LINES = 60
_MOST_WARNINGS = 3


@dataclass(frozen=True, slots=True)
class PageContext:
    """What is known of a page besides its lines."""

    read_at: datetime
    """UTC."""
    url: str | None = None
    timezone: str | None = None
    language: str | None = None
    title: str | None = None
    published: datetime | None = None
    """When its feed says that it appeared; naive means the page's zone."""
    updated: datetime | None = None


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


def split_chronology(lines: Sequence[Line], context: PageContext) -> PageSplit | None:
    """Splits a page that presents several updates, or ``None`` when it is an ordinary article."""
    broken = break_run_together(lines)
    names = _names(broken, context)
    found = read_marks(broken, names)
    marks = choose_marks(found, broken)
    lined = {mark.line for mark in marks}
    headers = [header for header in find_day_headers(broken, names) if header.line not in lined]
    if is_chronology(marks, broken):
        return _split_timed(broken, marks, headers, found=found, names=names, context=context)
    if _is_sectioned(broken, headers):
        return _split_sections(broken, headers, names, context)
    return None


def _names(lines: Sequence[Line], context: PageContext) -> DateNames:
    return date_names(context.language, " ".join(line.text for line in lines[:_SAMPLE_LINES]))


def _split_timed(
    lines: Sequence[Line],
    marks: Sequence[Mark],
    headers: Sequence[DayHeader],
    *,
    found: Sequence[Mark],
    names: DateNames,
    context: PageContext,
) -> PageSplit:
    first = marks[0].line
    zone = page_zone(
        marks,
        lines[:first],
        setting=context.timezone,
        url=context.url,
        language=context.language,
        read_at=context.read_at,
    )
    labels = [header for header in headers if header.line < first and not _heads(header, lines, first)]
    page_dates = [mark for mark in found if mark.line < first and _is_page_date(mark)]
    own = [
        header
        for header in headers
        if header not in labels and header.line not in {m.line for m in page_dates if m.clock}
    ]
    told = outline(lines, marks, own, _stray_stamps(found, marks, page_dates))
    evidence = _evidence(context, zone, names, labels, page_dates)
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


def _evidence(
    context: PageContext, zone: Zone, names: DateNames, labels: Sequence[DayHeader], page_dates: Sequence[Mark]
) -> Evidence:
    tz = ZoneInfo(zone.name)
    now = context.read_at.astimezone(tz)
    address = date_in_address(context.url, names, now.date())
    near = address or now.date()
    label = next(
        (day for header in reversed(labels) if header.day and (day := resolve_year(header.day, near, now.date()))), None
    )
    days = [(day, is_update_stamp(mark)) for mark in page_dates if (day := _page_day(mark, near, now.date(), tz))]
    published = next((day for day, updated in days if not updated), None)
    updated = next((day for day, updated in days if updated), None)
    source = DateFrom.PRINTED
    if label and label.year:
        near_page = published or updated or near
        label = next(
            (
                day
                for header in reversed(labels)
                if header.day and (day := resolve_year(header.day, near_page, now.date()))
            ),
            label,
        )
        published, updated, source = label, None, DateFrom.HEADER
    return Evidence(
        now,
        published,
        updated,
        source,
        address,
        _local_day(context.published, tz),
        _local_day(context.updated, tz),
    )


def _page_day(mark: Mark, near: date, today: date, zone: ZoneInfo) -> date | None:
    if mark.moment:
        return min(_local(mark.moment, zone).date(), today)
    day = resolve_year(mark.stamp.day, near, today) if mark.stamp.day else None
    return day if day and day <= today else None


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _local_day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return _local(moment, zone).date() if moment else None


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
    told = outline(lines, [], headers, {})
    evidence = _evidence(context, zone, names, [], [])
    dated, _ = date_entries(told.entries, evidence, ZoneInfo(zone.name))
    return PageSplit(told, tuple(dated), zone, "pieces under day headers", _zone_warning(zone))


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
    evidence = _evidence(context, zone, names, [], page_dates)
    dated, _ = date_entries(told.entries, replace(evidence, updated=None), ZoneInfo(zone.name))
    return PageSplit(told, tuple(dated), zone, "one article", _zone_warning(zone))
