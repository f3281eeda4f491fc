"""Speakers where no capital letter marks a name: Arabic, by its grammar of titles.

A title is a chain: an office or body, what it is an office of (a word without the article governs the next one), and
adjectives with the article that agree with it. What follows the title of a person is the name; a body's title is its
name. Without a title, a name is the word after the verb, or everything before "that".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.core.attribution.names import Speaker
from bot.core.attribution.speech import Speech
from bot.core.attribution.tokens import Token, make_token

_ARTICLE = "ال"
_FOR_THE = "لل"
_ADJECTIVE = ("ي", "ية", "يه", "يين", "يون")
_LONGEST_NAME = 4
_KNOWN_WORDS = 6
_NAME = 2
"""Words of a name whose end nothing shows."""
_COMPOUND = frozenset({"عبد", "ابو", "ابي", "بن", "ابن", "ال", "ام", "فان", "دي", "بو"})
"""Words that are never the whole of a name's part."""
_THAT = frozenset({"ان", "بان", "انه", "انها", "بانه", "بانها", "انهم", "قوله", "قولها"})
_CARRIED_WITHIN = 8
_ABOUT = "عن"
_IN = "في"
_IN_THE_NAME_OF = "باسم"


class _Title(NamedTuple):
    """A title, and what it is the title of."""

    words: tuple[Token, ...]
    """The body, or the office as printed."""
    end: int
    """Where in the sentence it ends."""
    person: bool
    known: bool
    """Whether it says more than "the ministry" or "an official"."""


def spoken_uncased(sentence: Sequence[Token], speech: Speech, *, first: bool) -> Iterator[Speaker]:
    """Each speech act of a sentence with its speaker, in text order."""
    lows = [_loose(token, speech) for token in sentence]
    if first and (opening := _before_colon(sentence, speech)):
        yield opening
    for at, low in enumerate(lows):
        if lead := speech.leads.at(lows, at):
            found = _after(sentence, at + len(lead), speech, clause=False)
        elif low in speech.carrying:
            found = _carried(sentence, at, speech) or _after(sentence, at + 1, speech, clause=False)
        elif low in speech.verbs:
            found = _before_verb(sentence, at, speech) or _after(sentence, at + 1, speech, clause=True)
        else:
            continue
        if found:
            yield found


def _loose(token: Token, speech: Speech) -> str:
    """The word without a conjunction written on to it, where the rest is a word of speech."""
    low = token.low
    if low[0] in "وف" and (low[1:] in speech.verbs or low[1:] in speech.openers):
        return low[1:]
    return low


def _before_colon(sentence: Sequence[Token], speech: Speech) -> Speaker | None:
    """A title before a colon that opens the update."""
    start = 0
    while start + 1 < len(sentence) and (sentence[start].low in speech.never or sentence[start].text == ":"):
        start += 1
    title = _title(sentence, start, speech)
    if title is None or title.end >= len(sentence):
        return None
    named = _named(sentence, title, speech)
    end = title.end + (len(named.name.split()) if named and named.person else 0)
    if end + 2 < len(sentence) and sentence[end].low == _IN:
        end += 2
    return named if end < len(sentence) and sentence[end].text == ":" else None


def _before_verb(sentence: Sequence[Token], at: int, speech: Speech) -> Speaker | None:
    """A title that opens the sentence and ends at the verb, as in headlines."""
    title = _title(sentence, 0, speech) if at else None
    if title is None:
        return None
    if title.end == at and not title.person:
        return _body(title)
    named = _named(sentence[:at], title, speech)
    return named if named and named.person and title.end + len(named.name.split()) == at else None


def _carried(sentence: Sequence[Token], at: int, speech: Speech) -> Speaker | None:
    """Whom a report is taken from: "an agency quoted Y"; ``None`` where that is nobody by name."""
    for place in range(at + 1, min(at + _CARRIED_WITHIN, len(sentence) - 1)):
        if sentence[place].low == _ABOUT:
            return _after(sentence, place + 1, speech, clause=False)
    return None


def _after(sentence: Sequence[Token], start: int, speech: Speech, *, clause: bool) -> Speaker | None:
    """Who follows a verb or "according to"; ``clause``: whether "that" ends a name."""
    while start < len(sentence) and (sentence[start].low in speech.between or sentence[start].text in "\"“«'"):
        start += 1
    if start >= len(sentence):
        return None
    if known := _known(sentence, start, speech):
        return known
    if sentence[start].low in speech.notices:
        start += 1
    rest = [*sentence[:start], *map(_without_for, sentence[start : start + 1], [speech]), *sentence[start + 1 :]]
    if start >= len(rest):
        return None
    title = _title(rest, start, speech)
    return _named(rest, title, speech) if title else _bare(rest, start, speech, clause=clause)


def _known(sentence: Sequence[Token], start: int, speech: Speech) -> Speaker | None:
    """A listed name of several words."""
    for end in range(min(start + _KNOWN_WORDS, len(sentence)), start + 1, -1):
        if " ".join(token.low for token in sentence[start:end]) in speech.known:
            return Speaker(_joined(sentence[start:end]))
    return None


def _without_for(token: Token, speech: Speech) -> Token:
    """The word without the "for" written on to it: "according to-the-ministry"."""
    if token.low.startswith(_FOR_THE) and len(token.text) > 3:
        return make_token(_ARTICLE + token.text[2:], token.start)
    if token.low[0] == "ل" and (token.low[1:] in speech.titles or token.low[1:] in speech.anonymous):
        return make_token(token.text[1:], token.start + 1)
    return token


def _title(sentence: Sequence[Token], start: int, speech: Speech) -> _Title | None:
    """The title that begins here."""
    at, body, person = start, -1, False
    while at < len(sentence):
        low = _without_for(sentence[at], speech).low if at > start else sentence[at].low
        if low not in speech.kinds or low in speech.anonymous:
            break
        if low in speech.roles:
            person = True
        elif body < 0:
            body = at
        at = _complement(sentence, at, speech)
    if at == start:
        return None
    mouth = any(token.low in speech.mouths for token in sentence[start:at])
    first = body if mouth and body >= 0 else start
    words = tuple(_without_for(token, speech) if token.low.startswith("ل") else token for token in sentence[first:at])
    known = len(words) > 1 or not (words[0].low in speech.vague or words[0].low in speech.anonymous)
    return _Title(words, at, person, known)


def _complement(sentence: Sequence[Token], at: int, speech: Speech) -> int:
    """Behind the word here, what it governs and the adjectives that agree with it."""
    governs = not sentence[at].low.startswith((_ARTICLE, _FOR_THE))
    at += 1
    while at < len(sentence) and not governs and _agrees(sentence[at], speech):
        at += 1
    if at < len(sentence) and sentence[at].low == _IN_THE_NAME_OF:
        at, governs = at + 1, True
    if governs and at < len(sentence) and sentence[at].low not in speech.kinds and not _stops(sentence[at], speech):
        at += 1
    while at < len(sentence) and _agrees(sentence[at], speech):
        at += 1
    return at


def _agrees(token: Token, speech: Speech) -> bool:
    if token.low in speech.never or token.low in speech.roles:
        return False
    definite = token.low.startswith((_ARTICLE, _FOR_THE))
    return token.low in speech.modifiers or (definite and token.low.endswith(_ADJECTIVE))


def _named(sentence: Sequence[Token], title: _Title, speech: Speech) -> Speaker | None:
    """The person whose title it is; the body itself; the office where no name follows."""
    if not title.person:
        return _body(title)
    if name := _name(sentence, title.end, speech, most=_NAME):
        return Speaker(_joined(name), person=True, role=_joined(title.words))
    return _body(title) if title.words[0].low not in speech.vague or len(title.words) > 2 else None


def _body(title: _Title) -> Speaker | None:
    return Speaker(_joined(title.words)) if title.known else None


def _bare(sentence: Sequence[Token], start: int, speech: Speech, *, clause: bool) -> Speaker | None:
    """A name without a title: all before "that"; else its first word, for whatever follows may be what is said."""
    name = _name(sentence, start, speech, most=1 if clause else 0)
    low = " ".join(token.low for token in name)
    if not name or low in speech.vague or name[0].low in speech.anonymous:
        return None
    return Speaker(_joined(name))


def _name(sentence: Sequence[Token], start: int, speech: Speech, *, most: int) -> Sequence[Token]:
    """The words of a name; where nothing shows its end, ``most`` of its parts, compounds being one."""
    end = start
    while end < len(sentence) and end - start <= _LONGEST_NAME and not _stops(sentence[end], speech):
        end += 1
    ends_well = end == len(sentence) or sentence[end].low in _THAT or not sentence[end].is_word
    if ends_well and end - start < _LONGEST_NAME:
        return sentence[start:end]
    parts, at = 0, start
    while at < end and parts < most:
        parts += sentence[at].low not in _COMPOUND
        at += 1
    return sentence[start:at]


def _stops(token: Token, speech: Speech) -> bool:
    low = token.low
    return not token.is_word or low[0].isdigit() or any(
        low in words for words in (speech.never, speech.verbs, speech.prepositions, speech.pronouns, _THAT)
    )  # fmt: skip


def _joined(words: Sequence[Token]) -> str:
    return " ".join(token.text for token in words)
