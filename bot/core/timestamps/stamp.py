"""A time stamp as it stands in a line: date, clock and zone words in any order, with what decorates them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.core.timestamps.calendar import PartialDate, read_bare_pair, read_date
from bot.core.timestamps.clock import Clock, ClockForm, read_clock
from bot.core.timestamps.names import DateNames, fold
from bot.core.timestamps.zones import zone_of_words


class StampPlace(StrEnum):
    """Where in its line a stamp stands."""

    WHOLE = "whole"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp read from a line; ``start`` and ``end`` include decoration and separator."""

    place: StampPlace
    start: int
    end: int
    clock: Clock | None = None
    day: PartialDate | None = None
    weekday: int | None = None
    days_ago: int | None = None
    """0 for «today, 14:20», 1 for «yesterday at 22:40»."""
    zone_words: str = ""
    separator: str = ""
    """What sets it off from the text beside it: ":", "-", "|" …, "" for white space alone."""
    prefix: str = ""
    """A word such as «UPDATE» or «ore» before it, folded."""
    bracketed: bool = False


_DECORATION = re.compile(r"(?:[\s•·●▪■□◆◇►▶→»›*_|#>~⏰🕐-🕧🔴⚡❗️‼📌🔹🔸➡▼▲✅⏱]|[-–—]\s|\+{1,3}|[-–—](?=\d))*")
_OPENING = re.compile(r"\s*([(\[【{])\s*")
_PREFIX = re.compile(
    r"(?:updated?|upd\.?|new|live|update|ore|ora|saat|saati|klo\.?|kl\.|kl|godz\.?|uhrzeit|время|час|time|hora|heure|"
    r"الساعة|ساعت|ժամը|ժամ|שעה|เวลา|lúc|pukul|jam|оновлено|обновлено|maj|mise à jour|güncelleme|aktualisiert|"
    r"actualización|aggiornamento|posted at|posted|publicado|published|tsi̇?)"
    r"(?=[\s:(\[.–-])\s*[:.–-]?\s*",
    re.IGNORECASE,
)
_CONNECTOR = re.compile(
    r"\s*(?:T(?=\d)|[,;|·•@/()\-–—]|(?:at|à|um|a las|alle(?: ore)?|ore|о|в|об|kl\.?|klo|saat|às|o|om|de)\b)?\s*"
)
_TODAY = (
    "today", "aujourd'hui", "aujourd’hui", "heute", "hoy", "oggi", "hoje", "bugün", "bu gün", "сегодня", "сьогодні",
    "այսօր", "اليوم", "היום", "dziś", "dzisiaj", "azi", "astăzi", "σήμερα", "vandaag", "idag", "i dag", "dnes", "امروز",
    "დღეს", "днес", "danas",
)  # fmt: skip
_YESTERDAY_WORDS = (
    "yesterday", "hier", "gestern", "ayer", "ieri", "ontem", "dün", "dünən", "вчера", "вчора", "учора", "երեկ", "أمس",
    "אתמול", "wczoraj", "χθες", "gisteren", "igår", "i går", "včera", "دیروز", "გუშინ", "jučer",
)  # fmt: skip
"""CLDR has these words, but Babel does not carry them."""
_YESTERDAY = frozenset(map(fold, _YESTERDAY_WORDS))
_DAY_WORDS = "|".join(map(re.escape, (*_TODAY, *_YESTERDAY_WORDS)))
_RELATIVE_DAY = re.compile(rf"(?:{_DAY_WORDS})(?=[\s,:|–—-]+(?:[^\W\d]{{1,3}}\s+)?\d)", re.IGNORECASE)
_CLOCK_WORD = re.compile(r"\s?(?:Uhr|uur|hrs?\.?|hours|horas|hs?\.?|год\.|ч\.|時|시)(?!\w)", re.IGNORECASE)
_ZONE = re.compile(
    r"""\s*[,(\[]?\s*(?P<words>
      (?:GMT|UTC)(?:\s?[+\-−–]\s?\d{1,2}(?::?\d\d)?)?(?!\w)
    | (?:E[SD]?T|C[SD]?T|M[SD]?T|P[SD]?T|BST|WES?T|CES?T|ME(?:S)?Z|EES?T|MSK|TUC?|TS[İI]|TRT|IST|IDT|PKT|IRST|GST
        |AMT|AZT|JST|KST|HKT|SGT|WIB|AE[SD]T|SAST|EAT|CAT|WAT|HEC|Z)(?![\w.])
    | (?i:(?:по\s)?мск\b\.?)
    | (?i:heure\slocale|hora\s(?:local|peninsular)|ora\s(?:locale|italiana)|local\stime|ortszeit|yerel\ssaat\w*)
    | (?i:(?:за\s\w+\sчасом|час\s\w+ський|по\s\w+\sвремени|время\s\w+ское|московское\sвремя|місцев\w+\sчас\w*))
    | (?i:\w+\ssaatiyle|\w+\svaxtı(?:\silə)?)
    | \w+ի\sժամանակով
    )\s*[)\]]?""",
    re.VERBOSE,
)
_ZONE_OF_PLACE = re.compile(
    r"""\s*[,(\[]?\s*(?P<words>
      (?i:heure)\s(?:de\s(?:la\s|l['’])?|du\s|d['’])\s?[\w-]+
    | (?i:hora)\sde\s[\w-]+ | (?i:ora)\sdi\s[\w-]+
    | [A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2}\s[Tt]ime\b
    | (?:بتوقيت\s\w+(?:\s\w+)?|به\sوقت\s\w+|שעון\s\w+)
    )\s*[)\]]?""",
    re.VERBOSE,
)
"""Words that may as well be the start of a sentence («hora de votar»): only a place that is known, or the end of the
stamp, makes them a zone."""
_ELSEWHERE = re.compile(r"\s*[(\[][^()\[\]]{0,40}?\d{1,2}[:.hH]?\d{2}[^()\[\]\d]{1,40}[)\]]")
"""The same moment in another zone: «1830 CEST (2030 Baku)», «1:30pm local time (10:30 GMT)»."""
_CLOSING = re.compile(r"\s*[)\]】}]")
_SEPARATOR = re.compile(r"\s*(?P<mark>\+{1,3}|::|[:：.,;|/•·»›>]|[-–—―]{1,2})?\s*")
_SEPARATED = re.compile(r"\s*(?:$|[-–—:|,()])")
_WEEKDAY = re.compile(r"[^\W\d_]{2,12}\.?(?:\s[^\W\d_]{1,9})?")


def read_stamp(text: str, names: DateNames, at: int = 0) -> Stamp | None:
    """The stamp that opens a text (from ``at``), or ``None``; a date alone is a stamp without a clock."""
    decorated = _match_end(_DECORATION, text, at)
    prefix = _PREFIX.match(text, decorated)
    start = prefix.end() if prefix else decorated
    opening = _OPENING.match(text, start)
    core = _read_core(text, opening.end() if opening else start, names, digits=bool(prefix or opening))
    if core is None and opening is None and (core := _read_core(text, start, names, digits=False)) is None:
        return None
    if core is None:
        return None
    closing = _CLOSING.match(text, core.end) if opening else None
    end = closing.end() if closing else core.end
    separator = _SEPARATOR.match(text, end)
    mark = (separator["mark"] or "") if separator else ""
    end = separator.end() if separator else end
    whole = end >= len(text.rstrip())
    place = StampPlace.WHOLE if whole else StampPlace.START
    folded = prefix[0].strip(" :.–-([").casefold() if prefix else ""
    return replace(core, place=place, start=at, end=end, separator=mark, prefix=folded, bracketed=closing is not None)


def read_trailing_stamp(text: str, names: DateNames) -> Stamp | None:
    """The stamp with a clock time that closes a text, set off by white space or a mark or glued on, or ``None``."""
    if not any(char.isdigit() for char in text[-14:]):
        return None
    for at in range(max(1, len(text) - 45), len(text) - 2):
        if not _may_open(text, at):
            continue
        core = _read_core(text, at, names, digits=False)
        if core and core.clock and not text[core.end :].strip(" )]|+*"):
            start = _set_off(text, at)
            return replace(core, place=StampPlace.END, start=start, end=len(text), separator=text[start:at].strip())
    return None


def _may_open(text: str, at: int) -> bool:
    """A stamp may be glued to a word («…city12:45»), but no number or word opens in its own middle."""
    before, char = text[at - 1], text[at]
    return (char.isdigit() and not before.isdigit() and before not in ".:,") or (
        char.isalpha() and not before.isalnum()
    )


_SET_OFF = " \t|–—-,·•([/+"


_ANNOUNCED = re.compile(r"(?:published|posted|updated)\s+at$", re.IGNORECASE)


def _set_off(text: str, at: int) -> int:
    before = text[:at].rstrip(_SET_OFF)
    announced = _ANNOUNCED.search(before)
    return len(before[: announced.start()].rstrip(_SET_OFF)) if announced else len(before)


@dataclass(slots=True)
class _Reading:
    """What has been read so far, left to right."""

    end: int
    clock: Clock | None = None
    day: PartialDate | None = None
    weekday: int | None = None
    days_ago: int | None = None
    zone_words: str = ""


def _read_core(text: str, at: int, names: DateNames, *, digits: bool) -> Stamp | None:
    reading = _Reading(at)
    for step in range(5):
        position = at if step == 0 else _match_end(_CONNECTOR, text, reading.end)
        if not _read_part(text, position, names, reading, digits=digits):
            break
    if reading.clock is None and reading.day is None:
        return None
    return Stamp(
        StampPlace.START,
        at,
        reading.end,
        clock=reading.clock,
        day=reading.day,
        weekday=reading.weekday,
        days_ago=reading.days_ago,
        zone_words=reading.zone_words.strip(),
    )


def _read_part(text: str, at: int, names: DateNames, reading: _Reading, *, digits: bool) -> bool:
    """Reads one more date, clock or weekday into ``reading``; False when there is none."""
    if reading.day is None and (dated := read_date(text, at, names)):
        reading.day, reading.end = dated
        return True
    if reading.clock is None and (clock := read_clock(text, at, names, digits=digits or _digits_marked(text, at))):
        reading.clock = clock
        _read_clock_words(text, clock.end, reading)
        return True
    if _read_pair_as_date(text, at, names, reading):
        return True
    return _read_relative_day(text, at, reading) or _read_weekday(text, at, names, reading)


def _read_relative_day(text: str, at: int, reading: _Reading) -> bool:
    found = _RELATIVE_DAY.match(text, at) if reading.days_ago is None else None
    if found is None:
        return False
    reading.days_ago, reading.end = int(fold(found[0]) in _YESTERDAY), found.end()
    return True


_MARKED_DIGITS = re.compile(r"\d{4}\s?(?:GMT|UTC|hrs|hours|Z\b|ET\b|E[SD]T\b|CES?T\b|BST\b)")


def _digits_marked(text: str, at: int) -> bool:
    return _MARKED_DIGITS.match(text, at) is not None


def _read_clock_words(text: str, at: int, reading: _Reading) -> None:
    if word := _CLOCK_WORD.match(text, at):
        at = word.end()
    if zone := _ZONE.match(text, at) or _zone_of_place(text, at):
        reading.zone_words, at = zone["words"], zone.end()
    if elsewhere := _ELSEWHERE.match(text, at):
        at = elsewhere.end()
    reading.end = at


def _zone_of_place(text: str, at: int) -> re.Match[str] | None:
    found = _ZONE_OF_PLACE.match(text, at)
    if found is None:
        return None
    alone = _SEPARATED.match(text, found.end()) is not None
    return found if alone or zone_of_words(found["words"], None) else None


def _read_pair_as_date(text: str, at: int, names: DateNames, reading: _Reading) -> bool:
    """In «22.12 | 10:35» the first pair, taken for a clock, is a date after all."""
    clock = reading.clock
    if clock is None or clock.form is not ClockForm.PLAIN or reading.day is not None or reading.zone_words:
        return False
    pair = re.search(r"\d{1,2}[./]\d{2}$", text[: clock.end])
    second = read_clock(text, at, names)
    day = read_bare_pair(pair[0], names) if pair and second and second.form is not ClockForm.HALF_DAY else None
    if second is None or day is None:
        return False
    reading.day, reading.clock = day, second
    _read_clock_words(text, second.end, reading)
    return True


def _read_weekday(text: str, at: int, names: DateNames, reading: _Reading) -> bool:
    found = _WEEKDAY.match(text, at) if reading.weekday is None else None
    if found is None:
        return False
    for words in (found[0], found[0].split()[0]):
        if (weekday := names.weekday(words)) is not None:
            reading.weekday, reading.end = weekday, at + len(words)
            return True
    return False


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
