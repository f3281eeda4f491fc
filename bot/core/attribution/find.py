"""The speakers of an update, lead speaker first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.core.attribution.cues import Found, Who, spoken
from bot.core.attribution.known import canonical, same_words
from bot.core.attribution.names import Speaker, speaker_of
from bot.core.attribution.nominative import nominative
from bot.core.attribution.phrases import Phrase, name_run, phrase_after, words_of
from bot.core.attribution.quotes import Quotations
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
    quoted = Quotations(text)
    for number, sentence in enumerate(sentences):
        acts = _without_carriers(list(spoken(sentence, text, speech, quoted, first=number == 0)), speech)
        for found in acts:
            cast.add(found, sentences[max(number - 1, 0) : number + 1], text)
    return tuple(cast.names[:_MOST])


def _without_carriers(acts: list[Found], speech: Speech) -> list[Found]:
    """The speech acts of a sentence without the outlets that only carry what somebody cited there says."""
    cited = [act for act in acts if isinstance(act, Speaker) and act.cited and act.name.lower() not in speech.vague]
    if not cited:
        return acts
    return [act for act in acts if not (isinstance(act, Speaker) and not act.cited and _is_outlet(act, speech))]


def _is_outlet(speaker: Speaker, speech: Speech) -> bool:
    """Whether it is a paper, a channel, an agency, and no office or person."""
    return not speaker.role and any(word in speech.outlets for word in speaker.name.lower().split())


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
            subject = self._body(around, text) if found is Who.BODY else _subject_of(around[0], text, self.speech)
            if not self.names and subject:
                self._add(subject)
        elif found.back:
            self._add_back(found, around, text)
        else:
            self._add(self._shown(found))

    def _shown(self, speaker: Speaker) -> str:
        speech = self.speech
        body = any(word in speech.titles for word in speaker.name.lower().split())
        return nominative(speaker.name, speech.language, speech.nominative, oblique=speaker.oblique, body=body)

    def _body(self, around: Sequence[Sequence[Token]], text: str) -> str | None:
        """The body that "it" stands for: the one that opens this sentence or the one before."""
        for sentence in reversed(around):
            speaker = speaker_of(phrase_after(sentence, 0, self.speech), text, self.speech) if sentence else None
            if speaker and not speaker.person and not speaker.back and not speaker.role and self._is_body(speaker.name):
                return speaker.name
        return None

    def _add_back(self, speaker: Speaker, around: Sequence[Sequence[Token]], text: str) -> None:
        """Add "the minister" or "the ministry" only where the update names no such one."""
        named = self.people.by_role.get(speaker.role) if speaker.role else None
        head = speaker.name.lower().split()[-1]
        if named:
            self._add(named)
        elif self._is_vague(speaker.name.lower()):
            if not self.names and not speaker.role and (body := self._body(around, text)):
                self._add(body)
        elif not self.names or (not speaker.role and not any(head in name.lower().split() for name in self.names)):
            self._add(self._shown(speaker))

    def _is_body(self, name: str) -> bool:
        """Whether a name that opens a sentence is a body's; where any word may open it, its words must say so."""
        return not self.speech.free_order or any(word in self.speech.institutions for word in name.lower().split())

    def _is_vague(self, name: str) -> bool:
        vague = self.speech.vague
        return name in vague or (self.speech.free_order and all(word in vague for word in name.split()))

    def _add(self, name: str) -> None:
        words = name.split()
        if len(words) > 1 and words[0].lower() in self.speech.articles:
            words = words[1:]
            name = " ".join(words)
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
    for sentence in () if speech.uncased else sentences:
        for phrase in _phrases(sentence, speech):
            speaker = speaker_of(phrase, text, speech)
            if speaker and speaker.person:
                _remember(people, speaker)
            elif len(run := name_run(phrase, 0, speech)) == len(phrase) and len(run) in {2, 3}:
                if run[0].low in speech.articles:
                    continue
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
