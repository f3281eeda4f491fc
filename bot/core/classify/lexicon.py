"""Finds the concepts of a pack in a sentence, in one pass over its words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import InitVar, dataclass, field
from typing import NamedTuple

from bot.core.classify.stems import fold, stem, variants
from bot.core.classify.terms import Form, Term
from bot.core.classify.words import Sentence

_OPENING = "^"
"""Before a word that opens a sentence: its capital letter need not make a name of it."""
_NONE: frozenset[int] = frozenset()


class Hit(NamedTuple):
    """A concept found in a sentence, over the words ``first`` to ``last``, both included."""

    concept: int
    first: int
    last: int


class Reading(NamedTuple):
    """A sentence as its concepts: ``mask`` has bit n set when concept n is in it."""

    mask: int
    hits: tuple[Hit, ...]


class _Place(NamedTuple):
    """One place of a compiled phrase: the symbols that fit there, or a gap."""

    symbols: frozenset[int]
    gap: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    concept: int
    rest: tuple[_Place, ...]
    blocks: bool
    needs: frozenset[int]
    """Of these one must be in the sentence: what stands in the second place, or the only one."""

    @property
    def direct(self) -> bool:
        """Whether the second word must follow at once."""
        return bool(self.rest) and not self.rest[0].gap


class _Meaning(NamedTuple):
    """What one word form can stand for."""

    symbols: frozenset[int]
    concepts: tuple[int, ...]
    direct: Mapping[int, tuple[_Phrase, ...]]
    """Phrases that it opens, by the symbol of the word that must follow at once."""
    opens: tuple[_Phrase, ...]
    """The other phrases that it opens."""


@dataclass(slots=True)
class Lexicon:
    """The concepts of one language, compiled.

    Args:
        language: decides folding and stemming.
        concepts: terms by concept name; the order gives each concept its number. They are not kept.
        common: words that a capital letter makes no name of ("The", "On", "Monday"), folded.
        number_words: words that are numbers ("two", "dozens"), folded.
    """

    language: str
    concepts: InitVar[Mapping[str, Collection[Term]]]
    common: frozenset[str] = frozenset()
    number_words: frozenset[str] = frozenset()
    remembered: int = 20_000
    """Word forms whose meaning is kept; past that the memory starts anew."""
    index: dict[str, int] = field(init=False)
    stems: dict[str, dict[str, str]] = field(init=False, default_factory=dict)
    """By concept, the stems of its single words, each with the word that the pack wrote: for the lint."""
    wordless: frozenset[str] = field(init=False)
    """Concepts without a term: no rule that asks for one can hold."""
    _symbols: dict[tuple[Form, str], int] = field(init=False, default_factory=dict)
    _words: dict[int, list[int]] = field(init=False, default_factory=dict)
    _phrases: dict[int, list[_Phrase]] = field(init=False, default_factory=dict)
    _meanings: dict[str, _Meaning] = field(init=False, default_factory=dict)
    _shared: dict[frozenset[int], _Meaning] = field(init=False, default_factory=dict)
    """Forms of one word, and all words that no pack has, mean the same."""

    def __post_init__(self, concepts: Mapping[str, Collection[Term]]) -> None:
        self.index = {name: number for number, name in enumerate(concepts)}
        self.wordless = frozenset(name for name, terms in concepts.items() if not terms)
        for name, terms in concepts.items():
            for term in terms:
                self._add(self.index[name], term)
            self.stems[name] = dict(self._stems_of(terms))

    def read(self, sentence: Sentence) -> Reading:
        """Every concept in the sentence, in the order of its words."""
        meanings = [self._meaning(word) for word in sentence.words]
        if meanings and sentence.words[0][0].isupper():
            meanings[0] = self._meaning(_OPENING + sentence.words[0])
        present = frozenset().union(*(meaning.symbols for meaning in meanings))
        hits: list[Hit] = []
        blocked: list[Hit] = []
        for at, meaning in enumerate(meanings):
            for concept in meaning.concepts:
                hits.append(Hit(concept, at, at))  # noqa: PERF401 - the common case is an empty tuple: a loop is faster
            for phrase in _opened(meaning, meanings[at + 1].symbols if at + 1 < len(meanings) else _NONE, present):
                end = _last(phrase.rest, meanings, at)
                if end is not None:
                    (blocked if phrase.blocks else hits).append(Hit(phrase.concept, at, end))
        if blocked:
            hits = [hit for hit in hits if not _covered(hit, blocked)]
        mask = 0
        for hit in hits:
            mask |= 1 << hit.concept
        return Reading(mask, tuple(hits))

    def _stems_of(self, terms: Iterable[Term]) -> Iterable[tuple[str, str]]:
        for term in terms:
            if len(term.elements) == 1 and not term.blocks:
                for form, word in term.elements[0].alternatives:
                    if form is Form.STEM:
                        yield self._key(form, word)[1], word

    def _add(self, concept: int, term: Term) -> None:
        first, *rest = [_Place(frozenset(self._numbers(e.alternatives)), e.gap) for e in term.elements]
        second = next((place for place in rest if not place.gap), first)
        phrase = _Phrase(concept, tuple(rest), term.blocks, second.symbols)
        for symbol in first.symbols:
            if rest or term.blocks:
                self._phrases.setdefault(symbol, []).append(phrase)
            else:
                self._words.setdefault(symbol, []).append(concept)

    def _numbers(self, alternatives: Iterable[tuple[Form, str]]) -> Iterable[int]:
        for form, word in alternatives:
            yield self._symbols.setdefault(self._key(form, word), len(self._symbols))

    def _key(self, form: Form, word: str) -> tuple[Form, str]:
        match form:
            case Form.STEM:
                return form, stem(fold(word, self.language), self.language)
            case Form.PREFIX:
                return form, fold(word, self.language)
            case Form.EXACT:
                return form, word if word != word.lower() else fold(word, self.language)
            case Form.SHAPE:
                return form, word

    def _meaning(self, word: str) -> _Meaning:
        known = self._meanings.get(word)
        if known is None:
            if len(self._meanings) >= self.remembered:
                self._meanings.clear()
                self._shared.clear()
            known = self._meanings[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> _Meaning:
        opens_sentence = word.startswith(_OPENING)
        symbols = frozenset(self._symbols_of(word.removeprefix(_OPENING), opens_sentence=opens_sentence))
        if symbols not in self._shared:
            self._shared[symbols] = self._meaning_of(symbols)
        return self._shared[symbols]

    def _meaning_of(self, symbols: frozenset[int]) -> _Meaning:
        concepts = dict.fromkeys(concept for symbol in sorted(symbols) for concept in self._words.get(symbol, ()))
        opens = [phrase for symbol in sorted(symbols) for phrase in self._phrases.get(symbol, ())]
        direct: dict[int, list[_Phrase]] = {}
        for phrase in opens:
            for symbol in phrase.needs if phrase.direct else ():
                direct.setdefault(symbol, []).append(phrase)
        return _Meaning(
            symbols,
            tuple(concepts),
            {symbol: tuple(phrases) for symbol, phrases in direct.items()},
            tuple(phrase for phrase in opens if not phrase.direct),
        )

    def _symbols_of(self, word: str, *, opens_sentence: bool) -> Iterable[int]:
        folded, *others = variants(word, self.language)
        keys: list[tuple[Form, str]] = []
        for form in (folded, *others):
            keys += [(Form.EXACT, form), (Form.STEM, stem(form, self.language))]
            keys += [(Form.PREFIX, form[:length]) for length in range(2, len(form) + 1)]
        ordinary = any(key in self._symbols for key in keys)
        keys += [(Form.EXACT, word), *((Form.SHAPE, shape) for shape in _number_shapes(word))]
        if folded in self.number_words:
            keys.append((Form.SHAPE, "@number"))
        if word[0].isupper() and folded not in self.common and not (opens_sentence and ordinary):
            keys.append((Form.SHAPE, "@Name"))
        return {self._symbols[key] for key in keys if key in self._symbols}


def _number_shapes(word: str) -> Iterable[str]:
    if word[0].isdigit() and ":" not in word:
        yield "@number"
    if len(word) == 4 and word.isdecimal() and "1000" <= word < "2100":
        yield "@year"
        if word < "1990":
            yield "@past"


def _opened(meaning: _Meaning, following: frozenset[int], present: frozenset[int]) -> list[_Phrase]:
    """The phrases that begin with a word and may go on: most do not, so that little is left to look at."""
    opened = [phrase for phrase in meaning.opens if not phrase.needs.isdisjoint(present)]
    if meaning.direct:
        for symbol in following:
            opened += meaning.direct.get(symbol, ())
    return opened


def _last(rest: tuple[_Place, ...], meanings: list[_Meaning], at: int) -> int | None:
    """The last word of a phrase whose first word is at ``at``, or ``None`` when the rest does not follow."""
    for number, place in enumerate(rest):
        if place.gap:
            return _past_gap(rest[number + 1 :], meanings, range(at + 1, min(at + place.gap + 2, len(meanings))))
        at += 1
        if at == len(meanings) or place.symbols.isdisjoint(meanings[at].symbols):
            return None
    return at


def _past_gap(rest: tuple[_Place, ...], meanings: list[_Meaning], places: Iterable[int]) -> int | None:
    """The last word of what begins at one of these places, the first that fits."""
    first, *_ = rest
    for at in places:
        if not first.symbols.isdisjoint(meanings[at].symbols):
            end = _last(rest[1:], meanings, at)
            if end is not None:
                return end
    return None


def _covered(hit: Hit, blocked: list[Hit]) -> bool:
    return any(b.concept == hit.concept and b.first <= hit.last and hit.first <= b.last for b in blocked)
