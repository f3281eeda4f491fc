"""Topics by rules: which hold, how strongly, and because of which words.

A rule looks at one sentence, at a sentence and its neighbour, or at the whole text. A veto takes sentences, or the
whole text, out of consideration: sport, business, history. In a long text a topic must stand in the opening or in
two sentences, because that is where false tags come from; topics on which safety hangs need not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from bot.core.classify.expression import Condition, evidence, holds, trigger
from bot.core.classify.lexicon import Hit, Lexicon, Reading
from bot.core.classify.words import LONGEST, Sentence, sentences
from bot.core.model import OTHER_TOPIC, Match, Tag

_OPENING = 3
"""Sentences, the heading included, that say what an update is about."""
_LONG = 90
"""Words from which an update counts as long."""
_WEIGHTS = (1.5, 1.2, 1.0)
"""What a match in the first sentences counts; later ones count :data:`_LATER`."""
_LATER = 0.6
_HEADING = 2.0
_SHARE = 0.2
"""Of the strongest topic's score, what a topic needs to count as a topic and not as a mention."""


_REMEMBERED = 10_000
"""Masks whose rules are kept: they repeat, and a hostile feed must not fill the memory."""


class Scope(StrEnum):
    """What a rule or veto looks at."""

    SENTENCE = "sentence"
    PAIR = "pair"
    """A sentence and the one after it."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Rule:
    """When it holds, the update has the topic."""

    topic: str
    name: str
    pack: str
    when: Condition
    scope: Scope = Scope.SENTENCE
    given: Condition | None = None
    """What the whole text must fulfil besides."""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Veto:
    """When it holds, the sentence (or the text) says nothing about ``topics``; none named means all."""

    name: str
    pack: str
    when: Condition
    scope: Scope = Scope.SENTENCE
    topics: frozenset[str] = frozenset()


class _Unit(NamedTuple):
    """A sentence as read, or several taken together."""

    reading: Reading
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    """For each sentence, the number that its first word has in ``reading``."""
    weight: float
    number: int


@dataclass(slots=True)
class _Found:
    """What speaks for one topic."""

    score: float = 0.0
    numbers: set[int] = field(default_factory=set)
    matches: dict[tuple[int, int], Match] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The compiled rules of one language."""

    lexicon: Lexicon
    rules: Sequence[Rule]
    vetoes: Sequence[Veto] = ()
    order: Sequence[str] = ()
    """Topics from the most to the least important: breaks ties."""
    safety: Collection[str] = ()
    """Topics on which someone's safety hangs: a single sentence anywhere is enough."""
    _triggers: dict[tuple[Scope, int], tuple[Rule, ...]] = field(default_factory=dict)

    def tag(self, text: str, *, heading: bool = False) -> tuple[Tag, ...]:
        """The topics of a text, strongest first, at most :data:`~bot.core.classify.words.LONGEST` characters of it.

        Args:
            text: heading and body, one below the other.
            heading: whether the first line is a heading, which counts most.

        Returns:
            One tag per topic with every span that speaks for it; exactly ``other`` when no rule holds.
        """
        return self.tag_read(self.read(text), text, heading=heading)

    def read(self, text: str) -> list[tuple[Sentence, Reading]]:
        """The sentences of a text with the concepts in them: one pass, for whoever asks more than the topics."""
        return [(sentence, self.lexicon.read(sentence)) for sentence in sentences(text[:LONGEST])]

    def tag_read(
        self, read: Sequence[tuple[Sentence, Reading]], text: str, *, heading: bool = False
    ) -> tuple[Tag, ...]:
        """Like :meth:`tag`, for a text that :meth:`read` has read."""
        units = self._units(read, heading=heading)
        found: defaultdict[str, _Found] = defaultdict(_Found)
        whole = _together(units, 1.0) if units else None
        if whole is not None and not (gone := self._gone(whole, Scope.TEXT)).everything:
            for rule, unit in self._holding(units, whole):
                if rule.topic not in gone.topics:
                    _note(found[rule.topic], rule, unit, text)
        return self._ranked(found, units)

    def _units(self, read: Sequence[tuple[Sentence, Reading]], *, heading: bool) -> list[_Unit]:
        weights = iter((_HEADING, *_WEIGHTS) if heading else _WEIGHTS)
        return [
            _Unit(reading, (sentence,), (0,), next(weights, _LATER), number)
            for number, (sentence, reading) in enumerate(read)
        ]

    def _holding(self, units: list[_Unit], whole: _Unit) -> Iterator[tuple[Rule, _Unit]]:
        """Each unit with the weightiest rule of each topic that holds for it."""
        gone = [self._gone(unit, Scope.SENTENCE) for unit in units]
        for unit, vetoed in zip(units, gone, strict=True):
            yield from self._of(unit, Scope.SENTENCE, whole, vetoed)
        for (first, lost), (second, lost_too) in pairwise(zip(units, gone, strict=True)):
            if self._candidates(Scope.PAIR, first.reading.mask | second.reading.mask):
                both = _Gone(lost.everything or lost_too.everything, lost.topics | lost_too.topics)
                yield from self._of(_together([first, second], second.weight), Scope.PAIR, whole, both)
        yield from self._of(whole, Scope.TEXT, whole, _NOTHING)

    def _of(self, unit: _Unit, scope: Scope, whole: _Unit, gone: _Gone) -> Iterator[tuple[Rule, _Unit]]:
        if gone.everything:
            return
        settled = set(gone.topics)
        for rule in self._candidates(scope, unit.reading.mask):
            if (
                rule.topic not in settled
                and holds(rule.when, unit.reading)
                and (rule.given is None or holds(rule.given, whole.reading))
            ):
                settled.add(rule.topic)
                yield rule, unit

    def _candidates(self, scope: Scope, mask: int) -> tuple[Rule, ...]:
        """The rules that something with these concepts can fulfil, weightiest first, kept by mask."""
        known = self._triggers.get((scope, mask))
        if known is None:
            if len(self._triggers) > _REMEMBERED:
                self._triggers.clear()
            fitting = [rule for rule in self.rules if rule.scope is scope and _can_hold(rule.when, mask)]
            known = tuple(sorted(fitting, key=lambda rule: -rule.weight))
            self._triggers[scope, mask] = known
        return known

    def _gone(self, unit: _Unit, scope: Scope) -> _Gone:
        held = [veto for veto in self.vetoes if veto.scope is scope and holds(veto.when, unit.reading)]
        return _Gone(any(not veto.topics for veto in held), frozenset(topic for veto in held for topic in veto.topics))

    def _ranked(self, found: dict[str, _Found], units: list[_Unit]) -> tuple[Tag, ...]:
        words = sum(len(unit.sentences[0].words) for unit in units)
        best = max((one.score for one in found.values()), default=0.0)
        kept = {
            topic: one
            for topic, one in found.items()
            if topic in self.safety or (one.score >= _SHARE * best and (words < _LONG or _prominent(one)))
        }
        rank = {topic: number for number, topic in enumerate(self.order)}
        topics = sorted(kept, key=lambda topic: (-kept[topic].score, rank.get(topic, len(rank))))
        return tuple(_tag(topic, kept[topic]) for topic in topics) or (Tag(OTHER_TOPIC),)


class _Gone(NamedTuple):
    """What vetoes took out: everything, or these topics."""

    everything: bool
    topics: frozenset[str]


_NOTHING = _Gone(False, frozenset())


def _can_hold(condition: Condition, mask: int) -> bool:
    need = trigger(condition)
    return not need or bool(need & mask)


def _prominent(found: _Found) -> bool:
    return len(found.numbers) > 1 or min(found.numbers, default=0) < _OPENING


def _tag(topic: str, found: _Found) -> Tag:
    return Tag(topic, tuple(_widest(found.matches)), round(found.score, 2))


def _widest(matches: dict[tuple[int, int], Match]) -> Iterator[Match]:
    """In text order, without spans that lie within one before them."""
    end = -1
    for start, stop in sorted(matches, key=lambda span: (span[0], -span[1])):
        if stop > end:
            yield matches[start, stop]
            end = stop


def _together(units: Sequence[_Unit], weight: float) -> _Unit:
    """Several sentences as one; a gap keeps words of different sentences from standing near each other."""
    if len(units) == 1:
        return units[0]._replace(weight=weight)
    hits: list[Hit] = []
    starts: list[int] = []
    mask = start = 0
    for unit in units:
        starts.append(start)
        mask |= unit.reading.mask
        hits += (Hit(hit.concept, hit.first + start, hit.last + start) for hit in unit.reading.hits)
        start += len(unit.sentences[0].words) + 100
    parts = tuple(unit.sentences[0] for unit in units)
    return _Unit(Reading(mask, tuple(hits)), parts, tuple(starts), weight, units[0].number)


def _note(found: _Found, rule: Rule, unit: _Unit, text: str) -> None:
    """Count a rule that holds; one of a wider scope adds words, not weight, to a sentence that counts already."""
    if unit.number not in found.numbers:
        found.score += unit.weight * rule.weight
    found.numbers.add(unit.number)
    for start, end in _spans(evidence(rule.when, unit.reading), unit):
        found.matches.setdefault((start, end), Match(text[start:end], rule.name, rule.pack))


def _spans(hits: Iterable[Hit], unit: _Unit) -> Iterator[tuple[int, int]]:
    """Where the hits stand in the text."""
    for hit in hits:
        part = max(number for number, start in enumerate(unit.starts) if start <= hit.first)
        spans = unit.sentences[part].spans
        offset = unit.starts[part]
        yield spans[hit.first - offset][0], spans[hit.last - offset][1]
