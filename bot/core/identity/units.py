"""A text as sentences of comparable units: words, and numbers however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.core.identity.lexicon import Lexicon
from bot.core.identity.numerals import number_words, rough_numbers

MAX_UNITS = 400
"""A longer "sentence" is cut into pieces of this length: comparing two costs the product of their lengths."""

_TOKEN = re.compile(r"\d{1,3}(?:[    ]\d{3})+(?!\d)|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[%$€£₽₴₺֏]")
_INVISIBLE = re.compile(
    "[\\u00ad\\u0300-\\u036f\\u0591-\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]"
)
_SENTENCE_END = re.compile(r"\n+|(?<=[.!?…։؟。])[\"”»’)\]]*\s+(?=[^\sa-zà-öø-ÿа-яёա-և])")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_APOSTROPHES = re.compile("['’ʼ]")
_SUFFIXED = frozenset({"tr", "az"})
"""Languages that set a name's case endings off by an apostrophe: ``Karst'ta`` is *Karst*."""
_OPENING = frozenset('"“”„«‘([:—–-•')
_LONGEST_NUMBER = 15


@dataclass(frozen=True, slots=True)
class Unit:
    """One word or number of a sentence."""

    text: str
    """As it stands in the source."""
    key: str
    """What is compared: the folded word, or ``#`` and the value of a number."""
    start: int
    """Offsets into the sentence's text."""
    end: int
    capital: bool = False
    opens: bool = False
    """It opens a sentence or a quotation, where a capital proves nothing."""

    @property
    def is_number(self) -> bool:
        """Whether it is a number, "dozens" included."""
        return self.key.startswith("#")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a heading, or a piece of an endless line."""

    text: str
    units: tuple[Unit, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its units, in order."""
        return tuple(unit.key for unit in self.units)


def sentences(text: str, words: Lexicon) -> tuple[Sentence, ...]:
    """The sentences of a text that hold at least one word, in order."""
    normal = _INITIALS.sub(_undotted, _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    return tuple(
        sentence
        for piece in _SENTENCE_END.split(normal)
        for sentence in _bounded(
            piece.strip(), tuple(_numbers_joined(_units(piece.strip(), words.language), piece.strip(), words))
        )
    )


def _undotted(initials: re.Match[str]) -> str:
    return initials.group().replace(".", "") if initials.group().isupper() else initials.group()


def _bounded(text: str, units: tuple[Unit, ...]) -> Iterator[Sentence]:
    if len(units) <= MAX_UNITS:
        if units:
            yield Sentence(text, units)
        return
    for first in range(0, len(units), MAX_UNITS):
        part = units[first : first + MAX_UNITS]
        start = part[0].start
        yield Sentence(
            text[start : part[-1].end], tuple(replace(u, start=u.start - start, end=u.end - start) for u in part)
        )


def _units(sentence: str, language: str) -> list[Unit]:
    units: list[Unit] = []
    for match in _TOKEN.finditer(sentence):
        opens = not units or _opened(sentence, match.start())
        units.extend(_split_word(match.group(), match.start(), language, opens=opens))
    return units


def _opened(sentence: str, at: int) -> bool:
    before = sentence[max(0, at - 2) : at]
    return bool(before) and (before[-1] in _OPENING or (before[0] in _OPENING and before[-1].isspace()))


def _split_word(word: str, start: int, language: str, *, opens: bool) -> list[Unit]:
    if word[0].isdigit():
        return [Unit(word, "#" + _digits_value(word), start, start + len(word))]
    key = word.casefold().replace("ё", "е").replace("i̇", "i")
    if not _APOSTROPHES.search(word):
        return [Unit(word, key, start, start + len(word), word[0].isupper(), opens)]
    if language in _SUFFIXED:
        name = _APOSTROPHES.split(word)[0]
        return [Unit(name, _APOSTROPHES.split(key)[0], start, start + len(name), word[0].isupper(), opens)]
    if not word[0].isascii() or not word[-1].isascii():
        joined = _APOSTROPHES.sub("", key)
        return [Unit(word, joined, start, start + len(word), word[0].isupper(), opens)]
    return list(_split_apostrophes(word, start, opens=opens))


def _split_apostrophes(word: str, start: int, *, opens: bool) -> Iterator[Unit]:
    """``didn't`` is *did* and *n't*, ``Karst's`` is *Karst*, ``l'armée`` is *l* and *armée*."""
    if word.casefold().endswith(("n't", "n’t")):
        yield Unit(word[:-3], word[:-3].casefold(), start, start + len(word) - 3, word[0].isupper(), opens)
        yield Unit(word[-3:], "n't", start + len(word) - 3, start + len(word))
        return
    at = start
    for part in _APOSTROPHES.split(word):
        if part and part.casefold() != "s":
            yield Unit(part, part.casefold(), at, at + len(part), part[0].isupper(), opens and at == start)
        at += len(part) + 1


def _digits_value(digits: str) -> str:
    plain = "".join(str(unicodedata.decimal(c)) if c.isdigit() and c.isdecimal() else c for c in digits)
    groups = re.split(r"[.,\s]", plain)
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):
        return "".join(groups).lstrip("0") or "0"
    if ":" in plain:
        return ":".join(part.lstrip("0") or "0" for part in plain.split(":", 1)[:1]) + ":" + plain.split(":", 1)[1]
    return plain.replace(",", ".").lstrip("0") or "0"


def _numbers_joined(units: list[Unit], sentence: str, words: Lexicon) -> Iterator[Unit]:
    """Number words, scales and a.m. or p.m. folded into the number that they make together."""
    spoken, rough = number_words(words.language), rough_numbers(words.language)
    at = 0
    while at < len(units):
        end = at + 1
        unit = units[at]
        if unit.is_number and (clock := _clock(units, at)) is not None:
            end, key = clock
        elif unit.is_number or (unit.key in spoken and not _is_pronoun(units, at)):
            end, key = _spoken(units, at, sentence, spoken)
        elif unit.key in rough:
            key = f"#~{rough[unit.key]}"
        else:
            key = unit.key
        last = units[end - 1]
        # An article stays a word: it is taken for a number only where a number stands on the other side of an edit.
        if end == at + 1 and words.has("article", unit.key):
            key = unit.key
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
    after = [unit.key for unit in units[at + 1 : at + 3]]
    half = (
        after[0] if after and after[0] in {"am", "pm"} else "".join(after) if after in (["a", "m"], ["p", "m"]) else ""
    )
    parts = re.fullmatch(r"#(\d{1,2})(?:[:.](\d\d))?", units[at].key)
    if not half or parts is None:
        return None
    hour = int(parts[1]) % 12 + (12 if half == "pm" else 0)
    return at + (2 if after[0] == half else 3), f"#{hour}:{parts[2] or '00'}"


def _spoken(units: list[Unit], at: int, sentence: str, spoken: dict[str, int]) -> tuple[int, str]:
    """The end and key of the number that begins here: digits, words, or digits and a scale (``2.3 million``)."""
    first = units[at]
    total, current, end = Decimal(0), Decimal(0), at
    if first.is_number:
        value = first.key[1:]
        if ":" in value or len(value) > _LONGEST_NUMBER or not re.fullmatch(r"\d+(?:\.\d+)?", value):
            return at + 1, first.key
        current, end = Decimal(value), at + 1
    while end < len(units) and units[end].key in spoken and (end == at or _touch(units, end, sentence)):
        value_of = spoken[units[end].key]
        if value_of >= 1_000:
            total, current = total + max(current, Decimal(1)) * value_of, Decimal(0)
        elif value_of == 100:
            current = max(current, Decimal(1)) * 100
        elif first.is_number or (end > at and not _adds(current, value_of)):
            break
        else:
            current += value_of
        end += 1
    number = format((total + current).normalize(), "f")
    return end, f"#{number}"


def _adds(current: Decimal, value: int) -> bool:
    """Whether a word may continue the number so far: *twenty* takes *three*, *three* takes nothing."""
    return current == 0 or (current % 100 == 0) or (current % 10 == 0 and current % 100 >= 20 and value < 10)


def _touch(units: list[Unit], at: int, sentence: str) -> bool:
    return sentence[units[at - 1].end : units[at].start].strip() in {"", "-", "‑", "–"}
