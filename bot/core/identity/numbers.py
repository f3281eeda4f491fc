"""Numbers in a sentence, however they are written: digits, words, both, or a time of day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot.core.identity.lexicon import Lexicon
from bot.core.identity.numerals import number_words, rough_numbers
from bot.core.identity.units import Unit

_LONGEST_NUMBER = 15
_PLAIN = re.compile(r"#\d+(?:\.\d+)?")
_HOUR = re.compile(r"#(\d{1,2})(?:[:.](\d\d))?")
_HALVES = {("am",): "am", ("pm",): "pm", ("a", "m"): "am", ("p", "m"): "pm"}


def digits_value(digits: str) -> str:
    """The value of a number in digits, group separators and leading zeros apart: ``1,383`` is ``1383``.

    A time of day keeps its colon, a decimal fraction has a point.
    """
    plain = digits if digits.isascii() else "".join(str(unicodedata.digit(c, c)) for c in digits)
    if plain.isdigit():
        return plain.lstrip("0") or "0"
    groups = re.split(r"[.,\s]", plain)
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):
        return "".join(groups).lstrip("0") or "0"
    hour, colon, rest = plain.partition(":")
    return (hour.lstrip("0") or "0") + colon + rest if colon else plain.replace(",", ".").lstrip("0") or "0"


def with_numbers(units: list[Unit], sentence: str, words: Lexicon) -> Iterator[Unit]:
    """The units with number words, scales and a.m. or p.m. folded into the number that they make together.

    An article that also means one stays a word: it is taken for a number only where an edit puts a number for it.
    """
    spoken, rough = number_words(words.language), rough_numbers(words.language)
    units = [replace(unit, key=f"#{digits_value(unit.key[1:])}") if unit.is_number else unit for unit in units]
    at = 0
    while at < len(units):
        unit = units[at]
        end, key = at + 1, unit.key
        if unit.is_number:
            end, key = _clock(units, at) or _spoken(units, at, sentence, spoken)
        elif unit.key in rough:
            key = f"#~{rough[unit.key]}"
        elif unit.key in spoken and not _is_pronoun(units, at):
            end, key = _spoken(units, at, sentence, spoken)
            if end == at + 1 and words.has("article", unit.key):
                key = unit.key
        last = units[end - 1]
        yield unit if key == unit.key else replace(unit, text=sentence[unit.start : last.end], key=key, end=last.end)
        at = end


def _is_pronoun(units: list[Unit], at: int) -> bool:
    """English *one of*, *no one*, *one another* count nobody."""
    if units[at].key != "one":
        return False
    after = units[at + 1].key if at + 1 < len(units) else ""
    before = units[at - 1].key if at else ""
    return after in {"of", "another"} or before in {"no", "any", "every", "some", "at"}


def _clock(units: list[Unit], at: int) -> tuple[int, str] | None:
    """A clock time with its half of the day, as 24-hour ``#H:MM``."""
    for length in (1, 2):
        half = _HALVES.get(tuple(unit.key for unit in units[at + 1 : at + 1 + length]))
        parts = _HOUR.fullmatch(units[at].key) if half else None
        if parts is not None:
            hour = int(parts[1]) % 12 + (12 if half == "pm" else 0)
            return at + 1 + length, f"#{hour}:{parts[2] or '00'}"
    return None


def _spoken(units: list[Unit], at: int, sentence: str, spoken: dict[str, int]) -> tuple[int, str]:
    """The end and key of the number that begins here: digits, words, or digits and a scale (``2.3 million``)."""
    first = units[at]
    total, current, end = Decimal(0), Decimal(0), at
    if first.is_number:
        scaled = at + 1 < len(units) and units[at + 1].key in spoken
        if not scaled or len(first.key) > _LONGEST_NUMBER or not _PLAIN.fullmatch(first.key):
            return at + 1, first.key
        current, end = Decimal(first.key[1:]), at + 1
    while end < len(units) and units[end].key in spoken and (end == at or _touch(units, end, sentence)):
        value = spoken[units[end].key]
        if value >= 1_000:
            total, current = total + max(current, Decimal(1)) * value, Decimal(0)
        elif value == 100:
            current = max(current, Decimal(1)) * 100
        elif first.is_number or (end > at and not _adds(current, value)):
            break
        else:
            current += value
        end += 1
    return end, f"#{format((total + current).normalize(), 'f')}"


def _adds(current: Decimal, value: int) -> bool:
    """Whether a word may continue the number so far: *twenty* takes *three*, *three* takes nothing."""
    return current == 0 or (current % 100 == 0) or (current % 10 == 0 and current % 100 >= 20 and value < 10)


def _touch(units: list[Unit], at: int, sentence: str) -> bool:
    return sentence[units[at - 1].end : units[at].start].strip() in {"", "-", "‑", "–"}
