"""A text as tokens that keep punctuation, because commas and quotes say where a speaker's name ends."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

LONGEST = 12_000
"""Characters in which speakers are sought."""

_ABBREVIATED = r"(?:Mrs?|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|St|Rep|Sen|Gov|Brig|Cmdr)\."
_TOKEN = re.compile(rf"{_ABBREVIATED}|(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:[-'’ʼ.&][^\W_]+)*['’]?|\n+|[^\w\s]")
_ARTICLED = re.compile(r"(?:a[lnrsdtz]|el|ash|abu|ibn)[-’'][A-Z]")
_LETTERS = str.maketrans({"’": "'", "ʼ": "'", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})
_MARKS = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_ENDS = frozenset(".!?…։؟")


class Token(NamedTuple):
    """A word or a sign, and where it stands."""

    text: str
    start: int
    end: int
    low: str
    """The word in lower case with a plain apostrophe."""
    is_word: bool
    """Whether it is a word and no sign."""
    is_capital: bool
    """Whether it begins with a capital letter, an article before a hyphen aside ("al-Ansari")."""


def lowered(text: str) -> str:
    """Lower case, a plain apostrophe, Turkish İ as i, one letter for each that Arabic writes in several ways."""
    low = text.lower()
    if low.isascii():
        return low
    return _MARKS.sub("", low).translate(_LETTERS).replace("i\u0307", "i")


def make_token(text: str, start: int) -> Token:
    """The token of these characters."""
    return Token(text, start, start + len(text), *_features(text))


@lru_cache(maxsize=20_000)
def _features(text: str) -> tuple[str, bool, bool]:
    low = lowered(text) or text  # marks alone are no letters, but they are something
    return low, text[0].isalnum(), text[0].isupper() or _ARTICLED.match(text) is not None


def token_sentences(text: str) -> list[list[Token]]:
    """Sentences of tokens; a sentence's closing sign stays with it."""
    found: list[list[Token]] = []
    sentence: list[Token] = []
    for match in _TOKEN.finditer(text[:LONGEST]):
        token = make_token(match.group(), match.start())
        if token.text.startswith("\n"):
            found.append(sentence)
            sentence = []
            continue
        sentence.append(token)
        if token.text in _ENDS and not _inside(sentence, text):
            found.append(sentence)
            sentence = []
    found.append(sentence)
    return [_trimmed(one) for one in found if any(token.is_word for token in one)]


def _inside(sentence: list[Token], text: str) -> bool:
    """Whether a stop is part of an abbreviation, or a small letter follows it."""
    stop = sentence[-1]
    after = text[stop.end : stop.end + 3].lstrip("”\"»’' \n")
    if stop.text == "." and len(sentence) > 1 and len(sentence[-2].text) == 1 and sentence[-2].is_capital:
        return True
    return after[:1].islower()


def _trimmed(sentence: list[Token]) -> list[Token]:
    """Without the closing quote of the sentence before, and bullets."""
    first = next((at for at, token in enumerate(sentence) if token.is_word or token.text in "“«\"'‘"), 0)
    return sentence[first:]
