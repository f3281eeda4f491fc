"""Which zone a page's clocks are in, and how that is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.split.lines import Line
from bot.core.split.marks import Mark
from bot.core.timestamps.zones import known_zone, zone_of_address, zone_of_language, zone_of_words

_STATED = re.compile(
    r"(?i:\ball\s+times?\b|\btimes\s+are\b|\blocal\s+times?\b|alle\s+zeiten|heures?\s+(?:indiquées|locales?)|horas?\s+locales?|"
    r"время\s+(?:указано|московское)|час\s+(?:вказано|київський)|все\s+время)"
)


@dataclass(frozen=True, slots=True)
class Zone:
    """An IANA zone and where it is known from."""

    name: str
    source: str
    warning: str | None = None


def page_zone(
    marks: Sequence[Mark],
    preamble: Sequence[Line],
    *,
    setting: str | None,
    url: str | None,
    language: str | None,
    read_at: datetime,
    page_dates: Sequence[Mark] = (),
) -> Zone:
    """The zone of a page: printed beside its clocks, the feed's setting, the publisher's country, else UTC.

    A zone beside the page's own date stands between setting and country: it may be an agency's.
    """
    known = known_zone(setting) or zone_of_address(url)
    if printed := _printed(marks, preamble, known, language, read_at):
        return Zone(printed, "printed")
    if configured := known_zone(setting):
        return Zone(configured, "feed setting")
    for mark in page_dates:
        if zone := known_zone(zone_of_words(mark.stamp.zone_words, language)):
            return Zone(zone, "printed")
    if country := zone_of_address(url):
        return Zone(country, "publisher's country")
    if spoken := zone_of_language(language):
        return Zone(spoken, "publisher's country", f"time zone taken from the language: {spoken}")
    return Zone("UTC", "assumed", "no time zone known, assumed UTC")


def _printed(
    marks: Sequence[Mark], preamble: Sequence[Line], near: str | None, language: str | None, at: datetime
) -> str | None:
    words = Counter(mark.stamp.zone_words for mark in marks if mark.stamp.zone_words)
    for phrase, count in words.most_common(3):
        if count * 2 >= len(marks) and (zone := zone_of_words(phrase, language, near, at)):
            return known_zone(zone)
    for line in preamble:
        if (
            _STATED.search(line.text)
            and len(line.text) < 300
            and (zone := zone_of_words(line.text, language, near, at))
        ):
            return known_zone(zone)
    return None
