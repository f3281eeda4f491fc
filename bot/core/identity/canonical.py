"""A text reduced to what makes it that text: no typography, no spacing, no letter case."""

from __future__ import annotations

import hashlib
import re
import unicodedata

FINGERPRINT_VERSION = 1
"""Raised whenever ``canonical`` changes: fingerprints of different versions never compare equal."""

# Vowel points, tatweel and the dot that a folded Turkish İ leaves, written or left out at will; then all characters of
# Unicode's category Cf that texts hold: soft hyphens, joiners, marks and controls of direction.
_UNSEEN = re.compile(
    "[\u0307\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# A word, or a number with the separators that stand between its digits.
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|[%$€£₽₴₺֏]")


def canonical(text: str) -> str:
    """The words and numbers of a text, folded and joined by single spaces.

    Quotes, dashes, spacing, letter case, punctuation, compatibility forms, invisible characters and vowel points make
    no difference; a separator between two digits, a percent sign and a currency do. Idempotent.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).replace("ё", "е")
    return " ".join(_WORD.findall(folded if folded.isascii() else _UNSEEN.sub("", folded)))


def fingerprint(text: str) -> str:
    """What is left of an update when its text is pruned: ``"<version>:<hex>"`` of the canonical text."""
    digest = hashlib.blake2b(canonical(text).encode(), digest_size=16).hexdigest()
    return f"{FINGERPRINT_VERSION}:{digest}"
