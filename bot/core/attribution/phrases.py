"""A speaker's phrase: the run of name-like words beside a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.core.attribution.speech import Speech
from bot.core.attribution.tokens import Token

_LONGEST = 16
"""Tokens of a speaker's phrase: longer ones are no name."""
_KNOWN_WORDS = 6
_ACRONYM = 3
"""Letters from which capitals make a name of what else is a small word: "WHO"."""
_COMMON_WORDS = 2
"""Words inside a name that are neither part of a title nor capitals."""
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
    while start > 0 and end - start < _LONGEST:
        fits = _fits(tokens[start - 1], speech) or _is_number_of(tokens, start - 1, speech)
        step = 1 if fits else _common_words(tokens, start, end, speech)
        if not step:
            break
        start -= step
    return trimmed(tokens[start:end], speech)


def phrase_after(tokens: Phrase, start: int, speech: Speech) -> Phrase:
    """The longest run of name-like tokens from ``tokens[start]``."""
    if whole := _known_after(tokens, start, speech):
        return whole
    end = start
    while end < len(tokens) and end - start < _LONGEST:
        if not (_fits(tokens[end], speech) or (end > start and _is_number_of(tokens, end, speech))):
            break
        end += 1
    return trimmed(tokens[start:end], speech)


def _common_words(tokens: Phrase, start: int, end: int, speech: Speech) -> int:
    """How many words before ``start`` only describe what stands there: the "refugee" of "the UN refugee agency"."""
    if start == end or speech.free_order or tokens[start].is_capital or bare(tokens[start]) not in speech.kinds:
        return 0
    for step in range(1, _COMMON_WORDS + 1):
        at = start - step
        if at < 1 or not _describes(tokens[at], speech):
            return 0
        if _fits(tokens[at - 1], speech) and (tokens[at - 1].is_capital or tokens[at - 1].low in speech.articles):
            return step
    return 0


def _describes(token: Token, speech: Speech) -> bool:
    kept = (speech.never, speech.verbs, speech.prepositions, speech.pronouns, speech.conjunctions, speech.subordinators)
    return token.is_word and token.text[0].islower() and not any(token.low in words for words in kept)


def _is_number_of(tokens: Phrase, at: int, speech: Speech) -> bool:
    """Whether it numbers the body before it, as in "Channel 12"."""
    before = tokens[at - 1] if at else None
    return (
        tokens[at].text.isdecimal() and before is not None and before.is_capital and before.low in speech.institutions
    )


def _known_before(tokens: Phrase, end: int, speech: Speech) -> Phrase:
    """A listed name of several words, whatever its words are ("Doctors Without Borders")."""
    if end == 0 or tokens[end - 1].low not in speech.endings:
        return ()
    for start in range(max(end - _KNOWN_WORDS, 0), end - 1):
        if " ".join(token.low for token in tokens[start:end]) in speech.known:
            return tokens[start:end]
    return ()


def _known_after(tokens: Phrase, start: int, speech: Speech) -> Phrase:
    if start < len(tokens) and tokens[start].low in speech.articles:
        start += 1
    if start >= len(tokens) or not speech.names.begins(tokens[start].low):
        return ()
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
    if end - start == 1 and end + 1 == len(phrase) and phrase[end].is_capital and _is_surname(phrase[end], speech):
        end += 1
    run = phrase[start:end]
    return run if run and run[-1].is_capital and not is_possessive(run[-1]) else ()


def _is_surname(token: Token, speech: Speech) -> bool:
    """Whether a word that closes a name only looks like part of a title: "Land" of "Rolf Land"."""
    low = bare(token)
    return low in speech.modifiers and low not in speech.kinds


def words_of(phrase: Phrase, text: str) -> str:
    """The phrase as it stands in the text, without a closing possessive."""
    return _POSSESSIVE.sub("", " ".join(text[phrase[0].start : phrase[-1].end].split()))


def bare(token: Token) -> str:
    """The word in lower case without possessive or abbreviating stop."""
    return _bare(token.low)


@lru_cache(maxsize=20_000)
def _bare(low: str) -> str:
    return _POSSESSIVE.sub("", low).rstrip(".")


def _fits(token: Token, speech: Speech) -> bool:
    low = bare(token)
    if (low in speech.never and not (token.text.isupper() and low in speech.roles)) or (
        low in speech.pronouns and not (token.text.isupper() and len(token.text) >= _ACRONYM)
    ):
        return False
    return token.is_capital or low in speech.parts or low in _PARTICLES


def of_a_name(token: Token, speech: Speech) -> bool:
    """Whether the word can be part of a person's name."""
    low = bare(token)
    return low in _PARTICLES or (token.is_capital and low not in speech.plain)


def without_owner(word: str) -> str:
    """The word without its possessive ending."""
    return _OWNER.sub("", word)


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
