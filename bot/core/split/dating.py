"""The day of each update: from its header, its own stamp, the page, the address, the feed, or the day of reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.core.model import DateFrom
from bot.core.split.days import DayHeader
from bot.core.split.evidence import Evidence
from bot.core.split.pieces import Entry
from bot.core.split.sequence import Order, day_step, order_of_pairs
from bot.core.timestamps import PartialDate, resolve_year

_EARLIEST = date(1990, 1, 1)
_MOST_DAYS = 3_650
"""However often a hostile page crosses midnight, its days stay in the calendar."""


@dataclass(frozen=True, slots=True)
class Dated:
    """When an update was posted, on its page's clock."""

    day: date
    clock: time | None
    source: DateFrom
    moment: datetime | None = None
    """The exact instant, where the page carries a machine-readable one."""


def date_entries(entries: Sequence[Entry], evidence: Evidence, zone: ZoneInfo) -> tuple[list[Dated], Order]:
    """The day of each entry of a page, in page order, and the order that the page was taken to be in."""
    order = order_of_pairs(_neighbours(entries))
    headers = _resolve_headers(entries, evidence, order)
    dated = _walk(entries, headers, evidence, order, zone)
    return _anchor(dated, entries, evidence, order), order


def _neighbours(entries: Sequence[Entry]) -> Iterator[tuple[time, time]]:
    """The clocks of neighbours under one day header; what lies between two headers tells nothing of the order."""
    timed = [entry for entry in entries if entry.mark and entry.mark.clock]
    for before, after in pairwise(timed):
        if before.header is after.header and before.mark and after.mark and before.mark.clock and after.mark.clock:
            yield before.mark.clock, after.mark.clock


@dataclass(frozen=True, slots=True)
class _Step:
    """A day counted from the first entry of a run whose own day is not known yet."""

    offset: int
    clock: time | None


def _walk(
    entries: Sequence[Entry], headers: dict[int, date], evidence: Evidence, order: Order, zone: ZoneInfo
) -> list[Dated | _Step]:
    """Goes down the page, crossing midnight where the clocks say so."""
    dated: list[Dated | _Step] = []
    day: date | None = None
    offset, source = 0, DateFrom.HEADER
    header: DayHeader | None = None
    clock: time | None = None
    for entry in entries:
        if entry.header is not header:
            header, clock = entry.header, None
            known = headers.get(header.line) if header else None
            if known:
                day, source = known, DateFrom.HEADER
        exact = _exact(entry, evidence, zone)
        if exact:
            day, source, clock = exact.day, exact.source, exact.clock
            dated.append(exact)
            continue
        here = entry.mark.clock if entry.mark else None
        step = day_step(clock, here, order) if clock and here else 0
        if day is None:
            offset = max(offset + step, -_MOST_DAYS)
            dated.append(_Step(offset, here))
        else:
            day = max(min(day + timedelta(days=step), evidence.today), _EARLIEST)
            dated.append(Dated(day, here, source))
        clock = here or clock
    return dated


def _exact(entry: Entry, evidence: Evidence, zone: ZoneInfo) -> Dated | None:
    """The day that the entry's own stamp states, in print or for machines."""
    mark = entry.mark
    if mark is None:
        return None
    if mark.moment:
        local = mark.moment.replace(tzinfo=zone) if mark.moment.tzinfo is None else mark.moment.astimezone(zone)
        if local.date() <= evidence.today:
            return Dated(local.date(), local.time().replace(second=0, microsecond=0), DateFrom.PRINTED, local)
    if mark.stamp.days_ago is not None and (mark.stamp.days_ago or not _is_to_come(mark.clock, evidence)):
        return Dated(evidence.today - timedelta(days=mark.stamp.days_ago), mark.clock, DateFrom.PRINTED)
    if mark.stamp.day and (day := _resolve(mark.stamp.day, evidence)):
        return Dated(day, mark.clock, DateFrom.PRINTED)
    if mark.stamp.weekday is not None and mark.stamp.day is None:
        return Dated(_last(mark.stamp.weekday, evidence.near), mark.clock, DateFrom.PRINTED)
    return None


def _last(weekday: int, near: date) -> date:
    """The last such weekday up to a day."""
    return near - timedelta(days=(near.weekday() - weekday) % 7)


def _is_to_come(clock: time | None, evidence: Evidence) -> bool:
    """«Today, 22:14» read at noon was printed on another day."""
    return clock is not None and clock > evidence.now.time()


def _resolve(partial: PartialDate, evidence: Evidence) -> date | None:
    """The full date; one later than the day of reading is a misprint and tells nothing."""
    day = resolve_year(partial, evidence.near, evidence.today)
    return day if day and day <= evidence.today else None


def _resolve_headers(entries: Sequence[Entry], evidence: Evidence, order: Order) -> dict[int, date]:
    """Header line → day: dates as printed, counters and weekdays by their distance to a dated one or the page's day."""
    headers = list(dict.fromkeys(entry.header for entry in entries if entry.header))
    resolved = {header.line: day for header in headers if header.day and (day := _resolve(header.day, evidence))}
    counters = [header for header in headers if header.counter is not None]
    if counters:
        base, anchor = _counter_anchor(counters, evidence, order)
        for header in counters:
            assert header.counter is not None
            resolved[header.line] = anchor + timedelta(days=header.counter - base)
    for header in headers:
        if header.weekday is not None:
            resolved[header.line] = _last(header.weekday, evidence.near)
    return resolved


def _counter_anchor(counters: list[DayHeader], evidence: Evidence, order: Order) -> tuple[int, date]:
    newest = max(header.counter or 0 for header in counters)
    return newest, min(evidence.near, evidence.today)


def _anchor(dated: list[Dated | _Step], entries: Sequence[Entry], evidence: Evidence, order: Order) -> list[Dated]:
    """Gives the entries above any known day theirs: from what follows, else from the page, address, feed or reading."""
    run = 0
    while run < len(dated) and isinstance(dated[run], _Step):
        run += 1
    steps = [step for step in dated[:run] if isinstance(step, _Step)]
    if not steps:
        return [item for item in dated if isinstance(item, Dated)]
    first, source = _first_day(steps, evidence, order)
    following = dated[run] if run < len(dated) else None
    if isinstance(following, Dated):
        first, source = _before(following, entries[run], steps[-1], evidence, order=order, guess=(first, source))
    latest = max(step.offset for step in steps)
    over = (first + timedelta(days=latest) - evidence.today).days
    if over > 0:
        first -= timedelta(days=over)
    anchored = [Dated(first + timedelta(days=step.offset), step.clock, source) for step in steps]
    return [*anchored, *(item for item in dated[run:] if isinstance(item, Dated))]


def _first_day(steps: Sequence[_Step], evidence: Evidence, order: Order) -> tuple[date, DateFrom]:
    """The day of the first entry of a run, from evidence about its oldest or its newest day."""
    newest, oldest = max(step.offset for step in steps), min(step.offset for step in steps)
    by_newest = evidence.updated and (evidence.updated, evidence.page_source)
    by_oldest = (
        (evidence.published and (evidence.published, evidence.page_source))
        or (evidence.address and (evidence.address, DateFrom.ADDRESS))
        or (evidence.feed_first and (evidence.feed_first, DateFrom.FEED))
    )
    if by_newest:
        return by_newest[0] - timedelta(days=newest), by_newest[1]
    if by_oldest:
        return by_oldest[0] - timedelta(days=oldest), by_oldest[1]
    if evidence.feed_last:
        return evidence.feed_last - timedelta(days=newest), DateFrom.FEED
    ordered = steps if order is Order.NEWEST_FIRST else list(reversed(steps))
    clock = next((step.clock for step in ordered if step.offset == newest and step.clock), None)
    late = clock is not None and clock > evidence.now.time()
    return evidence.today - timedelta(days=newest + late), DateFrom.FIRST_SEEN


def _before(
    following: Dated, entry: Entry, last: _Step, evidence: Evidence, *, order: Order, guess: tuple[date, DateFrom]
) -> tuple[date, DateFrom]:
    """The first day of a run, given the dated entry after it: under a header another day, else perhaps the same."""
    if entry.header is None or following.source is not DateFrom.HEADER:
        step = day_step(last.clock, following.clock, order) if last.clock and following.clock else 0
        return following.day - timedelta(days=step + last.offset), following.source
    if guess[1] is not DateFrom.FIRST_SEEN and guess[0] != following.day:
        return guess
    yesterday = timedelta(days=0) < evidence.today - following.day <= timedelta(days=1)
    later = yesterday or (order is Order.NEWEST_FIRST and following.day < evidence.today)
    return following.day + timedelta(days=(1 if later else -1) - last.offset), DateFrom.HEADER
