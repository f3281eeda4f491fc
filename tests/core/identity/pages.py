"""Pages of updates and what the archive remembers of them, in as few words as a test can say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from bot.core.identity import Decision, Known, Missing, Removed, Same, identify
from bot.core.model import DateFrom, NewsUpdate

DAY = date(2031, 5, 14)


def news(clock: str | None, text: str, heading: str | None = None, *, day: date | None = DAY) -> NewsUpdate:
    """One update; ``clock`` is ``H:MM``, or ``None`` for an untimed one."""
    at = time.fromisoformat(clock.zfill(5)) if clock else None
    return NewsUpdate(text=text, position=0, heading=heading, local_date=day, local_time=at, date_from=DateFrom.HEADER)


def page(*updates: NewsUpdate) -> list[NewsUpdate]:
    """The updates in page order."""
    return [replace(update, position=place) for place, update in enumerate(updates)]


def remembered(updates: Sequence[NewsUpdate], *, proven: bool = False) -> list[Known]:
    """What the archive knows after a read of that page; ids count from 1."""
    return [
        Known(
            id=place,
            page_key=update.page_key,
            position=update.position,
            text=update.text,
            heading=update.heading,
            local_date=update.local_date,
            local_time=update.local_time,
            vendor_id=update.vendor_id,
            vendor_id_proven=proven,
        )
        for place, update in enumerate(updates, start=1)
    ]


def events(decisions: Sequence[Decision]) -> list[str]:
    """The names of all decisions but untouched and silent ones, in order."""
    return [type(d).__name__ for d in decisions if not isinstance(d, Same)]


def read(known: Sequence[Known], *updates: NewsUpdate) -> tuple[Decision, ...]:
    """One read of a page of these updates."""
    return identify(known, page(*updates))


def gone(decisions: Sequence[Decision]) -> list[tuple[str, int]]:
    """What is missing or removed, with the known ids."""
    return [(type(d).__name__, d.known.id) for d in decisions if isinstance(d, Missing | Removed)]
