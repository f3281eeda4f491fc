"""Which words of a page are names, which of them are places, and whether two spellings are one name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from rapidfuzz.distance import OSA

from bot.core.identity.canonical import canonical
from bot.core.identity.lexicon import Lexicon
from bot.core.identity.sentences import Sentence
from bot.core.identity.units import Unit

_MID_SENTENCE = re.compile(r"(?<=[\w,;] )[^\W\d_]{2,}")
# What follows a German preposition without an article and is no name: "vor Ort", "in Sicherheit", "nach Angaben".
_GERMAN_NOUN = re.compile(
    "(?:ung|ungen|heit|keit|schaft|tion|tät|nis|tum|ment|zeit)$"
    "|^(?:ort|angaben|flammen|brand|einsatz|folge|kraft|teilen|zahlen|betrieb|haft|gefahr|not|medien|berichten|minuten"
    "|stunden|tagen|wochen|monaten|jahren|mittag|mitternacht|häusern|krankenhäusern|schutzräumen|kellern|bunkern)$"
)
_TITLE_CASE = 0.6
"""Share of capitalised long words from which a line is a headline in title case, where capitals prove nothing."""


class PageNames:
    """What the page itself shows of its words: written with a capital inside sentences, or without one."""

    def __init__(self, texts: Iterable[str], words: Lexicon, *, places: Collection[str] = ()) -> None:
        seen: Counter[str] = Counter()
        for text in set(texts):
            seen.update(set(_MID_SENTENCE.findall(text)))
        self._words = words
        self._names: Counter[str] = Counter()
        for word, count in seen.items():
            if word[0].isupper():
                self._names[word.casefold()] += count
        self._common = {word.casefold() for word in seen if word[0].islower()}
        self._places = _folded(frozenset(places))
        self._no_names = calendar_words(words.language) | {"i"}

    def is_name(self, sentence: Sentence, at: int) -> bool:
        """Whether the word is a name by its capital, as far as its place in the sentence lets a capital prove it."""
        unit = sentence.units[at]
        if self._is_listed(unit):
            return True
        if not unit.capital or unit.key in self._no_names or self._is_common(unit.key):
            return False
        if unit.opens or in_title_case(sentence):
            return unit.key in self._names and unit.key not in self._common
        return self._words.language != "de" or self._is_german_name(sentence, at)

    def _is_listed(self, unit: Unit) -> bool:
        """Whether a place is called so; where a script has capitals, "van" is not the town of Van."""
        return unit.key in self._places and (unit.capital or unit.key.upper() == unit.key)

    def _is_common(self, key: str) -> bool:
        return self._words.has("function", key) or self._words.has("title", key)

    def may_be_name(self, unit: Unit) -> bool:
        """Whether a capitalised word that opens a sentence could be one: nothing on the page writes it small."""
        ordinary = unit.key in self._common or self._is_common(unit.key)
        return unit.capital and not ordinary and not unit.key.endswith(("s", "ing", "ed", "ly"))

    def is_spelt_so_elsewhere(self, key: str) -> bool:
        """Whether more texts than one have this name inside a sentence: a slip is made only once."""
        return self._names[key] > 1

    def is_place(self, sentence: Sentence, at: int) -> bool:
        """Whether a name is a place, by the words beside it: "in X", "the village of X", "X district"."""
        units = sentence.units
        if self._is_listed(units[at]):
            return True
        near = units[max(0, at - 1) : at + 2]
        if any(self._words.has("body", unit.key) or self._words.has("says", unit.key) for unit in near):
            return False
        after = units[at + 1].key if at + 1 < len(units) else ""
        return self._words.has("area", after) or self._stands_at(sentence, at)

    def _stands_at(self, sentence: Sentence, at: int) -> bool:
        """Whether a word of place comes before it, be it through a list of names or an article."""
        units = sentence.units
        for back in range(at - 1, max(-1, at - 7), -1):
            key = units[back].key
            if self._words.has("at", key) or self._words.has("area", key):
                return True
            if not (units[back].capital or self._words.has("function", key)):
                return False
        return False

    def _is_german_name(self, sentence: Sentence, at: int) -> bool:
        """German writes every noun with a capital: a name is what follows a preposition or stands beside another."""
        before = sentence.units[at - 1] if at else None
        if before is None:
            return False
        stands_at = self._words.has("at", before.key) and not _GERMAN_NOUN.search(sentence.units[at].key)
        return stands_at or (before.capital and not before.opens)


def in_title_case(sentence: Sentence) -> bool:
    """Whether most of the line's longer words are capitalised, as headlines in English are."""
    long_words = [unit for unit in sentence.units if not unit.is_number and len(unit.key) > 3]
    return len(long_words) > 2 and sum(unit.capital for unit in long_words) > _TITLE_CASE * len(long_words)


def is_caseless(sentence: Sentence) -> bool:
    """Whether its script has no capitals (Arabic, Hebrew, Georgian …)."""
    return sentence.text.upper() == sentence.text.lower()


def same_name(one: str, other: str, page: PageNames, language: str) -> bool:
    """Whether two folded words are one name: inflected, derived ("Karst", "Karstian"), or a misspelling put right.

    Two countries never are, nor two names that the page uses both ("Iran", "Iraq").
    """
    if one == other:
        return True
    countries = country_names(language)
    if one in countries and other in countries:
        return False
    if _inflected(one, other) or _abbreviated(one, other):
        return True
    if page.is_spelt_so_elsewhere(one) and page.is_spelt_so_elsewhere(other):
        return False
    return misspelt(one, other)


def _inflected(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    common = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    endings = len(shorter) - common, len(longer) - common
    allowed = (1, 4) if shorter.isascii() else (3, 3)
    if longer.endswith(("ish", "ese", "ian", "ean")):
        allowed = (2, 4)  # "Turkey", "Turkish"
    return common >= 4 and endings[0] <= allowed[0] and endings[1] <= allowed[1] and common >= 0.5 * len(longer)


def _abbreviated(one: str, other: str) -> bool:
    """Whether one is the other cut short: "Gov." and "Governor"."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 3 and longer.startswith(shorter)


def initials(words: Iterable[str]) -> str:
    """What "United Nations" is shortened to, folded."""
    return "".join(word[0] for word in words if word)


def misspelt(one: str, other: str) -> bool:
    """Within one slip of the keyboard, two in a long name; exchanging a letter of a short one makes another name."""
    slips = OSA.distance(one, other, score_cutoff=2)
    shorter = min(len(one), len(other))
    if slips == 1:
        return shorter >= 6 or (shorter >= 4 and (len(one) != len(other) or sorted(one) == sorted(other)))
    return slips == 2 and shorter >= 8


@lru_cache(maxsize=2)
def _folded(places: frozenset[str]) -> frozenset[str]:
    """The names as they are compared, kept: every page is read with the same packs."""
    return frozenset(canonical(place) for place in places)


@cache
def country_names(language: str) -> frozenset[str]:
    """The countries in this language and in English, folded (CLDR)."""
    names = [name for tag in ("en", language) for name in _locale(tag).territories.values()]
    return frozenset(canonical(name) for name in names)


@cache
def weekdays_and_months(language: str) -> tuple[frozenset[str], ...]:
    """For each weekday, then each month, its names in this language, folded (CLDR)."""
    locale = _locale(language)
    inflected = language in {"ru", "uk"}
    tables: Sequence[object] = (locale.days, locale.months)
    named: list[frozenset[str]] = []
    for table, numbers in zip(tables, (range(7), range(1, 13)), strict=True):
        for number in numbers:
            forms = {canonical(form) for form in _forms(table, number)}
            # CLDR has the nominative only: "среда", not "в среду".
            accusatives = {form[:-1] + ending for form in forms for ending in "уюи" if inflected and form[-1] in "ая"}
            named.append(frozenset(forms | accusatives))
    return tuple(named)


@cache
def calendar_words(language: str) -> frozenset[str]:
    """All names of weekdays and months in this language."""
    return frozenset().union(*weekdays_and_months(language))


def _forms(table: object, number: int) -> list[str]:
    assert hasattr(table, "__getitem__")
    return [str(table[context]["wide"][number]) for context in ("format", "stand-alone")]


def _locale(language: str) -> Locale:
    try:
        return Locale(language)
    except UnknownLocaleError:
        return Locale("en")
