"""The speakers of an update, lead speaker first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.core.attribution.cues import Found, Who, spoken
from bot.core.attribution.known import canonical, same_words
from bot.core.attribution.names import Speaker, speaker_of
from bot.core.attribution.phrases import Phrase, name_run, phrase_after, words_of
from bot.core.attribution.speech import Speech
from bot.core.attribution.tokens import Token, token_sentences

_MOST = 6
"""Speakers of one update: a longer list tells nobody who says it."""


def find_speakers(text: str, speech: Speech) -> tuple[str, ...]:
    """Who says it, in the order in which they speak; empty when the text names nobody.

    "He added" is whoever spoke last, or the subject of the sentence before; "the minister" is the minister whom the
    update names; a last name alone is the full name that the update gives elsewhere.

    Args:
        text: heading and body of one update.
        speech: the words of its language.
    """
    sentences = token_sentences(text)
    cast = _Cast(speech, _people(sentences, text, speech))
    for number, sentence in enumerate(sentences):
        for found in spoken(sentence, text, speech, first=number == 0):
            cast.add(found, sentences[max(number - 1, 0) : number + 1], text)
    return tuple(cast.names[:_MOST])


@dataclass(frozen=True, slots=True)
class _People:
    """Who the whole update names."""

    by_last: dict[str, str]
    """Full names by last name in lower case."""
    by_role: dict[str, str]
    """Names by role in lower case."""


@dataclass(slots=True)
class _Cast:
    """The speakers so far."""

    speech: Speech
    people: _People
    names: list[str] = field(default_factory=list)

    def add(self, found: Found, around: Sequence[Sequence[Token]], text: str) -> None:
        """Add a speaker who is not there yet; ``around`` is the sentence and the one before it."""
        if isinstance(found, Who):
            if not self.names and (subject := _subject_of(around[0], text, self.speech)):
                self._add(subject)
        elif found.back:
            self._add_back(found)
        else:
            self._add(found.name)

    def _add_back(self, speaker: Speaker) -> None:
        """Add "the minister" or "the ministry" only where the update names no such one."""
        named = self.people.by_role.get(speaker.role) if speaker.role else None
        head = speaker.name.lower().split()[-1]
        if named:
            self._add(named)
        elif speaker.name.lower() in self.speech.vague:
            return
        elif not self.names or (not speaker.role and not any(head in name.lower().split() for name in self.names)):
            self._add(speaker.name)

    def _add(self, name: str) -> None:
        words = name.split()
        if len(words) == 1:
            name = self.people.by_last.get(name.lower(), name)
        name = canonical(name, self.speech.known)
        for at, known in enumerate(self.names):
            if _same_speaker(known, name):
                if len(name.split()) > len(known.split()) and len(known.split()) == 1:
                    self.names[at] = name
                return
        self.names.append(name)


def _people(sentences: Iterable[Sequence[Token]], text: str, speech: Speech) -> _People:
    """Every full name of the update, by last name and by role."""
    people = _People({}, {})
    for sentence in sentences:
        for phrase in _phrases(sentence, speech):
            speaker = speaker_of(phrase, text, speech)
            if speaker and speaker.person:
                _remember(people, speaker)
            elif len(run := name_run(phrase, 0, speech)) == len(phrase) and len(run) in {2, 3}:
                people.by_last.setdefault(run[-1].low, words_of(run, text))
    return people


def _remember(people: _People, speaker: Speaker) -> None:
    words = speaker.name.split()
    if len(words) > 1:
        people.by_last[words[-1].lower()] = speaker.name
    if speaker.role:
        for role in (speaker.role, speaker.role.split()[-1]):
            people.by_role.setdefault(role, speaker.name)


def _phrases(sentence: Sequence[Token], speech: Speech) -> Iterator[Phrase]:
    """The name-like runs of a sentence, left to right."""
    at = 0
    while at < len(sentence):
        phrase = phrase_after(sentence, at, speech)
        if phrase:
            yield phrase
            at = next((i for i in range(at, len(sentence)) if sentence[i].start >= phrase[-1].end), len(sentence))
        else:
            at += 1


def _subject_of(sentence: Sequence[Token], text: str, speech: Speech) -> str | None:
    """The first person that a sentence names."""
    for phrase in _phrases(sentence, speech):
        speaker = speaker_of(phrase, text, speech)
        if speaker and speaker.person:
            return speaker.name
        run = name_run(phrase, 0, speech)
        if speaker and len(run) == len(phrase) and len(run) in {2, 3}:
            return speaker.name
    return None


def _same_speaker(left: str, right: str) -> bool:
    """The same name, or all words of one within the other."""
    lefts, rights = left.lower().split(), right.lower().split()
    fewer, more = sorted((lefts, rights), key=len)
    return (
        same_words(left.lower(), right.lower()) or set(fewer) <= set(more) or (len(fewer) == 1 and fewer[0] == more[-1])
    )
