"""The columns of a feed's row that say when it is read: its rhythm, what was wished for, and what is wrong with it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import RowMapping

from bot.core.archive import Move
from bot.core.model import PublisherWishes
from bot.core.polling import Rhythm
from bot.services.ports.storage import ReadState
from bot.storage.columns import MICROSECOND, microseconds, moment

UNREAD: dict[str, Any] = {
    "rhythm": None,
    "wishes": None,
    "fresh_for": None,
    "alarm": None,
    "moved_to": None,
    "moved_answers": 0,
}
"""As they are before the first read."""


def columns_of_schedule(state: ReadState) -> dict[str, Any]:
    """What a read changes in them."""
    changed: dict[str, Any] = {}
    if state.ok:
        move = state.move
        changed |= {"fresh_for": state.fresh_for}
        changed |= {"moved_to": move.url if move else None, "moved_answers": move.answers if move else 0}
    if state.rhythm is not None:
        changed["rhythm"] = _rhythm_column(state.rhythm)
    if state.wishes is not None:
        changed["wishes"] = _wishes_column(state.wishes)
    return changed


def schedule_of(row: RowMapping) -> dict[str, Any]:
    """The fields of a :class:`~bot.core.archive.Feed` that they fill."""
    moved_to = row["moved_to"]
    return {
        "rhythm": _rhythm(row["rhythm"]),
        "wishes": _wishes(row["wishes"]),
        "fresh_for": row["fresh_for"],
        "alarm": row["alarm"],
        "move": None if moved_to is None else Move(moved_to, row["moved_answers"]),
    }


def _rhythm_column(rhythm: Rhythm) -> dict[str, Any]:
    return {
        "times": [microseconds(at) for at in rhythm.times],
        "pause": None if rhythm.pause is None else rhythm.pause // MICROSECOND,
        "since": None if rhythm.since is None else microseconds(rhythm.since),
    }


def _rhythm(column: dict[str, Any] | None) -> Rhythm:
    if column is None:
        return Rhythm()
    pause, since = column["pause"], column["since"]
    return Rhythm(
        tuple(moment(at) for at in column["times"]),
        None if pause is None else pause * MICROSECOND,
        None if since is None else moment(since),
    )


def _wishes_column(wishes: PublisherWishes) -> dict[str, Any] | None:
    """``None`` for a feed that wishes nothing, as most."""
    if wishes == PublisherWishes():
        return None
    return asdict(wishes) | {"ttl": _seconds(wishes.ttl), "update_period": _seconds(wishes.update_period)}


def _wishes(column: dict[str, Any] | None) -> PublisherWishes:
    if column is None:
        return PublisherWishes()
    return PublisherWishes(
        _length(column["ttl"]),
        _length(column["update_period"]),
        tuple(column["skip_hours"]),
        tuple(column["skip_days"]),
    )


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()


def _length(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
