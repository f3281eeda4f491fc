"""Who stands at the edge of a sentence: before its colon, behind its last dash, in a heading."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.attribution.names import Speaker, speaker_of
from bot.core.attribution.phrases import Phrase, bare, is_phrase, phrase_after, phrase_before
from bot.core.attribution.speech import Speech
from bot.core.attribution.tokens import Token

QUOTES = frozenset('“”«»"„‟')
"""Signs that open or close somebody's words."""
_CLOSING_SIGNS = frozenset("-–—:")
_COLON_WITHIN = 9
_SELF_WITHIN = 3
"""Tokens behind "X:" among which "we" tells that X speaks."""


def before_colon(sentence: Sequence[Token], text: str, speech: Speech) -> Speaker | None:
    """Who opens an update, as in "Defence Ministry: …"; a single bare word is more often a place than a speaker."""
    colon = next((at for at, token in enumerate(sentence[:_COLON_WITHIN]) if token.text == ":"), None)
    if not colon or not is_phrase(sentence[:colon], speech):
        return None
    phrase: Phrase = sentence[:colon]
    speaker = speaker_of(phrase, text, speech)
    own = sentence[colon + 1 : colon + 1 + _SELF_WITHIN]
    quotes = bool(own) and (own[0].text in QUOTES or any(token.low in speech.selves for token in own))
    if (
        speaker is None
        or _is_for_a_place(phrase, speech)
        or (len(phrase) == 1 and not quotes and not vouched(phrase[0], speech))
    ):
        return None
    return None if speaker.back and not vouched(phrase[0], speech) else speaker


def _is_for_a_place(phrase: Phrase, speech: Speech) -> bool:
    """Whether the phrase is a heading: "Timetable for Karst region", where no body or role is for anything."""
    owning = next((at for at, token in enumerate(phrase) if token.low in speech.owning), 0)
    return owning > 0 and not any(bare(token) in speech.kinds for token in phrase[:owning])


def voiced(sentence: Sequence[Token], text: str, speech: Speech) -> Speaker | None:
    """Who is quoted in "For baker X the worst is the dark: “…”"."""
    if sentence[0].low not in speech.voicing:
        return None
    colons = (at for at, token in enumerate(sentence[:-1]) if token.text == ":")
    if not any(sentence[at + 1].text in QUOTES for at in colons):
        return None
    speaker = speaker_of(phrase_after(sentence, 1, speech), text, speech)
    return speaker if speaker and speaker.person else None


def at_the_end(sentence: Sequence[Token], text: str, speech: Speech) -> Speaker | None:
    """Who stands behind the last dash or colon of a sentence: "…, - Air Force of Karst", "…: police of Karst"."""
    last = len(sentence) - 1 if sentence[-1].text in ".!" else len(sentence)
    signs = (at for at in range(last - 1, max(last - _COLON_WITHIN, 0), -1) if sentence[at].text in _CLOSING_SIGNS)
    dash = next(signs, None)
    if dash is None or not is_phrase(sentence[dash + 1 : last], speech):
        return None
    phrase = sentence[dash + 1 : last]
    titled = any(bare(token) in speech.kinds for token in phrase) and phrase[0].is_capital
    return (
        speaker_of(phrase, text, speech) if titled or " ".join(token.low for token in phrase) in speech.known else None
    )


def vouched(token: Token, speech: Speech) -> bool:
    """Whether one word alone can be a speaker: it is listed, a body, or an acronym."""
    listed = token.low in speech.known or (token.low in speech.institutions and token.low not in speech.vague)
    return listed or (len(token.text) > 1 and token.text.isupper())


def of_notice(sentence: Sequence[Token], text: str, speech: Speech) -> Speaker | None:
    """A heading "X statement on …"."""
    for at, token in enumerate(sentence[1:], 1):
        following = sentence[at + 1].low if at + 1 < len(sentence) else ""
        if token.low in speech.notices and following in speech.about:
            phrase = phrase_before(sentence, at, speech)
            if phrase and phrase[0].start == sentence[0].start:
                return speaker_of(phrase, text, speech)
    return None
