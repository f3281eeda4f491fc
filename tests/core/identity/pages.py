"""Pages of updates and what the archive remembers of them, in as few words as a test can say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import assert_never

from bot.core.identity import Added, Corrected, Decision, Known, Missing, New, Removed, Same, Withdrawn, identify
from bot.core.model import DateFrom, NewsState, NewsUpdate

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


class Archive:
    """What an archive remembers over many reads of one page, as the storage does."""

    def __init__(self) -> None:
        self.known: list[Known] = []

    def read(self, *updates: NewsUpdate, language: str | None = "en") -> tuple[Decision, ...]:
        """Read a page of these updates, and remember what was decided."""
        known = sorted(self.known, key=lambda k: (k.position, k.id))
        decisions = identify(known, page(*updates), language=language)
        for decision in decisions:
            self._remember(decision)
        return decisions

    def _remember(self, decision: Decision) -> None:
        match decision:
            case New(news):
                self.known.append(replace(remembered([news])[0], id=len(self.known) + 1))
            case Missing(known):
                self._replace(replace(known, missing_reads=known.missing_reads + 1))
            case Removed(known):
                self._replace(replace(known, state=NewsState.REMOVED))
            case Withdrawn(known, news):
                self._replace(replace(remembered([news])[0], id=known.id, state=NewsState.WITHDRAWN))
            case Same(touched=False):
                pass
            case Same(known, news) | Corrected(known, news) | Added(known, news):
                proven = known.vendor_id == news.vendor_id is not None and known.text == news.text
                self._replace(replace(remembered([news], proven=proven)[0], id=known.id))
            case unknown:
                assert_never(unknown)

    def _replace(self, changed: Known) -> None:
        self.known[changed.id - 1] = changed


def events(decisions: Sequence[Decision]) -> list[str]:
    """The names of all decisions but untouched and silent ones, in order."""
    return [type(d).__name__ for d in decisions if not isinstance(d, Same)]


def read(known: Sequence[Known], *updates: NewsUpdate) -> tuple[Decision, ...]:
    """One read of a page of these updates."""
    return identify(known, page(*updates))


def gone(decisions: Sequence[Decision]) -> list[tuple[str, int]]:
    """What is missing or removed, with the known ids."""
    return [(type(d).__name__, d.known.id) for d in decisions if isinstance(d, Missing | Removed)]
