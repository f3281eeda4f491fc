"""Our own words in an alert: everything that is not the source's, so that a language is one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _count(n: int) -> str:
    return f"{n} update" if n == 1 else f"{n} updates"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Templates for :meth:`str.format`, named after what they say; the defaults are English."""

    months: tuple[str, ...] = _MONTHS
    count: Callable[[int], str] = _count
    """So many updates, in the plural form that goes with the number."""
    languages: Mapping[str, str] = field(default_factory=dict)
    """Names of languages by their codes (ISO 639), for the sources that write in another one."""
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
    mute: str = "Mute…"
    denied: str = "{label} denied"
    all_clear: str = "All clear, says {speaker}"
    in_language: str = "in {language}"
    sources: str = "{n} sources"
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
    missed: str = "Missed {since}–{until}: {updates}"
    latest: str = "latest {danger}"
    waited: str = "{updates}, held back until now"
    listed: str = "List of {clock}: {updates}"
    burst: str = "{updates} since {clock}"
    quiet: str = "In your quiet hours: {updates}"
    orders: str = "In force"
    first_read: str = "first read {clock}"
    continued: str = "continued"
    dark: str = "We could not read {feeds} since {clock}. No alert does not mean no attack."
    dark_before: str = "We could not read {feeds} from {since} to {until}. Now it is read again."
    down: str = "We could not read any source from {since} to {until}. No alert does not mean no attack."

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
