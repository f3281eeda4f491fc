"""A speaker's phrase: the run of name-like words beside a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.attribution.speech import Speech
from bot.core.attribution.tokens import Token

_LONGEST = 16
"""Tokens of a speaker's phrase: longer ones are no name."""
_KNOWN_WORDS = 6
_PARTICLES = frozenset({"al", "de", "van", "von", "bin", "ibn", "el", "der", "da", "di", "ben", "abu", "al-"})
_POSSESSIVE = re.compile(r"['’](?:s|y?[aeıiuü]|n?[ıiuü]n|[dt][ae]n?)?$")
"""The English ending, and the Turkish ones that an apostrophe divides from a name."""
_OWNER = re.compile(r"['’]s?$")

Phrase = Sequence[Token]


def phrase_before(tokens: Phrase, end: int, speech: Speech) -> Phrase:
    """The longest run of name-like tokens that ends before ``tokens[end]``."""
    if whole := _known_before(tokens, end, speech):
        return whole
    start = end
    while start > 0 and end - start < _LONGEST and _fits(tokens[start - 1], speech):
        start -= 1
    return trimmed(tokens[start:end], speech)


def phrase_after(tokens: Phrase, start: int, speech: Speech) -> Phrase:
    """The longest run of name-like tokens from ``tokens[start]``."""
    if whole := _known_after(tokens, start, speech):
        return whole
    end = start
    while end < len(tokens) and end - start < _LONGEST and _fits(tokens[end], speech):
        end += 1
    return trimmed(tokens[start:end], speech)


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


def name_run(phrase: Phrase, start: int, speech: Speech) -> Phrase:
    """The capitals from ``start`` that can be a person's name."""
    end = start
    while end < len(phrase) and of_a_name(phrase[end], speech):
        end += 1
    run = phrase[start:end]
    return run if run and run[-1].is_capital and not is_possessive(run[-1]) else ()


def words_of(phrase: Phrase, text: str) -> str:
    """The phrase as it stands in the text, without a closing possessive."""
    return _POSSESSIVE.sub("", " ".join(text[phrase[0].start : phrase[-1].end].split()))


def bare(token: Token) -> str:
    """The word in lower case without possessive or abbreviating stop."""
    return _POSSESSIVE.sub("", token.low).rstrip(".")


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


def of_a_name(token: Token, speech: Speech) -> bool:
    """Whether the word can be part of a person's name."""
    low = bare(token)
    return low in _PARTICLES or (
        token.is_capital
        and low not in speech.institutions
        and low not in speech.roles
        and low not in speech.modifiers
        and low not in speech.connectors
    )


def is_possessive(token: Token) -> bool:
    """Whether the word owns what follows."""
    return _OWNER.search(token.text) is not None


def trimmed(phrase: Phrase, speech: Speech) -> Phrase:
    """Without joining words at either end; an article may stand first."""
    first, last = 0, len(phrase)
    while first < last and phrase[first].low in speech.connectors:
        first += 1
    while first < last and (phrase[last - 1].low in speech.connectors or phrase[last - 1].low in speech.articles):
        last -= 1
    return phrase[first:last]


def without_articles(phrase: Phrase, speech: Speech) -> Phrase:
    """Without articles, and without where it is based."""
    first = 0
    while first < len(phrase) and (phrase[first].low in speech.articles or phrase[first].low.endswith("-based")):
        first += 1
    return phrase[first:]
