"""Service lines: a source speaking of its own coverage («our live coverage ends here»), never alerted."""

from __future__ import annotations

import re

_LONGEST_WORDS = 75
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_WEAPONS = frozenset(("fire", "rounds", "ammunition"))
_QUOTES = '"“«„'

_OWN = frozenset((
    "we", "we're", "we’re", "we'll", "we’ll", "our", "nous", "notre", "nos", "wir", "unser", "unsere", "unserem",
    "unseren", "unserer", "nosotros", "nuestro", "nuestra", "nuestros", "nuestras", "noi", "nostro", "nostra",
    "nostri", "nostre", "biz", "bizim", "мы", "нам", "наш", "наша", "наше", "нашу", "нашей", "нашем", "наши",
    "нашего", "ми", "нас", "наші", "нашого", "нашої", "մենք", "մեր", "نحن", "تغطيتنا", "متابعتنا", "نختتم", "ننهي",
    "אנחנו", "שלנו", "סיימנו", "nasz", "nasza", "naszą", "naszej", "kończymy", "nossa", "nosso", "onze", "wij",
    "vår", "ditt", "μας", "nostru", "noastră",
))  # fmt: skip
"""Words in which a source speaks of itself."""
_COVERAGE = (
    "live", "coverage", "liveblog", "ticker", "newsblog", "blog", "direct", "couverture", "suivi", "vivo",
    "directo", "transmisión", "cobertura", "diretta", "copertura", "canlı", "yayın", "онлайн", "трансляц", "эфир",
    "хроник", "хронік", "ефір", "ուղիղ", "التغطية", "تغطيت", "متابعت", "البث", "שידור", "עדכון", "העדכונים",
    "סיקור", "bericht", "relacj", "verslag", "rapportering", "κάλυψη", "relatar",
)  # fmt: skip
"""How words for the coverage itself begin."""
_CONTINUOUS = (
    "updates", "timeline", "chronolog", "hronik", "onlain", "onlayn", "canli", "dakika", "minuto", "relacja", "continu",
    "rolling", "direktr", "direkte",
)  # fmt: skip
"""How such words begin in titles and addresses."""
_TURNS = (
    "end", "clos", "wrap", "conclud", "paus", "resum", "return", "back", "welcome", "thank", "stay", "continu",
    "start", "begin", "leav", "stop", "finish", "tomorrow", "tonight", "morning", "follow", "mett", "fin", "clôtur",
    "ferm", "reprend", "bienvenue", "bonjour", "bonsoir", "merci", "suiv", "demain", "propos", "retrouv", "beend",
    "schließ", "willkommen", "dank", "morgen", "verabschied", "wiederseh", "fortgesetzt", "cerr", "finaliz", "acab",
    "despedi", "gracias", "bienvenid", "mañana", "hasta", "buen", "chiud", "grazie", "benvenut", "domani", "buona",
    "son", "bitir", "teşekkür", "yarın", "iyi", "заверш", "заканчива", "законч", "закрыва", "спасибо", "дякуємо",
    "завтра", "продолж", "продовж", "оставайтесь", "залишайтесь", "добр", "начина", "починаємо", "закінчу",
    "следите", "стежте", "читайте", "ավարտ", "շնորհակալ", "վաղը", "شكرا", "انتهت", "ننهي", "نختتم", "غدا", "תודה",
    "מסיימים", "סיימנו", "מחר", "kończ", "dziękuj", "jutro", "obrigad", "amanhã", "bedankt", "tack", "ευχαριστ",
    "mulțum",
)  # fmt: skip
"""How words for its beginning, resting and ending begin."""


def names_coverage(text: str) -> bool:
    """Whether a short text, or an address, speaks of continuous coverage: «live», «Ticker», «онлайн»."""
    return _any_starts(_without_fire(_WORD.findall(text.casefold())), _COVERAGE + _CONTINUOUS)


def is_service(text: str) -> bool:
    """Whether a text is its source speaking of its own coverage: who, of what, and that it starts, rests or ends."""
    if text.count(" ") >= _LONGEST_WORDS:
        return False
    words = _WORD.findall(text.casefold())
    if _OWN.isdisjoint(words) or any(mark in text for mark in _QUOTES):
        return False
    return _any_starts(_without_fire(words), _COVERAGE) and _any_starts(words, _TURNS)


def _any_starts(words: list[str], stems: tuple[str, ...]) -> bool:
    return any(part.startswith(stems) for word in words for part in word.split("-"))


def _without_fire(words: list[str]) -> list[str]:
    """The words without the «live» of «live fire», which is no coverage."""
    following = [*words[1:], ""]
    return [word for word, after in zip(words, following, strict=False) if word != "live" or after not in _WEAPONS]
