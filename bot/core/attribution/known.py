"""Known spellings: one name for one speaker, however the source spells it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import fuzz

_FUZZY_FROM = 7
"""Letters that a word needs before a slip in it is overlooked: short names differ by one letter and are others."""
_LIKE = 85
_OWNER = re.compile(r"^[^\s]+['’]s?\s+")


def canonical(name: str, known: Mapping[str, str]) -> str:
    """The name that a spelling stands for; a name that nobody listed stays as it is."""
    for form in (name, _OWNER.sub("", name)):
        low = form.lower().replace("’", "'")
        if low in known:
            return known[low]
        for spelling, stands_for in known.items():
            if same_words(low, spelling):
                return stands_for
    return name


def same_words(left: str, right: str) -> bool:
    """Whether two names are word for word the same, slips in long words aside."""
    lefts, rights = left.split(), right.split()
    return len(lefts) == len(rights) and all(_same(one, other) for one, other in zip(lefts, rights, strict=True))


def _same(left: str, right: str) -> bool:
    return left == right or (
        min(len(left), len(right)) >= _FUZZY_FROM and left[0] == right[0] and fuzz.ratio(left, right) >= _LIKE
    )
