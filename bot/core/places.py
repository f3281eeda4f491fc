"""Places by the names of a pack, in any script: never guessed, and never out of an organisation's name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.classify.stems import fold
from bot.core.classify.words import Sentence, sentences

_ENDINGS = 4
"""Letters by which an inflected name may be longer than its stem (Степанакерт-е, Ստեփանակերտ-ում)."""
_VOWELS = frozenset("аяеиыоуюіїєэьайեաիոու")
_ALSO_STATES = {"region": 3, "capital": 1}
"""Kinds whose names also stand for governments: they are places only where something is in them, which a word says
that stands at most so many words before."""
_INFLECTED = range(0x400, 0x590)
"""Cyrillic and Armenian: scripts whose names take endings here."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as its pack states it."""

    id: str
    name: str
    """The name shown."""
    kind: str
    """town, village, district, capital, region, country."""
    parent: str | None = None
    names: tuple[str, ...] = ()
    """Every spelling in every script, ``name`` included."""


@dataclass(slots=True)
class Gazetteer:
    """Finds the places of its packs.

    Args:
        places: by id.
        organisations: words that make the name before them part of an organisation's ("Group", "Post"), folded.
        never: phrases with a place's name that mean none ("Minsk Group"), folded.
        locative: words before a region that say that something is there ("in", "across"), folded.
    """

    places: Mapping[str, Place]
    organisations: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    locative: frozenset[str] = frozenset()
    names: frozenset[str] = field(init=False)
    """Every name of every place, as the packs write it."""
    _exact: dict[str, list[tuple[tuple[str, ...], str]]] = field(init=False, default_factory=dict)
    _stems: dict[str, list[tuple[str, int, str]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.names = frozenset(name for place in self.places.values() for name in (place.name, *place.names))
        for place in self.places.values():
            for name in dict.fromkeys((place.name, *place.names)):
                self._add(place, name)

    def find(self, text: str) -> tuple[Place, ...]:
        """The places that a text names, the most specific first, then in the order of the text.

        A country is never found: a state acts, it is not where something happens. A region or a capital is found
        only where the text says that something is there.
        """
        found: dict[str, Place] = {}
        for sentence in sentences(text):
            for place in self._in(sentence):
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
        words = tuple(fold(word, "en") for word in name.replace("-", " ").split())
        found = [id_ for spelling, id_ in self._exact.get(words[0], ()) if spelling == words] if words else []
        if not found and len(words) == 1:
            stems = self._stems.get(words[0][:4], ())
            found = [id_ for stem, longest, id_ in stems if words[0].startswith(stem) and len(words[0]) <= longest]
        return tuple(self.places[id_] for id_ in dict.fromkeys(found))

    def _add(self, place: Place, name: str) -> None:
        words = tuple(fold(word, "en") for word in name.replace("-", " ").split())
        self._exact.setdefault(words[0], []).append((words, place.id))
        if len(words) == 1 and ord(words[0][0]) in _INFLECTED and len(words[0]) > 3:
            stem = words[0].rstrip("".join(_VOWELS)) if len(words[0]) > 5 else words[0]
            stem = stem if len(stem) > 3 else words[0]
            self._stems.setdefault(stem[:4], []).append((stem, len(words[0]) + _ENDINGS, place.id))

    def _in(self, sentence: Sentence) -> Iterator[Place]:
        words = [fold(word, "en") for word in sentence.words]
        at = 0
        while at < len(words):
            match = self._at(words, sentence, at)
            if match is None:
                at += 1
                continue
            place, length = match
            if not self._misread(words, sentence, at, length, place):
                yield place
            at += length

    def _at(self, words: Sequence[str], sentence: Sentence, at: int) -> tuple[Place, int] | None:
        surface = sentence.words[at]
        if surface[0].islower() and surface[0].upper() != surface[0]:
            return None
        names = self._exact.get(words[at], ())
        whole = [(len(name), id_) for name, id_ in names if tuple(words[at : at + len(name)]) == name]
        if whole:
            length, id_ = max(whole)
            return self.places[id_], length
        for stem, longest, id_ in self._stems.get(words[at][:4], ()):
            if words[at].startswith(stem) and len(words[at]) <= longest:
                return self.places[id_], 1
        return None

    def _misread(self, words: Sequence[str], sentence: Sentence, at: int, length: int, place: Place) -> bool:
        """Whether the name is part of an organisation's, a person's, or names a state that acts."""
        if place.kind == "country":
            return True

        around = (" ".join(words[at : at + length + 1]), " ".join(words[max(at - 1, 0) : at + length]))
        if any(phrase in self.never for phrase in around):
            return True
        owned = sentence.words[at + length - 1].lower().endswith(("'s", "’s"))
        if not owned and self._opens_organisation(words, sentence, at + length):
            return True
        return place.kind in _ALSO_STATES and not self._located(words, sentence, at, place.kind)

    def _located(self, words: Sequence[str], sentence: Sentence, at: int, kind: str) -> bool:
        """Whether the text says that something is there; Armenian says it in the ending."""
        near = words[max(at - _ALSO_STATES[kind], 0) : at]
        return any(word in self.locative for word in near) or sentence.words[at].endswith("ում")

    def _opens_organisation(self, words: Sequence[str], sentence: Sentence, at: int) -> bool:
        """Whether capitals that end in an organisation's word follow ("Artsakh Defense Army")."""
        for number in range(at, min(at + 4, len(words))):
            if not sentence.words[number][0].isupper():
                return False
            if words[number] in self.organisations:
                return True
        return False


_SCRIPTS = {
    "hy": ("\u0531", "\u0587"),
    "ru": ("\u0400", "\u04ff"),
    "uk": ("\u0400", "\u04ff"),
    "ar": ("\u0620", "\u06d3"),
}
"""The letters of the languages that are not written in Latin ones."""


def name_in(place: Place, language: str) -> str:
    """What readers of a language (ISO 639) call a place: the first name in its script, else the one shown."""
    if language not in _SCRIPTS:
        return place.name
    first, last = _SCRIPTS[language]
    return next((name for name in place.names if first <= name[0] <= last), place.name)


def names_of(places: Collection[Place]) -> tuple[str, ...]:
    """The names shown."""
    return tuple(place.name for place in places)
