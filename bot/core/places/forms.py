"""The forms that a name takes in a sentence: cases in Cyrillic and Armenian, what an apostrophe sets off, clitics.

A name is known by its stem and a closed list of endings, so that a longer word that begins alike is another word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.classify.stems import fold

_SHORTEST = 4
"""Letters of a name that takes endings: shorter ones are found as they stand."""
_CYRILLIC_ENDINGS = re.compile(
    "(?:а|у|ом|ем|ём|єм|е|і|ї|ы|и|ой|ою|ею|ей|єю|ам|ами|ах|ям|ями|ях|я|ю|ью|ь|о|й|ого|ему|ому|им|ым|ім"
    "|ую|юю|ої|ій|ая|яя|ое|ее|ый|ий|ові|еві|єві|их|ых)?"
)
_ARMENIAN_ENDINGS = re.compile(
    "(?:ը|ն|ի|ին|ից|իցն|ում|ումն|ով|ու|ուն|ուց|ուի|ուցն|ուով|ուում|այի|այում|այից|եր|երը|երի|երում)?"
)
_CYRILLIC_VOWELS = "аяеёиыоуюіїєэьй"
_ARMENIAN_VOWELS = "աեիո"
_VOWEL_BEFORE_TS = re.compile(r"(?:е(?=ц$)|е(?=ць$)|ь$)")
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|ое|яя|ее)$")
_ARABIC_CLITIC = re.compile(r"^(?:و|ف)?(?:ب|ل|ك)?(?=\w{3})")
_APOSTROPHE = "'"
_TURKISH_LOCATIVE = re.compile(r"'[dt][ae](?:ki|n)?")


def folded(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    return tuple(fold(word, "en") for word in name.replace("-", " ").split())


def stems_of(word: str) -> frozenset[str]:
    """What the forms of a folded word of a name begin with; empty for a word that takes no endings here."""
    if len(word) < _SHORTEST:
        return frozenset()
    if "\u0400" <= word[0] <= "\u052f":
        return frozenset(_cyrillic_stems(word))
    if "\u0530" <= word[0] <= "\u058f":
        return frozenset({word, word[:-1] if word[-1] in _ARMENIAN_VOWELS else word})
    return frozenset()


def is_form(word: str, stem: str) -> bool:
    """Whether a folded word is a stem with an ending of its script."""
    if not word.startswith(stem):
        return False
    endings = _ARMENIAN_ENDINGS if stem[0] >= "\u0530" else _CYRILLIC_ENDINGS
    return endings.fullmatch(word, len(stem)) is not None


def readings(word: str) -> Iterator[str]:
    """What a folded word of a sentence may be: itself, what stands before its apostrophe, without Arabic clitics."""
    yield word
    before, apostrophe, _ = word.partition(_APOSTROPHE)
    if apostrophe and before:
        yield before
    if "\u0620" <= word[0] <= "\u06ff":
        bare = _ARABIC_CLITIC.sub("", word)
        if bare != word:
            yield bare


def says_where(surface: str) -> bool:
    """Whether the form of a word itself says that something is there: Armenian and Turkish locatives."""
    low = surface.lower().replace("’", _APOSTROPHE)
    return low.endswith("ում") or _TURKISH_LOCATIVE.search(low) is not None


def _cyrillic_stems(word: str) -> Iterator[str]:
    """The stem that stays, also where its last vowel changes or falls out (Харків, Харкова; Кремінець, Кремінця)."""
    yield word
    if _ADJECTIVE.search(word):
        yield word[:-2]
    elif word[-1] in _CYRILLIC_VOWELS and len(word) > _SHORTEST:
        yield word[:-1]
    if word.endswith("ів"):
        yield f"{word[:-2]}ов"
    elif word.endswith("їв"):
        yield f"{word[:-2]}єв"
    elif word.endswith(("ець", "ец")):
        yield _VOWEL_BEFORE_TS.sub("", word)
