"""The notation of terms: what a pack writes for words and phrases.

=============== =======================================================================
``shell``       any form of the word (its stem)
``bombard*``    any word that begins so
``=Grad``       this form only; with a capital letter it must stand with it
``under fire``  a phrase, word by word
``open|opened`` either, at that place of a phrase
``~2``          a gap of up to two words, inside a phrase (``~`` alone: three)
``@Name``       a word with a capital letter that is no common word
``@number``     digits or a number word
``@year``       a year, 1000–2099
``@past``       a year before 1990
``-rocket man`` not here: this phrase does not count for its concept
=============== =======================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

DEFAULT_GAP = 3
WIDEST_GAP = 8


class TermError(ValueError):
    """A term that can't be read; the message says why."""


class Form(StrEnum):
    """How one word of a term is compared."""

    STEM = "stem"
    EXACT = "exact"
    PREFIX = "prefix"
    SHAPE = "shape"


SHAPES = frozenset({"@Name", "@number", "@year", "@past"})


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a term: alternatives, or a gap of up to ``gap`` words."""

    alternatives: tuple[tuple[Form, str], ...] = ()
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase; ``blocks`` marks one that takes its words out of the concept."""

    source: str
    elements: tuple[Element, ...]
    blocks: bool = False


def parse_term(source: str) -> Term:
    """Read the notation above. Raises :class:`TermError`."""
    blocks = source.startswith("-")
    parts = [word for part in source.removeprefix("-").split() for word in _hyphenless(part)]
    if not parts:
        raise TermError("an empty term")
    elements = tuple(_element(part) for part in parts)
    if elements[0].gap or elements[-1].gap:
        raise TermError(f"{source!r} begins or ends with a gap")
    if any(one.gap and two.gap for one, two in pairwise(elements)):
        raise TermError(f"{source!r} has two gaps in a row")
    return Term(source, elements, blocks)


def _hyphenless(part: str) -> list[str]:
    """A hyphenated word is a phrase: texts are read that way."""
    return part.split("-") if "|" not in part and not part.startswith("-") else [part]


def _element(part: str) -> Element:
    if gap := re.fullmatch(r"~(\d*)", part):
        width = int(gap.group(1) or DEFAULT_GAP)
        if not 1 <= width <= WIDEST_GAP:
            raise TermError(f"a gap is 1 to {WIDEST_GAP} words wide, not {width}")
        return Element(gap=width)
    return Element(tuple(_alternative(word) for word in part.split("|")))


def _alternative(word: str) -> tuple[Form, str]:
    if word in SHAPES:
        return Form.SHAPE, word
    if match := re.fullmatch(r"=([^\W_]+(?:['’][^\W_]+)*)", word):
        return Form.EXACT, match.group(1)
    if match := re.fullmatch(r"([^\W_]['’]?[^\W_](?:['’]?[^\W_])*['’]?)\*", word):
        return Form.PREFIX, match.group(1)
    if re.fullmatch(r"[^\W_]+(?:['’][^\W_]+)*", word):
        return Form.STEM, word
    raise TermError(f"{word!r} is no word, =form, prefix*, gap or one of {', '.join(sorted(SHAPES))}")
