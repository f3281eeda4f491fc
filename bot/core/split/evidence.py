"""What a page, its address and its feed say of the page's own day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.model import DateFrom
from bot.core.split.address import date_in_address
from bot.core.split.context import PageContext
from bot.core.split.days import DayHeader
from bot.core.split.furniture import furniture
from bot.core.split.lines import Line
from bot.core.split.marks import Mark, is_update_stamp
from bot.core.timestamps import DateNames, PartialDate, find_dates, resolve_year

_INTRO_LINES = 8
_LAST_WORD = re.compile(r"([^\W\d_]+)[\s,.]*(?:the\s|le\s|den\s|el\s|il\s|,\s)?$")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)[^\d]{0,6}$")
_STAMP_WORDS = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a page's day besides its headers and stamps."""

    now: datetime
    """The moment of reading, in the page's zone."""
    published: date | None = None
    """The day the page says that it began."""
    updated: date | None = None
    """The day the page says that it last changed."""
    page_source: DateFrom = DateFrom.PRINTED
    """Where those two come from."""
    address: date | None = None
    feed_first: date | None = None
    feed_last: date | None = None

    @property
    def today(self) -> date:
        """The day of reading in the page's zone: no update is later."""
        return self.now.date()

    @property
    def near(self) -> date:
        """The day that a date without a year is nearest to."""
        return self.updated or self.published or self.address or self.feed_last or self.feed_first or self.today


def page_evidence(
    context: PageContext,
    zone: str,
    names: DateNames,
    *,
    labels: Sequence[DayHeader] = (),
    page_dates: Sequence[Mark] = (),
    preamble: Sequence[Line] = (),
) -> Evidence:
    """Gathers what is known of a page's day.

    Args:
        context: What is known of the page from outside.
        zone: The page's zone (IANA).
        names: The page's month names.
        labels: Date lines at the top of the page that head no update by themselves («november 8»).
        page_dates: Stamps above the first update: when the page was published or changed.
        preamble: The lines above the first update, for «Updated: …» among them.
    """
    tz = ZoneInfo(zone)
    now = context.read_at.astimezone(tz)
    address = date_in_address(context.url, names, now.date())
    published = next(_days((mark for mark in page_dates if not is_update_stamp(mark)), address, now, tz), None)
    updated = next(_days((mark for mark in page_dates if is_update_stamp(mark)), address, now, tz), None)
    updated = updated or max(_updated_lines(preamble, names, address, now), default=None)
    if published and updated and updated <= published:
        updated = None
    published = published or next(_days_with_weekday(preamble, names, address, now), None)
    near = published or updated or address or now.date()
    label = next((header.day for header in reversed(labels) if header.day), None)
    labelled = _past(label, near, now) if label else None
    if label and labelled:
        published = labelled
        updated = updated if label.year else None  # «november 8» is the page of one day, however late it was changed
    return Evidence(
        now,
        published,
        updated,
        DateFrom.HEADER if labelled else DateFrom.PRINTED,
        address,
        _local_day(context.published, tz),
        _local_day(context.updated, tz),
    )


def _days(marks: Iterator[Mark], address: date | None, now: datetime, zone: ZoneInfo) -> Iterator[date]:
    for mark in marks:
        if mark.moment:
            yield min(_local(mark.moment, zone).date(), now.date())
        elif mark.stamp.day and (day := _past(mark.stamp.day, address or now.date(), now)):
            yield day


def _updated_lines(preamble: Sequence[Line], names: DateNames, address: date | None, now: datetime) -> Iterator[date]:
    for line in preamble:
        if furniture(line) == "updated-at" or _is_page_stamp(line):
            for partial, _, _ in find_dates(line.text, names):
                if day := _past(partial, address or now.date(), now):
                    yield day


def _days_with_weekday(
    preamble: Sequence[Line], names: DateNames, address: date | None, now: datetime
) -> Iterator[date]:
    """Dates in the introduction that stand with their weekday («the news of Tuesday, 1 March»)."""
    for line in preamble[:_INTRO_LINES]:
        for partial, start, _ in find_dates(line.text, names):
            before = _LAST_WORD.search(line.text, 0, start)
            weekday = names.weekday(before[1]) if before else None
            day = _past(partial, address or now.date(), now)
            if day and weekday is not None and day.weekday() == weekday:
                yield day


def _is_page_stamp(line: Line) -> bool:
    """A few words with date and clock at their end, above the first entry, say when the page was changed."""
    return line.words <= _STAMP_WORDS and _CLOCK.search(line.text) is not None


def _past(partial: PartialDate, near: date, now: datetime) -> date | None:
    """The full date, unless it lies after the day of reading."""
    day = resolve_year(partial, near, now.date())
    return day if day and day <= now.date() else None


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _local_day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return _local(moment, zone).date() if moment else None
