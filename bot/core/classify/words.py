"""A text as sentences of words, each word with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 20_000
"""Characters that are looked at: an update is never that long, and a hostile one costs no more than this."""

LONGEST_SENTENCE = 150
"""Words after which a sentence ends whatever follows: a list without a full stop is no one statement."""

_MARK = r"[\u0300-\u036f\u055a-\u055f\u0610-\u061a\u064b-\u065f\u0670]"
"""Stress marks, Armenian marks, Arabic vowel signs: they stand inside a word and are no letters."""

_TOKEN = re.compile(
    r"(?P<word>\d{1,2}:\d{2}(?![\d:])"
    r"|\d{1,3}(?:[,.\u00a0\u202f]\d{3})+(?!\d)|[^\W_]+(?:['’ʼ][^\W_]+|" + _MARK + r"[^\W_]*)*)"
    r"|(?P<end>[.!?…։؟।]+[\"'”»’)\]]*(?=\s|$))"
    r"|(?P<armenian>:(?=\s+[\u0531-\u0556]))"
    r"|(?P<line>\n)"
)
_AFTER = re.compile(r"\s*[\"'“«‘(\[]*(\w)")
_ABBREVIATIONS = re.compile(
    r"mrs?|ms|dr|prof|gen|lt|col|maj|capt|sgt|adm|st|no|vs|inc|rep|sen|gov|brig|cmdr|approx|им|г|ул|обл|тыс|млн",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence, as they stand, and where each stands in the text."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def sentences(text: str) -> list[Sentence]:
    """Split the first :data:`LONGEST` characters of a text. A line end always ends a sentence."""
    text = text[:LONGEST]
    found: list[Sentence] = []
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "word":
            words.append(token.group())
            spans.append(token.span())
            if len(words) < LONGEST_SENTENCE:
                continue
        if words and (token.lastgroup != "end" or _ends(text, token, words[-1])):
            found.append(Sentence(tuple(words), tuple(spans)))
            words, spans = [], []
    if words:
        found.append(Sentence(tuple(words), tuple(spans)))
    return found


def _ends(text: str, token: re.Match[str], before: str) -> bool:
    """Whether a full stop ends the sentence, and is not part of "Gen.", "U.S." or "No. 5"."""
    if token.group() != ".":
        return True
    after = _AFTER.match(text, token.end())
    if after and after.group(1).islower():
        return False
    abbreviated = _ABBREVIATIONS.fullmatch(before) is not None or (len(before) == 1 and before.isupper())
    return not (abbreviated and after)
