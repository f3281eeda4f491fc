"""Our own words in an alert: everything that is not the source's, so that a language is one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Templates for :meth:`str.format`, named after what they say; the defaults are English."""

    months: tuple[str, ...] = _MONTHS
    day: str = "{day} {month}"
    day_and_clock: str = "{day}, {clock}"
    no_time: str = "no time given, first read {clock}"
    reported: str = "Reported {age}"
    minutes_ago: str = "{n} min ago"
    hours_ago: str = "{n} h ago"
    days_ago: str = "{n} d ago"
    update: str = "Update"
    via: str = "{speaker}, via {feed}"
    only_via: str = "via {feed}"
    repeat: str = "(repeat)"
    exercise: str = "TEST"
    read_on: str = "Read on at the source"
    source: str = "Source"
    why: str = "Why this?"
    was: str = "(was: {old})"
    corrected: str = "CORRECTED, noticed {clock}"
    corrected_before: str = "CORRECTED"
    added: str = "Added, noticed {clock}"
    withdrawn: str = "WITHDRAWN by {who}"
    removed: str = "REMOVED from the page, noticed {clock}, no reason given"
    correction: str = "Correction: the source now reports {new}; our {clock} alert said {old}."
    correction_untimed: str = "Correction: the source now reports {new}; our alert said {old}."
    also_changed: str = "Also: {new} (was: {old})."
    rewritten: str = "Correction: the source has changed this update. It now says:"
    addition: str = "Added by the source, noticed {clock}:"
    not_safe: str = "This does not mean the place is safe."
    not_false: str = "This does not make it false and is no all-clear."

    def on(self, day: date) -> str:
        """A day without its year: «3 Nov»."""
        return self.day.format(day=day.day, month=self.months[day.month - 1])

    def ago(self, age: timedelta) -> str:
        """An age in its largest whole unit: «45 min ago», «3 h ago», «2 d ago»."""
        minutes = max(0, int(age.total_seconds() // 60))
        if minutes < 60:
            return self.minutes_ago.format(n=minutes)
        hours = minutes // 60
        return self.hours_ago.format(n=hours) if hours < 48 else self.days_ago.format(n=hours // 24)


ENGLISH = Phrases()
