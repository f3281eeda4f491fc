"""Service lines: a source speaking of its own coverage («our live coverage ends here»), never alerted."""

from __future__ import annotations

import re

_LONGEST_WORDS = 75
_OWN = re.compile(
    r"\b(?:we|we're|we’re|we'll|our|nous|notre|nos|wir|unser\w*|uns|nosotros|nuestr\w+|noi|nostr\w+|biz|bizim|мы|нам|нас|наш\w*|ми|"
    r"մենք|մեր|نحن|אנחנו|שלנו|nasz\w*|você|nossa|onze|wij|vår)\b|(?:تغطيتنا|متابعتنا)",
    re.IGNORECASE,
)
_COVERAGE = re.compile(
    r"\blive\b(?!\s+fire)|\bcoverage\b|\bliveblog|\blive-?ticker|\bticker\b|\bnewsblog|\ben\s+direct\b|\ble\s+direct\b|\bce\s+direct\b|"
    r"\ben\s+vivo\b|\ben\s+directo\b|\bel\s+directo\b|\bdiretta\b|\bcanlı\b|онлайн|трансляц|прям\w+\s+эфир|хроник|хронік|ուղիղ|"
    r"التغطية|تغطيت|البث|مباشر|שידור|עדכוני|\bdirecto\b|\btransmisión\b|\bcobertura\b|\bcouverture\b|\bsuivi\b|\bберічерст|"
    r"\bBerichterstattung\b|\bcopertura\b|\brelacj\w+|\bblog\b|\byayın\w*|\byayım\w*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\b(?:end(?:s|ed|ing)?|clos(?:e|es|ed|ing)|wrap(?:s|ped|ping)?|conclud\w+|paus\w+|resum\w+|return\w*|back|welcome|thank\w*|"
    r"stay|continue\w*|start\w*|begin\w*|leav\w+|stop\w*|finish\w*|hand\w*\s+over|good\s+(?:morning|evening|night)|tomorrow|tonight|"
    r"follow\w*|termin\w+|fin|clôtur\w+|ferm\w+|reprend\w+|bienvenue|bonjour|bonsoir|merci|suivre|demain|propos\w+|retrouv\w+|"
    r"beend\w+|schließ\w+|endet|ende|willkommen|danke|morgen|verabschied\w+|wiedersehen|fortgesetzt|cerr\w+|finaliz\w+|acab\w+|despedi\w+|"
    r"gracias|bienvenid\w+|mañana|hasta|buenos|buenas|chiud\w+|conclud\w+|finisc\w+|grazie|benvenut\w+|domani|buongiorno|buonasera|"
    r"sona|son\s+ver\w*|sonland\w+|bitir\w*|teşekkür\w*|yarın|iyi|bitti|заверш\w+|заканчива\w+|законч\w+|закрыва\w+|спасибо|"
    r"дякуємо|завтра|продолж\w+|продовж\w+|оставайтесь|залишайтесь|доброе|добрый|доброго|доброї|начина\w+|починаємо|закінчу\w+|следите|"
    r"стежте|ավարտ\w+|շնորհակալ\w+|վաղը|شكرا|انتهت|ننهي|نختتم|غدا|תודה|מסיימים|סיימנו|מחר|kończym\w*|dziękuj\w*|jutro)\b",
    re.IGNORECASE,
)


def is_service(text: str) -> bool:
    """Whether a text is its source speaking of its own coverage: who, of what, and that it starts, rests or ends."""
    if text.count(" ") >= _LONGEST_WORDS or any(mark in text for mark in '"“«„'):
        return False
    return all(pattern.search(text) for pattern in (_OWN, _COVERAGE, _CLOSING))
