"""One clock time as a source prints it: ``8:55 a.m.``, ``22.12``, ``22h45``, ``12։00``, ``1858``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from bot.core.timestamps.names import DateNames, fold


class ClockForm(StrEnum):
    """How a clock time is written; a page keeps to one."""

    HALF_DAY = "half-day"
    """``8:55 a.m.``, ``11 AM``, ``10:40pm``."""
    PLAIN = "plain"
    """``14:35``, ``9:55``, ``22.12``, ``12։00``."""
    HOUR_LETTER = "hour-letter"
    """``22h45``, ``22h``, ``20H55``."""
    DIGITS = "digits"
    """``1858``: only where something else says that it is a time."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time found in a text."""

    time: time
    form: ClockForm
    end: int
    """Where the token ends in the text."""


_CLOCK = re.compile(
    r"""(?<![\d.,:/])(?P<hour>\d{1,2})
    (?: (?P<point>[:.։٫︓：]) (?P<minute>\d{2}) (?: [:.] [0-5]\d )?
      | \s? (?P<letter>[hHuU]) (?: \s? (?P<after>\d{2}) )? (?![\w'’])
      | \s? (?P<cjk>[時时点點시]) \s? (?: (?P<cjk_minute>\d{1,2}) \s? [分분] )?
      | (?= \s? (?:[aApP]\.?\s?[mM]\b | [^\W\d_]) )
    )
    (?! \d | [:/]\d | \.\d{2} | % )""",
    re.VERBOSE,
)
_HALF = re.compile(r"\s?([ap])(?:\.\s?m\b\.?|m\b\.?)", re.IGNORECASE)
_LOCAL_HALF = re.compile(r"\s?((?:[^\W\d_][.’'״\"]?\s?){1,14})")
_HALF_BEFORE = re.compile(r"(上午|下午|午前|午後|오전|오후)\s?")
_DIGITS = re.compile(r"(?<!\d)(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?!\d)")


def read_clock(text: str, at: int, names: DateNames, *, digits: bool = False) -> Clock | None:
    """The clock time that starts exactly at a position, or ``None``.

    Args:
        text: A line.
        at: Where to read.
        names: The page's names of the half-days.
        digits: Accept four bare digits, because what stands around them says that they are a time.
    """
    before = _HALF_BEFORE.match(text, at)
    start = before.end() if before else at
    found = _CLOCK.match(text, start)
    if found is None:
        return _read_digits(text, at) if digits else None
    hour, minute, form = int(found["hour"]), _minute(found), _form(found)
    half, end = _half_day(text, found.end(), names)
    if before is not None:
        half = before[1] in {"下午", "午後", "오후"}
    if half is not None:
        return _clock(_afternoon(hour, half) if 1 <= hour <= 12 else hour, minute, ClockForm.HALF_DAY, end)
    if form is ClockForm.HALF_DAY:
        return None
    return _clock(hour, minute, form, found.end())


def _read_digits(text: str, at: int) -> Clock | None:
    found = _DIGITS.match(text, at)
    return _clock(int(found["hour"]), int(found["minute"]), ClockForm.DIGITS, found.end()) if found else None


def _minute(found: re.Match[str]) -> int:
    return int(found["minute"] or found["after"] or found["cjk_minute"] or 0)


def _form(found: re.Match[str]) -> ClockForm:
    if found["point"]:
        return ClockForm.PLAIN
    if found["letter"] or found["cjk"]:
        return ClockForm.HOUR_LETTER
    return ClockForm.HALF_DAY


def _half_day(text: str, at: int, names: DateNames) -> tuple[bool | None, int]:
    """Whether the time is after noon, if a half-day is named, and where the name ends."""
    if found := _HALF.match(text, at):
        return found[1] in "pP", found.end()
    if names.halves and (local := _LOCAL_HALF.match(text, at)):
        words = local[1].split(" ")
        for count in (2, 1):
            candidate = " ".join(words[:count])
            if (half := _known_half(candidate, names)) is not None:
                return half, local.start(1) + len(candidate)
    return None, at


def _known_half(words: str, names: DateNames) -> bool | None:
    return names.halves.get(fold(words)) if words else None


def _afternoon(hour: int, half: bool) -> int:
    return hour % 12 + (12 if half else 0)


def _clock(hour: int, minute: int, form: ClockForm, end: int) -> Clock | None:
    if hour == 24 and minute == 0:
        hour = 0
    return Clock(time(hour, minute), form, end) if hour < 24 and minute < 60 else None
