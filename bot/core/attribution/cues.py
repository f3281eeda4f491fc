"""Where in a sentence somebody speaks, and which phrase names the speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from bot.core.attribution.edges import QUOTES, at_the_end, before_colon, of_notice, voiced, vouched
from bot.core.attribution.names import Speaker, speaker_of, speakers_of
from bot.core.attribution.phrases import Phrase, bare, is_phrase, is_possessive, name_run, phrase_after, phrase_before
from bot.core.attribution.quotes import Quotations
from bot.core.attribution.speech import Speech
from bot.core.attribution.tokens import Token
from bot.core.attribution.uncased import spoken_uncased

_OPENS = frozenset({",", ":", ";", "-", "–", "—", "(", *QUOTES})
_APPOSITION = 14
_ASIDE = 7
"""Tokens of an aside between a verb and its subject."""


class Who(Enum):
    """A speaker who is not named here."""

    PRONOUN = "he or she"
    BODY = "it"


Found = Speaker | Who


def spoken(sentence: Sequence[Token], text: str, speech: Speech, quoted: Quotations, *, first: bool) -> Iterator[Found]:
    """Each speech act of a sentence with its speaker, in text order.

    Args:
        sentence: its tokens.
        text: the text that they stand in.
        speech: the language's words.
        quoted: what in the text is somebody's own words: whoever speaks in there is no speaker of the update.
        first: whether it is the first sentence of the update, where "X:" names a speaker.
    """
    if speech.uncased:
        yield from spoken_uncased([token for token in sentence if not quoted.covers(token.start)], speech, first=first)
        return
    yield from _some(at_the_end(sentence, text, speech))
    if first:
        yield from _some(before_colon(sentence, text, speech) or of_notice(sentence, text, speech))
    yield from _some(voiced(sentence, text, speech))
    lows = [token.low for token in sentence]
    for at, token in enumerate(sentence):
        if quoted.covers(token.start):
            continue
        if lead := speech.leads.at(lows, at):
            found = _after_lead(sentence, at + len(lead), text, speech)
            yield from _some(found._replace(oblique=True, cited=lead in speech.citing) if found else None)
        elif speech.tails.at(lows, at):
            yield from _of_tail(sentence, at, text, speech)
        elif token.low in speech.verbs and not speech.unspoken.at(lows, at):
            yield from _of_verb(sentence, at, text, speech)


def _some(found: Found | None) -> Iterator[Found]:
    if found is not None:
        yield found


def _after_lead(sentence: Sequence[Token], start: int, text: str, speech: Speech) -> Speaker | None:
    """Who follows "according to"; a name may stand behind a comma after its role."""
    while start < len(sentence) and (sentence[start].text in QUOTES or sentence[start].low in speech.between):
        start += 1
    phrase = phrase_after(sentence, start, speech)
    speaker = speaker_of(phrase, text, speech)
    if speaker is None or speaker.person or not speaker.role or not phrase:
        return speaker
    end = phrase[-1].end
    after = next((at for at, token in enumerate(sentence) if token.start >= end), len(sentence))
    if after < len(sentence) and sentence[after].text == ",":
        named = speaker_of(phrase_after(sentence, after + 1, speech), text, speech)
        run = name_run(sentence[after + 1 :], 0, speech)
        if named and (named.person or len(run) > 1):
            return named._replace(person=True, role=named.role or speaker.role)
    return speaker


def _of_verb(sentence: Sequence[Token], at: int, text: str, speech: Speech) -> Iterator[Found]:
    """The subject of a verb of speech: before it, between commas before it, or after it."""
    if speech.subject_first:
        subject = _subject(sentence, text, speech)
        if (
            isinstance(subject, Speaker)
            and not subject.person
            and " " not in subject.name
            and not _set_off(sentence, speech)
        ):
            return
        yield from _some(subject)
        return
    end = _behind_small_words(sentence, at, speech)
    if end > 0 and sentence[end - 1].text == ")":
        end = _bracket(sentence, end - 1)
    joined = end > 0 and sentence[end - 1].low in speech.conjunctions
    if end > 0 and not joined and (phrase := phrase_before(sentence, end, speech)):
        yield from _of_phrase(sentence, phrase, text, speech)
    else:
        yield from _some(_away_from_verb(sentence, at, end, text, speech))


def _of_tail(sentence: Sequence[Token], at: int, text: str, speech: Speech) -> Iterator[Found]:
    """Who stands before a phrase that follows a speaker; where order tells it, like the subject of a verb."""
    if speech.free_order or speech.subject_first:
        yield from _some(speaker_of(phrase_before(sentence, at, speech), text, speech))
    else:
        yield from _of_verb(sentence, at, text, speech)


def _behind_small_words(sentence: Sequence[Token], at: int, speech: Speech) -> int:
    """Where the words begin that may stand between a subject and the verb here."""
    while at > 0 and sentence[at - 1].low in speech.between:
        at -= 1
    return at


def _away_from_verb(sentence: Sequence[Token], at: int, end: int, text: str, speech: Speech) -> Found | None:
    """The subject of a verb that no name stands right before; ``end`` is where its small words begin."""
    before = sentence[end - 1] if end else None
    if before is not None and before.low in speech.pronouns:
        return Who.BODY if before.low in speech.neuter else Who.PRONOUN
    if before is not None and before.low in speech.conjunctions:
        return _subject(sentence, text, speech)
    if before is not None and before.text in {",", ")"}:
        explained = _before_apposition(sentence, end - 1, text, speech)
        return explained or _after_verb(sentence, at, text, speech)
    opens = before is not None and before.text in _OPENS
    if opens or speech.verb_first:
        return _after_verb(sentence, at, text, speech)
    if not speech.free_order:
        return None
    return _subject(sentence, text, speech) or _after_verb(sentence, at, text, speech)


def _set_off(sentence: Sequence[Token], speech: Speech) -> bool:
    """Whether the word that opens a sentence is a subject by itself: an acronym or a body, or a comma follows."""
    return vouched(sentence[0], speech) or (len(sentence) > 1 and sentence[1].text == ",")


def _bracket(sentence: Sequence[Token], close: int) -> int:
    """Where the bracket that closes here opens."""
    return next((at for at in range(close - 1, max(close - _APPOSITION, -1), -1) if sentence[at].text == "("), close)


def _of_phrase(sentence: Sequence[Token], phrase: Phrase, text: str, speech: Speech) -> Iterator[Found]:
    """The speakers in the phrase before a verb, unless what stands before it shows that it is no subject."""
    at = next(at for at, token in enumerate(sentence) if token.start == phrase[0].start)
    before = sentence[at - 1].low if at else ""
    if before in speech.prepositions:
        yield from _some(_subject(sentence, text, speech))
    elif before not in speech.subordinators and not _is_owner_of_noun(sentence, phrase, speech):
        yield from speakers_of(phrase, text, speech)


def _is_owner_of_noun(sentence: Sequence[Token], phrase: Phrase, speech: Speech) -> bool:
    """Whether what looks like a verb is a noun: "Karst's demands", "the call to demand"."""
    following = next((token for token in sentence if token.start >= phrase[-1].end), None)
    joined = following is not None and following.low in speech.connectors and following.low not in speech.between
    return not speech.free_order and (is_possessive(phrase[-1]) or joined)


def _after_verb(sentence: Sequence[Token], at: int, text: str, speech: Speech) -> Found | None:
    """Who follows a verb, as in ", said X"; it may be "he"."""
    start = at + 1
    while start < len(sentence) and sentence[start].low in speech.between:
        start += 1
    if start < len(sentence) and sentence[start].low in speech.pronouns:
        return Who.PRONOUN
    if start < len(sentence) and sentence[start].low in speech.asides:
        start = _past_aside(sentence, start, speech)
    return speaker_of(phrase_after(sentence, start, speech), text, speech)


def _past_aside(sentence: Sequence[Token], start: int, speech: Speech) -> int:
    """Where a title stands behind an aside: "wrote in his channel the mayor …"; the start when none does."""
    titles = (at for at in range(start + 1, min(start + _ASIDE, len(sentence))) if bare(sentence[at]) in speech.roles)
    at = next(titles, start)
    while at > start + 1 and sentence[at - 1].low in speech.modifiers:
        at -= 1
    return at


def _before_apposition(sentence: Sequence[Token], comma: int, text: str, speech: Speech) -> Found | None:
    """X in "X, head of Y, said", and in "the foreign minister, X, said"."""
    start = next((at for at in range(comma - 1, max(comma - _APPOSITION, 0), -1) if sentence[at].text == ","), None)
    if start is None:
        return None
    head = speaker_of(phrase_before(sentence, start, speech), text, speech)
    inner = sentence[start + 1 : comma]
    named = speaker_of(inner, text, speech) if is_phrase(inner, speech) else None
    if named and (named.person or len(name_run(inner, 0, speech)) == len(inner) > 1):
        return named._replace(person=True, role=named.role or (head.role if head else ""))
    return head._replace(person=True) if head else _opening(sentence, text, speech)


def _opening(sentence: Sequence[Token], text: str, speech: Speech) -> Speaker | None:
    """The name that opens a sentence, explained by whatever follows its comma."""
    phrase = phrase_after(sentence, 0, speech)
    if not phrase or phrase[0] != sentence[0]:
        return None
    after = next((token.text for token in sentence if token.start >= phrase[-1].end), "")
    return speaker_of(phrase, text, speech) if after in {",", "("} else None


def _subject(sentence: Sequence[Token], text: str, speech: Speech) -> Found | None:
    """Whom a second verb ("… and announced") belongs to: who opens the sentence, an introduction aside."""
    if sentence[0].low in speech.pronouns:
        return Who.PRONOUN
    starts = [0, *(at + 1 for at, token in enumerate(sentence) if token.text == ",")]
    for start in starts:
        phrase = phrase_after(sentence, start, speech)
        opens = phrase and phrase[0].start == sentence[start].start
        if opens and (speaker := speaker_of(phrase, text, speech)):
            return speaker
    return None
