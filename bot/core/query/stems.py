"""Word forms brought to what their forms have in common, for the index and for what is looked for in it.

English and Russian by Snowball (https://snowballstem.org), with what it confuses put right. Snowball's stemmers for
Armenian, Turkish and Arabic give the forms of one noun several stems and different nouns one, and it has none for
Ukrainian; there, endings of inflection alone are taken off, so that a hospital is not a patient. A stem is no word:
it only equals the stems of other forms.

Words come as :mod:`bot.core.query.words` folds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import snowballstemmer

_SHORTEST = 3
"""Letters that an ending leaves at least."""
_KEPT = 10_000
"""Stems that are remembered, for those who ask for words in no order."""

Stemmer = Callable[[str], str]


def _endings(*endings: str) -> re.Pattern[str]:
    """Matches the longest of these endings that leaves enough of a word."""
    longest_first = sorted({each for group in endings for each in group.split()}, key=len, reverse=True)
    return re.compile(rf"(?<=.{{{_SHORTEST}}})(?:{'|'.join(longest_first)})$")


_ENGLISH_APART = {
    word: f"{group.split()[0]}0"
    for group in (
        "hospitality", "hospitable", "refugee refugees", "refuge refuges", "universe universal", "organ organs organic",
        "organization organizations organisation organisations", "generic", "important importance importantly",
        "authority authorities", "author authors", "experiment experiments experimental",
        "internal internally", "emerge emerges emerged emerging", "several", "procession processions",
        "succession successive", "accession",
    )
    for word in group.split()
}  # fmt: skip
"""What Snowball throws together: hospitals and hospitality, refugees and refuges, organizations and organs.

A digit ends the stem, so that it is no other word.
"""
_FLEETING = re.compile(r"(?<=[^аеиоуыэюяёіїє])[ео](?=[кц]$)")
"""бежен-е-ц, бежен-ц-ы; участ-о-к, участ-к-а."""


def _english(word: str) -> str:
    return _ENGLISH_APART.get(word) or str(_snowball("english").stemWord(word))


def _russian(word: str) -> str:
    once = str(_snowball("russian").stemWord(word))
    # A verb's theme vowel is left the first time: обстреля-ли, обстрел.
    again = str(_snowball("russian").stemWord(once)) if len(once) > _SHORTEST else once
    return _FLEETING.sub("", again)


_UKRAINIAN = _endings(
    "а я о е є у ю и і ї ь й ам ям ом ем єм ах ях ів їв ей ою ею єю ами ями ові еві єві",
    "ий ій ого ього ому ьому их іх им ім ими іми ої ьої",
    "ова ову овом євом єва єву",
    "ати яти ити іти увати ювати ав яв ив ів ала яла ила али яли или ало яло ило",
    "ув ула уло ули ути є ує ює уть ють ать ять ують юють ував ював ували ювали",
    "ена ено ені ений ана ано ані аний яно яна яний",
)
_UKRAINIAN_REFLEXIVE = re.compile(r"(?<=.{4})с[яь]$")
_UKRAINIAN_FLEETING = re.compile(r"(?<=[^аеиоуюяіїє])[ео](?=[нкц]$)")
_KYIV = re.compile(r"^ки(?:їв|єва|єві|єву|євом)$")


def _ukrainian(word: str) -> str:
    if _KYIV.match(word):
        return "київ"
    bare = _UKRAINIAN.sub("", _UKRAINIAN_REFLEXIVE.sub("", word))
    return _UKRAINIAN_FLEETING.sub("", bare.removesuffix("ь"))


_ARMENIAN_ABSTRACT = re.compile(r"(?<=.{3})ությ\w*$")
_ARMENIAN_ARTICLE = re.compile(r"(?<=.{3})(?:ը|(?<=[եէըիոօւ])ն)$")
_ARMENIAN_CASE = _endings("ի ու ից ուց ով ում ին վա")
_ARMENIAN_PLURAL = _endings("ներ եր")
_ARMENIAN_VERB = _endings("ել ալ եց աց եցին ացին վել վեց վեցին ված վող ող ած ացել եցված")
_ARMENIAN_VOWEL = _endings("ի ու")


def _armenian(word: str) -> str:
    word = _ARMENIAN_ABSTRACT.sub("", word)
    for ending in (_ARMENIAN_ARTICLE, _ARMENIAN_CASE, _ARMENIAN_PLURAL, _ARMENIAN_VERB, _ARMENIAN_VOWEL):
        word = ending.sub("", word)
    return word


_TURKISH = re.compile(
    r"(?<=.{3})(?:lar|ler)?(?:i|u|si|su|in|un|sin|sun|im|um|imiz|umuz)?(?:n?d[ae]n?)?(?<=.{5})$"
    r"|(?<=.{4})(?:lar|ler)?(?:(?:si|su|i|u)n?)?"
    r"(?:t[ae]n?|y?[aeiu]|n?[iu]n|y?l[ae]|ki|di|du|ti|tu|dil[ae]r|til[ae]r|iyor|uyor)$"
)
_TURKISH_IN_S = re.compile(r"^(?:ateskes|polis|meclis|hapis|otobus|virus|ses)(?=i|u|l[ae]r|t[ae]|in|e|$)")
"""Nouns whose last letter reads like the first of an ending."""
_TURKISH_VOWEL = re.compile(r"(?<=.{3})[aeiou]$")
_TURKISH_DROPPED = re.compile(r"(?<=[^aeiou])[iu](?=[^aeiou]$)")
"""şeh-i-r, şehr-i."""
_HARDENED = str.maketrans({"b": "p", "d": "t", "g": "k"})


def _turkish(word: str) -> str:
    if whole := _TURKISH_IN_S.match(word):
        return whole.group()
    word = _TURKISH_VOWEL.sub("", _TURKISH.sub("", word))
    if len(word) > _SHORTEST:
        word = _TURKISH_DROPPED.sub("", word)
    return word[:-1] + word[-1:].translate(_HARDENED)


_ARABIC_BEFORE = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وف](?=\w{4}))(?=\w{3})")
_ARABIC_AFTER = _endings("ها هم نا ان ات ون ين يه ه ي ت وا")
_ARABIC_PLURALS = {
    "صواريخ": "صاروخ", "مدن": "مدينه", "قتلي": "قتيل", "جرحي": "جريح", "هجمات": "هجوم", "جنود": "جندي",
    "قذايف": "قذيفه", "مدارس": "مدرسه", "منازل": "منزل", "اطفال": "طفل", "قري": "قريه", "الغام": "لغم",
    "دول": "دوله", "مناطق": "منطقه", "شهداء": "شهيد", "اسري": "اسير", "رهاين": "رهينه", "مباني": "مبني",
    "شوارع": "شارع", "مساجد": "مسجد", "كنايس": "كنيسه", "قنابل": "قنبله", "معارك": "معركه", "مصابين": "مصاب",
    "ضحايا": "ضحيه",
}  # fmt: skip
"""Plurals made inside the word, which no ending tells."""


def _arabic(word: str) -> str:
    bare = _ARABIC_BEFORE.sub("", word)
    bare = _ARABIC_PLURALS.get(bare, bare)
    shorter = _ARABIC_AFTER.sub("", bare)
    return _ARABIC_AFTER.sub("", shorter) if len(shorter) > _SHORTEST else shorter


STEMMERS: Mapping[str, Stemmer] = {
    "en": _english,
    "ru": _russian,
    "uk": _ukrainian,
    "hy": _armenian,
    "tr": _turkish,
    "ar": _arabic,
}


@lru_cache(maxsize=_KEPT)
def stem(word: str, language: str) -> str:
    """What the forms of ``word`` have in common in that language; the word itself in one without a stemmer."""
    stemmer = STEMMERS.get(language)
    return stemmer(word) if stemmer else word


@lru_cache(maxsize=2)
def _snowball(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)
