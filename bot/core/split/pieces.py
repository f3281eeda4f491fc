"""What a page is told apart into: every character of it in exactly one piece."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.core.split.days import DayHeader
from bot.core.split.lines import Line
from bot.core.split.marks import Mark


class Role(Enum):
    """What a piece of a page is to the update it belongs to."""

    TOKEN = auto()
    """The stamp, with what decorates it and sets it off."""
    HEADING = auto()
    BODY = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line, with what it is."""

    text: str
    role: Role
    entry: int | None
    """Number of its update in ``Outline.entries``; ``None`` when it belongs to none."""
    reason: str | None
    """Why it is left out."""
    line: Line


@dataclass(frozen=True, slots=True)
class Entry:
    """An update of a page, before its day is known."""

    mark: Mark | None = None
    header: DayHeader | None = None
    """The day header that it stands under."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A page told apart; pieces in page order, entries in page order."""

    pieces: tuple[Piece, ...]
    entries: tuple[Entry, ...]
