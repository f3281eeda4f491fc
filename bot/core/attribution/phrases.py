"""A speaker's phrase beside a cue, and the name in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.core.attribution.speech import Speech
from bot.core.attribution.tokens import Token

_LONGEST = 16
"""Tokens of a speaker's phrase: longer ones are no name."""
_KNOWN_WORDS = 6
_PARTICLES = frozenset({"al", "de", "van", "von", "bin", "ibn", "el", "der", "da", "di", "ben", "abu", "al-"})
_POSSESSIVE = re.compile(r"['’](?:s|y?[aeıiuü]|n?[ıiuü]n|[dt][ae]n?)?$")
"""The English ending, and the Turkish ones that an apostrophe divides from a name."""
_OWNER = re.compile(r"['’]s?$")
_UNCASED_NAME = 4

Phrase = Sequence[Token]


class Speaker(NamedTuple):
    """A name as it stands in the text."""

    name: str
    person: bool = False
    """Whether it certainly is a person's: it follows a role, or an organisation follows it."""
    role: str = ""
    """The role in lower case, by which "the minister" is known again."""
    back: bool = False
    """It points back ("the minister", "the ministry"): somebody already named, if anybody is."""


def phrase_before(tokens: Phrase, end: int, speech: Speech) -> Phrase:
    """The longest run of name-like tokens that ends before ``tokens[end]``."""
    if whole := _known_before(tokens, end, speech):
        return whole
    start = end
    while start > 0 and end - start < _LONGEST and _fits(tokens[start - 1], speech):
        start -= 1
    return _trim(tokens[start:end], speech)


def phrase_after(tokens: Phrase, start: int, speech: Speech) -> Phrase:
    """The longest run of name-like tokens from ``tokens[start]``."""
    if whole := _known_after(tokens, start, speech):
        return whole
    end = start
    while end < len(tokens) and end - start < _LONGEST and _fits(tokens[end], speech):
        end += 1
    return _trim(tokens[start:end], speech)


def _known_before(tokens: Phrase, end: int, speech: Speech) -> Phrase:
    """A listed name of several words, whatever its words are ("Doctors Without Borders")."""
    for start in range(max(end - _KNOWN_WORDS, 0), end - 1):
        if " ".join(token.low for token in tokens[start:end]) in speech.known:
            return tokens[start:end]
    return ()


def _known_after(tokens: Phrase, start: int, speech: Speech) -> Phrase:
    if start < len(tokens) and tokens[start].low in speech.articles:
        start += 1
    for end in range(min(start + _KNOWN_WORDS, len(tokens)), start + 1, -1):
        if " ".join(token.low for token in tokens[start:end]) in speech.known:
            return tokens[start:end]
    return ()


def is_phrase(tokens: Phrase, speech: Speech) -> bool:
    """Whether nothing but name-like tokens stands here."""
    return bool(tokens) and len(tokens) <= _LONGEST and all(_fits(token, speech) for token in tokens)


def speaker_of(phrase: Phrase, text: str, speech: Speech) -> Speaker | None:
    """The name in a phrase: the person where a role stands before one, else the organisation, else nothing."""
    definite = bool(phrase) and phrase[0].low in speech.articles
    one_of_many = bool(phrase) and phrase[0].low in speech.indefinite
    phrase = _without_articles(phrase, speech)
    if len(phrase) > 1 and phrase[-1].low in speech.notices:
        phrase = _trim(phrase[:-1], speech)
    if not phrase or phrase[-1].low in speech.notices:
        return None
    if " ".join(token.low for token in phrase) in speech.known:
        return Speaker(words_of(phrase, text))
    if speech.uncased:
        return _uncased(phrase, text, speech)
    person = _person(phrase, text, speech)
    if person is None and one_of_many and bare(phrase[-1]) in speech.roles:
        return None
    return person or _other(phrase, text, speech, definite=definite)


def speakers_of(phrase: Phrase, text: str, speech: Speech) -> tuple[Speaker, ...]:
    """Both names of "X and Y", where each side is whole in itself; else the one name of the phrase."""
    for at in range(1, len(phrase) - 1):
        if phrase[at].low in speech.conjunctions:
            sides = phrase[:at], phrase[at + 1 :]
            first, second = (speaker_of(side, text, speech) for side in sides)
            two_roles = first and second and first.role and not first.person and second.person
            if first and second and not two_roles and _both_whole(*sides, speech):
                return first, second
    name = speaker_of(phrase, text, speech)
    return (name,) if name else ()


def _both_whole(left: Phrase, right: Phrase, speech: Speech) -> bool:
    """Whether "and" joins two speakers, and not two halves of one name ("Bosnia and Herzegovina")."""
    left, right = _without_articles(left, speech), _without_articles(right, speech)
    bodies = [any(bare(token) in speech.institutions | speech.roles for token in side) for side in (left, right)]
    runs = [len(name_run(side, 0, speech)) == len(side) for side in (left, right)]
    return all(bodies) or all(runs) or (runs[0] and bodies[1])


def name_run(phrase: Phrase, start: int, speech: Speech) -> Phrase:
    """The capitals from ``start`` that can be a person's name."""
    end = start
    while end < len(phrase) and _of_a_name(phrase[end], speech):
        end += 1
    run = phrase[start:end]
    return run if run and run[-1].is_capital and not _possessive(run[-1]) else ()


def words_of(phrase: Phrase, text: str) -> str:
    """The phrase as it stands in the text, without a closing possessive."""
    return _POSSESSIVE.sub("", " ".join(text[phrase[0].start : phrase[-1].end].split()))


def bare(token: Token) -> str:
    """The word in lower case without possessive or abbreviating stop."""
    return _POSSESSIVE.sub("", token.low).rstrip(".")


def _person(phrase: Phrase, text: str, speech: Speech) -> Speaker | None:
    """The run of capitals after the last role; or the run that the phrase begins with, before "of"."""
    roles = [at for at, token in enumerate(phrase) if bare(token) in speech.roles]
    for at in reversed(roles):
        if run := name_run(phrase, at + 1, speech):
            return Speaker(words_of(run, text), True, _role(phrase, at, speech))
    if run := _closing_run(phrase, speech):
        return Speaker(words_of(run, text), True, _role(phrase, roles[-1], speech) if roles else "")
    head = name_run(phrase, 0, speech)
    if 2 <= len(head) < len(phrase) and phrase[len(head)].low in speech.connectors | speech.articles:
        return Speaker(words_of(head, text), True)
    return None


def _uncased(phrase: Phrase, text: str, speech: Speech) -> Speaker | None:
    """The words after roles and institutions where there are any, else the whole phrase."""
    titles = speech.roles | speech.institutions | speech.modifiers
    first = next((at for at, token in enumerate(phrase) if token.low not in titles), len(phrase))
    name = phrase[first:]
    if name and len(name) <= _UNCASED_NAME:
        return Speaker(words_of(name, text), person=first > 0)
    whole = not name and not (len(phrase) == 1 and phrase[0].low in speech.vague)
    return Speaker(words_of(phrase, text)) if whole else None


def _closing_run(phrase: Phrase, speech: Speech) -> Phrase:
    """The name that closes a phrase: "head of the City Administration X Y", "President of Karst X Y"."""
    start = len(phrase)
    while start > 0 and _of_a_name(phrase[start - 1], speech) and not _possessive(phrase[start - 1]):
        start -= 1
    run = phrase[start:]
    if start == 0 or len(run) < 2 or not run[0].is_capital:
        return ()
    before = phrase[start - 1]
    if before.low in speech.connectors | speech.articles:
        return run[-2:] if len(run) > 2 and any(bare(token) in speech.roles for token in phrase[:start]) else ()
    if bare(before) not in speech.institutions and bare(before) not in speech.modifiers:
        return ()
    return run[-2:] if any(bare(token) in speech.roles for token in phrase[:start]) else run


def _other(phrase: Phrase, text: str, speech: Speech, *, definite: bool) -> Speaker | None:
    """An organisation, a role with an owner, a bare name; nothing when only vague words stand there."""
    phrase = _without_kind(phrase, speech)
    lows = [bare(token) for token in phrase]
    named = any(token.is_capital and low not in speech.roles for token, low in zip(phrase, lows, strict=True))
    institution = any(low in speech.institutions for low in lows)
    role = any(low in speech.roles for low in lows)
    plain = all(low in speech.roles | speech.institutions | speech.modifiers | speech.connectors for low in lows)
    if plain and lows[-1] in speech.anonymous:
        return None
    small = not any(token.is_capital for token in phrase)
    vague = lows[-1] in speech.vague
    if not (named or institution or role) or (vague and small and not definite and (len(lows) == 1 or _owned(phrase))):
        return None
    back = (plain and (definite or role)) or (
        definite and vague and phrase[-1].text.islower() and "-" in phrase[0].text
    )
    return Speaker(words_of(phrase, text), role=" ".join(lows) if role else "", back=back)


def _owned(phrase: Phrase) -> bool:
    return any(_possessive(token) for token in phrase)


def _without_kind(phrase: Phrase, speech: Speech) -> Phrase:
    """The name after its kind: "Hamas" of "militant group Hamas", "TASS" of "news agency TASS"."""
    kinds = [at for at, token in enumerate(phrase) if token.text.islower() and bare(token) in speech.institutions]
    if kinds:
        rest = phrase[kinds[-1] + 1 :]
        if rest and all(token.text[0].isupper() for token in rest):
            return rest
    return phrase


def _role(phrase: Phrase, last: int, speech: Speech) -> str:
    first = last
    while first > 0 and bare(phrase[first - 1]) in speech.roles | speech.modifiers:
        first -= 1
    return " ".join(bare(token) for token in phrase[first : last + 1])


def _fits(token: Token, speech: Speech) -> bool:
    low = bare(token)
    if low in speech.never or low in speech.pronouns:
        return False
    return (speech.uncased and token.is_word) or token.is_capital or any(
        low in words
        for words in (
            speech.roles, speech.institutions, speech.modifiers, speech.connectors, speech.articles, speech.notices,
            _PARTICLES,
        )
    )  # fmt: skip


def _of_a_name(token: Token, speech: Speech) -> bool:
    low = bare(token)
    return low in _PARTICLES or (
        token.is_capital
        and low not in speech.institutions
        and low not in speech.roles
        and low not in speech.modifiers
        and low not in speech.connectors
    )


def _possessive(token: Token) -> bool:
    return _OWNER.search(token.text) is not None


def _trim(phrase: Phrase, speech: Speech) -> Phrase:
    """Without joining words at either end; an article may stand first."""
    first, last = 0, len(phrase)
    while first < last and phrase[first].low in speech.connectors:
        first += 1
    while first < last and (phrase[last - 1].low in speech.connectors or phrase[last - 1].low in speech.articles):
        last -= 1
    return phrase[first:last]


def _without_articles(phrase: Phrase, speech: Speech) -> Phrase:
    """Without articles, and without where it is based."""
    first = 0
    while first < len(phrase) and (phrase[first].low in speech.articles or phrase[first].low.endswith("-based")):
        first += 1
    return phrase[first:]
