"""Finds the places that a text names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.core.classify.stems import fold
from bot.core.classify.words import Sentence, sentences
from bot.core.places.forms import folded, is_form, readings, says_where, stems_of
from bot.core.places.place import Place

_ALSO_STATES = {"region": 3, "capital": 1}
"""Kinds whose names also stand for governments: they are places only where something is in them, which a word says
that stands at most so many words before."""
_KEY = 4
"""Letters by which stems are sought."""
_ORGANISATION_WITHIN = 4
_JOINTS = frozenset("-–—")


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of a place: its words, and the stems of each that takes endings."""

    words: tuple[str, ...]
    stems: tuple[frozenset[str], ...]
    place: str


class _View(NamedTuple):
    """A sentence, its words folded, and the text that it stands in."""

    sentence: Sentence
    words: Sequence[str]
    text: str


@dataclass(slots=True)
class Gazetteer:
    """Finds the places of its packs.

    Args:
        places: by id.
        organisations: words that make the name before them part of an organisation's ("Group", "Post"), folded.
        never: phrases with a place's name that mean none ("Minsk Group"), folded.
        locative: words before a region that say that something is there ("in", "across"), folded.
        named_after: what is named after places and written small: "Minsk agreements", folded.
    """

    places: Mapping[str, Place]
    organisations: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    locative: frozenset[str] = frozenset()
    named_after: frozenset[str] = frozenset()
    names: frozenset[str] = field(init=False)
    """Every name of every place, as the packs write it."""
    _exact: dict[str, list[_Name]] = field(init=False, default_factory=dict)
    _stems: dict[str, list[_Name]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.names = frozenset(name for place in self.places.values() for name in (place.name, *place.names))
        for place in self.places.values():
            for name in dict.fromkeys((place.name, *place.names)):
                self._add(place, name)

    def find(self, text: str, read: Sequence[Sentence] | None = None) -> tuple[Place, ...]:
        """The places that a text names, the most specific first, then in the order of the text.

        A country is never found: a state acts, it is not where something happens. A region or a capital is found
        only where the text says that something is there.

        Args:
            text: heading and body.
            read: its sentences, where they are known.
        """
        found: dict[str, Place] = {}
        for sentence in sentences(text) if read is None else read:
            for place in self._in(sentence, text):
                found.setdefault(place.id, place)
        return tuple(sorted(found.values(), key=lambda place: place.kind == "region"))

    def parents(self, place: Place) -> Iterator[Place]:
        """What the place lies in, nearest first."""
        seen = {place.id}
        while place.parent and place.parent not in seen and (up := self.places.get(place.parent)):
            seen.add(up.id)
            yield up
            place = up

    def named(self, name: str) -> tuple[Place, ...]:
        """The places with this whole name, case and inflection aside, in the packs' order."""
        words = folded(name)
        names = self._candidates(words[0]) if words else ()
        found = [one for one in names if _matches(one, words)]
        exact = [one for one in found if one.words == words]
        return tuple(self.places[id_] for id_ in dict.fromkeys(one.place for one in exact or found))

    def _add(self, place: Place, name: str) -> None:
        words = folded(name)
        if not words:
            return
        stems = tuple(stems_of(word) for word in words)
        made = _Name(words, stems, place.id)
        self._exact.setdefault(words[0], []).append(made)
        for key in {stem[:_KEY] for stem in stems[0]} | {stem[: _KEY - 1] for stem in stems[0] if len(stem) < _KEY}:
            self._stems.setdefault(key, []).append(made)

    def _candidates(self, word: str) -> Sequence[_Name]:
        names = self._exact.get(word, ())
        stems = (*self._stems.get(word[:_KEY], ()), *self._stems.get(word[: _KEY - 1], ()))
        return (*names, *stems) if stems else names

    def _in(self, sentence: Sentence, text: str) -> Iterator[Place]:
        view = _View(sentence, [fold(word, "en") for word in sentence.words], text)
        at = 0
        while at < len(view.words):
            match = self._at(view, at)
            if match is None:
                at += 1
                continue
            place, end = match
            if not self._misread(view, at, end, place):
                yield place
            at = end

    def _at(self, view: _View, at: int) -> tuple[Place, int] | None:
        """The longest name that stands here and where it ends, as printed before inflected, earlier packs first."""
        surface = view.sentence.words[at]
        if surface[0].islower() and surface[0].upper() != surface[0]:
            return None
        for word in readings(view.words[at]):
            candidates = self._candidates(word)
            names = [one for one in candidates if _matches(one, [word, *view.words[at + 1 : at + len(one.words)]])]
            if names:
                best = max(names, key=lambda name: (len(name.words), name.words[0] == word))
                return self.places[best.place], at + len(best.words)
        return None

    def _misread(self, view: _View, at: int, end: int, place: Place) -> bool:
        """Whether the name is part of an organisation's or a thing's, or names a state that acts."""
        if place.kind == "country":
            return True
        words = view.words
        around = (" ".join(words[at : end + 1]), " ".join(words[max(at - 1, 0) : end]))
        if any(phrase in self.never for phrase in around):
            return True
        if end < len(words) and words[end] in self.named_after:
            return True
        owned = view.sentence.words[end - 1].lower().endswith(("'s", "’s"))
        if not owned and self._opens_organisation(view, end):
            return True
        return place.kind in _ALSO_STATES and not self._located(view, at, end, place.kind)

    def _located(self, view: _View, at: int, end: int, kind: str) -> bool:
        """Whether the text says that something is there; two names joined by a hyphen are two sides."""
        after = view.text[view.sentence.spans[end - 1][1] :][:2]
        if after[:1] in _JOINTS and after[1:].isupper():
            return False
        near = view.words[max(at - _ALSO_STATES[kind], 0) : at]
        return any(word in self.locative for word in near) or says_where(view.sentence.words[end - 1])

    def _opens_organisation(self, view: _View, at: int) -> bool:
        """Whether capitals that end in an organisation's word follow ("Artsakh Defense Army")."""
        for number in range(at, min(at + _ORGANISATION_WITHIN, len(view.words))):
            if not view.sentence.words[number][0].isupper():
                return False
            if view.words[number] in self.organisations:
                return True
        return False


def _matches(name: _Name, words: Sequence[str]) -> bool:
    """Whether the words are the name in some form."""
    if len(words) != len(name.words):
        return False
    return all(
        word == part or any(is_form(word, stem) for stem in stems)
        for part, stems, word in zip(name.words, name.stems, words, strict=True)
    )
